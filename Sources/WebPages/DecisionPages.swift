internal import Foundation
package import GRDB
internal import Hummingbird
package import Replica
internal import SyncModel
internal import Trainings

/// Undoing a decision on a conflict, and deciding again what was undone.
package struct DecisionPages: Sendable {
  /// What was done to a decision.
  package enum Act: Sendable {
    case undone, settled
  }

  private let replica: Replica
  private let decisions: Decisions
  private let roles: Set<WebRole>
  private let note: @Sendable (PageRequest, Act, Decisions.Entry) throws -> Void

  /// The pages of `decisions`; `note` is told what was done.
  package init(
    _ replica: Replica, _ decisions: Decisions, roles: Set<WebRole>,
    note: @escaping @Sendable (PageRequest, Act, Decisions.Entry) throws -> Void = { _, _, _ in }
  ) {
    self.replica = replica
    self.decisions = decisions
    self.roles = roles
    self.note = note
  }

  package func add(to routes: WebRoutes) {
    routes.get("decisions/:no") { try show($0, try entry($0)) }
    routes.post("decisions/:no", roles: roles) { try settle($0, try entry($0)) }
    routes.post("decisions/:no/undo", roles: roles) { try undo($0, try entry($0)) }
  }

  /// The rows of a list of undone decisions: `path`, `title`, `about`, `value`, `by`.
  package func rows(_ db: Database, _ words: RecordWords) throws -> [[String: Any]] {
    try decisions.reopened(db).map { entry in
      let label = try RecordLabel.load(db, table: entry.table, key: entry.key, words: words)
      return [
        "path": "/decisions/\(entry.no)", "title": label.title, "about": Self.about(entry, words),
        "value": words.value(entry.before, column: entry.column), "by": entry.undoneBy ?? "",
      ]
    }
  }

  /// The decision in words: the value, or what becomes of the record.
  package static func answer(_ entry: Decisions.Entry, _ words: RecordWords) -> String {
    guard entry.column != nil else {
      return entry.decision == "other"
        ? words.say("se borra", "it goes") : words.say("queda", "it stays")
    }
    return words.value(entry.after, column: entry.column)
  }

  /// What is said of a value that its column cannot hold.
  package static func impossible(_ say: Wording) -> String {
    say("Ese valor no puede estar en este campo.", "That value cannot stand in this field.")
  }

  private static func about(_ entry: Decisions.Entry, _ words: RecordWords) -> String {
    entry.column.map { "\(words.table(entry.table)), \(words.column($0))" }
      ?? words.table(entry.table)
  }

  private func entry(_ request: PageRequest) throws -> Decisions.Entry {
    guard let entry = try decisions.entry(Int64(request.parameter("no")) ?? 0) else {
      throw WebError.notFound
    }
    return entry
  }

  private func show(
    _ request: PageRequest, _ entry: Decisions.Entry, problem: String? = nil, typed: String = ""
  ) throws -> PageResponse {
    let say = request.say
    let data = try replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let label = try RecordLabel.load(db, table: entry.table, key: entry.key, words: words)
      let values = words.values([entry.before, entry.other], column: entry.column)
      let authors = [entry.officeBefore, entry.officeOther]
      var data: [String: Any] = [
        "no": String(entry.no), "label": label.title, "facts": label.facts,
        "about": Self.about(entry, words), "typed": typed,
        "open": try decisions.reopened(db).contains { $0.no == entry.no },
        "mayDecide": request.user.has(roles),
        "choices": ["before", "other"].enumerated().map { place, choice -> [String: Any] in
          [
            "number": String(place + 1), "choice": choice, "value": values[place],
            "author": authors[place].map(words.officeTitle) ?? "", "current": place == 0,
          ]
        },
      ]
      data.set("by", entry.undoneBy == WebUser.localName ? nil : entry.undoneBy)
      data.set("problem", problem)
      return data
    }
    return request.page(
      "decision", title: say("Decidir de nuevo", "Decide again"), data,
      status: problem == nil ? .ok : .unprocessableContent)
  }

  private func settle(_ request: PageRequest, _ entry: Decisions.Entry) throws -> PageResponse {
    let say = request.say
    guard let column = entry.column else { throw WebError.notFound }
    let value: CellValue
    switch request.form["choice"] {
    case "before": value = entry.before
    case "other": value = entry.other
    case "value":
      let typed = request.form["value"]
      do {
        value = try decisions.value(typed, table: entry.table, column: column, key: entry.key)
      } catch let refusal as EnteredCell.Refusal {
        return try show(
          request, entry, problem: refusal.message(in: request.language), typed: typed)
      }
    default: throw WebError.notFound
    }
    let outcome: Decisions.UndoOutcome
    do {
      outcome = try decisions.settle(entry.no, value, by: request.user.name)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      return try show(
        request, entry, problem: Self.impossible(say), typed: request.form["value"])
    }
    guard outcome == .undone else {
      return .redirect(
        "/conflicts",
        notice: say(
          "El valor cambió mientras tanto; no se tocó nada.",
          "The value has changed meanwhile; nothing was touched."), tone: .warning)
    }
    try note(request, .settled, entry)
    return .redirect(
      "/conflicts",
      notice: say(
        "Decidido. Llega a todas las oficinas con la próxima sincronización.",
        "Decided. It reaches all offices with the next sync."))
  }

  private func undo(_ request: PageRequest, _ entry: Decisions.Entry) throws -> PageResponse {
    let say = request.say
    switch try decisions.undo(entry.no, by: request.user.name) {
    case .undone:
      try note(request, .undone, entry)
      return .redirect(
        "/decisions/\(entry.no)",
        notice: say(
          "Deshecho: vuelve a estar el valor de antes y la pregunta queda por decidir.",
          "Undone: the value of before is back, and the question is open."))
    case .alreadyUndone:
      return .redirect(
        "/conflicts",
        notice: say("Ya estaba deshecho.", "It was undone already."), tone: .warning)
    case .changed:
      return .redirect(
        "/conflicts",
        notice: say(
          "Desde entonces alguien cambió el valor: no se puede deshacer. Corríjalo en su registro.",
          "Somebody has changed the value since: it cannot be undone. Correct it in its record."),
        tone: .warning)
    case .deletion, .unknown:
      return .redirect(
        "/conflicts",
        notice: say("Esta decisión no se puede deshacer.", "This decision cannot be undone."),
        tone: .failure)
    }
  }
}
