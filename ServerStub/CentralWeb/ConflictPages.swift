internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// The queue of conflicts: one question at a time, one key to answer it.
struct ConflictPages: Sendable {
  let centre: Centre

  private static let pageSize = 50

  func add(to routes: WebRoutes) {
    routes.get("conflicts") { try list($0) }
    routes.get("conflicts/decided") { try decided($0) }
    routes.get("conflicts/:id/state") { try state($0) }
    routes.get("conflicts/:id") { try show($0, $0.parameter("id")) }
    routes.post("conflicts/:id", roles: Permission.decide) { try decide($0) }
    pages.add(to: routes)
  }

  private var pages: DecisionPages {
    let activity = centre.activity
    return DecisionPages(centre.replica, centre.decisions, roles: Permission.decide) {
      request, act, entry in
      switch act {
      case .undone:
        try activity.note(
          .conflictUndo, subject: "decision \(entry.no)", by: request.user, at: request.now)
      case .settled:
        try activity.note(
          .conflictDecide, subject: entry.conflict, detail: "decision \(entry.no) again",
          by: request.user, at: request.now)
      }
    }
  }

  // MARK: - The list

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let office = request.query("office")
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let all = try ConflictCase.open(db)
      let cases = all.filter { office == nil || $0.offices.contains(office ?? "") }
      let undone = office == nil ? try pages.rows(db, words) : []
      let part = Pagination(number: request.pageNumber, size: Self.pageSize, total: cases.count)
      let shown = cases.dropFirst(part.offset).prefix(part.size)
      return [
        "cases": try shown.map { try row($0, db, words) },
        "hasCases": !cases.isEmpty,
        "reopened": undone,
        "hasReopened": !undone.isEmpty,
        "isEmpty": cases.isEmpty && undone.isEmpty,
        "first": cases.first?.id ?? "",
        "pages": part.data(
          path: "/conflicts", query: office.map { "office=\($0)" } ?? "", format: request.format),
        "offices": Set(all.flatMap(\.offices)).sorted().map { code -> [String: Any] in
          ["code": code, "name": words.officeTitle(code), "selected": code == office]
        },
        "all": office == nil,
        "disputed": all.count { $0.policy == .manual },
        "total": say.count(
          cases.count, (one: "pregunta por decidir", many: "preguntas por decidir"),
          (one: "question to decide", many: "questions to decide")),
        "mayDecide": request.user.has(Permission.decide),
      ]
    }
    return request.show("conflicts", title: say("Conflictos", "Conflicts"), data)
  }

  private func row(
    _ conflict: ConflictCase, _ db: Database, _ words: RecordWords
  ) throws -> [String: Any] {
    let label = try RecordLabel.load(
      db, table: conflict.table, key: conflict.key, words: words)
    let text = ConflictWords(words: words)
    return [
      "id": conflict.id, "title": label.title, "table": words.table(conflict.table),
      "column": conflict.column.map(words.column) ?? deletion(conflict, words.say),
      "disputed": conflict.policy == .manual,
      "values": conflict.choices.map { choice -> [String: Any] in
        [
          "author": text.author(choice, in: conflict), "value": text.answer(choice, of: conflict),
        ]
      },
      "when": words.say.format.instant(
        conflict.choices.map(\.side.atMilliseconds).max() ?? 0),
    ]
  }

  private func deletion(_ conflict: ConflictCase, _ say: Wording) -> String {
    conflict.kind == .delete
      ? say("¿queda o se borra?", "does it stay or go?")
      : say("borrado, con registros que dependen de él", "deleted, with records that depend on it")
  }

  /// What was decided here lately, to be looked at and undone.
  private func decided(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let entries = try centre.decisions.recent(100)
    let rows = try centre.replica.read { db in
      let words = try RecordWords(db, say)
      return try entries.map { entry -> [String: Any] in
        let label = try RecordLabel.load(db, table: entry.table, key: entry.key, words: words)
        return [
          "no": String(entry.no), "title": label.title, "table": words.table(entry.table),
          "column": entry.column.map(words.column) ?? say("borrado", "deletion"),
          "answer": DecisionPages.answer(entry, words), "by": entry.by,
          "when": say.format.instant(entry.at),
          "canUndo": entry.column != nil && request.user.has(Permission.decide),
        ]
      }
    }
    return request.show(
      "conflicts_decided", title: say("Decisiones recientes", "Recent decisions"),
      ["rows": rows, "isEmpty": rows.isEmpty])
  }

  // MARK: - One question

  private func show(
    _ request: PageRequest, _ id: String, problem: String? = nil, typed: String = ""
  ) throws -> PageResponse {
    let say = request.say
    let open = try centre.replica.read { db in try ConflictCase.open(db) }
    guard
      let place = open.firstIndex(where: { $0.choices.contains { $0.conflict == id } })
    else { return try closed(request, id) }
    let conflict = open[place]
    var sights: [String: (current: ConflictSight?, other: ConflictSight?)] = [:]
    for choice in conflict.choices.dropFirst() {
      if let known = try centre.replica.conflicts(id: choice.conflict).first {
        sights[choice.conflict] = try centre.replica.sight(of: known)
      }
    }
    let latest = try centre.decisions.recent(1).first {
      $0.by == request.user.name && request.now - $0.at < 15 * 60_000 && $0.column != nil
    }
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let text = ConflictWords(words: words)
      let label = try RecordLabel.load(
        db, table: conflict.table, key: conflict.key, words: words)
      var data: [String: Any] = [
        "id": conflict.id, "seen": conflict.fingerprint, "question": text.question(conflict),
        "label": label.title, "facts": label.facts, "table": words.table(conflict.table),
        "column": conflict.column.map(words.column) ?? "", "hasColumn": conflict.column != nil,
        "choices": choices(conflict, text, sights, say),
        "two": conflict.choices.count == 2,
        "disputed": conflict.policy == .manual,
        "place": say("\(place + 1) de \(open.count)", "\(place + 1) of \(open.count)"),
        "mayDecide": request.user.has(Permission.decide),
        "typed": typed,
      ]
      if let problem { data["problem"] = problem }
      if let column = conflict.column {
        let type = try db.columns(in: conflict.table).first { $0.name == column }?.type ?? "TEXT"
        data["inputMode"] = type == "TEXT" ? "text" : "decimal"
      }
      if open.count > 1 {
        data["next"] = open[(place + 1) % open.count].id
        data["previous"] = open[(place + open.count - 1) % open.count].id
      }
      if let session = label.session { data["session"] = String(session) }
      if let participant = label.participant { data["participant"] = String(participant) }
      if let row = try HistoryPages.rowNumber(db, table: conflict.table, key: conflict.key) {
        data["history"] = "/history/\(conflict.table)/\(row)"
      }
      if let latest {
        data["latest"] =
          [
            "no": String(latest.no), "text": DecisionPages.answer(latest, words),
            "label": try RecordLabel.load(
              db, table: latest.table, key: latest.key, words: words
            ).title,
          ] as [String: Any]
      }
      return data
    }
    return request.show(
      "conflict", title: say("¿Cuál es el correcto?", "Which is right?"), data,
      isProblem: problem != nil)
  }

  private func choices(
    _ conflict: ConflictCase, _ text: ConflictWords,
    _ sights: [String: (current: ConflictSight?, other: ConflictSight?)], _ say: Wording
  ) -> [[String: Any]] {
    let authors = conflict.choices.map { text.author($0, in: conflict) }
    return conflict.choices.enumerated().map { index, choice in
      var data: [String: Any] = [
        "number": String(index + 1), "conflict": choice.conflict,
        "decision": choice.isCurrent ? "current" : "other",
        "value": text.answer(choice, of: conflict), "author": authors[index],
        "when": say.format.instant(choice.side.atMilliseconds),
        "node": String(choice.side.node.description.prefix(8)), "current": choice.isCurrent,
        "possible": !(conflict.kind == .reference && !choice.isCurrent),
      ]
      let counterpart = index == 0 ? 1 : 0
      if conflict.choices.count == 2,
        let sight = sights[conflict.choices[1].conflict]
      {
        data["knew"] = text.knew(
          index == 0 ? sight.current : sight.other, author: authors[index],
          other: authors[counterpart], time: say.format.instant)
      }
      return data
    }
  }

  /// Whether a question that somebody looks at is still the one that was shown.
  private func state(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let open = try centre.replica.read { db in try ConflictCase.open(db) }
    let shown = open.first { $0.choices.contains { $0.conflict == id } }
    let isSame = shown?.fingerprint == request.query("seen")
    return .json(Array("{\"changed\":\(!isSame)}".utf8))
  }

  /// A conflict that is no longer open: what became of it, and how to go on.
  private func closed(_ request: PageRequest, _ id: String) throws -> PageResponse {
    let say = request.say
    guard let conflict = try centre.replica.conflicts(id: id).first else {
      throw WebError.notFound
    }
    let own = try centre.decisions.latest(of: id)
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let label = try RecordLabel.load(
        db, table: conflict.table, key: conflict.key, words: words)
      var stands = say("el registro ya no existe", "the record is gone")
      if let column = conflict.column,
        let value = try Cell(db, table: conflict.table, column: column, key: conflict.key)?
          .value(db)
      {
        stands = words.value(value, column: column)
      } else if conflict.column == nil {
        stands = ""
      }
      var data: [String: Any] = [
        "label": label.title, "table": words.table(conflict.table),
        "column": conflict.column.map(words.column) ?? "", "stands": stands,
        "first": try ConflictCase.open(db).first?.id ?? "",
      ]
      if let own, own.undoneAt == nil {
        data["who"] = own.by
        data["when"] = say.format.instant(own.at)
        data["no"] = String(own.no)
        data["canUndo"] = own.column != nil && request.user.has(Permission.decide)
      } else if let at = conflict.closed?.at {
        data["elsewhere"] = true
        data["when"] = say.format.instant(iso: at)
      }
      return data
    }
    return request.show(
      "conflict_closed", title: say("Ya está decidido", "Already decided"), data)
  }

  private func decide(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let id = request.parameter("id")
    let open = try centre.replica.read { db in try ConflictCase.open(db) }
    let place = open.firstIndex { $0.choices.contains { $0.conflict == id } }
    let conflict = request.form.text("conflict") ?? id
    let decision: ConflictDecision
    switch request.form["decision"] {
    case "current": decision = .current
    case "other": decision = .other
    case "value":
      guard let known = try centre.replica.conflicts(id: conflict).first, let column = known.column
      else { throw WebError.notFound }
      let typed = request.form["value"]
      do {
        decision = .value(
          try centre.decisions.value(typed, table: known.table, column: column, key: known.key))
      } catch let refusal as EnteredCell.Refusal {
        return try show(
          request, id, problem: refusal.message(in: request.language), typed: typed)
      }
    default: throw WebError.notFound
    }
    switch try centre.decisions.decide(
      conflict, seen: request.form["seen"], decision, by: request.user.name)
    {
    case .impossible:
      return try show(
        request, id, problem: DecisionPages.impossible(say), typed: request.form["value"])
    case .decided(let no):
      try centre.activity.note(
        .conflictDecide, subject: conflict, detail: "decision \(no)", by: request.user,
        at: request.now)
      return .redirect(
        next(after: place, in: open),
        notice: say("Decidido. Se enviará a todas las oficinas.", "Decided. All offices get it."))
    case .closed, .unknown:
      return .redirect(
        "/conflicts/\(id)",
        notice: say(
          "Alguien lo decidió antes que usted; no se cambió nada.",
          "Somebody decided it before you; nothing was changed."), tone: .warning)
    case .changed:
      return .redirect(
        "/conflicts/\(id)",
        notice: say(
          "Mientras usted decidía llegó otro valor. Mire de nuevo; no se cambió nada.",
          "Another value came while you were deciding. Look again; nothing was changed."),
        tone: .warning)
    }
  }

  private func next(after place: Int?, in open: [ConflictCase]) -> String {
    guard let place, open.count > 1 else { return "/conflicts" }
    return "/conflicts/\(open[(place + 1) % open.count].id)"
  }
}
