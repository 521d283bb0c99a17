internal import Foundation
internal import WebPages

/// Who did what, and when.
struct ActivityPages: Sendable {
  let centre: Centre

  func add(to routes: WebRoutes) {
    routes.get("activity", roles: Permission.audit) { try list($0) }
  }

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let (who, action) = (request.query("who"), request.query("action"))
    let (from, until) = (request.query("from"), request.query("until"))
    let filter = ActivityLog.Filter(
      who: who, action: action, from: from.flatMap { Self.milliseconds($0, dayAfter: false) },
      until: until.flatMap { Self.milliseconds($0, dayAfter: true) })
    let size = 100
    let total = try centre.activity.entries(filter, offset: 0, limit: 0).total
    let page = Pagination(number: request.pageNumber, size: size, total: total)
    let entries = try centre.activity.entries(filter, offset: page.offset, limit: size).entries
    let query = [("who", who), ("action", action), ("from", from), ("until", until)]
      .compactMap { name, value in
        value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "\(name)=\($0)" }
      }.joined(separator: "&")
    return request.show(
      "activity", title: say("Actividad", "Activity"),
      [
        "rows": entries.map { entry -> [String: Any] in
          [
            "when": say.format.instant(entry.at), "who": entry.who, "role": roles(entry.role, say),
            "what": entry.action?.words(say) ?? entry.actionCode,
            "subject": [entry.subject, entry.detail].compactMap(\.self).joined(separator: ", "),
          ]
        },
        "isEmpty": entries.isEmpty, "from": from ?? "", "until": until ?? "",
        "people": try centre.activity.people().map { name -> [String: Any] in
          ["name": name, "selected": name == who]
        },
        "actions": ActivityLog.Action.allCases.map { item -> [String: Any] in
          [
            "code": item.rawValue, "name": item.words(say), "selected": item.rawValue == action,
          ]
        },
        "pages": page.data(path: "/activity", query: query, format: request.format),
      ])
  }

  private func roles(_ text: String, _ say: Wording) -> String {
    if text == "local" { return say("este equipo", "this machine") }
    return text.split(separator: " ").map { WebRole(rawValue: String($0))?.word(say) ?? String($0) }
      .joined(separator: ", ")
  }

  /// The beginning of an ISO day, or of the next, by this machine's calendar.
  static func milliseconds(_ day: String, dayAfter: Bool) -> Int64? {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    let calendar = Calendar(identifier: .gregorian)
    let components = DateComponents(year: parts[0], month: parts[1], day: parts[2])
    guard let date = calendar.date(from: components),
      let shifted = calendar.date(byAdding: .day, value: dayAfter ? 1 : 0, to: date)
    else { return nil }
    return Int64(shifted.timeIntervalSince1970 * 1000)
  }
}

extension WebRole {
  /// The role as people say it.
  func word(_ say: Wording) -> String {
    switch self {
    case .registrar: say("registro", "registrar")
    case .coordinator: say("coordinación", "coordinator")
    case .meOfficer: say("monitoreo y evaluación", "M&E officer")
    case .administrator: say("administración", "administrator")
    case .auditor: say("auditoría", "auditor")
    }
  }

  /// What the role lets one do at the centre.
  func promise(_ say: Wording) -> String {
    switch self {
    case .registrar: say("ve cifras y registros", "sees figures and records")
    case .coordinator:
      say("además decide conflictos y duplicados", "also decides conflicts and duplicates")
    case .meOfficer:
      say(
        "además cierra trimestres, escribe los informes y ve la actividad",
        "also closes quarters, writes the reports and sees the activity")
    case .administrator:
      say(
        "todo, con equipos, usuarios y roles", "everything, with laptops, users and roles")
    case .auditor:
      say(
        "ve todo y la actividad, no cambia nada",
        "sees everything and the activity, changes nothing")
    }
  }
}
