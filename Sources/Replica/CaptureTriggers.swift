import GRDB
import SyncModel

/// The triggers that append what any writer does to a synced table, and the tables they need.
///
/// A trigger only appends: table, rowid, mask of changed columns, time. Values are read from the
/// row when it is sealed; only what a delete or a replacement takes away is copied. No OR clause
/// stands in a body, since the outer statement's would override it.
enum CaptureTriggers {
  /// Masks that are not columns.
  enum Mark {
    static let insert: Int64 = -1
    static let delete: Int64 = -2
    static let replace: Int64 = -3
    static let restate: Int64 = -4
  }

  /// Makes what is missing for `table`; doing it twice changes nothing but the triggers, which are
  /// made anew.
  static func install(_ db: Database, for table: SyncedTable) throws {
    for statement in tables(for: table) { try db.execute(sql: statement) }
    // What a migration or somebody by hand added since is kept of deleted rows, too.
    let known = try Set(
      String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info('sync_old_' || ?)", arguments: [table.name]))
    for column in table.allColumns where !known.contains(column) {
      try db.execute(
        sql: "ALTER TABLE \(table.oldName) ADD COLUMN \(column.quotedDatabaseIdentifier)")
    }
    for statement in triggers(for: table) { try db.execute(sql: statement) }
  }

  private static func tables(for table: SyncedTable) -> [String] {
    [
      """
      CREATE TABLE IF NOT EXISTS \(table.metaName)(
        row INTEGER PRIMARY KEY, origin INTEGER NOT NULL, rank INTEGER NOT NULL,
        hash INTEGER NOT NULL, cells BLOB)
      """,
      """
      CREATE TABLE IF NOT EXISTS \(table.oldName)(
        sync_old_row INTEGER PRIMARY KEY, \(table.list(table.allColumns)))
      """,
    ]
  }

  private static func triggers(for table: SyncedTable) -> [String] {
    let name = table.quotedName
    let all = table.allColumns
    let log = "INSERT INTO sync_capture(table_no, row, mask, at) VALUES (\(table.no), "
    let logOld = "INSERT INTO sync_capture(table_no, row, mask, at, old) VALUES (\(table.no), "
    let now = "julianday('now')"
    func keep(_ source: String) -> String {
      "INSERT INTO \(table.oldName)(\(table.list(all))) "
        + (source == "OLD"
          ? "VALUES (\(table.list(all, prefix: "OLD.")));"
          : "SELECT \(table.list(all)) FROM \(name) WHERE \(same(table, "NEW"));")
    }
    let mask: String = table.columns.enumerated().map { index, column -> String in
      let quoted = column.quotedDatabaseIdentifier
      return "((NEW.\(quoted) IS NOT OLD.\(quoted)) << \(index))"
    }.joined(separator: " | ")
    let moved: String =
      (["NEW.rowid IS NOT OLD.rowid"]
      + table.keyColumns.map { key -> String in
        let quoted = key.quotedDatabaseIdentifier
        return "NEW.\(quoted) IS NOT OLD.\(quoted)"
      }).joined(separator: " OR ")
    var statements: [String] = []
    for suffix in ["insert", "replace", "update", "move", "delete"] {
      statements.append("DROP TRIGGER IF EXISTS \(triggerName(table, suffix))")
    }
    statements += [
      """
      CREATE TRIGGER \(triggerName(table, "insert")) AFTER INSERT ON \(name) BEGIN
        \(log)NEW.rowid, \(Mark.insert), \(now));
      END
      """,
      // An INSERT OR REPLACE fires no delete trigger while recursive_triggers is off.
      """
      CREATE TRIGGER \(triggerName(table, "replace")) BEFORE INSERT ON \(name)
      WHEN EXISTS (SELECT 1 FROM \(name) WHERE \(same(table, "NEW"))) BEGIN
        \(keep("NEW"))
        \(logOld)(SELECT rowid FROM \(name) WHERE \(same(table, "NEW"))), \(Mark.replace), \(now),
          last_insert_rowid());
      END
      """,
      """
      CREATE TRIGGER \(triggerName(table, "move")) AFTER UPDATE ON \(name) WHEN \(moved) BEGIN
        \(keep("OLD"))
        \(logOld)OLD.rowid, \(Mark.delete), \(now), last_insert_rowid());
        \(log)NEW.rowid, \(Mark.insert), \(now));
      END
      """,
      """
      CREATE TRIGGER \(triggerName(table, "delete")) AFTER DELETE ON \(name) BEGIN
        \(keep("OLD"))
        \(logOld)OLD.rowid, \(Mark.delete), \(now), last_insert_rowid());
      END
      """,
    ]
    if !table.columns.isEmpty {
      statements.append(
        """
        CREATE TRIGGER \(triggerName(table, "update")) AFTER UPDATE ON \(name)
        WHEN NOT (\(moved)) AND (\(mask)) <> 0 BEGIN
          \(log)NEW.rowid, \(mask), \(now));
        END
        """)
    }
    return statements
  }

  /// What a healthy database's triggers and columns hash to.
  static func fingerprint(_ db: Database, schema: SyncedSchema) throws -> UInt64 {
    var hash: UInt64 = 0
    for table in schema.tables {
      let parts = try String.fetchAll(
        db,
        sql: """
          SELECT name || ' ' || coalesce(sql, '') FROM sqlite_schema
          WHERE (type = 'trigger' AND tbl_name = ?1 AND name LIKE 'sync_capture_%')
             OR (type = 'table' AND name = ?1)
          ORDER BY name
          """, arguments: [table.name])
      for part in parts {
        hash = RowHash.key(hash, adding: RowHash.value(.text(part)))
      }
    }
    return hash
  }

  private static func triggerName(_ table: SyncedTable, _ suffix: String) -> String {
    "sync_capture_\(table.name)_\(suffix)".quotedDatabaseIdentifier
  }

  private static func same(_ table: SyncedTable, _ row: String) -> String {
    table.keyColumns.map {
      let quoted = $0.quotedDatabaseIdentifier
      return "\(table.quotedName).\(quoted) = \(row).\(quoted)"
    }.joined(separator: " AND ")
  }
}
