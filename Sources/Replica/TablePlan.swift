import SyncModel

/// The statements that sealing and merging run once a row, prepared once a table.
final class TablePlan {
  /// By rowid: origin, rank, hash, cells, then all columns, key first.
  let selectByRow: PreparedStatement
  /// By key: rowid, origin, rank, hash, cells, then the columns outside the key.
  let selectByKey: PreparedStatement
  /// By rowid: the key.
  let selectKey: PreparedStatement
  /// By key: whether the row is shown.
  let exists: PreparedStatement
  /// row, origin, rank, hash.
  let insertMeta: PreparedStatement
  /// row, origin, rank, hash, cells.
  let updateMeta: PreparedStatement

  init(_ engine: EngineConnection, _ table: SyncedTable) throws {
    selectByRow = try engine.statement(
      """
      SELECT m.origin, m.rank, m.hash, m.cells, \(table.list(table.allColumns, prefix: "t."))
      FROM \(table.quotedName) t LEFT JOIN \(table.metaName) m ON m.row = t.rowid WHERE t.rowid = ?1
      """)
    selectByKey = try engine.statement(engine.selectSQL(table))
    selectKey = try engine.statement(
      "SELECT \(table.list(table.keyColumns)) FROM \(table.quotedName) WHERE rowid = ?1")
    exists = try engine.statement(
      "SELECT 1 FROM \(table.quotedName) WHERE \(table.keyCondition())")
    insertMeta = try engine.statement(
      "INSERT INTO \(table.metaName)(row, origin, rank, hash) VALUES (?1, ?2, ?3, ?4)")
    updateMeta = try engine.statement(
      "UPDATE \(table.metaName) SET origin = ?2, rank = ?3, hash = ?4, cells = ?5 WHERE row = ?1")
  }
}
