public import GRDB

/// What persons do with attendances, beside importing them.
public enum Attendances {
  /// The attendances of a session, of a participant, or all.
  ///
  /// - Parameter unmasked: Whether documents are shown in full.
  public static func list(
    session: String? = nil, participant: String? = nil, office: String? = nil,
    unmasked: Bool = false, in db: Database
  ) throws -> [RecordEntry] {
    let session = try session.map { try Sessions.find($0, office: office, in: db) }
    let participant = try participant.map { try Participants.find($0, in: db) }
    return try RecordEntry.fetch(
      db,
      """
      SELECT a.session_id, s.office_code, s.code AS session_code, s.starts_on, a.participant_id,
        document_type, document_number, paternal_surname, maternal_surname, given_names,
        a.institution_code, a.role_code, a.workplace, completed, pre_score, post_score,
        score_scale, a.notes
      FROM attendance a JOIN training_session s ON s.id = a.session_id
        JOIN participant p ON p.id = a.participant_id
      WHERE (?1 IS NULL OR a.session_id = ?1) AND (?2 IS NULL OR a.participant_id = ?2)
      ORDER BY s.starts_on, s.office_code, s.code, a.session_id, paternal_surname,
        maternal_surname, given_names, a.participant_id
      """, [session, participant], masking: !unmasked)
  }

  /// Records that a person came to a session; institution, role and workplace that are not given
  /// are the person's present ones.
  public static func add(
    session: String, participant: String, _ values: [String: String], office: String?,
    in db: Database
  ) throws {
    let row = try self.row(session: session, participant: participant, office: office, db)
    if try row.fetch(["session_id"], db) != nil { throw TrainingsError(.attendanceExists) }
    var values = values
    let person = StoredRow(table: "participant", keyColumns: ["id"], key: [row.key[1]])
    let particulars = Array(Field.attendanceRecord.prefix(3))
    for (field, text) in zip(particulars, try person.texts(particulars, db) ?? [])
    where values[field.column] == nil && values[field.header] == nil && !text.isEmpty {
      values[field.column] = text
    }
    let entered = try EnteredValues(
      values, for: Field.attendanceRecord, over: nil, codes: CatalogCodes(db))
    // A column that is left out takes the schema's default, such as the scale of 20.
    try row.insert(entered.cells(all: true), db)
  }

  /// Writes the values that differ; whether any did.
  @discardableResult
  public static func edit(
    session: String, participant: String, _ values: [String: String], office: String?,
    in db: Database
  ) throws -> Bool {
    let row = try self.row(session: session, participant: participant, office: office, db)
    guard let stored = try row.texts(Field.attendanceRecord, db) else {
      throw TrainingsError(.unknownAttendance)
    }
    let entered = try EnteredValues(
      values, for: Field.attendanceRecord, over: stored, codes: CatalogCodes(db))
    return try row.change(entered.cells(all: false), db)
  }

  /// Deletes one attendance; the person and the session stay.
  public static func delete(
    session: String, participant: String, office: String?, in db: Database
  ) throws {
    let row = try self.row(session: session, participant: participant, office: office, db)
    try db.execute(
      sql: "DELETE FROM attendance WHERE session_id = ? AND participant_id = ?",
      arguments: StatementArguments(row.key))
    guard db.changesCount == 1 else { throw TrainingsError(.unknownAttendance) }
  }

  private static func row(
    session: String, participant: String, office: String?, _ db: Database
  ) throws -> StoredRow {
    StoredRow(
      table: "attendance", keyColumns: ["session_id", "participant_id"],
      key: [
        try Sessions.find(session, office: office, in: db),
        try Participants.find(participant, in: db),
      ])
  }
}
