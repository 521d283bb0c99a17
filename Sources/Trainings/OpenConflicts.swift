import FoundationEssentials
import GRDB

/// The cells with a conflict that nobody has resolved: an import leaves them alone.
struct OpenConflicts {
  /// Whether there is any, asked once for each import.
  private let hasAny: Bool

  init(_ db: Database) throws {
    hasAny =
      try Int.fetchOne(db, sql: "SELECT 1 FROM sync_conflict WHERE state = 'open' LIMIT 1") != nil
  }

  func columns(_ db: Database, table: String, key: [String]) throws -> Set<String> {
    guard hasAny else { return [] }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let json = String(decoding: try encoder.encode(key), as: UTF8.self)
    let statement = try db.cachedStatement(
      sql: """
        SELECT sync_column.name FROM sync_conflict
        JOIN sync_table ON sync_table.no = sync_conflict.table_no
        JOIN sync_column ON sync_column.table_no = sync_conflict.table_no
          AND sync_column.no = sync_conflict.column_no
        WHERE sync_conflict.state = 'open' AND sync_table.name = ? AND json(sync_conflict.key) = json(?)
        """)
    return try Set(String.fetchAll(statement, arguments: [table, json]))
  }
}
