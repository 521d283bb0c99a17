import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One write of a row, out of the change log.
public struct HistoryEntry: Hashable, Sendable {
  /// Who wrote.
  public var node: NodeID
  /// The author's office.
  public var office: String
  /// When, by the author's corrected clock, in milliseconds since 1970.
  public var atMilliseconds: Int64
  /// What was done.
  public var kind: ChangeKind
  /// The values written, by column in table order; empty for a deletion.
  ///
  /// An insert's NULLs are left out.
  public var values: [(column: String, value: CellValue)] {
    zip(columns, cells).map { ($0, $1) }
  }
  var columns: [String]
  var cells: [CellValue]
  /// Whether it waits in quarantine here.
  public var isQuarantined: Bool
}

extension Replica {
  /// Who wrote which value of a row, where and when, oldest first.
  ///
  /// What is not sealed yet is sealed first.
  ///
  /// - Parameter key: The key's values as text, in key order.
  /// - Complexity: Decodes the whole change log.
  public func history(table: String, key: [String]) throws -> [HistoryEntry] {
    try seal()
    let codec = environment.codec
    return try read { db in
      guard try SyncedSchema.load(db, numberingColumns: false).table(named: table) != nil else {
        throw ReplicaError(.unknownTable(table))
      }
      let nodes = try NodeDirectory(db)
      let waiting = Set(
        try GRDB.Row.fetchAll(db, sql: "SELECT node_no, counter FROM sync_quarantine").map {
          Origin(node: $0[0], counter: $0[1])
        })
      var entries: [HistoryEntry] = []
      let log = try GRDB.Row.fetchCursor(
        db,
        sql:
          "SELECT node_no, header, body FROM sync_changeset WHERE body IS NOT NULL ORDER BY log_no")
      while let row = try log.next() {
        let no: Int = row["node_no"]
        let header = try codec.decodeHeader(Array(row["header"] as Data)).header
        var counter = header.firstCounter
        for group in try codec.decodeBody(Array(row["body"] as Data), header: header) {
          defer { counter += Int64(group.count) }
          guard group.table == table, group.keys.count == key.count else { continue }
          for change in 0..<group.count where group.hasKey(key, at: change) {
            let written = group.columns.indices.filter {
              group.kind == .update || group.values[$0].kinds[change] != 0
            }
            entries.append(
              HistoryEntry(
                node: header.node, office: nodes[no].facts.office,
                atMilliseconds: HybridTimestamp(rawValue: group.timestamps[change]).milliseconds,
                kind: group.kind, columns: written.map { group.columns[$0] },
                cells: written.map { group.values[$0][change] },
                isQuarantined: waiting.contains(Origin(node: no, counter: counter + Int64(change))))
            )
          }
        }
      }
      return entries.enumerated().sorted {
        ($0.element.atMilliseconds, $0.offset) < ($1.element.atMilliseconds, $1.offset)
      }.map(\.element)
    }
  }
}

extension ChangeGroup {
  fileprivate func hasKey(_ key: [String], at index: Int) -> Bool {
    for (column, text) in zip(keys, key) {
      switch column[index] {
      case .text(let value): if value != text { return false }
      case .integer(let value): if String(value) != text { return false }
      default: return false
      }
    }
    return true
  }
}
