import GRDB
import Replica

/// The columns of a table, as SQLite declares them.
struct TableShape {
  struct Column {
    var name: String
    var type: String
    var keyPosition: Int
  }

  let table: String
  let columns: [Column]

  /// - Throws: `ReplicaError` where no synced table has this name.
  init(_ db: Database, table: String) throws {
    let isSynced = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sync_table WHERE name = ?)", arguments: [table])
    guard isSynced == true else { throw ReplicaError(.unknownTable(table)) }
    self.table = table
    columns = try Row.fetchAll(
      db, sql: "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", arguments: [table]
    ).map { Column(name: $0[0], type: $0[1], keyPosition: $0[2]) }
  }

  /// Names of the key's columns, in key order.
  var key: [String] {
    columns.filter { $0.keyPosition > 0 }.sorted { $0.keyPosition < $1.keyPosition }.map(\.name)
  }

  /// Whether a row has this key.
  func exists(_ db: Database, key values: [String]) throws -> Bool {
    let condition = key.map { "CAST(\($0.quotedDatabaseIdentifier) AS TEXT) = ?" }
    return try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM \(table.quotedDatabaseIdentifier) WHERE \(condition.joined(separator: " AND ")))
        """, arguments: StatementArguments(values)) ?? false
  }
}
