import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

private struct TableKey: Hashable {
  let table: Int
  let key: [CellValue]
}

/// Takes back what changes did to rows that cannot stand, because they refer to nothing.
///
/// Mostly such a change goes into quarantine on arrival. An own one is in its row when it is found;
/// so is one whose reference shows only now that another change has brought its row back.
extension EngineConnection {
  /// Puts changes into quarantine and their rows as if they had waited there from the first.
  ///
  /// - Precondition: The changes are in the log.
  /// - Complexity: Decodes the whole log once.
  func withdraw(_ db: Database, _ changes: [DanglingChange]) throws {
    var withdrawn: [TableKey: Set<ChangeID>] = [:]
    var rows: [TableKey] = []
    for entry in changes where !exceptions.contains(entry.change.packed) {
      try quarantine(
        entry.change, table: schema.tables[entry.table].name, key: entry.key, reason: .reference,
        detail: entry.parent.detail)
      let row = TableKey(table: entry.table, key: entry.key)
      if withdrawn[row] == nil { rows.append(row) }
      withdrawn[row, default: []].insert(change(entry.change))
    }
    if rows.isEmpty { return }
    let before = try replay(db, Set(rows))
    for row in rows {
      try withdraw(
        row, withdrawn[row] ?? [], before: before[row] ?? Replay(schema.tables[row.table]))
    }
  }

  private func withdraw(
    _ row: TableKey, _ changes: Set<ChangeID>, before: Replay
  ) throws {
    let table = schema.tables[row.table]
    var withdrawn = changes
    var stored = try load(row.table, key: row.key, verifying: false)
    // Where all of the row is known, its later writes may have lost the row that they change.
    let heads = stored.state.cells.joined().map(\.change)
    if heads.allSatisfy({ withdrawn.contains($0) || before.changes.contains($0) }) {
      for orphan in before.orphans {
        try quarantine(
          orphan, table: table.name, key: row.key, reason: .reference,
          detail: ChangeApplier.rowIsMissing)
        withdrawn.insert(change(orphan))
      }
    }
    for cell in stored.state.cells.indices
    where stored.state.cells[cell].contains(where: { withdrawn.contains($0.change) }) {
      stored.state.cells[cell].removeAll { withdrawn.contains($0.change) }
      if stored.state.cells[cell].isEmpty { stored.state.cells[cell] = before.state.cells[cell] }
    }
    for delete in before.state.deletes where !stored.state.deletes.contains(delete) {
      stored.state.deletes.append(delete)
    }
    stored.hadHeads = true
    if stored.state.cells.contains(where: { !$0.isEmpty }) {
      try store(&stored, keep: isReferredTo(row.table, key: row.key), cause: nil)
    } else if let place = stored.row {
      try erase(table, row: place, stored)
    }
  }

  /// Puts into quarantine what makes shown rows refer to nothing, and what then refers to those.
  ///
  /// - Complexity: Looks at every reference of every row, and decodes the log, once for each row in
  ///   the longest chain of references.
  func withdrawDangling(_ db: Database) throws {
    while true {
      var found: [DanglingChange] = []
      var isKept = false
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
          if try keepParent(missing, cause: nil) {
            isKept = true
            continue
          }
          found += try madeReference(index, key: key, missing.reference).map {
            DanglingChange(table: index, key: key, change: $0, parent: missing)
          }
        }
      }
      try withdraw(db, found)
      if found.isEmpty, !isKept { return }
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

  private struct Replay {
    var state: RowState
    /// All changes of the row that do not wait.
    var changes: Set<ChangeID> = []
    /// Those of them that change a row which is not there without what waits.
    var orphans: [Origin] = []

    init(_ table: SyncedTable) {
      state = RowState(columnCount: table.columns.count)
    }
  }

  /// The state of rows as the changes in the log make it that do not wait.
  ///
  /// What was compacted, and what the catalog brought, is not in the log and is missing.
  private func replay(_ db: Database, _ rows: Set<TableKey>) throws -> [TableKey: Replay] {
    var replays: [TableKey: Replay] = [:]
    let tables = Set(rows.map(\.table))
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
        guard let index = schema.byName[group.table], tables.contains(index) else { continue }
        let table = schema.tables[index]
        guard group.keyColumns == table.keyColumns else { continue }
        let group = erased.replacing(group)
        for change in 0..<group.count {
          let name = TableKey(table: index, key: group.key(at: change))
          guard rows.contains(name) else { continue }
          let origin = Origin(node: author, counter: first + Int64(change))
          if exceptions.contains(origin.packed) { continue }
          var replay = replays[name] ?? Replay(table)
          defer { replays[name] = replay }
          replay.changes.insert(self.change(origin))
          if group.kind != .insert, replay.state == RowState(columnCount: table.columns.count) {
            replay.orphans.append(origin)
            continue
          }
          let rank = WriteRank(
            HybridTimestamp(rawValue: group.timestamps[change]), clockIsMeasured: isMeasured)
          let hasSeen = { (other: ChangeID) in
            seen.contains(self.origin(other), at: origin.counter)
          }
          switch group.kind {
          case .delete:
            replay.state.delete(change: self.change(origin), rank: rank, hasSeen: hasSeen)
          case .insert, .update:
            replay.state.write(
              group.cells(at: change, of: table), change: self.change(origin), rank: rank,
              isInsert: group.kind == .insert, hasSeen: hasSeen)
          }
        }
      }
    }
    return replays
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
