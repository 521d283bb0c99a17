internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// What two persons wrote without seeing each other, asked in plain words; each decision can be
/// undone.
struct ConflictPages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("conflicts") { try list($0) }
    routes.get("conflicts/:id") { try show($0, $0.parameter("id")) }
    routes.post("conflicts/:id", roles: Permission.decide) { try decide($0) }
    pages.add(to: routes)
  }

  private var pages: DecisionPages {
    DecisionPages(office.replica, office.decisions, roles: Permission.decide)
  }

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let recent = try office.decisions.recent(20)
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let text = ConflictWords(words: words)
      let cases = try ConflictCase.open(db)
      let pages = Pagination(number: request.pageNumber, size: 50, total: cases.count)
      let rows = try cases.dropFirst(pages.offset).prefix(pages.size).map { one -> [String: Any] in
        let label = try RecordLabel.load(db, table: one.table, key: one.key, words: words)
        return [
          "path": "/conflicts/\(one.id.pathPart)", "title": label.title,
          "facts": label.facts.prefix(3).joined(separator: " · "),
          "question": text.question(one), "about": Self.about(one, words),
          "disputed": one.policy == .manual,
        ]
      }
      let reopened = try self.pages.rows(db, words)
      let decided = try recent.map { entry -> [String: Any] in
        let label = try RecordLabel.load(db, table: entry.table, key: entry.key, words: words)
        return [
          "no": String(entry.no), "title": label.title,
          "about": entry.column.map(words.column) ?? words.table(entry.table),
          "answer": DecisionPages.answer(entry, words), "when": say.format.instant(entry.at),
          "mayUndo": entry.column != nil && request.user.has(Permission.decide),
        ]
      }
      return request.page(
        "conflicts", title: say("Conflictos", "Conflicts"),
        [
          "rows": rows, "hasRows": !rows.isEmpty, "isEmpty": rows.isEmpty && reopened.isEmpty,
          "reopened": reopened, "hasReopened": !reopened.isEmpty, "decided": decided,
          "hasDecided": !decided.isEmpty,
          "pages": pages.data(path: "/conflicts", format: request.format),
        ])
    }
  }

  private static func about(_ one: ConflictCase, _ words: RecordWords) -> String {
    one.column.map { "\(words.table(one.table)), \(words.column($0))" } ?? words.table(one.table)
  }

  private func show(
    _ request: PageRequest, _ id: String, problem: String? = nil, typed: String = ""
  ) throws -> PageResponse {
    let say = request.say
    let cases = try request.replica.read { db in try ConflictCase.open(db) }
    guard let place = cases.firstIndex(where: { $0.choices.contains { $0.conflict == id } }) else {
      guard try request.replica.conflicts(id: id).first != nil else { throw WebError.notFound }
      return .redirect(
        "/conflicts",
        notice: say("Ese conflicto ya está decidido.", "That conflict is decided already."),
        tone: .warning)
    }
    let one = cases[place]
    let sights = try one.choices.dropFirst().first.flatMap { choice in
      try request.replica.conflicts(id: choice.conflict).first.map {
        try request.replica.sight(of: $0)
      }
    }
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let text = ConflictWords(words: words)
      let label = try RecordLabel.load(db, table: one.table, key: one.key, words: words)
      let authors = one.choices.map { text.author($0, in: one) }
      let choices = one.choices.enumerated().map { number, choice -> [String: Any] in
        var data: [String: Any] = [
          "number": String(number + 1), "conflict": choice.conflict,
          "decision": choice.isCurrent ? "current" : "other",
          "value": text.answer(choice, of: one), "author": authors[number],
          "when": say.format.instant(choice.side.atMilliseconds), "current": choice.isCurrent,
          "possible": one.kind != .reference || choice.isCurrent,
        ]
        if one.choices.count == 2, let sights {
          data.set(
            "knew",
            text.knew(
              number == 0 ? sights.current : sights.other, author: authors[number],
              other: authors[1 - number], time: say.format.instant))
        }
        return data
      }
      var data: [String: Any] = [
        "path": "/conflicts/\(id.pathPart)", "seen": one.fingerprint,
        "question": text.question(one),
        "label": label.title, "facts": label.facts, "about": Self.about(one, words),
        "choices": choices, "hasColumn": one.column != nil,
        "mayDecide": request.user.has(Permission.decide), "first": one.choices[1].conflict,
        "place": say("\(place + 1) de \(cases.count)", "\(place + 1) of \(cases.count)"),
        "history": "/history/\(one.table)/"
          + one.key.map { $0.text.pathPart }.joined(separator: "/"),
      ]
      data.set("problem", problem)
      data.set("typed", typed)
      switch (one.table, one.key.count) {
      case ("attendance", 2), ("session_indicator", 2), ("training_session", 1):
        data["session"] = "/sessions/\(one.key[0].text.pathPart)"
      case ("participant", 1): data["participant"] = "/participants/\(one.key[0].text.pathPart)"
      default: break
      }
      return request.page(
        "conflict", title: say("¿Cuál es el correcto?", "Which is right?"), data,
        status: problem == nil ? .ok : .unprocessableContent)
    }
  }

  private func decide(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let id = request.parameter("id")
    let choice = request.form["choice"].split(separator: ":", maxSplits: 1).map(String.init)
    let decision: ConflictDecision
    var conflict = id
    switch choice.first {
    case "current": decision = .current
    case "other": decision = .other
    case "value":
      guard let known = try request.replica.conflicts(id: id).first, let column = known.column
      else {
        throw WebError.notFound
      }
      let typed = request.form["value"]
      do {
        decision = .value(
          try office.decisions.value(typed, table: known.table, column: column, key: known.key))
      } catch let refusal as EnteredCell.Refusal {
        return try show(
          request, id, problem: refusal.message(in: request.language), typed: typed)
      }
    default: throw WebError.notFound
    }
    if choice.count == 2 { conflict = choice[1] }
    switch try office.decisions.decide(
      conflict, seen: request.form["seen"], decision, by: request.user.name)
    {
    case .decided:
      let next = try request.replica.read { db in try ConflictCase.open(db).first }
      let notice = say(
        "Decidido. Se enviará a las demás oficinas en la próxima sincronización.",
        "Decided. It goes to the other offices with the next sync.")
      return .redirect(next.map { "/conflicts/\($0.id.pathPart)" } ?? "/conflicts", notice: notice)
    case .closed:
      return .redirect(
        "/conflicts",
        notice: say("Otra persona ya lo había decidido.", "Somebody else had decided it already."),
        tone: .warning)
    case .changed:
      return try show(
        request, id,
        problem: say(
          "Llegó otro valor mientras usted miraba; revise y decida otra vez.",
          "Another value came while you were looking; check and decide again."))
    case .impossible:
      return try show(
        request, id, problem: DecisionPages.impossible(say), typed: request.form["value"])
    case .unknown: throw WebError.notFound
    }
  }
}
