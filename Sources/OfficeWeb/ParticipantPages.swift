internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// Participants: looked for by document or name, shown with their sessions, edited.
struct ParticipantPages: Sendable {
  let office: Office

  private static let pageSize = 50

  func add(to routes: WebRoutes) {
    routes.get("participants") { try list($0) }
    // With POST: what is looked for is personal, and a path stays in histories and logs.
    routes.post("participants", roles: Permission.draft, limit: 4096) { try find($0) }
    routes.get("participants/new", roles: Permission.enter) { try new($0) }
    routes.post("participants/new", roles: Permission.enter) { try create($0) }
    routes.get("participants/:id") { try show($0, unmasked: false) }
    routes.post("participants/:id", roles: Permission.draft, limit: 4096) {
      try show($0, unmasked: $0.user.has(Permission.enter))
    }
    routes.get("participants/:id/edit", roles: Permission.enter) { try edit($0) }
    routes.post("participants/:id/edit", roles: Permission.enter) { try save($0) }
    routes.get("participants/:id/delete", roles: Permission.decide) { try askDelete($0) }
    routes.post("participants/:id/delete", roles: Permission.decide) { try delete($0) }
  }

  private func list(_ request: PageRequest) throws -> PageResponse {
    let order = try office.participantOrder()
    return try request.replica.read { db in
      let pages = Pagination(
        number: request.pageNumber, size: Self.pageSize, total: order.value.count)
      let rows = order.value.dropFirst(pages.offset).prefix(pages.size)
      let ids = try rows.compactMap { row in
        try String.fetchOne(
          db.cachedStatement(sql: "SELECT id FROM participant WHERE rowid = ?"), arguments: [row])
      }
      return try page(
        request, ids, db, query: "", pages: pages,
        asOf: order.isCurrent ? nil : request.format.instant(order.at))
    }
  }

  private func find(_ request: PageRequest) throws -> PageResponse {
    let text = request.form.text("q") ?? ""
    return try request.replica.read { db in
      let hits = try PersonSearch.find(text, session: nil, in: db, limit: 100).hits
      return try page(request, hits.map(\.id), db, query: text, pages: nil)
    }
  }

  private func page(
    _ request: PageRequest, _ ids: [String], _ db: Database, query: String, pages: Pagination?,
    asOf: String? = nil
  ) throws -> PageResponse {
    let say = request.say
    let words = try RecordWords(db, say)
    let statement = try db.makeStatement(
      sql: """
        SELECT id, trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', ' || given_names
            AS name, document_type, document_number, institution_code, role_code, workplace,
          (SELECT count(*) FROM attendance WHERE participant_id = p.id) AS sessions
        FROM participant p WHERE id = ?
        """)
    let disputes = try Disputes(db, table: "participant", firsts: ids)
    let rows = try ids.compactMap { id -> [String: Any]? in
      guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
      let number: String? = row["document_number"]
      let type: String? = row["document_type"]
      var data: [String: Any] = [
        "path": "/participants/\(id.pathPart)", "name": row["name"] as String,
        "sessions": say.format.number(row["sessions"] as Int),
      ]
      data.set("document", number.map { "\(type ?? "") \(IdentityDocument.masked($0))" })
      data.set("role", (row["role_code"] as String?).map { words.name("role", $0) })
      data.set(
        "institution", (row["institution_code"] as String?).map { words.name("institution", $0) })
      data.set("workplace", row["workplace"])
      data.set("disputed", disputes[[id]].sorted { $0.key < $1.key }.first?.value)
      return data
    }
    var data: [String: Any] = [
      "rows": rows, "isEmpty": rows.isEmpty, "q": query, "searched": pages == nil,
      "mayEnter": request.user.has(Permission.enter), "many": rows.count == 100,
    ]
    data.set("isOlder", asOf)
    if let pages { data["pages"] = pages.data(path: "/participants", format: request.format) }
    return request.page("participants", title: say("Participantes", "Participants"), data)
  }

  // MARK: - One participant

  private static func exists(_ id: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM participant WHERE id = ?)", arguments: [id]) == true
  }

  static func stored(_ id: String, _ db: Database) throws -> [String: String] {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM participant WHERE id = ?", arguments: [id])
    guard let row else { throw WebError.notFound }
    return Dictionary(
      row.map { ($0.0, $0.1.formText) }, uniquingKeysWith: { first, _ in first })
  }

  private static func name(_ stored: [String: String]) -> String {
    let surnames = [stored["paternal_surname"], stored["maternal_surname"]].compactMap(\.self)
      .filter { !$0.isEmpty }.joined(separator: " ")
    return "\(surnames), \(stored["given_names"] ?? "")"
  }

  private func show(_ request: PageRequest, unmasked: Bool) throws -> PageResponse {
    let id = request.parameter("id")
    let say = request.say
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let stored = try Self.stored(id, db)
      let disputed = try Disputes(db, table: "participant", firsts: [id])[[id]]
      let columns = [
        "document_type", "document_number", "sex", "institution_code", "role_code", "workplace",
        "department", "phone", "email", "notes",
      ]
      let facts = columns.map { column -> [String: Any] in
        let value = stored[column] ?? ""
        let isMasked = column == "document_number" && !unmasked && !value.isEmpty
        let label = words.column(column)
        var fact: [String: Any] = [
          "label": label.prefix(1).uppercased() + label.dropFirst(),
          "value": value.isEmpty
            ? "–"
            : words.value(.text(value), column: column, unmasked: !isMasked),
          "masked": isMasked && request.user.has(Permission.enter),
        ]
        fact.set("disputed", disputed[column])
        return fact
      }
      let unshown = disputed.filter { !columns.contains($0.key) }.sorted { $0.key < $1.key }
      let attended = try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, s.code, s.title, s.starts_on, s.planned_on, s.office_code, s.status, a.pre_score,
            a.post_score, a.completed, 0 AS persons, s.venue
          FROM attendance a JOIN training_session s ON s.id = a.session_id
          WHERE a.participant_id = ? ORDER BY coalesce(s.starts_on, s.planned_on) DESC, s.code
          """, arguments: [id])
      let tests = try Disputes(
        db, table: "attendance", firsts: attended.map { $0["id"] as String })
      let sessions = attended.map { row -> [String: Any] in
        var data = SessionLine(row, words).data
        let open = tests[[row["id"], id]]
        data.set("disputed_pre", open["pre_score"])
        data.set("disputed_post", open["post_score"])
        data["pre"] = (row["pre_score"] as DatabaseValue).formText
        data["post"] = (row["post_score"] as DatabaseValue).formText
        return data
      }
      let links = try Row.fetchAll(
        db,
        sql: """
          SELECT l.decision, p.id, trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, ''))
            || ', ' || p.given_names
          FROM person_link l
          JOIN participant p ON p.id = CASE WHEN l.participant_id = ?1 THEN l.same_as ELSE l.participant_id END
          WHERE l.participant_id = ?1 OR l.same_as = ?1
          """, arguments: [id]
      ).map { row -> [String: Any] in
        [
          "same": row[0] as String == "same",
          "path": "/participants/\((row[1] as String).pathPart)",
          "name": row[2] as String,
        ]
      }
      return request.page(
        "participant", title: Self.name(stored),
        [
          "path": "/participants/\(id.pathPart)", "facts": facts, "sessions": sessions,
          "hasSessions": !sessions.isEmpty, "hasDisputes": !unshown.isEmpty,
          "disputes": unshown.map {
            [
              "path": $0.value,
              "label": $0.key.isEmpty ? say("el registro", "the record") : words.column($0.key),
            ]
          }, "links": links, "hasLinks": !links.isEmpty,
          "history": "/history/participant/\(id.pathPart)",
          "mayEnter": request.user.has(Permission.enter),
        ])
    }
  }

  /// - Parameter isSent: Whether a form came back: its record may be gone.
  private func edit(
    _ request: PageRequest, _ id: String?, _ db: Database, _ words: RecordWords,
    isSent: Bool = false
  ) throws -> RecordEdit {
    let say = request.say
    guard let id else {
      return RecordEdit(
        request: request, form: try .participant(db, words),
        title: say("Nuevo participante", "New participant"), action: "/participants/new",
        back: ("/participants", say("Participantes", "Participants")), draft: "participant/new")
    }
    let isThere = try Self.exists(id, db)
    guard isThere || isSent else { throw WebError.notFound }
    var edit = RecordEdit(
      request: request, form: try .participant(db, words),
      title: isThere
        ? Self.name(try Self.stored(id, db)) : say("Persona borrada", "Deleted person"),
      action: "/participants/\(id.pathPart)/edit",
      back: isThere
        ? ("/participants/\(id.pathPart)", say("Volver a la persona", "Back to the person"))
        : ("/participants", say("Participantes", "Participants")),
      draft: "participant/\(id)")
    if request.user.has(Permission.decide) { edit.remove = "/participants/\(id.pathPart)/delete" }
    edit.disputed = try Disputes(db, table: "participant", firsts: [id])[[id]]
    return edit
  }

  private func new(_ request: PageRequest) throws -> PageResponse {
    try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      return try edit(request, nil, db, words).show(
        stored: ["document_type": "DNI"], words: words, db)
    }
  }

  private func create(_ request: PageRequest) throws -> PageResponse {
    let form = try request.replica.read { db in
      try edit(request, nil, db, try RecordWords(db, request.say))
    }
    return try form.save(
      stored: { _ in form.form.was(request.form) },
      write: { db, _ in
        let typed = form.form.typed(request.form)
        return try Participants.add(typed, in: db, environment: office.environment)
      },
      done: { id, _ in
        office.duplicates.add(form.form.typed(request.form), id: id)
        return .redirect(
          "/participants/\(id.pathPart)",
          notice: request.pick("Persona registrada.", "Person added."))
      })
  }

  private func edit(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    return try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      return try edit(request, id, db, words).show(
        stored: try Self.stored(id, db), words: words, db)
    }
  }

  private func save(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let form = try request.replica.read { db in
      try edit(request, id, db, try RecordWords(db, request.say), isSent: true)
    }
    return try form.save(
      stored: { db in try Self.stored(id, db) },
      write: { db, values in
        try Participants.edit(id, values, in: db)
        return id
      },
      done: { id, elsewhere in
        .redirect("/participants/\(id.pathPart)", notice: SessionPages.saved(request, elsewhere))
      })
  }

  private func askDelete(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    return try request.replica.read { db in
      let stored = try Self.stored(id, db)
      let count =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM attendance WHERE participant_id = ?", arguments: [id]) ?? 0
      return request.page(
        "delete", title: request.pick("¿Borrar a esta persona?", "Delete this person?"),
        [
          "what": Self.name(stored),
          "consequence": count == 0
            ? request.pick("No tiene asistencias registradas.", "There are no attendances.")
            : request.pick(
              "Con ella se borran sus \(count) asistencias y pruebas.",
              "The \(count) attendances and tests go too."),
          "action": "/participants/\(id.pathPart)/delete", "back": "/participants/\(id.pathPart)",
        ])
    }
  }

  private func delete(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    try request.replica.write { db in
      _ = try Self.stored(id, db)
      try Participants.delete(id, cascade: true, in: db)
    }
    return .redirect(
      "/participants", notice: request.pick("Persona borrada.", "Person deleted."))
  }
}
