import GRDB

/// The row of an earlier import: whose it was and what it said.
struct Remembered {
  let participant: String
  let cells: String
}

/// What an import of attendance knows about one session.
final class SessionContext {
  let session: String

  /// The participants with an attendance in it.
  var attendees: Set<String>

  /// The participants of whom this import has taken a row.
  var seen: Set<String> = []

  private var new: Set<String> = []

  /// What was remembered before this import, by participant.
  private(set) var earlier: [String: String] = [:]
  private var byParticipant: [String: Remembered] = [:]
  private var byDocument: [IdentityDocument: Remembered] = [:]

  /// Rows without a document, by normalised name.
  private var byName: [String: Remembered] = [:]

  /// Participants without a document, by normalised name; read when first asked for.
  private var nameless: [String: String]?

  init(session: String, _ db: Database) throws {
    self.session = session
    attendees = try Set(
      String.fetchAll(
        db.cachedStatement(sql: "SELECT participant_id FROM attendance WHERE session_id = ?"),
        arguments: [session]))
    // A tab stands in no identifier, and a line feed comes right after it.
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT row_key, cells, cells ->> '$.tipo_documento', cells ->> '$.numero_documento',
            cells ->> '$.apellido_paterno', cells ->> '$.apellido_materno', cells ->> '$.nombres'
          FROM import_memory
          WHERE kind = 'attendance' AND row_key > ?1 || char(9) AND row_key < ?1 || char(10)
          ORDER BY row_key
          """),
      arguments: [session])
    while let row = try rows.next() {
      let key: String = row[0]
      let remembered = Remembered(
        participant: String(key.dropFirst(session.count + 1)), cells: row[1])
      let document: IdentityDocument? =
        if let type: String = row[2], let number: String = row[3] {
          IdentityDocument(type: type, number: number)
        } else {
          nil
        }
      earlier[remembered.participant] = remembered.cells
      let texts = (4...6).map { row[$0] as String? ?? "" }
      remember(
        remembered, document: document,
        name: document == nil
          ? PersonName.key(paternal: texts[0], maternal: texts[1], given: texts[2]) : "",
        isNew: false)
    }
  }

  /// What this import has to remember, in the order of participants.
  var news: [Remembered] {
    new.sorted().compactMap { byParticipant[$0] }
  }

  /// Takes what a row of this import said, or of an earlier one.
  func remember(
    _ row: Remembered, document: IdentityDocument?, name: @autoclosure () -> String,
    isNew: Bool = true
  ) {
    byParticipant[row.participant] = row
    if isNew { new.insert(row.participant) }
    if let document {
      byDocument[document] = row
    } else {
      byName[name()] = row
    }
  }

  func remembered(participant: String) -> Remembered? {
    byParticipant[participant]
  }

  /// The earlier row with the document, or with the name and no document.
  func remembered(document: IdentityDocument?, name: String?) -> Remembered? {
    document.flatMap { byDocument[$0] } ?? name.flatMap { byName[$0] }
  }

  func hasAnyWithoutDocument(_ db: Database) throws -> Bool {
    try !byName.isEmpty || !attendeesWithoutDocument(db).isEmpty
  }

  /// The participant without a document who has the name, from an earlier row or the record.
  func withoutDocument(_ name: String, _ db: Database) throws -> String? {
    if let remembered = byName[name] { return remembered.participant }
    return try attendeesWithoutDocument(db)[name]
  }

  private func attendeesWithoutDocument(_ db: Database) throws -> [String: String] {
    if let nameless { return nameless }
    var found: [String: String] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT participant.id, paternal_surname, maternal_surname, given_names
          FROM attendance JOIN participant ON participant.id = attendance.participant_id
          WHERE attendance.session_id = ? AND document_number IS NULL
          ORDER BY participant.id DESC
          """),
      arguments: [session])
    while let row = try rows.next() {
      let key = PersonName.key(
        paternal: row[1], maternal: row[2] as String? ?? "", given: row[3])
      found[key] = row[0]
    }
    nameless = found
    return found
  }

  func addWithoutDocument(_ participant: String, _ name: String) {
    nameless?[name] = participant
  }

  func removeWithoutDocument(_ name: String) {
    nameless?[name] = nil
    byName[name] = nil
  }
}
