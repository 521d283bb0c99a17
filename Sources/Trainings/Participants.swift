public import GRDB
internal import Replica
internal import SyncModel

/// What persons do with participants, beside importing them.
///
/// A participant is named by identifier, by document number, or by type and number, `CE:001234567`.
public enum Participants {
  /// The identifier of the participant that a text names.
  public static func find(_ name: String, in db: Database) throws -> String {
    let byID = try String.fetchOne(
      db, sql: "SELECT id FROM participant WHERE id = ?", arguments: [name])
    if let byID { return byID }
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let reading =
      parts.count == 2
      ? IdentityDocument.read(type: parts[0], number: parts[1])
      : IdentityDocument.read(type: "", number: name)
    var found: [String] = []
    if case .document(let document, _) = reading {
      found = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM participant WHERE document_number = ? AND document_type = ? ORDER BY id
          """, arguments: [document.number, document.type])
    }
    if found.isEmpty, parts.count == 1 {
      found = try String.fetchAll(
        db, sql: "SELECT id FROM participant WHERE document_number = ? ORDER BY id",
        arguments: [name.uppercased()])
    }
    if found.isEmpty, case .document(let document, _) = reading,
      let id = try reserved(document, in: db)
    {
      return id
    }
    guard let id = found.first else { throw TrainingsError(.unknownParticipant) }
    if found.count > 1 { throw TrainingsError(.ambiguousParticipant) }
    return id
  }

  /// The bearer of a document whose values this replica is not given: its identifier tells.
  public static func reserved(_ document: IdentityDocument, in db: Database) throws -> String? {
    let derived = Identity.participant(
      documentType: document.type, documentNumber: document.number)
    let isReserved = try Replica.isReserved(db, table: "participant", key: [.text(derived)])
    return isReserved ? derived : nil
  }

  /// Participants by surname.
  ///
  /// - Parameters:
  ///   - search: Part of a name, without regard to capitals and tildes.
  ///   - unmasked: Whether documents are shown in full.
  public static func list(
    search: String? = nil, unmasked: Bool = false, in db: Database
  ) throws -> [RecordEntry] {
    let entries = try RecordEntry.fetch(
      db,
      """
      SELECT id, document_type, document_number, paternal_surname, maternal_surname, given_names,
        sex, institution_code, role_code, department,
        (SELECT COUNT(*) FROM attendance WHERE participant_id = p.id) AS attendances
      FROM participant p ORDER BY paternal_surname, maternal_surname, given_names, id
      """, [], masking: !unmasked)
    guard let search, !search.isEmpty else { return entries }
    let wanted = PersonName.folded(search)
    return entries.filter { entry in
      let name = ["paternal_surname", "maternal_surname", "given_names"].map { "\(entry[$0])" }
      return PersonName.folded(name.joined(separator: " ")).contains(wanted)
    }
  }

  /// Everything about one participant.
  public static func show(
    _ name: String, unmasked: Bool = false, in db: Database
  ) throws -> RecordEntry {
    let id = try find(name, in: db)
    let entries = try RecordEntry.fetch(
      db,
      """
      SELECT p.*, (SELECT COUNT(*) FROM attendance WHERE participant_id = p.id) AS attendances
      FROM participant p WHERE id = ?
      """, [id], masking: !unmasked)
    guard let entry = entries.first else { throw TrainingsError(.unknownParticipant) }
    return entry
  }

  /// Adds a participant, under the identifier that derives from the document where there is one.
  public static func add(
    _ values: [String: String], in db: Database, environment: TrainingsEnvironment
  ) throws -> String {
    let entered = try EnteredValues(
      values, for: Field.participants, over: nil, codes: CatalogCodes(db))
    try requireSurname(entered)
    let id = try newIdentifier(entered, db, environment)
    try row(id).insert(entered.cells(all: true), db)
    return id
  }

  /// The identifier that derives from the document, else a random one.
  private static func newIdentifier(
    _ entered: EnteredValues, _ db: Database, _ environment: TrainingsEnvironment
  ) throws -> String {
    guard !entered["document_number"].isEmpty else { return environment.newID() }
    let type = entered["document_type"]
    let number = entered["document_number"]
    let isUsed = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM participant WHERE document_number = ? AND document_type = ?)
        """, arguments: [number, type])
    let document = IdentityDocument(type: type, number: number)
    if try isUsed == true || reserved(document, in: db) != nil {
      throw TrainingsError(.documentInUse)
    }
    let derived = Identity.participant(documentType: type, documentNumber: number)
    // The derived identifier may belong to someone whose number was corrected.
    return try row(derived).fetch(["id"], db) == nil ? derived : environment.newID()
  }

  /// Writes the values that differ; whether any did.
  ///
  /// The identifier stays.
  @discardableResult
  public static func edit(
    _ name: String, _ values: [String: String], in db: Database
  ) throws -> Bool {
    let id = try find(name, in: db)
    let entered = try EnteredValues(
      values, for: Field.participants, over: row(id).texts(Field.participants, db),
      codes: CatalogCodes(db))
    try requireSurname(entered)
    return try row(id).change(entered.cells(all: false), db)
  }

  /// Deletes a participant with the links to other participants.
  ///
  /// - Parameter cascade: Whether the attendances go too; without it, someone who has any is
  ///   refused.
  public static func delete(_ name: String, cascade: Bool = false, in db: Database) throws {
    let id = try find(name, in: db)
    let count = try Int.fetchOne(
      db, sql: "SELECT COUNT(*) FROM attendance WHERE participant_id = ?", arguments: [id])
    if let count, count > 0, !cascade { throw TrainingsError(.participantHasAttendances(count)) }
    try db.execute(sql: "DELETE FROM attendance WHERE participant_id = ?", arguments: [id])
    try db.execute(
      sql: "DELETE FROM person_link WHERE participant_id = ?1 OR same_as = ?1", arguments: [id])
    try db.execute(sql: "DELETE FROM participant WHERE id = ?", arguments: [id])
  }

  /// Makes two persons of one row: a new participant takes the attendances of some sessions.
  ///
  /// - Parameters:
  ///   - sessions: The sessions that the new person came to, by name.
  ///   - values: What differs in the new person; the rest is as in the old one, but the document.
  ///   - at: The instant of the decision that they are two, ISO in UTC; nil to leave it open. With it
  ///     nobody is asked again whether the two are one person.
  /// - Returns: The new participant's identifier, which is random unless a document is given.
  public static func split(
    _ name: String, sessions: [String], _ values: [String: String], office: String?,
    at: String? = nil, in db: Database, environment: TrainingsEnvironment
  ) throws -> String {
    let id = try find(name, in: db)
    var stored = try row(id).texts(Field.participants, db)
    for (index, field) in Field.participants.enumerated()
    where field.column.hasPrefix("document_") {
      stored?[index] = ""
    }
    let entered = try EnteredValues(
      values, for: Field.participants, over: stored, codes: CatalogCodes(db))
    try requireSurname(entered)
    let new = try newIdentifier(entered, db, environment)
    try row(new).insert(entered.cells(all: true), db)
    if let at {
      try db.execute(
        sql: """
          INSERT INTO person_link (id, participant_id, same_as, decision, decided_by, decided_at)
          VALUES (?, ?, ?, 'different', ?, ?)
          """, arguments: [environment.newID(), new, id, office, at])
    }
    let columns = Field.attendanceRecord.map(\.column).joined(separator: ", ")
    for session in sessions {
      let session = try Sessions.find(session, office: office, in: db)
      try db.execute(
        sql: """
          INSERT INTO attendance (session_id, participant_id, \(columns))
          SELECT session_id, ?, \(columns) FROM attendance
          WHERE session_id = ? AND participant_id = ?
          """, arguments: [new, session, id])
      guard db.changesCount == 1 else { throw TrainingsError(.unknownAttendance) }
      try db.execute(
        sql: "DELETE FROM attendance WHERE session_id = ? AND participant_id = ?",
        arguments: [session, id])
    }
    return new
  }

  private static func row(_ id: String) -> StoredRow {
    StoredRow(table: "participant", keyColumns: ["id"], key: [id])
  }

  static func requireSurname(_ entered: EnteredValues) throws {
    if entered["paternal_surname"].isEmpty, entered["maternal_surname"].isEmpty {
      throw TrainingsError(
        .refusedValue(
          field: "paternal_surname", reason: .missingRequired("apellido_paterno")))
    }
  }
}
