public import GRDB

/// A table whose rows are entered one by one, or from a CSV, and known by their own key: catalogs,
/// targets, measurements, group scores.
///
/// Values are given by column or by header, and held to the same rules as those of the offices'
/// files.
public struct EntryTable: Sendable {
  /// What becomes of a row that is given.
  public enum Mode: Sendable {
    /// It must be new.
    case add
    /// It must be there.
    case edit
    /// It is added or changed.
    case set
  }

  /// What became of it.
  public enum Outcome: String, Sendable {
    case inserted, updated, unchanged
  }

  /// The table's name.
  public let table: String

  /// The fields of its key, in order.
  public let keys: [Field]

  /// The other fields.
  public let fields: [Field]

  /// Whether only the centre writes it.
  public let isCentral: Bool

  /// Where the row's list of indicators is kept, by the column that refers to the row.
  let links: (table: String, column: String)?

  /// What follows from values beside what was entered, by column; throws where they do not go
  /// together.
  let settle: @Sendable (Settling) throws -> [String: String]

  init(
    _ table: String, keys: [Field], fields: [Field], isCentral: Bool = true,
    links: (table: String, column: String)? = nil,
    settle: @escaping @Sendable (Settling) throws -> [String: String] = { _ in [:] }
  ) {
    self.table = table
    self.keys = keys
    self.fields = fields
    self.isCentral = isCentral
    self.links = links
    self.settle = settle
  }

  /// A row about to be written.
  struct Settling {
    let key: [String]
    let values: EnteredValues
    let isNew: Bool
    let db: Database

    func isEntered(_ column: String) -> Bool {
      values.fields.firstIndex { $0.column == column }.map(values.entered.contains) ?? false
    }
  }
}

extension EntryTable {
  /// The rows in the order of their keys.
  ///
  /// - Parameter filter: Texts of key columns; a row must bear each.
  public func list(
    _ filter: [String: String] = [:], office: String? = nil, in db: Database
  ) throws -> [RecordEntry] {
    let reader = RowReader(fields: keys, codes: try CatalogCodes(db))
    let known = reader.read(keys.map { filter[$0.column] ?? "" })
    var conditions: [String] = []
    var arguments: [String] = []
    for (place, field) in keys.enumerated() where filter[field.column] != nil {
      let unknown = known.errors.first { $0.field == place && $0.reason.code != "missing_required" }
      if let unknown {
        throw TrainingsError(.refusedValue(field: field.column, reason: unknown.reason))
      }
      conditions.append("\(field.column) = ?")
      arguments.append(try resolved(field, known.values[place], office: office, db))
    }
    let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    return try RecordEntry.fetch(
      db, "SELECT \(columns) FROM \(table) AS t WHERE \(condition) ORDER BY \(keyColumns)",
      StatementArguments(arguments), masking: true)
  }

  /// One row.
  public func show(_ key: [String], office: String?, in db: Database) throws -> RecordEntry {
    let row = try self.row(key, office: office, db)
    let condition: String = row.keyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
    let found = try RecordEntry.fetch(
      db, "SELECT \(columns) FROM \(table) AS t WHERE \(condition)",
      StatementArguments(row.key), masking: true)
    guard let entry = found.first else { throw TrainingsError(.unknownRecord(table)) }
    return entry
  }

  /// Writes a row: all of a new one, of another what differs; a blank erases.
  ///
  /// - Parameter office: The office that writes.
  @discardableResult
  public func write(
    _ key: [String], _ values: [String: String], mode: Mode = .set, office: String, in db: Database
  ) throws -> Outcome {
    try requireWriter(office)
    let row = try self.row(key, office: office, db)
    let stored = try self.stored(row, db)
    if mode == .add, stored != nil { throw TrainingsError(.recordExists(table)) }
    if mode == .edit, stored == nil { throw TrainingsError(.unknownRecord(table)) }
    let entered = try EnteredValues(values, for: fields, over: stored, codes: CatalogCodes(db))
    let settled = try settle(
      Settling(key: row.key, values: entered, isNew: stored == nil, db: db))
    var cells = entered.cells(all: stored == nil).filter { settled[$0.column] == nil }
    for field in fields {
      guard let text = settled[field.column] else { continue }
      cells.append((field.column, field.stored(text)))
    }
    var outcome = Outcome.inserted
    if stored == nil {
      try row.insert(cells, db)
    } else {
      outcome = try row.change(cells, db) ? .updated : .unchanged
    }
    if try link(row, entered, db), outcome == .unchanged { outcome = .updated }
    return outcome
  }

  /// Deletes a row that no other refers to.
  public func delete(_ key: [String], office: String, in db: Database) throws {
    try requireWriter(office)
    let row = try self.row(key, office: office, db)
    guard try row.fetch(row.keyColumns, db) != nil else {
      throw TrainingsError(.unknownRecord(table))
    }
    let uses = try row.key.count == 1 ? references(to: row.key[0], db) : 0
    if uses > 0 { throw TrainingsError(.recordInUse(uses)) }
    if let links {
      try db.execute(
        sql: "DELETE FROM \(links.table) WHERE \(links.column) = ?", arguments: [row.key[0]])
    }
    let condition: String = row.keyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
    try db.execute(
      sql: "DELETE FROM \(table) WHERE \(condition)", arguments: StatementArguments(row.key))
  }

  /// Refuses an office where only the centre writes.
  public func requireWriter(_ office: String) throws {
    if isCentral, office != "central" { throw TrainingsError(.centreOnly(table)) }
  }

  private var keyColumns: String { keys.map(\.column).joined(separator: ", ") }

  private var columns: String {
    (keys + fields).map { field in
      guard field.column == "indicators", let links else { return "t.\(field.column)" }
      return """
        (SELECT group_concat(indicator_id, ';') FROM (SELECT indicator_id FROM \(links.table)
          WHERE \(links.column) = t.\(keys[0].column) ORDER BY 1)) AS indicators
        """
    }.joined(separator: ", ")
  }

  private func stored(_ row: StoredRow, _ db: Database) throws -> [String]? {
    guard var texts = try row.texts(fields, db) else { return nil }
    if let links, let place = fields.firstIndex(where: { $0.column == "indicators" }) {
      texts[place] = try linked(row, links, db).joined(separator: ";")
    }
    return texts
  }

  private func linked(
    _ row: StoredRow, _ links: (table: String, column: String), _ db: Database
  ) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT indicator_id FROM \(links.table) WHERE \(links.column) = ? ORDER BY 1",
      arguments: [row.key[0]])
  }

  /// Adds and removes links to indicators; whether any was.
  private func link(_ row: StoredRow, _ entered: EnteredValues, _ db: Database) throws -> Bool {
    guard let links, let place = fields.firstIndex(where: { $0.column == "indicators" }),
      entered.entered.contains(place)
    else { return false }
    let now = entered["indicators"].split(separator: ";").map(String.init)
    let then = try linked(row, links, db)
    for id in now where !then.contains(id) {
      try db.execute(
        sql: "INSERT INTO \(links.table) (\(links.column), indicator_id) VALUES (?, ?)",
        arguments: [row.key[0], id])
    }
    for id in then where !now.contains(id) {
      try db.execute(
        sql: "DELETE FROM \(links.table) WHERE \(links.column) = ? AND indicator_id = ?",
        arguments: [row.key[0], id])
    }
    return now.sorted() != then.sorted()
  }

  /// How many rows of synced tables refer to a key.
  private func references(to key: String, _ db: Database) throws -> Int {
    let referring = try Row.fetchAll(
      db,
      sql: """
        SELECT s.name, k."from" FROM sync_table AS s, pragma_foreign_key_list(s.name) AS k
        WHERE k."table" = ? AND s.name IS NOT ? ORDER BY 1, 2
        """, arguments: [table, links?.table])
    return try referring.reduce(0) { sum, row in
      let name: String = row[0]
      let column: String = row[1]
      return try sum
        + (Int.fetchOne(
          db, sql: "SELECT count(*) FROM \(name) WHERE \(column) = ?", arguments: [key]) ?? 0)
    }
  }

  /// The row of a key as a person writes it.
  private func row(_ key: [String], office: String?, _ db: Database) throws -> StoredRow {
    guard key.count == keys.count else { throw TrainingsError(.unknownRecord(table)) }
    let texts = key.map(EnteredValues.cleaned)
    // A row that somebody wrote otherwise is found by its key as it is.
    let exact = StoredRow(table: table, keyColumns: keys.map(\.column), key: texts)
    if try exact.fetch(exact.keyColumns, db) != nil { return exact }
    let reading = RowReader(fields: keys, codes: try CatalogCodes(db)).read(texts)
    if let error = (reading.errors + reading.warnings).first {
      throw TrainingsError(.refusedValue(field: keys[error.field].column, reason: error.reason))
    }
    let resolved = try zip(keys, reading.values).map { field, text in
      try self.resolved(field, text, office: office, db)
    }
    return StoredRow(table: table, keyColumns: keys.map(\.column), key: resolved)
  }

  private func resolved(
    _ field: Field, _ text: String, office: String?, _ db: Database
  ) throws -> String {
    if case .key = field.form { return try Sessions.find(text, office: office, in: db) }
    return text
  }
}
