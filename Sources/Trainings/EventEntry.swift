public import GRDB

/// The attendance of one session, taken person by person while the event goes on.
///
/// Everything is written at once, so that a laptop whose battery ends keeps what was entered; the
/// last step can be taken back.
public struct EventEntry: Sendable {
  /// A person as the one at the door sees them.
  public struct Person: Hashable, Sendable {
    /// The participant's id.
    public var id: String
    /// Surnames and given names.
    public var name: String
    /// `DNI 4•••••21`; nil without a document.
    public var maskedDocument: String?
    /// The institution's code.
    public var institution: String?
    /// The role's code.
    public var role: String?
    /// Where the person works.
    public var workplace: String?
    /// Whether the person is recorded in the session already.
    public var isAttending: Bool
    /// The entry score, where the person is recorded.
    public var preScore: Double?
    /// The exit score, where the person is recorded.
    public var postScore: Double?
  }

  /// What became of an attendance.
  public enum Mark: String, Hashable, Sendable {
    case added, updated, unchanged
  }

  private enum Step: Hashable, Sendable {
    case added(String, isNewPerson: Bool)
    case changed(String, before: [String: String])
  }

  /// The session's id.
  public let session: String
  private let office: String
  private var steps: [Step] = []
  private var newPersons: Set<String> = []

  /// Takes the attendance of a session.
  ///
  /// - Parameter name: The session's id, code, or `office/code`.
  public init(session name: String, office: String, in db: Database) throws {
    session = try Sessions.find(name, office: office, in: db)
    self.office = office
  }

  /// Persons whom a text may mean: who bears the document, else whose name holds every word of it.
  ///
  /// Who is recorded in the session comes first; never more than `limit`.
  public func find(_ text: String, limit: Int = 9, in db: Database) throws -> [Person] {
    if text.utf8.contains(where: { (0x30...0x39).contains($0) }) {
      do {
        return try [person(Participants.find(text, in: db), db)]
      } catch let error as TrainingsError where error.reason == .unknownParticipant {
        return []
      } catch let error as TrainingsError where error.reason == .ambiguousParticipant {
        let number = text.split(separator: ":").last.map(String.init) ?? text
        let ids = try String.fetchAll(
          db, sql: "SELECT id FROM participant WHERE document_number = ? ORDER BY id LIMIT ?",
          arguments: [number, limit])
        return try ids.map { try person($0, db) }
      }
    }
    let wanted = PersonName.folded(text).split(separator: " ")
    guard !wanted.isEmpty else { return [] }
    var found: [(id: String, isAttending: Bool)] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT p.id, paternal_surname || ' ' || coalesce(maternal_surname, '') || ' ' || given_names,
          EXISTS (SELECT 1 FROM attendance WHERE session_id = ? AND participant_id = p.id)
        FROM participant AS p ORDER BY 2, 1
        """, arguments: [session])
    while let row = try rows.next() {
      let name = PersonName.folded(row[1])
      if wanted.allSatisfy({ name.contains($0) }) { found.append((row[0], row[2])) }
    }
    let ordered = found.filter(\.isAttending) + found.filter { !$0.isAttending }
    return try ordered.prefix(limit).map { try person($0.id, db) }
  }

  /// A participant with what is known of them in this session.
  public func person(_ id: String, _ db: Database) throws -> Person {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', '
            || p.given_names,
          p.document_type, nullif(p.document_number, ''),
          CASE WHEN a.session_id IS NULL THEN p.institution_code ELSE a.institution_code END,
          CASE WHEN a.session_id IS NULL THEN p.role_code ELSE a.role_code END,
          CASE WHEN a.session_id IS NULL THEN p.workplace ELSE a.workplace END,
          a.session_id IS NOT NULL, a.pre_score, a.post_score
        FROM participant AS p
          LEFT JOIN attendance AS a ON a.participant_id = p.id AND a.session_id = ?2
        WHERE p.id = ?1
        """, arguments: [id, session])
    guard let row else { throw TrainingsError(.unknownParticipant) }
    let type: String? = row[1]
    let number: String? = row[2]
    return Person(
      id: id, name: row[0],
      maskedDocument: number.map { (type.map { "\($0) " } ?? "") + IdentityDocument.masked($0) },
      institution: row[3], role: row[4], workplace: row[5], isAttending: row[6], preScore: row[7],
      postScore: row[8])
  }

  /// Records that a person came, or notes scores and particulars of who is recorded already.
  ///
  /// - Parameter values: By column or header, as ``Attendances`` takes them.
  public mutating func mark(
    _ participant: String, _ values: [String: String], in db: Database
  ) throws -> Mark {
    let row = StoredRow(
      table: "attendance", keyColumns: ["session_id", "participant_id"],
      key: [session, participant])
    let fields = Field.attendanceRecord
    guard let before = try row.texts(fields, db) else {
      try Attendances.add(
        session: session, participant: participant, values, office: office, in: db)
      steps.append(.added(participant, isNewPerson: newPersons.contains(participant)))
      return .added
    }
    let isChanged = try Attendances.edit(
      session: session, participant: participant, values, office: office, in: db)
    guard isChanged else { return .unchanged }
    let old = Dictionary(uniqueKeysWithValues: zip(fields.map(\.column), before))
    steps.append(.changed(participant, before: old))
    return .updated
  }

  /// Adds a person who was never registered.
  ///
  /// - Returns: The new participant's id; ``mark(_:_:in:)`` is still to be called.
  public mutating func register(
    _ values: [String: String], in db: Database, environment: TrainingsEnvironment
  ) throws -> String {
    let id = try Participants.add(values, in: db, environment: environment)
    newPersons.insert(id)
    return id
  }

  /// Takes the last step back: the attendance goes or is again what it was, and a person who was
  /// added with it goes too.
  ///
  /// - Returns: The participant concerned; nil where there is nothing to take back.
  public mutating func undo(in db: Database) throws -> String? {
    guard let step = steps.popLast() else { return nil }
    switch step {
    case .added(let id, let isNewPerson):
      // Somebody may have deleted it meanwhile, at another window or by a sync.
      try db.execute(
        sql: "DELETE FROM attendance WHERE session_id = ? AND participant_id = ?",
        arguments: [session, id])
      let others = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM attendance WHERE participant_id = ?", arguments: [id])
      if isNewPerson, others == 0 { try Participants.delete(id, in: db) }
      return id
    case .changed(let id, let before):
      let row = StoredRow(
        table: "attendance", keyColumns: ["session_id", "participant_id"], key: [session, id])
      let cells = Field.attendanceRecord.map {
        (column: $0.column, value: $0.stored(before[$0.column] ?? ""))
      }
      _ = try row.change(cells, db)
      return id
    }
  }

  /// What stands in the session now.
  public struct Summary: Hashable, Sendable {
    /// Attendances.
    public var attendances = 0
    /// With an entry score.
    public var withPre = 0
    /// With an exit score.
    public var withPost = 0
    /// Without a role: they count for no indicator of people.
    public var withoutRole = 0
    /// Without an institution.
    public var withoutInstitution = 0
  }

  /// What stands in the session now.
  public func summary(in db: Database) throws -> Summary {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), count(pre_score), count(post_score), count(*) - count(role_code),
          count(*) - count(institution_code)
        FROM attendance WHERE session_id = ?
        """, arguments: [session])
    guard let row else { return Summary() }
    return Summary(
      attendances: row[0], withPre: row[1], withPost: row[2], withoutRole: row[3],
      withoutInstitution: row[4])
  }
}
