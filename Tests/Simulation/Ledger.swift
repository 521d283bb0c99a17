import SyncModel

/// What the users of one replica wrote, noted beside the database from what its tables showed before
/// and after: nothing of it comes from the engine.
///
/// At the end each value must be found in the change log, under an identity of that replica and with
/// exactly the knowledge that the replica had at the write, or have been overwritten there by
/// somebody who saw it.
struct Ledger {
  struct Entry {
    var row: Oracle.RowName
    /// Nil when the whole row was deleted.
    var column: String?
    var value: CellValue
    /// Whether the row was not there before.
    var isInsert: Bool
    /// What the replica had received, less what it could not apply.
    var knowledge: Knowledge
    /// What the replica's clock showed, in milliseconds since 1970.
    var at: Int64
    /// Whether no trigger saw it: then only the value counts, not when and what its author had seen.
    var isBypass: Bool
    var step: Int
  }

  private(set) var entries: [Entry] = []
  /// Entries before this one were reported to the user as received by the centre.
  private(set) var acknowledged = 0

  typealias Rows = [Oracle.RowName: [String: CellValue]]

  mutating func note(
    from before: Rows, to after: Rows, knowledge: Knowledge, at: Int64, isBypass: Bool, step: Int
  ) {
    for row in Set(before.keys).union(after.keys).sorted() {
      func add(_ column: String?, _ value: CellValue, isInsert: Bool) {
        entries.append(
          Entry(
            row: row, column: column, value: value, isInsert: isInsert, knowledge: knowledge,
            at: at, isBypass: isBypass, step: step))
      }
      switch (before[row], after[row]) {
      case (nil, nil): break
      case (.some, nil): add(nil, .null, isInsert: false)
      case (nil, .some(let cells)):
        for (column, value) in cells.sorted(by: { $0.key < $1.key }) {
          add(column, value, isInsert: true)
        }
        if cells.isEmpty { add("", .null, isInsert: true) }
      case (.some(let old), .some(let new)):
        for (column, value) in new.sorted(by: { $0.key < $1.key }) where old[column] != value {
          add(column, value, isInsert: false)
        }
      }
    }
  }

  /// The user was told that everything is at the centre.
  mutating func acknowledge() {
    acknowledged = entries.count
  }

  /// A backup made when there were `count` entries was put back: what came later and was not at the
  /// centre is gone with the disk.
  mutating func forget(after count: Int) {
    // What no trigger saw was not known to be unsent when the user was told.
    let kept = entries.last?.isBypass == true ? count : max(count, acknowledged)
    if kept < entries.count { entries.removeSubrange(kept...) }
  }

  /// Entries whose value is neither in the log nor overwritten, as sentences.
  func missing(in oracle: Oracle, identities: Set<NodeID>) -> [String] {
    // Writes of one sitting are folded and bear the time of one of them.
    var times: [Oracle.RowName: [Int64]] = [:]
    for entry in entries { times[entry.row, default: []].append(entry.at) }
    var overwritten: Set<String> = []
    var missing: [String] = []
    // From the last to the first: what came later on the same replica had seen what came before.
    for entry in entries.reversed() {
      let whole = "\(entry.row)"
      let cell = "\(whole) \(entry.column ?? "-")"
      if entry.column == nil {
        // A deletion that no trigger saw may be undone by a merge before an audit finds it.
        if !entry.isBypass, !overwritten.contains(whole),
          !oracle.holds(entry, by: identities, writtenAt: times[entry.row] ?? [])
        {
          missing.append(
            "the deletion of \(whole) at step \(entry.step), in the log: \(oracle.told(entry, by: identities))"
          )
        }
        overwritten.insert(whole)
      } else {
        if !overwritten.contains(cell), !overwritten.contains(whole),
          !oracle.holds(entry, by: identities, writtenAt: times[entry.row] ?? [])
        {
          missing.append(
            "\(cell) = \(entry.value) at step \(entry.step), in the log: \(oracle.told(entry, by: identities))"
          )
        }
        overwritten.insert(cell)
        if entry.isInsert { overwritten.insert(whole) }
      }
    }
    return missing
  }
}
