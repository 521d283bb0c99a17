import GRDB
import Schema
import SyncModel

/// Deletions that no trigger saw.
///
/// All that is left of such a row is its record: the origins of its cells and its hash. Key and values
/// come out of the change log, or, where nobody ever wrote them, out of the rows that came with the
/// schema.
extension EngineConnection {
  /// Makes the deletion an ordinary one, before everything else that was captured: the number of the
  /// row may have been given to another since.
  ///
  /// Where the key cannot be known any more only the books are set right, and the comparison with the
  /// centre shows the difference.
  func captureUnrecordedDelete(
    _ db: Database, _ index: Int, _ table: SyncedTable, row: Int64
  ) throws {
    guard let meta = try meta(table, row: row) else { return }
    guard let key = try recordedKey(index, meta) else {
      digestDeltas[index].remove(meta.hash)
      try dropMeta(table, row: row, hadHeads: true)
      try flushDigests()
      return
    }
    let values = try table.columns.indices.map { column -> CellValue in
      let origin = meta.origin(of: column + 1)
      if origin.node == 0 {
        return try ground(index)[key]?[column] ?? .null
      }
      guard let (_, group, place) = try change(of: origin),
        let written = group.columns.firstIndex(of: table.columns[column])
      else { return .null }
      return group.values[written][place]
    }
    let keep = try statement(insertSQL(into: table.oldName, table.allColumns))
    for (position, value) in (key + values).enumerated() { keep.bind(position + 1, value) }
    try keep.run()
    try db.execute(
      sql: """
        INSERT INTO sync_capture(sequence, table_no, row, mask, at, old)
        VALUES ((SELECT min(sequence) - 1 FROM sync_capture), ?, ?, ?, ?, ?)
        """,
      arguments: [
        table.no, row, CaptureTriggers.Mark.delete, julianDay(environment.now()), lastInsertedRow,
      ])
  }

  /// Whether the record under a row's number is another row's, which was deleted without a trigger.
  func recordIsOfAnother(_ index: Int, _ meta: RowMeta, than key: [CellValue]) throws -> Bool {
    try recordedKey(index, meta).map { $0 != key } ?? false
  }

  /// Rows that a trigger saw inserted under the number of one that no trigger saw deleted.
  func rowsGivenAgain(_ db: Database, _ index: Int) throws -> [Int64] {
    let table = schema.tables[index]
    let rows = try Int64.fetchAll(
      db,
      sql: """
        SELECT c.row FROM sync_capture c JOIN \(table.metaName) m ON m.row = c.row
        WHERE c.table_no = ?1 GROUP BY c.row HAVING max(c.mask = ?2) AND NOT max(c.mask IN (?3, ?4))
        """,
      arguments: [
        table.no, CaptureTriggers.Mark.insert, CaptureTriggers.Mark.delete,
        CaptureTriggers.Mark.replace,
      ])
    return try rows.filter { row in
      guard let meta = try meta(table, row: row),
        let key = try key(table, from: table.quotedName, rowColumn: "rowid", row: row)
      else { return false }
      return try recordIsOfAnother(index, meta, than: key)
    }
  }

  private func meta(_ table: SyncedTable, row: Int64) throws -> RowMeta? {
    let read = try statement(
      "SELECT origin, rank, hash, cells FROM \(table.metaName) WHERE row = ?1")
    read.bind(1, row)
    defer { read.reset() }
    guard try read.step() else { return nil }
    return RowMeta(
      origin: read.integer(0), rank: read.integer(1), hash: read.integer(2), bytes: read.bytes(3))
  }

  /// The key of the row that a record was made for.
  private func recordedKey(_ index: Int, _ meta: RowMeta) throws -> [CellValue]? {
    for origin in [meta.origin] + meta.entries.map(\.origin) {
      if let (_, group, place) = try change(of: origin) { return group.key(at: place) }
    }
    return try ground(index).key(of: meta.hash)
  }

  private func ground(_ index: Int) throws -> GroundRows {
    if let known = groundRows[index] { return known }
    let rows = try GroundRows(of: schema.tables[index], program: program)
    groundRows[index] = rows
    return rows
  }
}

/// The rows of a table that came with the schema, as a new replica would have them.
struct GroundRows {
  private var values: [[CellValue]: [CellValue]] = [:]
  private var keys: [UInt64: [CellValue]] = [:]

  /// - Complexity: Builds the schema in memory.
  init(of table: SyncedTable, program: ReplicaSchema) throws {
    let memory = try DatabaseQueue()
    try memory.write { db in
      for migration in Migrations.engine + program.migrations { try db.execute(sql: migration.sql) }
      try program.loadGround(db)
      let known = try Set(db.columns(in: table.name).map(\.name))
      // Somebody may have added a column by hand.
      let columns: String = table.allColumns.map {
        known.contains($0) ? $0.quotedDatabaseIdentifier : "NULL"
      }.joined(separator: ", ")
      let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT \(columns) FROM \(table.quotedName)")
      let keyCount = table.keyColumns.count
      while let row = try rows.next() {
        let key = (0..<keyCount).map { CellValue(row, $0) }
        let cells = table.columns.indices.map { CellValue(row, keyCount + $0) }
        values[key] = cells
        keys[RowHash.row(key: key, values: cells)] = key
      }
    }
  }

  subscript(key: [CellValue]) -> [CellValue]? { values[key] }

  func key(of hash: UInt64) -> [CellValue]? { keys[hash] }
}
