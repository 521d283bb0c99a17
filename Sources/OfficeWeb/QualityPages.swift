internal import GRDB
internal import Indicators
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// What is missing or doubtful, each with a link to the page that mends it.
struct QualityPages: Sendable {
  let office: Office

  private static let shown = 25

  func add(to routes: WebRoutes) {
    routes.get("quality") { try show($0) }
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let isAll = request.query("office") == "all" || office.code == "central"
    let chosen = request.query("check")
    let report = try office.kept.value("quality \(request.today)") { db in
      try QualityReport.compute(db, today: request.today)
    }
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let findings = report.findings.filter {
        (isAll || $0.office == nil || $0.office == office.code)
          && (chosen == nil || $0.code == chosen)
      }
      let limit = chosen == nil ? Self.shown : 2000
      let groups = findings.map { finding -> [String: Any] in
        let message = finding.check.message(spanish: say.isSpanish)
        var group: [String: Any] = [
          "title": message.prefix(1).uppercased() + message.dropFirst(),
          "count": say.format.number(finding.count), "code": finding.code,
          "items": finding.items.prefix(limit).map { item -> [String: Any] in
            var data: [String: Any] = [
              "label": item.label.isEmpty ? item.key.joined(separator: " ") : item.label
            ]
            data.set("path", Self.path(finding.check, item.key))
            return data
          },
        ]
        if isAll {
          group["office"] = finding.office.map(words.officeTitle) ?? say("sin oficina", "no office")
        }
        if finding.count > limit {
          group["more"] = say.format.number(finding.count - limit)
          group["morePath"] = "/quality?check=\(finding.code)" + (isAll ? "&office=all" : "")
        }
        return group
      }
      return request.page(
        "quality", title: say("Por completar", "To complete"),
        [
          "groups": groups, "isEmpty": groups.isEmpty, "all": isAll, "chosen": chosen != nil,
          "office": words.officeTitle(office.code), "isCentral": office.code == "central",
        ])
    }
  }

  /// The page where a record is mended.
  private static func path(_ check: QualityCheck, _ key: [String]) -> String? {
    guard let first = key.first else { return nil }
    switch check {
    case .sessionWithoutAttendance, .sessionWithoutTests: return "/sessions/\(first.pathPart)"
    case .attendanceWithoutInstitution, .attendanceWithoutRole, .attendanceWithoutWorkplace,
      .testWithoutPair, .scoreImpossible:
      return key.count > 1 ? "/sessions/\(first.pathPart)/rows/\(key[1].pathPart)" : nil
    default: break
    }
    let code = check.rawValue
    if code.hasPrefix("session") { return "/sessions/\(first.pathPart)/edit" }
    if code.hasPrefix("participant") || code.hasPrefix("document") {
      return "/participants/\(first.pathPart)" + (check == .documentTwice ? "" : "/edit")
    }
    return nil
  }
}
