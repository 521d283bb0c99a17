import GRDB

/// The participants that an import has met, with what it will change in them.
///
/// Changes are written once at the end: someone who came to ten sessions in ten roles is written
/// once, as the file's last row says.
struct People {
  private struct Person {
    var stored: [String]
    var current: [String]
  }

  private static let columns = Field.attendance[AttendanceImport.Place.person].map(\.column)

  private var known: [String: Person] = [:]
  private var bearers: [IdentityDocument: String] = [:]

  /// Identifiers of persons to write, in the order in which they changed.
  private var changed: [String] = []

  mutating func contains(_ id: String, _ db: Database) throws -> Bool {
    if known[id] != nil { return true }
    let statement = try db.cachedStatement(
      sql: "SELECT id, \(Self.columns.joined(separator: ", ")) FROM participant WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return false }
    remember(row)
    return true
  }

  /// Who bears the document: where several do, the one whose identifier derives from it comes first.
  mutating func bearer(of document: IdentityDocument, _ db: Database) throws -> String? {
    if let id = bearers[document] { return id }
    let statement = try db.cachedStatement(sql: Self.bearersQuery)
    let rows = try Row.fetchAll(statement, arguments: [document.number, document.type])
    guard !rows.isEmpty else { return nil }
    let derived = Identity.participant(
      documentType: document.type, documentNumber: document.number)
    let row = rows.first { $0[0] as String == derived } ?? rows[0]
    if known[row[0]] == nil { remember(row) }
    bearers[document] = row[0]
    return row[0]
  }

  private static let bearersQuery = """
    SELECT id, \(columns.joined(separator: ", ")) FROM participant
    WHERE document_number = ? AND document_type = ? ORDER BY id
    """

  private mutating func remember(_ row: Row) {
    let texts = Self.columns.indices.map { row[$0 + 1] as String? ?? "" }
    known[row[0]] = Person(stored: texts, current: texts)
  }

  mutating func insert(_ id: String, _ values: [String], _ db: Database) throws {
    let statement = try db.cachedStatement(sql: Self.insertion)
    var arguments: [DatabaseValue] = [id.databaseValue]
    for (column, value) in zip(Self.columns, values) {
      // A surname may be missing, but the column cannot be NULL.
      arguments.append(
        value.isEmpty && column != "paternal_surname" ? .null : value.databaseValue)
    }
    try statement.execute(arguments: StatementArguments(arguments))
    known[id] = Person(stored: values, current: values)
    if !values[1].isEmpty {
      bearers[IdentityDocument(type: values[0], number: values[1])] = id
    }
  }

  private static let insertion = """
    INSERT INTO participant (id, \(columns.joined(separator: ", ")))
    VALUES (?, \(columns.map { _ in "?" }.joined(separator: ", ")))
    """

  mutating func value(_ id: String, _ column: Int, _ db: Database) throws -> String {
    guard try contains(id, db), let person = known[id] else { return "" }
    return person.current[column]
  }

  mutating func change(_ id: String, _ column: Int, to value: String) {
    guard var person = known[id] else { return }
    if person.current == person.stored { changed.append(id) }
    person.current[column] = value
    known[id] = person
    if !person.current[0].isEmpty, !person.current[1].isEmpty {
      bearers[IdentityDocument(type: person.current[0], number: person.current[1])] = id
    }
  }

  mutating func writeChanges(_ db: Database) throws {
    for id in changed {
      guard let person = known[id] else { continue }
      let cells = Self.columns.indices.filter { person.current[$0] != person.stored[$0] }.map {
        (column: Self.columns[$0], value: person.current[$0].databaseValue)
      }
      try StoredRow(table: "participant", keyColumns: ["id"], key: [id]).update(cells, db)
      known[id]?.stored = person.current
    }
    changed = []
  }
}
