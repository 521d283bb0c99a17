import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Takes back what changes did to rows that cannot stand, because they refer to nothing.
///
/// Mostly such a change goes into quarantine on arrival. An own one is in its row when it is found;
/// so is one whose reference shows only now that another change has brought its row back.
extension EngineConnection {
  /// Puts a change into quarantine and its row as if it had waited there from the first.
  ///
  /// - Precondition: The change is in the log.
  func withdraw(
    _ db: Database, _ index: Int, key: [CellValue], change: Origin, detail: String
  ) throws {
    if exceptions.contains(change.packed) { return }
    let table = schema.tables[index]
    try quarantine(change, table: table.name, key: key, reason: .reference, detail: detail)
    let id = self.change(change)
    let before = try replay(db, index, key: key)
    var stored = try load(index, key: key, verifying: false)
    for cell in stored.state.cells.indices
    where stored.state.cells[cell].contains(where: { $0.change == id }) {
      stored.state.cells[cell].removeAll { $0.change == id }
      if stored.state.cells[cell].isEmpty { stored.state.cells[cell] = before.cells[cell] }
    }
    for delete in before.deletes where !stored.state.deletes.contains(delete) {
      stored.state.deletes.append(delete)
    }
    stored.hadHeads = true
    if stored.state.cells.contains(where: { !$0.isEmpty }) {
      try store(&stored, keep: isReferredTo(index, key: key), cause: nil)
    } else if let row = stored.row {
      try erase(table, row: row, stored)
    }
  }

  /// Puts into quarantine what makes shown rows refer to nothing, and what then refers to those.
  ///
  /// - Complexity: Looks at every reference of every row.
  func withdrawDangling(_ db: Database) throws {
    var goesOn = true
    while goesOn {
      goesOn = false
      let rows = try GRDB.Row.fetchAll(
        db, sql: #"SELECT DISTINCT "table", rowid FROM pragma_foreign_key_check"#)
      for row in rows {
        guard let index = schema.byName[row[0]] else { continue }
        let table = schema.tables[index]
        guard
          let key = try key(table, from: table.quotedName, rowColumn: "rowid", row: row[1]),
          let values = try shownValues(index, key: key)
        else { continue }
        for missing in try missingParents(index, values: values) {
          goesOn = try keepParent(missing, cause: nil) || goesOn
          for change in try madeReference(index, key: key, missing.reference)
          where try !isShown(missing.parent, key: missing.key) {
            try withdraw(db, index, key: key, change: change, detail: missing.detail)
            goesOn = true
          }
        }
      }
    }
  }

  /// The changes that make a shown row refer to what it does: whatever made the row, where the
  /// reference is part of its key.
  func madeReference(
    _ index: Int, key: [CellValue], _ reference: SyncedTable.Reference
  ) throws -> [Origin] {
    let table = schema.tables[index]
    let state = try load(index, key: key, verifying: false).state
    var made: Set<ChangeID> = []
    for name in reference.columns {
      if let column = table.columns.firstIndex(of: name) {
        let heads = state.cells[column + 1]
        if !heads.isEmpty { made.insert(table.policies[column].outcome(of: heads).shown.change) }
      } else {
        made.formUnion(state.cells.joined().map(\.change))
      }
    }
    return made.sorted().map(origin).filter { !exceptions.contains($0.packed) }
  }

  private func erase(_ table: SyncedTable, row: Int64, _ stored: StoredRow) throws {
    try removeRow(table, row: row)
    try dropMeta(table, row: row, hadHeads: true)
    digestDeltas[stored.table].remove(stored.hash)
    try refreshConflicts(stored, isAlive: false, isShown: false, cause: nil)
  }

  /// A row's state as the changes in the log make it that do not wait.
  ///
  /// What was compacted, and what the catalog brought, is not in the log and is missing.
  ///
  /// - Complexity: Decodes the whole log.
  private func replay(_ db: Database, _ index: Int, key: [CellValue]) throws -> RowState {
    let table = schema.tables[index]
    var state = RowState(columnCount: table.columns.count)
    let log = try GRDB.Row.fetchCursor(
      db,
      sql: """
        SELECT node_no, header, body FROM sync_changeset
        WHERE state = 'applied' AND body IS NOT NULL ORDER BY log_no
        """)
    while let row = try log.next() {
      let author: Int = row["node_no"]
      let header = try environment.codec.decodeHeader(Array(row["header"] as Data)).header
      let seen = seenVector(of: header, author: author)
      let isMeasured = header.clockOffsetMilliseconds != nil
      var first = header.firstCounter
      for group in try environment.codec.decodeBody(Array(row["body"] as Data), header: header) {
        defer { first += Int64(group.count) }
        guard group.table == table.name, group.keyColumns == table.keyColumns else { continue }
        let group = erased.replacing(group)
        for change in 0..<group.count where group.key(at: change) == key {
          let origin = Origin(node: author, counter: first + Int64(change))
          if exceptions.contains(origin.packed) { continue }
          let rank = WriteRank(
            HybridTimestamp(rawValue: group.timestamps[change]), clockIsMeasured: isMeasured)
          let hasSeen = { (other: ChangeID) in
            seen.contains(self.origin(other), at: origin.counter)
          }
          switch group.kind {
          case .delete:
            state.delete(change: self.change(origin), rank: rank, hasSeen: hasSeen)
          case .insert, .update:
            state.write(
              group.cells(at: change, of: table), change: self.change(origin), rank: rank,
              isInsert: group.kind == .insert, hasSeen: hasSeen)
          }
        }
      }
    }
    return state
  }
}

extension ChangeGroup {
  /// What one change of the group writes, by cell of the table: an insert every cell, with NULL
  /// where it names no value.
  func cells(at change: Int, of table: SyncedTable) -> [(cell: Int, value: CellValue)] {
    if kind == .update {
      return columns.enumerated().compactMap { place, name in
        table.columns.firstIndex(of: name).map { ($0 + 1, values[place][change]) }
      }
    }
    let written = table.columns.enumerated().map { column, name in
      (column + 1, columns.firstIndex(of: name).map { values[$0][change] } ?? .null)
    }
    return [(0, .null)] + written
  }
}
