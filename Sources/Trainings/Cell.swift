package import GRDB
internal import Replica
package import SyncModel

/// One cell of a synced table, by its row's key.
package struct Cell {
  private let table: String
  private let column: String
  private let condition: String
  private let key: [CellValue]

  /// Nil where the table or column is none that syncs.
  package init?(_ db: Database, table: String, column: String, key: [CellValue]) throws {
    let known = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sync_table WHERE name = ?)", arguments: [table])
    guard known == true else { return nil }
    let names = try db.primaryKey(table).columns
    guard names.count == key.count, try db.columns(in: table).contains(where: { $0.name == column })
    else { return nil }
    self.table = table.quotedDatabaseIdentifier
    self.column = column.quotedDatabaseIdentifier
    self.key = key
    let parts: [String] = names.map { "\($0.quotedDatabaseIdentifier) = ?" }
    condition = parts.joined(separator: " AND ")
  }

  /// Nil where the row is gone.
  package func value(_ db: Database) throws -> CellValue? {
    try Row.fetchOne(
      db, sql: "SELECT \(column) FROM \(table) WHERE \(condition)",
      arguments: StatementArguments(key.map(\.databaseValue))
    ).map { CellValue($0[0] as DatabaseValue) }
  }

  package func set(_ db: Database, _ value: CellValue) throws {
    try db.execute(
      sql: "UPDATE \(table) SET \(column) = ? WHERE \(condition)",
      arguments: StatementArguments([value.databaseValue] + key.map(\.databaseValue)))
  }
}
