internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// The list of sessions; adding, editing and deleting one.
struct SessionPages: Sendable {
  let office: Office

  private static let pageSize = 50

  func add(to routes: WebRoutes) {
    routes.get("sessions") { try list($0) }
    routes.get("sessions/new", roles: Permission.enter) { try new($0) }
    routes.post("sessions", roles: Permission.enter) { try create($0) }
    routes.get("sessions/:id/edit", roles: Permission.enter) { try edit($0) }
    routes.post("sessions/:id/edit", roles: Permission.enter) { try save($0) }
    routes.get("sessions/:id/delete", roles: Permission.decide) { try askDelete($0) }
    routes.post("sessions/:id/delete", roles: Permission.decide) { try delete($0) }
  }

  // MARK: - The list

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let text = request.query("q")
    let status = request.query("status")
    let chosen = request.query("office") ?? (office.code == "central" ? "all" : office.code)
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      var conditions: [String] = []
      var arguments = StatementArguments()
      if chosen != "all" {
        conditions.append("s.office_code = ?")
        arguments += [chosen]
      }
      if let status {
        conditions.append(status == "none" ? "s.status IS NULL" : "s.status = ?")
        if status != "none" { arguments += [status] }
      }
      for word in TextPattern.words(text ?? "") {
        conditions.append("(s.code || ' ' || s.title || ' ' || coalesce(s.venue, '')) GLOB ?")
        arguments += [word]
      }
      let filter: String =
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
      let total =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM training_session s \(filter)", arguments: arguments) ?? 0
      let pages = Pagination(number: request.pageNumber, size: Self.pageSize, total: total)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, s.office_code, s.code, s.title, s.status, s.planned_on, s.starts_on, s.venue,
            (SELECT count(*) FROM attendance a WHERE a.session_id = s.id) AS persons
          FROM training_session s \(filter)
          ORDER BY coalesce(s.starts_on, s.planned_on) DESC NULLS FIRST, s.code DESC, s.id
          LIMIT \(pages.size) OFFSET \(pages.offset)
          """, arguments: arguments)
      let query = [("q", text), ("status", status), ("office", request.query("office"))]
        .compactMap { name, value in value.map { "\(name)=\($0.pathPart)" } }
      let offices = try Row.fetchAll(db, sql: "SELECT code FROM office ORDER BY code")
      var data: [String: Any] = [
        "rows": rows.map { SessionLine($0, words).data }, "isEmpty": rows.isEmpty,
        "pages": pages.data(
          path: "/sessions", query: query.joined(separator: "&"), format: request.format),
        "all": chosen == "all", "mayEnter": request.user.has(Permission.enter),
        "statuses": ["planned", "held", "postponed", "cancelled", "none"].map {
          [
            "value": $0, "chosen": $0 == status,
            "label": $0 == "none"
              ? say("sin estado", "no status") : words.value(.text($0), column: "status"),
          ] as [String: Any]
        },
        "offices": offices.map {
          [
            "value": $0[0] as String, "label": words.officeTitle($0[0]),
            "chosen": $0[0] as String == chosen,
          ] as [String: Any]
        },
        "filtered": text != nil || status != nil || request.query("office") != nil,
      ]
      data["q"] = text ?? ""
      return request.page("sessions", title: say("Sesiones", "Sessions"), data)
    }
  }

  // MARK: - Forms

  private func new(_ request: PageRequest) throws -> PageResponse {
    try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      let department = try String.fetchOne(
        db, sql: "SELECT name_es FROM office WHERE code = ? AND kind = 'regional'",
        arguments: [office.code])
      return try edit(request, nil, db, words).show(
        stored: [
          "code": try nextCode(db), "status": "planned", "planned_on": request.today,
          "department": department ?? "",
        ], words: words, db)
    }
  }

  /// The office's last code, one further.
  private func nextCode(_ db: Database) throws -> String {
    let last = try String.fetchOne(
      db,
      sql: """
        SELECT code FROM training_session WHERE office_code = ? AND code GLOB '*[0-9]'
        ORDER BY coalesce(starts_on, planned_on) DESC, code DESC LIMIT 1
        """, arguments: [office.code])
    guard let last else { return "" }
    let digits = String(String(last.reversed().prefix { $0.isNumber }).reversed())
    guard let number = Int(digits), digits.count <= 6 else { return "" }
    let stem = String(last.dropLast(digits.count))
    for further in 1...500 {
      let text = "\(number + further)"
      let code: String =
        stem + String(repeating: "0", count: max(0, digits.count - text.count)) + text
      let isUsed = try Bool.fetchOne(
        db,
        sql: "SELECT EXISTS (SELECT 1 FROM training_session WHERE office_code = ? AND code = ?)",
        arguments: [office.code, code])
      if isUsed != true { return code }
    }
    return ""
  }

  /// - Parameter isSent: Whether a form came back: its record may be gone.
  private func edit(
    _ request: PageRequest, _ id: String?, _ db: Database, _ words: RecordWords,
    isSent: Bool = false
  ) throws -> RecordEdit {
    let say = request.say
    guard let id else {
      return RecordEdit(
        request: request, form: try .session(db, words), title: say("Nueva sesión", "New session"),
        action: "/sessions", back: ("/sessions", say("Sesiones", "Sessions")),
        draft: "session/new")
    }
    let code = try String.fetchOne(
      db, sql: "SELECT code FROM training_session WHERE id = ?", arguments: [id])
    guard code != nil || isSent else { throw WebError.notFound }
    var edit = RecordEdit(
      request: request, form: try .session(db, words),
      title: code.map { say("Editar \($0)", "Edit \($0)") }
        ?? say("Sesión borrada", "Deleted session"),
      action: "/sessions/\(id.pathPart)/edit",
      back: code.map { ("/sessions/\(id.pathPart)", $0) }
        ?? ("/sessions", say("Sesiones", "Sessions")),
      draft: "session/\(id)")
    if request.user.has(Permission.decide) { edit.remove = "/sessions/\(id.pathPart)/delete" }
    edit.disputed = try Disputes(db, table: "training_session", firsts: [id])[[id]]
    return edit
  }

  private func edit(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    return try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      return try edit(request, id, db, words).show(
        stored: try Self.stored(id, db), words: words, db)
    }
  }

  static func stored(_ id: String, _ db: Database) throws -> [String: String] {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT s.*, (SELECT group_concat(indicator_id, ';') FROM
          (SELECT indicator_id FROM session_indicator WHERE session_id = s.id ORDER BY 1)) AS indicators
        FROM training_session s WHERE id = ?
        """, arguments: [id])
    guard let row else { throw WebError.notFound }
    return Dictionary(
      row.map { ($0.0, $0.1.formText) }, uniquingKeysWith: { first, _ in first })
  }

  private func create(_ request: PageRequest) throws -> PageResponse {
    let form = try request.replica.read { db in
      try edit(request, nil, db, try RecordWords(db, request.say))
    }
    return try form.save(
      // A new record is what its form suggested: nobody else can have changed it.
      stored: { _ in form.form.was(request.form) },
      write: { db, _ in
        // A suggestion that was left as it stood is meant too.
        let values = form.form.typed(request.form)
        return try Sessions.add(
          values, office: office.code, in: db, environment: office.environment)
      },
      done: { id, _ in
        .redirect(
          "/sessions/\(id.pathPart)", notice: request.pick("Sesión creada.", "Session made."))
      })
  }

  private func save(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let form = try request.replica.read { db in
      try edit(request, id, db, try RecordWords(db, request.say), isSent: true)
    }
    return try form.save(
      stored: { db in try Self.stored(id, db) },
      write: { db, values in
        try Sessions.edit(id, values, office: office.code, in: db)
        return id
      },
      done: { id, elsewhere in
        .redirect("/sessions/\(id.pathPart)", notice: Self.saved(request, elsewhere))
      })
  }

  static func saved(_ request: PageRequest, _ elsewhere: Bool) -> String {
    elsewhere
      ? request.pick(
        "Guardado. Otra persona había cambiado otros campos mientras tanto; también quedan.",
        "Saved. Somebody else had changed other fields meanwhile; those stay too.")
      : request.pick("Guardado.", "Saved.")
  }

  // MARK: - Deleting

  private func askDelete(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    return try request.replica.read { db in
      let say = request.say
      let stored = try Self.stored(id, db)
      let count =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM attendance WHERE session_id = ?", arguments: [id]) ?? 0
      return request.page(
        "delete",
        title: say(
          "¿Borrar la sesión \(stored["code"] ?? "")?", "Delete session \(stored["code"] ?? "")?"),
        [
          "what": stored["title"] ?? "",
          "consequence": count == 0
            ? say("No tiene asistencias registradas.", "It has no attendances.")
            : say(
              "Con ella se borran sus \(count) asistencias y pruebas. Las personas quedan.",
              "Its \(count) attendances and tests go with it. The persons stay."),
          "action": "/sessions/\(id.pathPart)/delete", "back": "/sessions/\(id.pathPart)",
        ])
    }
  }

  private func delete(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    try request.replica.write { db in
      _ = try Self.stored(id, db)
      try Sessions.delete(id, office: office.code, cascade: true, in: db)
    }
    return .redirect("/sessions", notice: request.pick("Sesión borrada.", "Session deleted."))
  }
}

/// A session in a list.
struct SessionLine {
  let data: [String: Any]

  init(_ row: Row, _ words: RecordWords) {
    let say = words.say
    let id: String = row["id"]
    let starts: String? = row["starts_on"]
    let planned: String? = row["planned_on"]
    let status: String? = row["status"]
    var data: [String: Any] = [
      "path": "/sessions/\(id.pathPart)", "code": row["code"] as String,
      "title": row["title"] as String, "persons": say.format.number(row["persons"] as Int),
      "office": words.officeTitle(row["office_code"]),
    ]
    data["day"] = (starts ?? planned).map(say.format.day) ?? ""
    data["isPlanned"] = starts == nil && planned != nil
    data.set("venue", row["venue"])
    data["status"] =
      status.map { words.value(.text($0), column: "status") } ?? say("sin estado", "no status")
    data.set("tone", status == "held" ? "good" : status == nil ? "look" : nil)
    self.data = data
  }
}

/// Words that a person types, as patterns for SQLite's GLOB: capitals, tildes and ñ do not matter.
enum TextPattern {
  /// A pattern for each word, each to be found anywhere.
  static func words(_ text: String, limit: Int = 6) -> [String] {
    text.split { $0.isWhitespace || $0 == "," }.prefix(limit).map { "*\(pattern(String($0)))*" }
  }

  static func pattern(_ word: String) -> String {
    PersonName.folded(word).map { letter -> String in
      if let variants = letters[letter] { return "[\(variants)]" }
      if letter.isLetter {
        return "[\(letter)\(letter.uppercased())]"
      }
      return "*?[".contains(letter) ? "[\(letter)]" : String(letter)
    }.joined()
  }

  private static let letters: [Character: String] = [
    "a": "aAáÁàÀâÂäÄãÃ", "e": "eEéÉèÈêÊëË", "i": "iIíÍìÌîÎïÏ", "o": "oOóÓòÒôÔöÖõÕ",
    "u": "uUúÚùÙûÛüÜ", "n": "nNñÑ", "c": "cCçÇ",
  ]
}
