package import GRDB
package import SyncModel
internal import Trainings

/// What a person knows a row by, and the facts that help to decide about it; documents masked.
package struct RecordLabel: Hashable {
  /// A name or code.
  package var title: String
  /// What stands around it: the session, the day, the position.
  package var facts: [String]
  /// The office that records it, where it has one.
  package var office: String?
  /// Row number of its participant, for a link.
  package var participant: Int64?
  /// Row number of its session, for a link.
  package var session: Int64?

  /// The label of a row; the key itself where the row is gone.
  package static func load(
    _ db: Database, table: String, key: [CellValue], words: RecordWords
  ) throws -> RecordLabel {
    let keys = StatementArguments(key.map(\.text))
    let say = words.say
    let plain = RecordLabel(title: key.map(\.text).joined(separator: " · "), facts: [])
    switch table {
    case "participant":
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT \(personColumns), p.rowid FROM participant p WHERE p.id = ?",
          arguments: keys)
      else { return plain }
      return RecordLabel(
        title: row[0], facts: personFacts(row, words), participant: row["rowid"])
    case "attendance":
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT \(personColumns), s.code, s.title, s.starts_on, s.office_code, a.pre_score,
              a.post_score, s.rowid AS session_no, p.rowid AS participant_no
            FROM training_session s, participant p
            LEFT JOIN attendance a ON a.session_id = s.id AND a.participant_id = p.id
            WHERE s.id = ? AND p.id = ?
            """, arguments: keys)
      else { return plain }
      let tests = [("pre_score", row["pre_score"] as Double?), ("post_score", row["post_score"])]
        .compactMap { column, score in
          score.map { "\(words.column(column)) \(say.format.number($0))" }
        }
      return RecordLabel(
        title: row[0],
        facts: sessionFacts(row) + personFacts(row, words) + tests, office: row["office_code"],
        participant: row["participant_no"], session: row["session_no"])
    case "training_session", "session_indicator", "group_score":
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT s.code, s.title, s.starts_on, s.office_code, s.rowid AS session_no
            FROM training_session s WHERE s.id = ?
            """, arguments: StatementArguments([key.first?.text ?? ""]))
      else { return plain }
      let rest = key.dropFirst().map(\.text)
      return RecordLabel(
        title: ([row["code"] as String] + rest).joined(separator: " · "),
        facts: Array(sessionFacts(row).dropFirst()), office: row["office_code"],
        session: row["session_no"])
    case "deliverable":
      guard
        let row = try Row.fetchOne(
          db,
          sql: "SELECT code, title, indicator_id, office_code FROM deliverable WHERE id = ?",
          arguments: keys)
      else { return plain }
      let title: String = row["title"]
      let code: String? = row["code"]
      return RecordLabel(
        title: code ?? title, facts: [title, row["indicator_id"]], office: row["office_code"])
    default:
      return plain
    }
  }

  /// Surnames and names, and what ``personFacts(_:_:)`` reads, of `participant p`.
  private static let personColumns = """
    trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', ' || p.given_names
      AS person_name, p.document_type, p.document_number, p.institution_code, p.role_code,
      p.workplace
    """

  private static func personFacts(_ row: Row, _ words: RecordWords) -> [String] {
    let number: String? = row["document_number"]
    let type: String? = row["document_type"]
    let institution: String? = row["institution_code"]
    let role: String? = row["role_code"]
    return [
      number.map { "\(type ?? "") \(IdentityDocument.masked($0))" },
      institution.map { words.name("institution", $0) }, role.map { words.name("role", $0) },
      row["workplace"],
    ].compactMap(\.self)
  }

  private static func sessionFacts(_ row: Row) -> [String] {
    let code: String? = row["code"]
    let title: String? = row["title"]
    let day: String? = row["starts_on"]
    return [code, title, day].compactMap(\.self)
  }
}
