import GRDB
import SyncModel

/// A row as it was found: its state, and where it stands.
struct StoredRow {
  let table: Int
  let key: [CellValue]
  var state: RowState
  /// Its rowid, where the row is shown.
  var row: Int64?
  /// The values shown, by column.
  var shown: [CellValue]
  var hash: UInt64
  /// Whether heads or deletes stood in `sync_head`.
  var hadHeads: Bool
  /// Whether it was shown only because other rows refer to it.
  var wasKept: Bool
  /// Whether its state was kept as a deleted row's.
  var wasDead: Bool

  var exists: Bool {
    row != nil || wasDead
  }
}

/// Reads and writes rows as states: the slow and general way, for everything but fresh inserts and
/// plain updates.
extension EngineConnection {
  func selectSQL(_ table: SyncedTable) -> String {
    let columns = table.columns.isEmpty ? "" : ", " + table.list(table.columns, prefix: "t.")
    return """
      SELECT t.rowid, m.origin, m.rank, m.hash, m.cells\(columns)
      FROM \(table.quotedName) t LEFT JOIN \(table.metaName) m ON m.row = t.rowid
      WHERE \(table.keyCondition(prefix: "t."))
      """
  }

  /// The row under `key`, shown, deleted or unknown.
  ///
  /// - Parameter verifying: Whether a row that was written behind the triggers' back is reported.
  func load(_ index: Int, key: [CellValue], verifying: Bool = true) throws -> StoredRow {
    let table = schema.tables[index]
    let select = try statement(selectSQL(table))
    for (position, value) in key.enumerated() { select.bind(position + 1, value) }
    var stored = StoredRow(
      table: index, key: key, state: RowState(columnCount: table.columns.count), row: nil,
      shown: [],
      hash: 0, hadHeads: false, wasKept: false, wasDead: false)
    if try select.step() {
      let row = select.integer(0)
      stored.row = row
      stored.shown = table.columns.indices.map { select.value(5 + $0) }
      let hash = RowHash.row(key: key, values: stored.shown)
      guard !select.isNull(1), !verifying || UInt64(bitPattern: select.integer(3)) == hash else {
        select.reset()
        throw BypassedRow(table: index, row: row)
      }
      let meta = RowMeta(
        origin: select.integer(1), rank: select.integer(2), hash: select.integer(3),
        bytes: select.bytes(4))
      select.reset()
      stored.hash = meta.hash
      try fill(&stored, from: meta, table: table, row: row)
      return stored
    }
    select.reset()
    return try loadDead(index, key: key) ?? stored
  }

  /// The deleted row under `key`, or nil.
  func loadDead(_ index: Int, key: [CellValue]) throws -> StoredRow? {
    guard hasDead[index] else { return nil }
    let table = schema.tables[index]
    let dead = try statement("SELECT state FROM sync_dead WHERE table_no = ?1 AND key = ?2")
    dead.bind(1, Int64(table.no))
    dead.bind(2, .blob(DeadRow.key(key)))
    defer { dead.reset() }
    guard try dead.step() else { return nil }
    var state = try DeadRow.decode(dead.bytes(0), id: nodes.id)
    while state.cells.count <= table.columns.count { state.cells.append([]) }
    return StoredRow(
      table: index, key: key, state: state, row: nil, shown: [], hash: 0, hadHeads: false,
      wasKept: false, wasDead: true)
  }

  func fill(_ stored: inout StoredRow, from meta: RowMeta, table: SyncedTable, row: Int64) throws {
    let base = change(meta.origin)
    for cell in 0...table.columns.count {
      let value = cell == 0 ? CellValue.null : stored.shown[cell - 1]
      if let entry = meta.entry(of: cell) {
        if entry.flags & RowMeta.Entry.Flag.contested == 0 {
          stored.state.cells[cell] = [
            CellHead(
              change: change(entry.origin), rank: WriteRank(rawValue: entry.rank),
              isInsertNull: entry.flags & RowMeta.Entry.Flag.insertNull != 0, value: value)
          ]
        }
      } else {
        stored.state.cells[cell] = [
          CellHead(
            change: base, rank: WriteRank(rawValue: meta.rank),
            isInsertNull: cell > 0 && value.isNull, value: value)
        ]
      }
    }
    guard meta.isComplex else { return }
    stored.hadHeads = true
    let heads = try statement(
      """
      SELECT column_no, node_no, counter, rank, flags, value FROM sync_head
      WHERE table_no = ?1 AND row = ?2
      """)
    heads.bind(1, Int64(table.no))
    heads.bind(2, row)
    while try heads.step() {
      let id = ChangeID(node: nodes.id(Int(heads.integer(1))), counter: heads.integer(2))
      let rank = WriteRank(rawValue: heads.integer(3))
      let cell = Int(heads.integer(0))
      if cell < 0 {
        stored.state.deletes.append(RowState.DeleteMark(change: id, rank: rank))
      } else {
        stored.state.cells[cell].append(
          CellHead(
            change: id, rank: rank, isInsertNull: heads.integer(4) & 1 != 0, value: heads.value(5)))
      }
    }
    heads.reset()
    let kept = try statement("SELECT 1 FROM sync_kept WHERE table_no = ?1 AND row = ?2")
    kept.bind(1, Int64(table.no))
    kept.bind(2, row)
    stored.wasKept = try kept.step()
    kept.reset()
  }

  func isAlive(_ state: RowState) throws -> Bool {
    if state.deletes.isEmpty { return state.isAlive { _, _ in false } }
    var failure: (any Error)?
    let alive = state.isAlive { delete, change in
      do { return try self.hasSeen(delete.change, change) } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return alive
  }

  /// Writes a row's state: shown while it lives or is kept, else put away with its values.
  ///
  /// - Parameters:
  ///   - keep: Whether a living row refers to it, so that it stays though deleted.
  ///   - valuesStand: Whether the row keeps the values that it has: while it is sealed, some of them
  ///     are of writes yet to be sealed.
  /// - Returns: Whether the row is shown.
  /// - Throws: SQLite's constraint errors before anything was changed.
  @discardableResult
  func store(
    _ stored: inout StoredRow, keep: Bool, valuesStand: Bool = false, cause: ChangeID?
  ) throws -> Bool {
    let table = schema.tables[stored.table]
    let alive = try isAlive(stored.state)
    if alive || keep {
      try show(&stored, table: table, isKept: !alive, valuesStand: valuesStand)
    } else {
      try putAway(&stored, table: table)
    }
    try refreshConflicts(stored, isAlive: alive, isShown: alive || keep, cause: cause)
    return alive || keep
  }

  private func show(
    _ stored: inout StoredRow, table: SyncedTable, isKept: Bool, valuesStand: Bool
  ) throws {
    let values =
      valuesStand && stored.row != nil
      ? stored.shown
      : table.columns.indices.map { column -> CellValue in
        let heads = stored.state.cells[column + 1]
        return heads.isEmpty ? .null : table.policies[column].outcome(of: heads).value
      }
    let hash = RowHash.row(key: stored.key, values: values)
    if let row = stored.row {
      let changed = table.columns.indices.filter { values[$0] != stored.shown[$0] }
      if hash != stored.hash {
        digestDeltas[stored.table].remove(stored.hash)
        digestDeltas[stored.table].add(hash)
      }
      if !changed.isEmpty {
        let assignments: String = changed.enumerated().map {
          "\(table.columns[$1].quotedDatabaseIdentifier) = ?\($0 + 2)"
        }.joined(separator: ", ")
        let update = try statement("UPDATE \(table.quotedName) SET \(assignments) WHERE rowid = ?1")
        update.bind(1, row)
        for (position, column) in changed.enumerated() { update.bind(position + 2, values[column]) }
        try update.run()
      }
    } else {
      let insert = try statement(insertSQL(into: table.quotedName, table.allColumns))
      for (position, value) in (stored.key + values).enumerated() {
        insert.bind(position + 1, value)
      }
      try insert.run()
      let row = lastInsertedRow
      let record = try statement("SELECT 1 FROM \(table.metaName) WHERE row = ?1")
      record.bind(1, row)
      defer { record.reset() }
      if try record.step() { throw BypassedRow(table: stored.table, row: row, isGone: true) }
      stored.row = row
      digestDeltas[stored.table].add(hash)
    }
    guard let row = stored.row else { return }
    stored.shown = values
    stored.hash = hash
    try writeMeta(stored, table: table, row: row)
    if stored.wasDead { try dropDead(stored.table, key: stored.key) }
    if isKept != stored.wasKept {
      let mark = try statement(
        isKept
          ? "INSERT INTO sync_kept(table_no, row) VALUES (?1, ?2)"
          : "DELETE FROM sync_kept WHERE table_no = ?1 AND row = ?2")
      mark.bind(1, Int64(table.no))
      mark.bind(2, row)
      try mark.run()
    }
  }

  func insertSQL(into table: String, _ columns: [String]) -> String {
    let names: String = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let marks: String = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    return "INSERT INTO \(table)(\(names)) VALUES (\(marks))"
  }

  private func writeMeta(_ stored: StoredRow, table: SyncedTable, row: Int64) throws {
    let base =
      stored.state.cells.first { $0.count == 1 }?.first
      ?? stored.state.strongestHead
      ?? CellHead(change: ChangeID(node: .ground, counter: 0), rank: .ground, value: .null)
    let baseOrigin = origin(base.change)
    var meta = RowMeta(origin: baseOrigin, rank: base.rank.rawValue, hash: stored.hash)
    if stored.hadHeads { try dropHeads(table, row: row) }
    let insertHead = try statement(
      """
      INSERT INTO sync_head(table_no, row, column_no, node_no, counter, rank, flags, value)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """)
    func keepHead(
      _ cell: Int, _ change: ChangeID, _ rank: WriteRank, _ flags: Int64, _ value: CellValue
    ) throws {
      let origin = origin(change)
      insertHead.bind(1, Int64(table.no))
      insertHead.bind(2, row)
      insertHead.bind(3, Int64(cell))
      insertHead.bind(4, Int64(origin.node))
      insertHead.bind(5, origin.counter)
      insertHead.bind(6, rank.rawValue)
      insertHead.bind(7, flags)
      insertHead.bind(8, value)
      try insertHead.run()
    }
    for (cell, heads) in stored.state.cells.enumerated() {
      if heads.count == 1 {
        let head = heads[0]
        let headOrigin = origin(head.change)
        let implied = cell > 0 && head.value.isNull
        if headOrigin != baseOrigin || head.isInsertNull != implied {
          meta.set(
            cell, origin: headOrigin, rank: head.rank.rawValue,
            flags: head.isInsertNull ? RowMeta.Entry.Flag.insertNull : 0)
        }
      } else if let first = heads.first {
        meta.set(
          cell, origin: origin(first.change), rank: first.rank.rawValue,
          flags: RowMeta.Entry.Flag.contested)
        for head in heads {
          try keepHead(cell, head.change, head.rank, head.isInsertNull ? 1 : 0, head.value)
        }
      }
    }
    if let delete = stored.state.deletes.first {
      meta.set(Int(RowMeta.deletesCell), origin: origin(delete.change), rank: delete.rank.rawValue)
      for delete in stored.state.deletes { try keepHead(-1, delete.change, delete.rank, 0, .null) }
    }
    let write = try statement(
      "INSERT OR REPLACE INTO \(table.metaName)(row, origin, rank, hash, cells) VALUES (?1, ?2, ?3, ?4, ?5)"
    )
    write.bind(1, row)
    write.bind(2, meta.origin.packed)
    write.bind(3, meta.rank)
    write.bind(4, Int64(bitPattern: meta.hash))
    if meta.entries.isEmpty { write.bindNull(5) } else { write.bind(5, .blob(meta.bytes)) }
    try write.run()
  }

  func dropHeads(_ table: SyncedTable, row: Int64) throws {
    let drop = try statement("DELETE FROM sync_head WHERE table_no = ?1 AND row = ?2")
    drop.bind(1, Int64(table.no))
    drop.bind(2, row)
    try drop.run()
  }

  func dropDead(_ index: Int, key: [CellValue]) throws {
    let drop = try statement("DELETE FROM sync_dead WHERE table_no = ?1 AND key = ?2")
    drop.bind(1, Int64(schema.tables[index].no))
    drop.bind(2, .blob(DeadRow.key(key)))
    try drop.run()
  }

  private func putAway(_ stored: inout StoredRow, table: SyncedTable) throws {
    if let row = stored.row {
      try removeRow(table, row: row)
      try dropMeta(table, row: row, hadHeads: stored.hadHeads)
      digestDeltas[stored.table].remove(stored.hash)
      stored.row = nil
    }
    try keepDead(stored.table, key: stored.key, state: stored.state)
  }

  func removeRow(_ table: SyncedTable, row: Int64) throws {
    let delete = try statement("DELETE FROM \(table.quotedName) WHERE rowid = ?1")
    delete.bind(1, row)
    try delete.run()
  }

  func dropMeta(_ table: SyncedTable, row: Int64, hadHeads: Bool) throws {
    let drop = try statement("DELETE FROM \(table.metaName) WHERE row = ?1")
    drop.bind(1, row)
    try drop.run()
    guard hadHeads else { return }
    try dropHeads(table, row: row)
    let kept = try statement("DELETE FROM sync_kept WHERE table_no = ?1 AND row = ?2")
    kept.bind(1, Int64(table.no))
    kept.bind(2, row)
    try kept.run()
  }

  func keepDead(_ index: Int, key: [CellValue], state: RowState) throws {
    let put = try statement(
      "INSERT OR REPLACE INTO sync_dead(table_no, key, state) VALUES (?1, ?2, ?3)")
    put.bind(1, Int64(schema.tables[index].no))
    put.bind(2, .blob(DeadRow.key(key)))
    put.bind(3, .blob(DeadRow.encode(state) { self.nodes.no(of: $0) ?? 0 }))
    try put.run()
    hasDead[index] = true
  }
}

/// A row that was written behind the triggers' back: it becomes a change before anything is merged
/// into it.
struct BypassedRow: Error {
  let table: Int
  /// Its number, or that of a record whose row is gone.
  let row: Int64
  /// Whether the row was deleted, and its number perhaps given to another.
  var isGone = false
}
