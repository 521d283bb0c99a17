internal import Foundation
internal import GRDB
internal import Indicators
internal import Replica
internal import WebPages

/// The indicators: all of them at a cut-off, and each with what stands behind it.
struct DashboardPages: Sendable {
  let centre: Centre

  private static let pageSize = 100

  func add(to routes: WebRoutes) {
    routes.get("") { try dashboard($0) }
    routes.get("indicators") { try all($0) }
    routes.get("indicators/:id") { try indicator($0) }
  }

  // MARK: - The dashboard

  private func dashboard(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let cutOff = try CutOff(request, figures: centre.figures)
    let table = try centre.figures.table(cutOff: cutOff.day)
    let questions = try centre.openQuestions()
    let shape = try centre.figures.value("shape \(cutOff.day)") { db in
      try TrainingShape.load(db, cutOff: cutOff.day)
    }
    let standing = try NodeSummary(centre, now: request.now)
    let provisional = table.values.count { !$0.provisional.isEmpty }
    var data: [String: Any] = [
      "cutOff": try cutOff.data(request, figures: centre.figures),
      "products": tally(table, .product, say), "results": tally(table, .result, say),
      "conflicts": say.format.number(questions.conflicts),
      "duplicates": questions.duplicates.map { say.format.number($0) } ?? "…",
      "proven": say(
        "\(standing.proven) de \(standing.nodes)", "\(standing.proven) of \(standing.nodes)"),
      "allProven": standing.nodes > 0 && standing.proven == standing.nodes,
      "lateOffices": standing.late.joined(separator: ", "),
      "provisional": say.count(
        provisional, (one: "cifra provisional", many: "cifras provisionales"),
        (one: "provisional figure", many: "provisional figures")),
      "hasProvisional": provisional > 0,
      "persons": say.format.number(shape.persons),
      "attendances": say.format.number(shape.attendances),
      "sessions": say.format.number(shape.sessions),
    ]
    let charts = try centre.replica.read { db in
      shape.charts(try RecordWords(db, say)) + [progressChart(table, say)]
    }
    data["charts"] = charts.enumerated().map { ChartView.data($1, id: "chart-\($0)") }
    data["key"] = watched(table).map { row($0, cutOff, say) }
    return request.show("dashboard", title: say("Tablero", "Dashboard"), data)
  }

  private func tally(
    _ table: IndicatorTable, _ level: IndicatorLevel, _ say: Wording
  ) -> [[String: Any]] {
    let values = table.values.filter { $0.level == level }
    return IndicatorStatus.allCases.compactMap { status in
      let count = values.count { $0.status == status }
      guard count > 0 else { return nil }
      return [
        "count": say.format.number(count), "word": status.word(spanish: say.isSpanish),
        "good": status == .delivered || status == .achieved, "status": status.rawValue,
        "level": level.rawValue,
      ]
    }
  }

  /// The indicators that were chosen to be watched; where none was, those about people and tests.
  private func watched(_ table: IndicatorTable) -> [IndicatorValue] {
    let chosen = table.values.filter(\.definition.isKey)
    if !chosen.isEmpty { return chosen }
    return table.values.filter { $0.persons != nil }
  }

  private func progressChart(_ table: IndicatorTable, _ say: Wording) -> any DataChart {
    let bars = watched(table).filter { $0.target != nil }.prefix(14).map {
      value -> TargetBarChart.Bar in
      let share: Double? = value.progress.map { Double($0) }
      let text = value.progress.map { "\($0)\u{202f}%" }
      return TargetBarChart.Bar(
        label: value.id + (value.provisional.isEmpty ? "" : "*"),
        detail: value.definition.name(spanish: say.isSpanish),
        value: share, target: 100, text: text ?? IndicatorWords.figure(value.figure, say),
        targetText: value.target.map { say.format.number($0) } ?? "–")
    }
    return TargetBarChart(
      title: say("Avance hacia la meta", "Progress towards the target"),
      summary: say(
        "Cada barra es el porcentaje de la meta alcanzado; la marca es el 100 %.",
        "Each bar is the share of the target that was reached; the mark is 100%.")
        + provisionalNote(watched(table).contains { !$0.provisional.isEmpty }, say),
      bars: Array(bars),
      headings: [say("Indicador", "Indicator"), say("Avance", "Progress"), say("Meta", "Target")],
      limit: 150, targetLegend: say("Meta", "Target"))
  }

  /// What the asterisks of a chart mean.
  private func provisionalNote(_ isNeeded: Bool, _ say: Wording) -> String {
    isNeeded ? say(" Con * las provisionales.", " Those with * are provisional.") : ""
  }

  private func row(_ value: IndicatorValue, _ cutOff: CutOff, _ say: Wording) -> [String: Any] {
    var data: [String: Any] = [
      "id": value.id, "link": "/indicators/\(value.id)?cut-off=\(cutOff.day)",
      "name": value.definition.name(spanish: say.isSpanish),
      "figure": IndicatorWords.figure(value.figure, say),
      "target": value.target.map { say.format.number($0) } ?? "–",
      "status": value.status.word(spanish: say.isSpanish),
      "good": value.status == .delivered || value.status == .achieved,
      "persons": value.persons.map { say.format.number($0) } ?? "",
      "attendances": value.attendances.map { say.format.number($0) } ?? "",
      "coverage": value.coverage?.description ?? "",
      "provisional": !value.provisional.isEmpty,
    ]
    if let progress = value.progress {
      data["progress"] = "\(progress)\u{202f}%"
      data["bar"] = String(min(max(progress, 0), 100))
      data["met"] = progress >= 100
    }
    return data
  }

  // MARK: - All of them

  private func all(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let cutOff = try CutOff(request, figures: centre.figures)
    let level = request.query("level").flatMap { IndicatorLevel(rawValue: $0) }
    let status = request.query("status").flatMap { IndicatorStatus(rawValue: $0) }
    let by = request.query("by").flatMap { IndicatorDimension($0) }
    let onlyProvisional = request.query("provisional") == "1"
    let table = try centre.figures.table(cutOff: cutOff.day, by: by)
    let values = table.values.filter { value in
      if let level, value.level != level { return false }
      if let status, value.status != status { return false }
      return !onlyProvisional || !value.provisional.isEmpty
    }
    let groups = IndicatorLevel.allCases.compactMap { level -> [String: Any]? in
      let rows = values.filter { $0.level == level }
      guard !rows.isEmpty else { return nil }
      return [
        "title": level == .product
          ? say("Indicadores de producto", "Output indicators")
          : say("Indicadores de resultado", "Outcome indicators"),
        "rows": rows.map { value -> [String: Any] in
          var data = row(value, cutOff, say)
          data["parts"] = value.parts.filter(\.applies).map { part -> [String: Any] in
            [
              "label": part.label(spanish: say.isSpanish),
              "figure": IndicatorWords.figure(part.figure, say),
              "persons": part.persons.map { say.format.number($0) } ?? "",
              "attendances": part.attendances.map { say.format.number($0) } ?? "",
              "coverage": part.coverage?.description ?? "",
              "provisional": part.isProvisional,
            ]
          }
          return data
        },
      ]
    }
    return request.show(
      "indicators", title: say("Indicadores", "Indicators"),
      [
        "cutOff": try cutOff.data(request, figures: centre.figures), "groups": groups,
        "isEmpty": groups.isEmpty, "onlyProvisional": onlyProvisional,
        "levels": IndicatorLevel.allCases.map { item -> [String: Any] in
          [
            "code": item.rawValue,
            "name": item == .product
              ? say("de producto", "outputs") : say("de resultado", "outcomes"),
            "selected": item == level,
          ]
        },
        "statuses": IndicatorStatus.allCases.map { item -> [String: Any] in
          [
            "code": item.rawValue, "name": item.word(spanish: say.isSpanish),
            "selected": item == status,
          ]
        },
        "dimensions": IndicatorDimension.allCases.map { item -> [String: Any] in
          [
            "code": item.rawValue, "name": item.word(spanish: say.isSpanish),
            "selected": item == by,
          ]
        },
        "several": by != nil,
      ])
  }

  // MARK: - One of them

  private func indicator(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let id = request.parameter("id")
    let cutOff = try CutOff(request, figures: centre.figures)
    func find(_ dimension: IndicatorDimension) throws -> IndicatorValue? {
      try centre.figures.table(cutOff: cutOff.day, by: dimension).values.first { $0.id == id }
    }
    guard let value = try find(.office) else { throw WebError.notFound }
    var data = row(value, cutOff, say)
    data["cutOff"] = try cutOff.data(request, figures: centre.figures)
    data["unit"] = value.definition.unit ?? ""
    data["owner"] = value.definition.owner ?? ""
    data["baseline"] = value.definition.baseline.map { say.format.number($0) } ?? "–"
    data["formula"] = IndicatorWords.formula(value.definition, say)
    let charts: [any DataChart] = try [IndicatorDimension.office, .quarter, .sex].compactMap {
      guard let parted = $0 == .office ? value : try find($0) else { return nil }
      return partsChart(parted, by: $0, say)
    }
    data["charts"] = charts.enumerated().map { ChartView.data($1, id: "part-\($0)") }
    data["hasCharts"] = !charts.isEmpty
    data["shared"] = value.partsSharePersons
    if !value.provisional.isEmpty {
      data["reasons"] = reasons(value.provisional, say)
    }
    let behind = try Behind(
      centre, value.definition, cutOff: cutOff.day, view: request.query("view"),
      page: request.pageNumber, request: request)
    data.merge(behind.data) { _, new in new }
    return request.show("indicator", title: value.definition.name(spanish: say.isSpanish), data)
  }

  private func reasons(
    _ provisional: IndicatorValue.Provisional, _ say: Wording
  ) -> [[String: Any]] {
    var reasons: [[String: Any]] = []
    if provisional.openConflicts > 0 {
      reasons.append([
        "link": "/conflicts",
        "text": say.count(
          provisional.openConflicts,
          (one: "conflicto abierto en sus registros", many: "conflictos abiertos en sus registros"),
          (one: "open conflict in its records", many: "open conflicts in its records"))
          + (provisional.disputedScores > 0
            ? say(
              " (\(provisional.disputedScores) sobre pruebas)",
              " (\(provisional.disputedScores) about tests)") : "")
          ,
      ])
    }
    if provisional.duplicateDocuments > 0 {
      reasons.append([
        "link": "/duplicates",
        "text": say.count(
          provisional.duplicateDocuments,
          (one: "documento en dos registros", many: "documentos en dos registros"),
          (one: "document on two records", many: "documents on two records")),
      ])
    }
    return reasons
  }

  private func partsChart(
    _ value: IndicatorValue, by dimension: IndicatorDimension, _ say: Wording
  ) -> (any DataChart)? {
    let parts = value.parts.filter(\.applies)
    guard !parts.isEmpty else { return nil }
    let what = dimension.word(spanish: say.isSpanish).lowercased()
    let isGain = value.coverage != nil
    return ColumnChart(
      title: say("Por \(what)", "By \(what)"),
      summary: (isGain
        ? say("Aumento porcentual por \(what).", "Percentage increase by \(what).")
        : say("Cifra por \(what).", "Figure by \(what)."))
        + provisionalNote(parts.contains(where: \.isProvisional), say),
      labels: parts.map { $0.label(spanish: say.isSpanish) + ($0.isProvisional ? "*" : "") },
      series: [
        ColumnChart.Series(
          name: isGain ? say("Aumento, %", "Increase, %") : say("Cifra", "Figure"),
          values: parts.map(\.figure.value))
      ], labelHeading: dimension.word(spanish: say.isSpanish),
      locale: say.isSpanish ? .spanish : .english)
  }
}

/// A chart as a template shows it: the picture, and the same figures in a table.
enum ChartView {
  static func data(_ chart: any DataChart, id: String) -> [String: Any] {
    [
      // The site's policy allows no style attributes; its style sheet says the same.
      "svg": chart.svg(id: id).replacingOccurrences(
        of: " style=\"max-width:100%;height:auto\"", with: " class=\"chart\""),
      "title": chart.title, "summary": chart.summary,
      "headings": chart.headings.enumerated().map { index, text -> [String: Any] in
        ["text": text, "num": index > 0]
      },
      "rows": chart.rows.map { row -> [String: Any] in
        ["label": row.first ?? "", "cells": Array(row.dropFirst())]
      },
    ]
  }
}

/// Figures and formulas in words.
enum IndicatorWords {
  /// A number, or which of the empties it is.
  static func figure(_ figure: IndicatorValue.Figure, _ say: Wording) -> String {
    switch figure.state {
    case .number: figure.value.map { say.format.number($0) } ?? "–"
    case .notDue: "NA"
    case .unknown: "¿?"
    }
  }

  /// How a value comes about.
  static func formula(_ definition: IndicatorDefinition, _ say: Wording) -> String {
    switch definition.computation {
    case .countSessions:
      say(
        "Sesiones realizadas que cuentan para este indicador.",
        "Sessions held that count for this indicator.")
    case .countDeliverables:
      say(
        "Suma de las cantidades de los entregables que no son borradores.",
        "Sum of the quantities of deliverables that are no drafts.")
    case .countDistinctParticipants:
      say(
        "Personas distintas que asistieron a una sesión del indicador con uno de sus cargos.",
        "Distinct persons who came to one of its sessions in one of its roles.")
    case .knowledgeGain, .weightedGain:
      say(
        "Aumento porcentual de la media de la prueba de salida sobre la de entrada, de quienes rindieron ambas.",
        "Percentage increase of the mean exit test over the mean entry test, of those who sat both."
      )
    case .ratio, .measurement, nil:
      say(
        "Se ingresa a mano con su fuente.", "It is entered by hand, with its source.")
    }
  }
}
