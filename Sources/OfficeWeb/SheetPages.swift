internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Indicators
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// A session's page: its attendance sheet, where one types a document or a name and marks.
struct SheetPages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("sessions/:id") { try show($0) }
    routes.post("sessions/:id/search", roles: Permission.enter) { try search($0) }
    routes.post("sessions/:id/mark", roles: Permission.enter) { try mark($0) }
    routes.post("sessions/:id/similar", roles: Permission.enter) { try similar($0) }
    routes.post("sessions/:id/person", roles: Permission.enter) { try addPerson($0) }
    routes.post("sessions/:id/rows", roles: Permission.enter) { try saveRows($0) }
    routes.get("sessions/:id/rows/:person", roles: Permission.enter) { try editRow($0) }
    routes.post("sessions/:id/rows/:person", roles: Permission.enter) { try saveRow($0) }
    routes.get("sessions/:id/rows/:person/remove", roles: Permission.enter) { try askRemove($0) }
    routes.post("sessions/:id/rows/:person/remove", roles: Permission.enter) { try remove($0) }
  }

  private static func path(_ id: String) -> String { "/sessions/\(id.pathPart)" }

  // MARK: - The page

  private func show(_ request: PageRequest) throws -> PageResponse {
    try page(request, request.parameter("id"))
  }

  /// What the page shows beside the sheet.
  private struct Extra {
    var query: String?
    var candidates: PersonSearch.Found?
    var person: [String: String]?
    var problems: [String: String] = [:]
    var similar: [SimilarPerson] = []
    var clashes: [SheetClash] = []
    var status = PageStatus.ok
  }

  private func page(
    _ request: PageRequest, _ id: String, _ extra: Extra = Extra()
  ) throws -> PageResponse {
    let say = request.say
    let mayEnter = request.user.has(Permission.enter)
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let sheet = try Sheet(id, db)
      let session = sheet.session
      var data: [String: Any] = [
        "id": id, "path": Self.path(id), "code": session["code"] ?? "",
        "rows": sheet.entries.enumerated().map {
          sheet.row($1, number: $0 + 1, words: words, mayEnter: mayEnter)
        },
        "isEmpty": sheet.entries.isEmpty, "count": request.format.number(sheet.entries.count),
        "countText": say.count(
          sheet.entries.count, (one: "persona", many: "personas"), (one: "person", many: "persons")),
        "missing": sheet.missing(say), "mayEnter": mayEnter,
        "facts": facts(session, words), "history": "/history/training_session/\(id.pathPart)",
      ]
      data["hasMissing"] = !sheet.missing(say).isEmpty
      data["notHeld"] = false
      data.set("status", session["status"].map { words.value(.text($0), column: "status") })
      data["tone"] = session["status"] == "held" ? "good" : "look"
      if session["status"] != "held", !sheet.entries.isEmpty {
        data["notHeld"] = true
      }
      let disputed = try Disputes(db, table: "training_session", firsts: [id])[[id]]
      data["disputes"] = disputed.sorted { $0.key < $1.key }.map {
        [
          "path": $0.value,
          "label": $0.key.isEmpty ? say("el registro", "the record") : words.column($0.key),
        ]
      }
      data["hasDisputes"] = !disputed.isEmpty
      if mayEnter {
        let form = try RecordForm.newPerson(db, words)
        data["fields"] = form.data(
          extra.person ?? ["document_type": "DNI"], was: [:], words: words, problems: extra.problems
        )
        data["personOpen"] = extra.person != nil
        data["query"] = extra.query ?? ""
        data["searched"] = extra.candidates != nil
        data.merge(candidates(extra.candidates ?? .nobody, words)) { first, _ in first }
        data["similar"] = extra.similar.map(\.data)
        data["hasSimilar"] = !extra.similar.isEmpty
        data["clashes"] = extra.clashes.map(\.data)
        data["hasClashes"] = !extra.clashes.isEmpty
      }
      return request.page("sheet", title: session["title"] ?? "", data, status: extra.status.http)
    }
  }

  private func facts(_ session: [String: String], _ words: RecordWords) -> [[String: String]] {
    let say = words.say
    func fact(_ label: String, _ value: String?) -> [String: String]? {
      guard let value, !value.isEmpty else { return nil }
      return ["label": label, "value": value]
    }
    let starts = session["starts_on"].flatMap { $0.isEmpty ? nil : say.format.day($0) }
    let ends = session["ends_on"].flatMap {
      $0.isEmpty || $0 == session["starts_on"] ? nil : say.format.day($0)
    }
    let planned = session["planned_on"].flatMap { $0.isEmpty ? nil : say.format.day($0) }
    let place = ["venue", "district", "province", "department"]
      .compactMap { session[$0].flatMap { $0.isEmpty ? nil : $0 } }
    return [
      fact(say("Fecha", "Date"), starts.map { ends == nil ? $0 : "\($0) – \(ends ?? "")" }),
      starts == nil ? fact(say("Programada para", "Planned for"), planned) : nil,
      fact(say("Lugar", "Place"), place.joined(separator: ", ")),
      fact(
        say("Tipo", "Kind"),
        ["kind", "modality"].compactMap { column in
          session[column].flatMap { $0.isEmpty ? nil : words.value(.text($0), column: column) }
        }.joined(separator: ", ")),
      fact(say("Horas", "Hours"), session["hours"]),
      fact(say("Facilita", "Facilitator"), session["facilitator"]),
      fact(
        say("Cuenta para", "Counts for"),
        session["indicators"].map { $0.replacing(";", with: ", ") }),
      fact(say("Notas", "Notes"), session["notes"]),
    ].compactMap(\.self)
  }

  // MARK: - Who is it?

  private func hit(_ hit: PersonSearch.Hit, _ words: RecordWords) -> [String: Any] {
    var data: [String: Any] = [
      "id": hit.id, "name": hit.name, "document": hit.document, "present": hit.isPresent,
      "exact": hit.isExact,
    ]
    let facts = [
      hit.role.map { words.name("role", $0) },
      hit.institution.map { words.name("institution", $0) },
      hit.workplace,
    ].compactMap(\.self).filter { !$0.isEmpty }
    data.set("facts", facts.joined(separator: " · "))
    return data
  }

  /// What the template `candidates` names.
  private func candidates(
    _ found: PersonSearch.Found, _ words: RecordWords
  ) -> [String: Any] {
    let say = words.say
    var data: [String: Any] = [
      "hits": found.hits.map { hit($0, words) }, "noHits": found.hits.isEmpty,
      "total": String(found.total),
    ]
    data.set(
      "more",
      found.total == found.hits.count
        ? nil
        : say(
          "Se muestran \(found.hits.count) de \(say.format.number(found.total)) personas: escriba más del nombre, o el DNI.",
          "\(found.hits.count) of \(say.format.number(found.total)) persons are shown: type more of the name, or the ID number."
        ))
    return data
  }

  /// Who is meant by a document or a name: for a script the candidates, else the page with them;
  /// with `mark`, somebody whose document it is and nobody else's is marked at once.
  private func search(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let text = request.form.text("q") ?? ""
    let found = try request.replica.read { db in
      try PersonSearch.find(text, session: id, in: db)
    }
    if request.form.has("mark"), let only = found.only, !only.isPresent, only.isExact {
      return try mark(request, id, only.id)
    }
    if request.isScript {
      return try request.replica.read { db in
        let words = try RecordWords(db, request.say)
        return request.fragment(
          "candidates",
          candidates(found, words).merging(["path": Self.path(id)]) { first, _ in first })
      }
    }
    var extra = Extra(query: text, candidates: found)
    if found.hits.isEmpty { extra.person = PersonSearch.guess(text) }
    return try page(request, id, extra)
  }

  // MARK: - Marking

  private func mark(_ request: PageRequest) throws -> PageResponse {
    try mark(request, request.parameter("id"), request.form["participant"])
  }

  private func mark(
    _ request: PageRequest, _ id: String, _ participant: String
  ) throws -> PageResponse {
    try request.replica.write { db in
      _ = try SessionPages.stored(id, db)
      try Attendances.add(
        session: id, participant: participant, [:], office: office.code, in: db)
    }
    return try marked(request, id, participant, request.pick("Asistencia marcada.", "Marked."))
  }

  private func marked(
    _ request: PageRequest, _ id: String, _ participant: String, _ notice: String
  ) throws -> PageResponse {
    guard request.isScript else { return .redirect(Self.path(id) + "#q", notice: notice) }
    return try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      let sheet = try Sheet(id, participant: participant, db)
      guard let entry = sheet.entries.first else { throw WebError.notFound }
      return request.fragment(
        "sheet_row", sheet.row(entry, number: nil, words: words, mayEnter: true))
    }
  }

  private func similar(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let found = try similarPersons(request, session: id)
    return request.fragment(
      "similar",
      ["similar": found.map(\.data), "hasSimilar": !found.isEmpty, "path": Self.path(id)])
  }

  private func similarPersons(_ request: PageRequest, session: String) throws -> [SimilarPerson] {
    let values = request.form.prefixed("")
    guard !(values["paternal_surname"] ?? "").isEmpty || !(values["document_number"] ?? "").isEmpty
    else { return [] }
    let matches = try office.duplicates.resembling(values, now: request.now)
    return try request.replica.read { db in
      try matches.compactMap { try SimilarPerson($0, session: session, request.say, db) }
    }
  }

  /// A new person in one line, marked at once; who resembles somebody is asked about first.
  private func addPerson(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let typed = try request.replica.read { db in
      try RecordForm.newPerson(db, RecordWords(db, request.say)).typed(request.form)
    }
    if !request.form.has("new") {
      let found = try similarPersons(request, session: id)
      if !found.isEmpty {
        if request.isScript {
          return request.fragment(
            "similar", ["similar": found.map(\.data), "hasSimilar": true, "path": Self.path(id)],
            status: .conflict)
        }
        return try page(
          request, id, Extra(person: typed, similar: found, status: .conflict))
      }
    }
    let participant: String
    do {
      participant = try request.replica.write { db in
        _ = try SessionPages.stored(id, db)
        let values = typed.filter { !$0.value.isEmpty }
        let new = try Participants.add(values, in: db, environment: office.environment)
        try Attendances.add(session: id, participant: new, [:], office: office.code, in: db)
        return new
      }
    } catch let error as TrainingsError where !request.isScript {
      var extra = Extra(person: typed, status: .wrong)
      let message = error.message(in: request.language)
      if case .refusedValue(let field, _) = error.reason {
        extra.problems[field] = error.refusal(in: request.language)
      } else {
        extra.problems["document_number"] = message
      }
      return try page(request, id, extra)
    }
    office.duplicates.add(typed, id: participant)
    return try marked(
      request, id, participant,
      request.pick("Persona registrada y marcada.", "Person added and marked."))
  }

  // MARK: - Rows

  /// Writes the cells that were changed, whosever rows they are; what others changed meanwhile is
  /// asked about, never overwritten.
  private func saveRows(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    var typed: [String: [String: String]] = [:]
    var was: [String: [String: String]] = [:]
    for (name, value) in request.form.prefixed("") {
      let parts = name.split(separator: ":", maxSplits: 2).map(String.init)
      if parts.count == 3, parts[0] == "cell" { typed[parts[2], default: [:]][parts[1]] = value }
      if parts.count == 3, parts[0] == "was" { was[parts[2], default: [:]][parts[1]] = value }
    }
    var clashes: [SheetClash] = []
    var saved = 0
    try request.replica.write { db in
      _ = try SessionPages.stored(id, db)
      for (participant, cells) in typed.sorted(by: { $0.key < $1.key }) {
        let changed = cells.contains { was[participant]?[$0.key] != $0.value }
        guard changed else { continue }
        guard let entry = try Sheet(id, participant: participant, db).entries.first else {
          clashes.append(
            SheetClash(
              participant: participant, name: "", column: "",
              message: request.pick(
                "Otra persona quitó esta fila mientras usted escribía.",
                "Somebody else removed this row while you were typing."), stored: ""))
          continue
        }
        let merge = EditMerge(
          fields: Sheet.cells, was: was[participant] ?? [:],
          typed: cells.mapValues { $0.replacing(",", with: ".") }, stored: entry.cells)
        for clash in merge.clashes {
          clashes.append(SheetClash(clash, entry, request.say))
        }
        for (column, value) in merge.writes.sorted(by: { $0.key < $1.key }) {
          do {
            try Attendances.edit(
              session: id, participant: participant, [column: value], office: office.code, in: db)
            saved += 1
          } catch let error as TrainingsError {
            clashes.append(
              SheetClash(
                participant: participant, name: entry.name, column: column,
                message: error.refusal(in: request.language),
                typed: value, stored: entry.cells[column] ?? "", isWrong: true))
          }
        }
      }
    }
    if request.isScript { return try rowsAnswer(request, id, typed.keys.sorted(), clashes) }
    guard clashes.isEmpty else {
      return try page(request, id, Extra(clashes: clashes, status: .conflict))
    }
    return .redirect(
      Self.path(id),
      notice: saved == 0
        ? request.pick("No había cambios.", "Nothing had changed.")
        : request.pick("Guardado.", "Saved."))
  }

  /// What a script needs: each cell as it stands now, and what was refused.
  private func rowsAnswer(
    _ request: PageRequest, _ id: String, _ participants: [String], _ clashes: [SheetClash]
  ) throws -> PageResponse {
    struct Answer: Encodable {
      var rows: [String: [String: String]] = [:]
      var clashes: [SheetClash]
    }
    var answer = Answer(clashes: clashes)
    try request.replica.read { db in
      for participant in participants {
        answer.rows[participant] = try Sheet(id, participant: participant, db).entries.first?.cells
      }
    }
    return .json(
      [UInt8](try JSONEncoder().encode(answer)), status: clashes.isEmpty ? .ok : .conflict)
  }

  private func rowEdit(
    _ request: PageRequest, _ db: Database, _ words: RecordWords
  ) throws -> RecordEdit {
    let id = request.parameter("id")
    let person = request.parameter("person")
    let sheet = try Sheet(id, participant: person, db)
    var edit = RecordEdit(
      request: request, form: try .attendance(db, words),
      title: sheet.entries.first?.name
        ?? request.pick("Ya no figura en la sesión", "No longer in the session"),
      action: "\(Self.path(id))/rows/\(person.pathPart)",
      back: (Self.path(id), sheet.session["title"] ?? ""), draft: "attendance/\(id)/\(person)")
    edit.disputed = sheet.disputes[[id, person]]
    edit.remove = edit.action + "/remove"
    edit.removeLabel = request.pick("Quitar de la sesión …", "Remove from the session …")
    edit.history = "/history/attendance/\(id.pathPart)/\(person.pathPart)"
    return edit
  }

  private func stored(_ id: String, _ person: String, _ db: Database) throws -> [String: String] {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM attendance WHERE session_id = ? AND participant_id = ?",
      arguments: [id, person])
    guard let row else { throw WebError.notFound }
    return Dictionary(
      row.map { ($0.0, $0.1.formText) }, uniquingKeysWith: { first, _ in first })
  }

  private func editRow(_ request: PageRequest) throws -> PageResponse {
    try request.replica.read { db in
      let words = try RecordWords(db, request.say)
      let stored = try stored(request.parameter("id"), request.parameter("person"), db)
      return try rowEdit(request, db, words).show(stored: stored, words: words, db)
    }
  }

  private func saveRow(_ request: PageRequest) throws -> PageResponse {
    let (id, person) = (request.parameter("id"), request.parameter("person"))
    let edit = try request.replica.read { db in
      try rowEdit(request, db, try RecordWords(db, request.say))
    }
    return try edit.save(
      stored: { db in try stored(id, person, db) },
      write: { db, values in
        try Attendances.edit(
          session: id, participant: person, values, office: office.code, in: db)
        return id
      },
      done: { id, elsewhere in
        .redirect(Self.path(id), notice: SessionPages.saved(request, elsewhere))
      })
  }

  private func askRemove(_ request: PageRequest) throws -> PageResponse {
    let (id, person) = (request.parameter("id"), request.parameter("person"))
    return try request.replica.read { db in
      _ = try stored(id, person, db)
      let sheet = try Sheet(id, participant: person, db)
      let row = "\(Self.path(id))/rows/\(person.pathPart)"
      return request.page(
        "delete",
        title: request.pick(
          "¿Quitar a esta persona de la sesión?", "Remove this person from the session?"),
        [
          "what": "\(sheet.entries.first?.name ?? "") · \(sheet.session["title"] ?? "")",
          "consequence": request.pick(
            "Se borran su asistencia y sus pruebas de esta sesión. La persona sigue registrada.",
            "The attendance and the tests of this session go. The person stays on record."),
          "action": row + "/remove", "back": row,
        ])
    }
  }

  private func remove(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    try request.replica.write { db in
      _ = try stored(id, request.parameter("person"), db)
      try Attendances.delete(
        session: id, participant: request.parameter("person"), office: office.code, in: db)
    }
    if request.isScript { return .json(Array("{}".utf8)) }
    return .redirect(
      Self.path(id),
      notice: request.pick(
        "Quitada de esta sesión; la persona sigue registrada.",
        "Removed from this session; the person stays on record."))
  }
}

/// A cell of the sheet that could not be written as typed.
struct SheetClash: Encodable {
  var participant: String
  var name: String
  var column: String
  var message: String
  var typed = ""
  var stored: String
  /// Whether the value is none that can stand there, as opposed to one that somebody else changed.
  var isWrong = false

  var data: [String: Any] {
    [
      "participant": participant, "name": name, "column": column, "message": message,
      "typed": typed, "stored": stored, "wrong": isWrong,
    ]
  }
}

extension SheetClash {
  init(_ clash: EditMerge.Clash, _ entry: Sheet.Entry, _ say: Wording) {
    let now = clash.stored.isEmpty ? say("vacío", "empty") : clash.stored
    self.init(
      participant: entry.participant, name: entry.name, column: clash.field,
      message: say(
        "Otra persona puso aquí \(now) mientras usted escribía \(clash.typed).",
        "Somebody else put \(now) here while you typed \(clash.typed)."),
      typed: clash.typed, stored: clash.stored)
  }
}
