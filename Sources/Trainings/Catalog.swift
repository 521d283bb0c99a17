public import GRDB
import Schema

/// The reference data: offices, institutions, roles, partners, and the logical framework with its
/// indicators.
public enum Catalog {
  /// The computations whose values come from the records; any other indicator is measured.
  static let computed: Set<String> = [
    "count_sessions", "count_distinct_participants", "count_deliverables",
    "pct_increase_pre_post", "weighted_pct_increase",
  ]

  /// The quarter whose measured values the catalog brings along.
  static let measuredPeriod = "2020T2"

  /// The project's start, from which the catalog's targets hold.
  static let targetsValidFrom = "2018-01-01"

  /// Inserts the catalog's rows with the indicators' targets and measured values.
  ///
  /// - Throws: ``TrainingsError`` where the files do not fit the schema or each other.
  public static func load(into db: Database) throws {
    for (table, bytes) in CatalogFiles.all {
      let file = CatalogFile(bytes)
      try insert(file, into: table, db)
      if table == "indicator" { try insertTargets(of: file, db) }
    }
    try checkReferences(db)
  }

  private static func insert(_ file: CatalogFile, into table: String, _ db: Database) throws {
    let columns = try db.columns(in: table)
    let known = Set(columns.map(\.name))
    let reals = Set(columns.filter { $0.type == "REAL" }.map(\.name))
    let numbers = reals.union(columns.filter { $0.type == "INTEGER" }.map(\.name))
    let used = file.headers.indices.compactMap { index -> (Int, String)? in
      let name = columnNames[file.headers[index]] ?? file.headers[index]
      return known.contains(name) ? (index, name) : nil
    }
    let unused = Set(file.headers).subtracting(used.map { file.headers[$0.0] })
    guard unused.isSubset(of: table == "indicator" ? elsewhere : []) else {
      throw TrainingsError(
        .brokenCatalog(table: table, detail: unused.sorted().joined(separator: ", ")))
    }
    let names = used.map(\.1).joined(separator: ", ")
    let marks = used.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.makeStatement(
      sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
    for row in file.rows {
      let values = try used.map { index, name -> DatabaseValue in
        guard !row[index].isEmpty else { return .null }
        guard numbers.contains(name) else { return row[index].databaseValue }
        guard let number = CellText.number(row[index]) else {
          throw TrainingsError(.brokenCatalog(table: table, detail: "\(name) \(row[index])"))
        }
        return reals.contains(name) ? number.databaseValue : Int64(number).databaseValue
      }
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  private static func insertTargets(of file: CatalogFile, _ db: Database) throws {
    for row in file.rows {
      let value = { (header: String) in file.value(header, of: row) }
      if let target = CellText.number(value("target")) {
        try db.execute(
          sql: "INSERT INTO indicator_target (indicator_id, valid_from, target) VALUES (?, ?, ?)",
          arguments: [value("id"), targetsValidFrom, target])
      }
      let state = value("value_state")
      guard !computed.contains(value("computation")), !state.isEmpty else { continue }
      try db.execute(
        sql: "INSERT INTO measurement (indicator_id, period, value, state) VALUES (?, ?, ?, ?)",
        arguments: [value("id"), measuredPeriod, CellText.number(value("value_2020T2")), state])
    }
  }

  /// What the files call otherwise than the tables.
  private static let columnNames = ["component": "parent", "activity": "activity_code"]

  /// Columns of indicator.csv that go to tables of their own.
  private static let elsewhere: Set<String> = ["target", "value_2020T2", "value_state"]

  /// References that the schema does not declare, since the centre may edit their targets later.
  private static func checkReferences(_ db: Database) throws {
    let references = [
      ("activity", "parent", "component"), ("product", "parent", "component"),
      ("product", "activity_code", "activity"), ("result", "parent", "component"),
      ("result", "activity_code", "activity"), ("result", "product_code", "product"),
      ("role", "parent", "role"),
    ]
    for (table, column, target) in references {
      let missing = try String.fetchOne(
        db,
        sql: """
          SELECT \(column) FROM \(table)
          WHERE \(column) IS NOT NULL AND \(column) NOT IN (SELECT code FROM \(target)) LIMIT 1
          """)
      if let missing {
        throw TrainingsError(.brokenCatalog(table: table, detail: "\(column) \(missing)"))
      }
    }
    let orphan = try String.fetchOne(
      db,
      sql: """
        SELECT id FROM indicator WHERE parent IS NOT NULL AND parent NOT IN
          (SELECT code FROM product WHERE level = 'product'
           UNION SELECT code FROM result WHERE level = 'result')
        UNION ALL SELECT role_code FROM indicator_role WHERE role_code NOT IN (SELECT code FROM role)
        UNION ALL SELECT indicator_id FROM indicator_role
          WHERE indicator_id NOT IN (SELECT id FROM indicator)
        LIMIT 1
        """)
    if let orphan { throw TrainingsError(.brokenCatalog(table: "indicator", detail: orphan)) }
  }
}

/// A catalog file, whole: they are small.
private struct CatalogFile {
  let headers: [String]
  let rows: [[String]]

  init(_ bytes: [UInt8]) {
    var text = DelimitedText(bytes, separator: UInt8(ascii: ","))
    var cells: [DelimitedText.Cell] = []
    var rows: [[String]] = []
    while text.next(into: &cells) != nil {
      rows.append(cells.map { text.text($0) })
    }
    let headers = rows.first ?? []
    self.headers = headers
    self.rows = rows.dropFirst().map { row in
      row + Array(repeating: "", count: max(0, headers.count - row.count))
    }
  }

  func value(_ header: String, of row: [String]) -> String {
    headers.firstIndex(of: header).map { row[$0] } ?? ""
  }
}
