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

  private static let paternalSurname =
    AttendanceImport.Place.paternal - AttendanceImport.Place.person.lowerBound

  private var known: [String: Person] = [:]
  private var bearers: [IdentityDocument: String] = [:]

  /// Identifiers of persons who are new, in the order in which they came.
  private var inserted: [String] = []

  /// Identifiers of persons to write, in the order in which they changed.
  private var changed: [String] = []

  private let byID: RowStatement
  private let byDocument: RowStatement
  private let insertion: RowStatement

  init(_ db: Database) throws {
    let columns = Self.columns.joined(separator: ", ")
    byID = try RowStatement(db, "SELECT id, \(columns) FROM participant WHERE id = ?")
    byDocument = try RowStatement(
      db,
      """
      SELECT id, \(columns) FROM participant WHERE document_number = ? AND document_type = ?
      """)
    let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
    insertion = try RowStatement(
      db, "INSERT INTO participant (id, \(columns)) VALUES (?, \(marks))")
  }

  mutating func contains(_ id: String) throws -> Bool {
    if known[id] != nil { return true }
    byID.bindText(1, id)
    var isFound = false
    while try byID.step() {
      remember(byID)
      isFound = true
    }
    return isFound
  }

  /// Who bears the document: where several do, the one whose identifier derives from it comes first.
  mutating func bearer(of document: IdentityDocument) throws -> String? {
    if let id = bearers[document] { return id }
    byDocument.bindText(1, document.number)
    byDocument.bindText(2, document.type)
    var ids: [String] = []
    while try byDocument.step() {
      ids.append(byDocument.text(0))
      if known[byDocument.text(0)] == nil { remember(byDocument) }
    }
    // Sorted here: SQLite would open a sorter for each row of the file.
    guard let first = ids.min() else { return nil }
    let derived = Identity.participant(
      documentType: document.type, documentNumber: document.number)
    let id = ids.contains(derived) ? derived : first
    bearers[document] = id
    return id
  }

  private mutating func remember(_ row: RowStatement) {
    let texts = Self.columns.indices.map { row.text($0 + 1) }
    known[row.text(0)] = Person(stored: texts, current: texts)
  }

  mutating func insert(_ id: String, _ values: [String]) throws {
    insertion.bindText(1, id)
    for (index, value) in values.enumerated() {
      insertion.bind(index + 2, value)
    }
    // A surname may be missing, but the column cannot be NULL.
    insertion.bindText(Self.paternalSurname + 2, values[Self.paternalSurname])
    try insertion.run()
    inserted.append(id)
    known[id] = Person(stored: values, current: values)
    if !values[1].isEmpty {
      bearers[IdentityDocument(type: values[0], number: values[1])] = id
    }
  }

  /// The values of a person as this import will leave them.
  mutating func values(_ id: String) throws -> [String] {
    guard try contains(id), let person = known[id] else { return Self.columns.map { _ in "" } }
    return person.current
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

  /// Writes what changed, and notes it and the new persons in the log.
  mutating func writeChanges(_ db: Database, _ log: ImportLog) throws {
    for id in inserted {
      try log.insert(.participant, id, known[id]?.current ?? [])
    }
    inserted = []
    for id in changed {
      guard let person = known[id] else { continue }
      let cells = Self.columns.indices.filter { person.current[$0] != person.stored[$0] }.map {
        (
          column: Self.columns[$0], old: person.stored[$0].isEmpty ? nil : person.stored[$0],
          new: person.current[$0]
        )
      }
      try StoredRow(table: "participant", keyColumns: ["id"], key: [id]).update(
        cells.map { ($0.column, $0.new.databaseValue) }, db)
      if !log.isInserted(.participant, id) {
        try log.update(.participant, id, cells.map { ($0.column, $0.old, $0.new) })
      }
      known[id]?.stored = person.current
    }
    changed = []
  }
}
