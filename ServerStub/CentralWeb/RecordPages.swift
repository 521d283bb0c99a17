internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// Sessions and participants to look at; documents masked.
struct RecordPages: Sendable {
  let centre: Centre

  private static let pageSize = 50

  func add(to routes: WebRoutes) {
    routes.get("sessions") { try sessions($0) }
    routes.get("sessions/:no") { try session($0) }
    routes.get("participants") { try participants($0) }
    routes.post("participants", roles: Set(WebRole.allCases)) { try participants($0) }
    routes.get("participants/:no") { try participant($0) }
  }

  // MARK: - Sessions

  private func sessions(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let (office, status) = (request.query("office"), request.query("status"))
    let (year, text) = (request.query("year"), request.query("q"))
    let condition = """
      (?1 IS NULL OR s.office_code = ?1) AND (?2 IS NULL OR s.status = ?2)
        AND (?3 IS NULL OR substr(coalesce(s.starts_on, s.planned_on), 1, 4) = ?3)
        AND (?4 IS NULL OR s.code LIKE '%' || ?4 || '%' OR s.title LIKE '%' || ?4 || '%'
          OR s.topic LIKE '%' || ?4 || '%')
      """
    let given: StatementArguments = [office, status, year, text]
    let query = [("office", office), ("status", status), ("year", year), ("q", text)]
      .compactMap { name, value in
        value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "\(name)=\($0)" }
      }.joined(separator: "&")
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let total =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM training_session s WHERE \(condition)", arguments: given)
        ?? 0
      let pages = Pagination(number: request.pageNumber, size: Self.pageSize, total: total)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT s.rowid, s.code, s.title, s.office_code, s.status, s.modality,
            coalesce(s.starts_on, s.planned_on),
            (SELECT count(*) FROM attendance a WHERE a.session_id = s.id),
            (SELECT count(*) FROM attendance a WHERE a.session_id = s.id
              AND a.pre_score IS NOT NULL AND a.post_score IS NOT NULL)
          FROM training_session s WHERE \(condition)
          ORDER BY coalesce(s.starts_on, s.planned_on) DESC, s.code LIMIT ?5 OFFSET ?6
          """, arguments: given + [pages.size, pages.offset])
      func choices(
        _ sql: String, _ chosen: String?, _ name: (String) -> String
      ) throws
        -> [[String: Any]]
      {
        try String.fetchAll(db, sql: sql).map {
          ["code": $0, "name": name($0), "selected": $0 == chosen]
        }
      }
      return [
        "rows": rows.map { row -> [String: Any] in
          let status: String? = row[4]
          let modality: String? = row[5]
          let day: String? = row[6]
          return [
            "no": String(row[0] as Int64), "code": row[1] as String, "title": row[2] as String,
            "office": words.officeTitle(row[3]),
            "status": status.map { words.value(.text($0), column: "status") } ?? "–",
            "held": status == "held",
            "modality": modality.map { words.value(.text($0), column: "modality") } ?? "–",
            "day": day.map(say.format.day) ?? "–",
            "attendances": say.format.number(row[7] as Int),
            "tests": say.format.number(row[8] as Int),
          ]
        },
        "isEmpty": rows.isEmpty, "q": text ?? "",
        "offices": try choices(
          "SELECT code FROM office WHERE code <> 'central' ORDER BY rowid", office,
          words.officeTitle),
        "statuses": ["held", "planned", "postponed", "cancelled"].map { code -> [String: Any] in
          [
            "code": code, "name": words.value(.text(code), column: "status"),
            "selected": code == status,
          ]
        },
        "years": try choices(
          """
          SELECT DISTINCT substr(coalesce(starts_on, planned_on), 1, 4) FROM training_session
          WHERE coalesce(starts_on, planned_on) IS NOT NULL ORDER BY 1 DESC
          """, year, { $0 }),
        "pages": pages.data(path: "/sessions", query: query, format: request.format),
      ]
    }
    return request.show("sessions", title: say("Sesiones", "Sessions"), data)
  }

  private func session(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let no = Int64(request.parameter("no")) else { throw WebError.notFound }
    var title = ""
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT * FROM training_session WHERE rowid = ?", arguments: [no])
      else { throw WebError.notFound }
      let id: String = row["id"]
      title = row["title"]
      let disputed = try Disputes(db, table: "attendance", firsts: [id])
      let people = try Row.fetchAll(
        db,
        sql: """
          SELECT p.rowid AS no, p.id, trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, ''))
            || ', ' || p.given_names AS name, p.document_type, p.document_number,
            a.institution_code, a.role_code, a.pre_score, a.post_score, a.completed, a.rowid AS row,
            p.paternal_surname, p.maternal_surname, p.given_names
          FROM attendance a JOIN participant p ON p.id = a.participant_id WHERE a.session_id = ?
          """, arguments: [id]
      ).map { row in
        let key = PersonName.sortKey(
          paternal: row["paternal_surname"], maternal: row["maternal_surname"] ?? "",
          given: row["given_names"])
        return (key: key, row: row)
      }.sorted { $0.key < $1.key }.map(\.row)
      let indicators = try String.fetchAll(
        db,
        sql: "SELECT indicator_id FROM session_indicator WHERE session_id = ? ORDER BY 1",
        arguments: [id])
      return [
        "code": row["code"] as String, "office": words.officeTitle(row["office_code"]),
        "facts": Self.facts(
          row,
          [
            "status", "kind", "modality", "topic", "planned_on", "starts_on", "ends_on", "hours",
            "department", "province", "district", "venue", "partner_code", "facilitator", "notes",
          ], words),
        "indicators": indicators, "hasIndicators": !indicators.isEmpty,
        "history": "/history/training_session/\(no)",
        "count": say.count(
          people.count, (one: "asistencia", many: "asistencias"),
          (one: "attendance", many: "attendances")),
        "isEmpty": people.isEmpty,
        "conflict": try Self.question(db, table: "training_session", key: id),
        "people": people.map { person -> [String: Any] in
          let number: String? = person["document_number"]
          let type: String? = person["document_type"]
          let institution: String? = person["institution_code"]
          let role: String? = person["role_code"]
          let completed: Int? = person["completed"]
          let open = disputed[[id, person["id"]]]
          func score(_ column: String) -> [String: Any] {
            let value: Double? = person[column]
            return [
              "text": value.map { say.format.number($0) } ?? "–",
              "disputed": open[column] ?? "",
            ]
          }
          return [
            "no": String(person["no"] as Int64), "name": person["name"] as String,
            "document": number.map { "\(type ?? "") \(IdentityDocument.masked($0))" } ?? "–",
            "institution": institution.map { words.name("institution", $0) } ?? "–",
            "role": role.map { words.name("role", $0) } ?? "–", "pre": score("pre_score"),
            "post": score("post_score"),
            "completed": completed.map { $0 == 1 ? say("sí", "yes") : "no" } ?? "–",
            "other": open.filter { !["pre_score", "post_score"].contains($0.key) }.first?.value
              ?? "",
            "history": "/history/attendance/\(person["row"] as Int64)",
          ]
        },
      ]
    }
    return request.show("session", title: title, data)
  }

  /// The page of an open question about a row; empty where there is none.
  private static func question(_ db: Database, table: String, key: String) throws -> String {
    try Disputes(db, table: table, firsts: [key])[[key]].sorted { $0.key < $1.key }.first?.value
      ?? ""
  }

  private static func facts(
    _ row: Row, _ columns: [String], _ words: RecordWords
  ) -> [[String: Any]] {
    columns.compactMap { column in
      let value = CellValue(row[column] as DatabaseValue)
      if value.isNull { return nil }
      var text = words.value(value, column: column)
      if column.hasSuffix("_on") { text = words.say.format.day(text) }
      let name = words.column(column)
      return ["name": name.prefix(1).uppercased() + name.dropFirst(), "value": text]
    }
  }

  // MARK: - Participants

  /// The form is sent with POST: a name has no place in an address.
  private func participants(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let text = request.form.text("q")
    var data: [String: Any] = ["q": text ?? "", "searched": text != nil]
    if let text {
      data["rows"] = try centre.replica.read { db in
        try find(text, db, try RecordWords(db, say))
      }
    }
    let rows = data["rows"] as? [[String: Any]] ?? []
    data["isEmpty"] = rows.isEmpty
    data["isCut"] = rows.count == Self.pageSize
    return request.show("participants", title: say("Participantes", "Participants"), data)
  }

  private func find(
    _ text: String, _ db: Database, _ words: RecordWords
  ) throws -> [[String: Any]] {
    let digits = text.filter(\.isNumber)
    let columns = """
      p.rowid AS no, trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', '
        || p.given_names AS name, p.document_type, p.document_number, p.institution_code,
        p.workplace, (SELECT count(*) FROM attendance a WHERE a.participant_id = p.id) AS sessions
      """
    let rows: [Row]
    if digits.count >= 5 {
      let number =
        digits.count < 8 ? String(repeating: "0", count: 8 - digits.count) + digits : digits
      rows = try Row.fetchAll(
        db,
        sql: """
          SELECT \(columns) FROM participant p WHERE p.document_number IN (?, ?, ?) LIMIT 50
          """, arguments: [digits, number, text])
    } else {
      // Each word somewhere in the name, without regard to capitals and tildes.
      let wanted = PersonName.folded(text).split(separator: " ").map(String.init)
      let numbers = try Row.fetchCursor(
        db,
        sql: """
          SELECT rowid, paternal_surname || ' ' || coalesce(maternal_surname, '') || ' ' || given_names
          FROM participant
          """)
      var found: [Int64] = []
      while let row = try numbers.next(), found.count < Self.pageSize {
        let name = PersonName.folded(row[1])
        if wanted.allSatisfy(name.contains) { found.append(row[0]) }
      }
      let list: String = found.map(String.init).joined(separator: ",")
      rows = try Row.fetchAll(
        db, sql: "SELECT \(columns) FROM participant p WHERE p.rowid IN (\(list)) ORDER BY name")
    }
    return rows.map { row in
      let number: String? = row["document_number"]
      let type: String? = row["document_type"]
      let institution: String? = row["institution_code"]
      let workplace: String? = row["workplace"]
      return [
        "no": String(row["no"] as Int64), "name": row["name"] as String,
        "document": number.map { "\(type ?? "") \(IdentityDocument.masked($0))" } ?? "–",
        "institution": institution.map { words.name("institution", $0) } ?? "–",
        "workplace": workplace ?? "", "sessions": words.say.format.number(row["sessions"] as Int),
      ]
    }
  }

  private func participant(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let no = Int64(request.parameter("no")) else { throw WebError.notFound }
    var title = ""
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT * FROM participant WHERE rowid = ?", arguments: [no])
      else { throw WebError.notFound }
      let id: String = row["id"]
      let maternal: String? = row["maternal_surname"]
      title =
        [row["paternal_surname"] as String, maternal].compactMap(\.self)
        .joined(separator: " ") + ", " + (row["given_names"] as String)
      let number: String? = row["document_number"]
      let type: String? = row["document_type"]
      var facts: [[String: Any]] = [
        [
          "name": say("Documento", "Document"),
          "value": number.map { "\(type ?? "") \(IdentityDocument.masked($0))" }
            ?? say("no registrado", "not recorded"),
        ]
      ]
      facts += Self.facts(
        row, ["sex", "institution_code", "role_code", "workplace", "department"], words)
      let attendances = try Row.fetchAll(
        db,
        sql: """
          SELECT s.rowid, s.code, s.title, s.starts_on, s.office_code, a.role_code, a.pre_score,
            a.post_score, a.rowid
          FROM attendance a JOIN training_session s ON s.id = a.session_id
          WHERE a.participant_id = ? ORDER BY s.starts_on, s.code
          """, arguments: [id])
      let links = try Row.fetchAll(
        db,
        sql: """
          SELECT o.rowid, trim(o.paternal_surname || ' ' || coalesce(o.maternal_surname, '')) || ', '
            || o.given_names, l.decision
          FROM person_link l JOIN participant o
            ON o.id = CASE WHEN l.participant_id = ?1 THEN l.same_as ELSE l.participant_id END
          WHERE l.participant_id = ?1 OR l.same_as = ?1
          """, arguments: [id])
      return [
        "facts": facts, "history": "/history/participant/\(no)",
        "conflict": try Self.question(db, table: "participant", key: id),
        "isEmpty": attendances.isEmpty,
        "attendances": attendances.map { row -> [String: Any] in
          let day: String? = row[3]
          let role: String? = row[5]
          let pre: Double? = row[6]
          let post: Double? = row[7]
          return [
            "no": String(row[0] as Int64), "code": row[1] as String, "title": row[2] as String,
            "day": day.map(say.format.day) ?? "–", "office": words.officeTitle(row[4]),
            "role": role.map { words.name("role", $0) } ?? "–",
            "pre": pre.map { say.format.number($0) } ?? "–",
            "post": post.map { say.format.number($0) } ?? "–",
            "history": "/history/attendance/\(row[8] as Int64)",
          ]
        },
        "links": links.map { row -> [String: Any] in
          [
            "no": String(row[0] as Int64), "name": row[1] as String,
            "same": row[2] as String == "same",
          ]
        },
        "hasLinks": !links.isEmpty,
      ]
    }
    return request.show("participant", title: title, data)
  }
}
