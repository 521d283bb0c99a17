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
  /// Whether the change itself was compacted here: known are who wrote and when, and of the values
  /// those that are still shown or stand against what is shown.
  public var isCompacted = false
}

extension Replica {
  /// Who wrote which value of a row, where and when, oldest first.
  ///
  /// What is not sealed yet is sealed first. Of changes that were compacted only what is still shown
  /// is known; what stood before is not.
  ///
  /// - Parameter key: The key's values as text, in key order.
  /// - Complexity: Decodes the whole change log.
  public func history(table: String, key: [String]) throws -> [HistoryEntry] {
    try seal()
    let compacted = try compactedHistory(table: table, key: key)
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
      entries += compacted
      return entries.enumerated().sorted {
        ($0.element.atMilliseconds, $0.offset) < ($1.element.atMilliseconds, $1.offset)
      }.map(\.element)
    }
  }
}

extension Replica {
  /// What the books say of a row's writes whose changes were compacted.
  private func compactedHistory(table name: String, key text: [String]) throws -> [HistoryEntry] {
    try inEngineTransaction { db, engine in
      guard let index = engine.schema.byName[name],
        engine.schema.tables[index].keyColumns.count == text.count
      else { return [] }
      let table = engine.schema.tables[index]
      let condition: String = table.keyColumns.map {
        "CAST(\($0.quotedDatabaseIdentifier) AS TEXT) = ?"
      }.joined(separator: " AND ")
      let found = try GRDB.Row.fetchOne(
        db,
        sql: "SELECT \(table.list(table.keyColumns)) FROM \(table.quotedName) WHERE \(condition)",
        arguments: StatementArguments(text))
      let key =
        found.map { row in text.indices.map { CellValue(row, $0) } } ?? text.map { .text($0) }
      let stored = try engine.load(index, key: key, verifying: false)
      guard stored.exists else { return [] }
      var entries: [ChangeID: HistoryEntry] = [:]
      for (cell, heads) in stored.state.cells.enumerated() {
        for head in heads {
          let origin = engine.origin(head.change)
          guard try engine.isCompacted(db, origin) else { continue }
          var entry =
            entries[head.change]
            ?? HistoryEntry(
              node: head.change.node, office: engine.nodes[origin.node].facts.office,
              atMilliseconds: head.rank.timestamp.milliseconds, kind: .update, columns: [],
              cells: [], isQuarantined: false, isCompacted: true)
          if cell == 0 {
            entry.kind = .insert
          } else if !head.isInsertNull {
            entry.columns.append(table.columns[cell - 1])
            entry.cells.append(head.value)
          }
          entries[head.change] = entry
        }
      }
      return entries.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

extension EngineConnection {
  fileprivate func isCompacted(_ db: Database, _ origin: Origin) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT body IS NULL FROM sync_changeset WHERE node_no = ? AND first_counter <= ?
        ORDER BY first_counter DESC LIMIT 1
        """, arguments: [origin.node, origin.counter]) ?? false
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
