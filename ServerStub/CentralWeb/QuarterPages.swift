internal import Foundation
internal import GRDB
internal import Indicators
internal import Replica
internal import Spreadsheet
internal import Trainings
internal import WebPages

/// The quarter's close, what arrived since, the texts of its report, and the report itself.
struct QuarterPages: Sendable {
  let centre: Centre

  func add(to routes: WebRoutes) {
    routes.get("quarters") { try list($0) }
    routes.get("quarters/:period") { try show($0) }
    routes.post("quarters/:period/close", roles: Permission.close) { try close($0) }
    routes.post("quarters/:period/reopen", roles: Permission.close) { try reopen($0) }
    routes.post("quarters/:period/texts", roles: Permission.close) { try keepTexts($0) }
    routes.get("quarters/:period/report") { try report($0) }
    routes.get("quarters/:period/download") { try download($0) }
  }

  private func locale(_ request: PageRequest) -> ReportLocale {
    ReportLocale(request.query("lang").flatMap { .init(rawValue: $0) } ?? request.language)
  }

  private func period(_ request: PageRequest) throws -> Period {
    guard let period = Period(request.parameter("period")), period.kind == .quarter else {
      throw WebError.notFound
    }
    return period
  }

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let periods = try CutOff.choices(figures: centre.figures, today: request.today)
    let closed = try centre.replica.read { db in
      Dictionary(
        try Row.fetchAll(db, sql: "SELECT period, closed_by, closed_at FROM period_close").map {
          ($0[0] as String, (by: $0[1] as String?, at: $0[2] as String?))
        }, uniquingKeysWith: { first, _ in first })
    }
    let rows = periods.map { period -> [String: Any] in
      let entry = closed[period.description]
      return [
        "period": period.description, "name": period.name(spanish: say.isSpanish),
        "days": "\(say.format.day(period.firstDay)) – \(say.format.day(period.lastDay))",
        "closed": entry != nil, "by": entry?.by ?? "",
        "at": entry?.at.map { say.format.instant(iso: $0) } ?? "",
        "running": period.lastDay >= request.today,
      ]
    }
    return request.show(
      "quarters", title: say("Trimestres e informes", "Quarters and reports"), ["rows": rows])
  }

  /// The closed report, or what the records say now.
  private func current(_ period: Period, _ request: PageRequest) throws -> QuarterReport {
    try centre.figures.value("report \(period.description)") { db in
      try PeriodClosing.load(db, period: period)
        ?? QuarterReport.compute(
          centre.replica, db, period: period,
          madeAt: Date(timeIntervalSince1970: Double(request.now) / 1000))
    }
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let period = try period(request)
    let locale = ReportLocale(request.language)
    let report = try current(period, request)
    let texts = try centre.replica.read { db in try PeriodTexts.list(db, period: period) }
    var data: [String: Any] = [
      "period": period.description,
      "days": "\(say.format.day(period.firstDay)) – \(say.format.day(period.lastDay))",
      "closed": report.closing != nil, "running": period.lastDay >= request.today,
      "mayClose": request.user.has(Permission.close),
      "sessions": say.format.number(report.sessions.count { $0.status == "held" }),
      "persons": say.format.number(report.participation.persons),
      "attendances": say.format.number(report.participation.attendances),
      "formats": [
        ["format": "xlsx", "name": "Excel"] as [String: Any],
        ["format": "csv", "name": "CSV"],
        ["format": "html", "name": say("Página en un archivo", "Page in one file")],
      ],
    ]
    if let closing = report.closing {
      data["by"] = closing.closedBy ?? ""
      data["at"] = say.format.instant(iso: closing.closedAt)
      let adjustments = try centre.figures.value("adjustments \(period.description)") { db in
        try Adjustments.compute(centre.replica, db, period: period)
      }
      data["adjustments"] = adjustments.map { self.adjustments($0, locale, say) } ?? [:]
    } else {
      let open = PeriodClosing.open(in: report, locale)
      // The command in brackets is for the command line.
      data["open"] = open.map { line in
        line.replacing(#/ \(quipu [^)]*\)/#, with: "")
      }
      data["isSettled"] = open.isEmpty
    }
    data["texts"] = ReportSection.allCases.map { section -> [String: Any] in
      func body(_ language: String) -> String {
        texts.first {
          $0.section == section.rawValue && $0.office == "central" && $0.language == language
        }?.body ?? ""
      }
      return [
        "section": section.rawValue, "heading": section.heading(locale), "es": body("es"),
        "en": body("en"),
        "offices": texts.filter { $0.section == section.rawValue && $0.office != "central" }.map {
          ["office": $0.office, "body": $0.body] as [String: Any]
        },
      ]
    }
    return request.show("quarter", title: period.name(spanish: say.isSpanish), data)
  }

  private func adjustments(
    _ adjustments: Adjustments, _ locale: ReportLocale, _ say: Wording
  ) -> [String: Any] {
    func figure(_ figure: QuarterReport.Figure?) -> String {
      guard let figure else { return "–" }
      switch figure.state {
      case "number": return figure.value.map { say.format.number($0) } ?? "–"
      case "not_due": return "NA"
      default: return "¿?"
      }
    }
    return [
      "none": adjustments.isEmpty,
      "definitions": adjustments.definitionsChanged,
      "hasDifferences": !adjustments.differences.isEmpty,
      "differences": adjustments.differences.map { difference -> [String: Any] in
        [
          "indicator": difference.indicator, "name": difference.name.text(locale),
          "before": figure(difference.closed), "now": figure(difference.now),
          "change": difference.change.map { ($0 > 0 ? "+" : "") + say.format.number($0) } ?? "",
        ]
      },
      "hasChanges": !adjustments.changes.isEmpty,
      "changes": adjustments.changes.prefix(200).map { change -> [String: Any] in
        [
          "code": change.code, "title": change.title,
          "office": change.office, "node": String(change.node.prefix(8)),
          "rows": [
            change.inserted > 0 ? say("\(change.inserted) nuevas", "\(change.inserted) new") : nil,
            change.updated > 0
              ? say("\(change.updated) cambiadas", "\(change.updated) changed") : nil,
            change.deleted > 0
              ? say("\(change.deleted) borradas", "\(change.deleted) deleted") : nil,
          ].compactMap(\.self).joined(separator: ", "),
          "arrived": say.format.instant(iso: change.arrivedAt),
          "indicators": change.indicators.joined(separator: ", "),
        ]
      },
    ]
  }

  // MARK: - Closing

  private func close(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let period = try period(request)
    let page = "/quarters/\(period.description)"
    guard request.form["sure"] == "1" else {
      return .redirect(
        page,
        notice: say(
          "Marque que ha revisado lo que queda abierto.", "Mark that you looked at what is open."),
        tone: .warning)
    }
    do {
      _ = try PeriodClosing.close(
        centre.replica, period: period, by: request.user.isLocal ? "central" : request.user.name,
        at: Date(timeIntervalSince1970: Double(request.now) / 1000))
    } catch let failure as PeriodClosing.Failure {
      return .redirect(page, notice: sentence(failure, request), tone: .failure)
    }
    try centre.activity.note(
      .quarterClose, subject: period.description, by: request.user, at: request.now)
    return .redirect(
      page,
      notice: say(
        "Cerrado. El informe dirá siempre lo que dice hoy; lo que llegue después queda como ajuste.",
        "Closed. The report will always say what it says today; what comes later is an adjustment.")
    )
  }

  private func reopen(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let period = try period(request)
    let page = "/quarters/\(period.description)"
    do {
      try PeriodClosing.reopen(centre.replica, period: period)
    } catch let failure as PeriodClosing.Failure {
      return .redirect(page, notice: sentence(failure, request), tone: .failure)
    }
    try centre.activity.note(
      .quarterClose, subject: period.description, detail: "reopened", by: request.user,
      at: request.now)
    return .redirect(
      page, notice: say("El trimestre está abierto de nuevo.", "The quarter is open again."))
  }

  private func sentence(_ failure: PeriodClosing.Failure, _ request: PageRequest) -> String {
    let text = failure.message(ReportLocale(request.language))
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func keepTexts(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let period = try period(request)
    guard let section = ReportSection(rawValue: request.form["section"]) else {
      throw WebError.notFound
    }
    let page = "/quarters/\(period.description)"
    // Whoever changed the text meanwhile keeps theirs; what was typed here is shown beside it.
    let stands = try centre.replica.write { db -> Bool in
      let texts = try PeriodTexts.list(db, period: period)
      for language in ["es", "en"] {
        let kept =
          texts.first {
            $0.section == section.rawValue && $0.office == "central" && $0.language == language
          }?.body ?? ""
        let shown = Self.lines(request.form["seen_\(language)"])
        let typed = Self.lines(request.form[language])
        guard typed != shown else { continue }
        if kept != shown { return false }
        try PeriodTexts.set(
          db, period: period, section: section, office: "central", language: language, body: typed)
      }
      return true
    }
    guard stands else {
      return .redirect(
        page,
        notice: say(
          "Alguien cambió ese texto mientras usted escribía. No se guardó lo suyo: vuelva atrás, cópielo y únalo.",
          "Somebody changed that text while you were writing. Yours was not saved: go back, copy it and join the two."
        ), tone: .warning)
    }
    try centre.activity.note(
      .quarterNarrative, subject: period.description, detail: section.rawValue, by: request.user,
      at: request.now)
    return .redirect(page + "#texts", notice: say("Texto guardado.", "The text was saved."))
  }

  /// Browsers send lines ended by CR and LF.
  private static func lines(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // MARK: - The report

  private func report(_ request: PageRequest) throws -> PageResponse {
    .document(try current(try period(request), request).html(locale(request)))
  }

  private func download(_ request: PageRequest) throws -> PageResponse {
    let period = try period(request)
    let locale = locale(request)
    let report = try current(period, request)
    let name = "quipu-\(period.description)-\(locale.isSpanish ? "es" : "en")"
    let response: PageResponse
    switch request.query("format") {
    case "xlsx":
      response = .file(
        try report.workbook(locale).bytes(),
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        name: name + ".xlsx")
    case "csv":
      response = .file(
        Array(report.csv(locale).utf8), type: "text/csv; charset=utf-8", name: name + ".csv")
    case "html":
      response = .file(
        Array(report.html(locale).utf8), type: "text/html; charset=utf-8", name: name + ".html")
    default: throw WebError.notFound
    }
    try centre.activity.note(
      .reportDownload, subject: period.description, detail: request.query("format"),
      by: request.user, at: request.now)
    return response
  }
}
