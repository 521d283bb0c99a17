public import GRDB
import SyncModel

/// What a replica's file says of its rows, held against the rows.
public enum Books {
  /// The first row that is not as the file says, as a clause; nil when there is none.
  ///
  /// Rows that were written since the last seal are left out. Reads only: the file may be a backup or a
  /// snapshot.
  ///
  /// - Complexity: One scan of every synced table.
  public static func fault(_ db: Database) throws -> String? {
    guard let connection = db.sqliteConnection else { return "it cannot be read" }
    for table in try SyncedSchema.load(db, numberingColumns: false).tables {
      let unsealed = try Set(
        Int64.fetchAll(
          db, sql: "SELECT row FROM sync_capture WHERE table_no = ?", arguments: [table.no]))
      var sum = EngineConnection.DigestDelta()
      let select = try PreparedStatement(
        connection,
        """
        SELECT t.rowid, m.hash, \(table.list(table.allColumns, prefix: "t."))
        FROM \(table.quotedName) t LEFT JOIN \(table.metaName) m ON m.row = t.rowid
        """)
      while try select.step() {
        let isKnown = !select.isNull(1)
        let known = UInt64(bitPattern: select.integer(1))
        if unsealed.isEmpty || !unsealed.contains(select.integer(0)) {
          let hash = select.rowHash(
            from: 2, keyCount: table.keyColumns.count, columns: table.columns.count)
          guard isKnown, known == hash else {
            return "a row of \(table.name) is not the one that was written"
          }
        }
        if isKnown { sum.add(known) }
      }
      for row in unsealed.isEmpty ? [] : try recordsOfGoneRows(db, table)
      where unsealed.contains(row.number) {
        sum.add(row.hash)
      }
      let said = try GRDB.Row.fetchOne(
        db, sql: "SELECT row_count, digest_1, digest_2 FROM sync_table WHERE no = ?",
        arguments: [table.no])
      guard said?[0] == sum.count, said?[1] == Int64(bitPattern: sum.first),
        said?[2] == Int64(bitPattern: sum.second)
      else { return "rows of \(table.name) are missing" }
    }
    return nil
  }

  private static func recordsOfGoneRows(
    _ db: Database, _ table: SyncedTable
  ) throws -> [(number: Int64, hash: UInt64)] {
    try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT row, hash FROM \(table.metaName) m
        WHERE NOT EXISTS (SELECT 1 FROM \(table.quotedName) t WHERE t.rowid = m.row)
        """
    ).map { ($0[0], UInt64(bitPattern: $0[1] as Int64)) }
  }
}
