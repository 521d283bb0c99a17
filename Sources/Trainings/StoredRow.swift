import GRDB

/// One row of a table, read and written cell by cell: only what differs is written.
struct StoredRow {
  let table: String
  let keyColumns: [String]
  let key: [String]

  private var condition: String {
    keyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
  }

  /// The values of columns, in their order; nil where there is no such row.
  func fetch(_ columns: [String], _ db: Database) throws -> [DatabaseValue]? {
    let statement = try db.cachedStatement(
      sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(condition)")
    return try Row.fetchOne(statement, arguments: StatementArguments(key)).map {
      Array($0.databaseValues)
    }
  }

  func insert(_ cells: [(column: String, value: DatabaseValue)], _ db: Database) throws {
    let present = cells.filter { !$0.value.isNull && !keyColumns.contains($0.column) }
    let names = keyColumns + present.map(\.column)
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.cachedStatement(
      sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))")
    try statement.execute(
      arguments: StatementArguments(key.map(\.databaseValue) + present.map(\.value)))
  }

  func update(_ cells: [(column: String, value: DatabaseValue)], _ db: Database) throws {
    guard !cells.isEmpty else { return }
    let assignments = cells.map { "\($0.column) = ?" }.joined(separator: ", ")
    let statement = try db.cachedStatement(
      sql: "UPDATE \(table) SET \(assignments) WHERE \(condition)")
    try statement.execute(
      arguments: StatementArguments(cells.map(\.value) + key.map(\.databaseValue)))
  }

  func delete(_ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM \(table) WHERE \(condition)")
      .execute(arguments: StatementArguments(key))
  }

  /// Writes those of the cells that differ from what is stored and are in no open conflict, and notes
  /// them in the log.
  ///
  /// - Returns: Whether anything was written; nil where there is no such row.
  func write(
    _ cells: [(field: Int, column: String, value: DatabaseValue)], sparing conflicts: OpenConflicts,
    _ log: ImportLog, as logged: LoggedTable, fields: [Field], _ db: Database,
    notice: (_ field: Int, ImportReason) -> Void
  ) throws -> Bool? {
    guard let stored = try fetch(cells.map(\.column), db) else { return nil }
    var different = zip(cells, stored).filter { $0.value != $1 }.map {
      (field: $0.field, column: $0.column, value: $0.value, old: $1)
    }
    guard !different.isEmpty else { return false }
    let disputed = try conflicts.columns(db, table: table, key: key)
    for cell in different where disputed.contains(cell.column) {
      notice(cell.field, .disputed)
    }
    different.removeAll { disputed.contains($0.column) }
    try update(different.map { ($0.column, $0.value) }, db)
    for cell in different {
      log.show(
        fields[cell.field].header, from: cell.old.shownText, to: cell.value.shownText ?? "")
    }
    try log.update(
      logged, key.joined(separator: "\t"),
      different.map { ($0.column, $0.old.shownText, $0.value.shownText) })
    return !different.isEmpty
  }
}

extension Field {
  /// A value as the column stores it; an empty text is NULL.
  func stored(_ text: String) -> DatabaseValue {
    guard !text.isEmpty else { return .null }
    return switch form.storage {
    case .text: text.databaseValue
    case .real: Double(text)?.databaseValue ?? .null
    case .integer: Int64(text)?.databaseValue ?? .null
    }
  }
}
