internal import GRDB
internal import Indicators
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// The records behind an indicator's figure: persons with masked documents, sessions, deliverables,
/// measurements.
struct Behind {
  /// What the template names.
  let data: [String: Any]

  private static let pageSize = 100

  /// `view` is `persons` or `sessions` where there are both.
  init(
    _ centre: Centre, _ definition: IndicatorDefinition, cutOff: String, view: String?, page: Int,
    request: PageRequest
  ) throws {
    let say = request.say
    let path = "/indicators/\(definition.id)"
    switch definition.computation {
    case .countDeliverables:
      let rows = try centre.replica.read { db in
        let words = try RecordWords(db, say)
        return try Row.fetchAll(
          db,
          sql: """
            SELECT coalesce(code, ''), title, office_code, status, delivered_on, quantity, evidence
            FROM deliverable
            WHERE indicator_id = ? AND coalesce(status, '') <> 'draft'
              AND substr(delivered_on, 1, 10) <= ? ORDER BY delivered_on, code
            """, arguments: [definition.id, cutOff]
        ).map { row -> [String: Any] in
          let office: String? = row[2]
          let status: String? = row[3]
          let quantity: Double? = row[5]
          let evidence: String? = row[6]
          return [
            "code": row[0] as String, "title": row[1] as String,
            "office": office.map(words.officeTitle) ?? "",
            "status": status.map { words.value(.text($0), column: "status") } ?? "",
            "day": (row[4] as String?).map(say.format.day) ?? "",
            "quantity": say.format.number(quantity ?? 1), "evidence": evidence ?? "",
          ]
        }
      }
      data = ["deliverables": ["rows": rows, "isEmpty": rows.isEmpty] as [String: Any]]
    case .countSessions:
      data = try Self.sessions(centre, definition, cutOff, page, path, request, tabs: false)
    case .countDistinctParticipants, .knowledgeGain, .weightedGain:
      if view == "sessions" {
        data = try Self.sessions(centre, definition, cutOff, page, path, request, tabs: true)
      } else {
        data = try Self.persons(centre, definition, cutOff, page, path, request)
      }
    case .ratio, .measurement, nil:
      let rows = try centre.replica.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT period, value, state, numerator, denominator, source FROM measurement
            WHERE indicator_id = ? ORDER BY period
            """, arguments: [definition.id]
        ).map { row -> [String: Any] in
          let state: String = row[2]
          let value: Double? = row[1]
          let parts = [row[3] as Double?, row[4]].compactMap(\.self).map {
            say.format.number($0)
          }
          let source: String? = row[5]
          return [
            "period": row[0] as String,
            "value": state == "number"
              ? value.map { say.format.number($0) } ?? "–" : state == "not_due" ? "NA" : "¿?",
            "parts": parts.count == 2 ? parts.joined(separator: " / ") : "",
            "source": source ?? "",
          ]
        }
      }
      data = ["measurements": ["rows": rows, "isEmpty": rows.isEmpty] as [String: Any]]
    }
  }

  /// Held sessions of the indicator `?1` that count at `?2`.
  private static let counted = """
    training_session s JOIN session_indicator l ON l.session_id = s.id
    WHERE l.indicator_id = ?1 AND s.status = 'held' AND substr(s.starts_on, 1, 10) <= ?2
      AND s.starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    """

  private static func sessions(
    _ centre: Centre, _ definition: IndicatorDefinition, _ cutOff: String, _ page: Int,
    _ path: String, _ request: PageRequest, tabs: Bool
  ) throws -> [String: Any] {
    let say = request.say
    return try centre.replica.read { db in
      let words = try RecordWords(db, say)
      let total =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM \(counted)", arguments: [definition.id, cutOff]) ?? 0
      let pages = Pagination(number: page, size: pageSize, total: total)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT s.rowid, s.code, s.title, s.office_code, s.starts_on,
            (SELECT count(*) FROM attendance a WHERE a.session_id = s.id),
            (SELECT count(*) FROM attendance a JOIN indicator_role r
              ON r.role_code = a.role_code AND r.indicator_id = ?1 WHERE a.session_id = s.id)
          FROM \(counted) ORDER BY s.starts_on, s.code LIMIT ?3 OFFSET ?4
          """, arguments: [definition.id, cutOff, pageSize, pages.offset]
      ).map { row -> [String: Any] in
        [
          "no": String(row[0] as Int64), "code": row[1] as String, "title": row[2] as String,
          "office": words.officeTitle(row[3]), "day": say.format.day(row[4]),
          "attendances": say.format.number(row[5] as Int),
          "counted": say.format.number(row[6] as Int),
        ]
      }
      return [
        "sessions": [
          "rows": rows, "isEmpty": rows.isEmpty, "tabs": tabs,
          "persons": "\(path)?cut-off=\(cutOff)",
          "pages": pages.data(
            path: path, query: "cut-off=\(cutOff)&view=sessions", format: request.format),
        ] as [String: Any]
      ]
    }
  }

  /// Everybody who is counted, once, by canonical person.
  private static func persons(
    _ centre: Centre, _ definition: IndicatorDefinition, _ cutOff: String, _ page: Int,
    _ path: String, _ request: PageRequest
  ) throws -> [String: Any] {
    let say = request.say
    let people = try centre.figures.value("behind \(definition.id) \(cutOff)") { db in
      try Counted.load(db, indicator: definition.id, cutOff: cutOff)
    }
    let pages = Pagination(number: page, size: pageSize, total: people.count)
    return try centre.replica.read { db in
      let words = try RecordWords(db, say)
      let rows = try people.dropFirst(pages.offset).prefix(pageSize).map {
        counted -> [String: Any] in
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT rowid, trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', '
              || given_names, document_type, document_number, institution_code, sex
            FROM participant WHERE id = ?
            """, arguments: [counted.participant])
        let number: String? = row?[3]
        let type: String? = row?[2]
        let institution: String? = row?[4]
        return [
          "no": (row?[0] as Int64?).map(String.init) ?? "", "name": (row?[1] as String?) ?? "",
          "document": number.map { "\(type ?? "") \(IdentityDocument.masked($0))" } ?? "–",
          "institution": institution.map { words.name("institution", $0) } ?? "",
          "sessions": say.format.number(counted.attendances),
          "tests": counted.paired ? "✓" : "", "several": counted.records > 1,
          "records": say.format.number(counted.records),
        ]
      }
      return [
        "persons": [
          "rows": rows, "isEmpty": rows.isEmpty, "total": say.format.number(people.count),
          "sessions": "\(path)?cut-off=\(cutOff)&view=sessions",
          "pages": pages.data(path: path, query: "cut-off=\(cutOff)", format: request.format),
        ] as [String: Any]
      ]
    }
  }
}

/// A person counted in a figure.
private struct Counted: Sendable {
  /// One of the person's participants.
  var participant: String
  var attendances = 0
  var paired = false
  /// Of how many participants the person is made here.
  var records = 1

  static func load(_ db: Database, indicator: String, cutOff: String) throws -> [Counted] {
    let groups = try PersonGroups.load(db)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT a.participant_id, count(*),
          max(a.pre_score IS NOT NULL AND a.post_score IS NOT NULL)
        FROM training_session s JOIN session_indicator l ON l.session_id = s.id
        JOIN attendance a ON a.session_id = s.id
        JOIN indicator_role r ON r.indicator_id = l.indicator_id AND r.role_code = a.role_code
        WHERE l.indicator_id = ?1 AND s.status = 'held' AND substr(s.starts_on, 1, 10) <= ?2
          AND s.starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
        GROUP BY a.participant_id
        """, arguments: [indicator, cutOff])
    var people: [Counted] = []
    var places: [String: Int] = [:]
    while let row = try rows.next() {
      let participant: String = row[0]
      let person = groups.representative(of: participant)
      if let place = places[person] {
        people[place].attendances += row[1] as Int
        people[place].paired = people[place].paired || row[2]
        people[place].records += 1
      } else {
        places[person] = people.count
        people.append(
          Counted(participant: participant, attendances: row[1], paired: row[2]))
      }
    }
    return people.sorted { $0.participant < $1.participant }
  }
}
