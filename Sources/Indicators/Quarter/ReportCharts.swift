/// The charts of a report, for its page and for the central web application.
public struct ReportCharts: Sendable {
  private let report: QuarterReport
  private let locale: ReportLocale
  private var words: ReportWords { ReportWords(locale: locale) }

  /// The charts of a report in a locale.
  public init(report: QuarterReport, locale: ReportLocale) {
    self.report = report
    self.locale = locale
  }

  private func pick(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    locale.pick(spanish(), english())
  }

  /// Indicators of a level as percentages of their targets, cut at 200: a chart for each component,
  /// so that each fits on a page.
  public func progress(_ level: IndicatorLevel) -> [TargetBarChart] {
    let indicators = report.indicators.filter { $0.level == level.rawValue }
    return report.framework.components.compactMap { component in
      let ids = Set(component.items.filter { $0.level == level.rawValue }.flatMap(\.indicators))
      let mine = indicators.filter { ids.contains($0.id) }
      let title =
        pick("Avance respecto de la meta", "Progress against targets")
        + (component.code.isEmpty ? "" : pick(", componente ", ", component ") + component.code)
      return mine.isEmpty ? nil : progress(title, mine)
    }
  }

  private func progress(_ title: String, _ indicators: [QuarterReport.Indicator]) -> TargetBarChart
  {
    let met = indicators.count { $0.status == .delivered || $0.status == .achieved }
    return TargetBarChart(
      title: title,
      summary: pick(
        "\(met) de \(indicators.count) indicadores alcanzaron su meta. Cada barra es el valor como porcentaje de la meta, cortada en 200 %.",
        "\(met) of \(indicators.count) indicators reached their target. Each bar is the value as a percentage of the target, cut at 200%."
      ),
      bars: indicators.map { indicator in
        let value = words.figure(indicator.figure, unit: indicator.unit)
        let target = words.target(indicator.target, unit: indicator.unit)
        let share = indicator.progress.map { " (\(locale.percent($0)))" } ?? ""
        return TargetBarChart.Bar(
          label: indicator.id, detail: indicator.name.text(locale),
          value: indicator.progress.map(Double.init), target: indicator.target == nil ? nil : 100,
          text: indicator.progress == nil
            ? value : pick("\(value) de \(target)\(share)", "\(value) of \(target)\(share)"),
          targetText: target)
      },
      headings: [
        pick("Indicador", "Indicator"), pick("Valor", "Value"), pick("Meta", "Target"),
      ], limit: 200,
      targetLegend: pick(
        "meta (100 %); una barra cortada pasa de 200 %",
        "target (100%); a cut bar goes beyond 200%"))
  }

  /// Sessions and attendances by period, this one last.
  public var trend: ColumnChart {
    ColumnChart(
      title: pick("Sesiones realizadas por periodo", "Sessions held by period"),
      summary: pick(
        "Sesiones realizadas en este periodo y en los anteriores.",
        "Sessions held in this period and in those before."),
      labels: report.trend.map { locale.period($0.period) },
      series: [
        .init(
          name: pick("Sesiones", "Sessions"), values: report.trend.map { Double($0.sessions) })
      ], labelHeading: pick("Periodo", "Period"), locale: locale)
  }

  /// Sessions of an office in the period: held by modality (in person, online, mixed, not recorded),
  /// and those planned, postponed and cancelled.
  struct SessionRow {
    var name: String
    var held: [Int]
    var others: [Int]
  }

  /// One for each office that has any, and their sum.
  var sessionRows: [SessionRow] {
    let offices = report.offices.map(\.code)
    let unknown = Set(report.sessions.map(\.office)).subtracting(offices).sorted()
    var rows = (offices + unknown).compactMap { office -> SessionRow? in
      let mine = report.sessions.filter { $0.office == office }
      return mine.isEmpty ? nil : row(report.officeName(office, locale), mine)
    }
    rows.append(row(pick("Total", "Total"), report.sessions))
    return rows
  }

  private func row(_ name: String, _ sessions: [QuarterReport.Session]) -> SessionRow {
    func held(_ modality: String?) -> Int {
      sessions.count { $0.status == "held" && $0.modality == modality }
    }
    func count(_ status: String) -> Int { sessions.count { $0.status == status } }
    return SessionRow(
      name: name, held: [held("presencial"), held("virtual"), held("mixta"), held(nil)],
      others: [count("planned"), count("postponed"), count("cancelled")])
  }

  /// Sessions held, by office and modality.
  public var sessions: StackedBarChart {
    let rows = sessionRows.dropLast()
    let names = [
      pick("Presencial", "In person"), pick("Virtual", "Online"), pick("Mixta", "Mixed"),
      pick("No registrada", "Not recorded"),
    ]
    return StackedBarChart(
      title: pick(
        "Sesiones realizadas, por oficina y modalidad", "Sessions held, by office and modality"),
      summary: pick(
        "Una barra por oficina, hecha de sus sesiones por modalidad.",
        "One bar for each office, made of its sessions by modality."),
      labels: rows.map(\.name),
      series: names.enumerated().map { index, name in
        .init(
          name: name, values: rows.map { Double($0.held[index]) }, isNotRecorded: index == 3)
      }, labelHeading: pick("Oficina", "Office"), totalHeading: pick("Total", "Total"),
      locale: locale)
  }

  /// Attendances by office and sex.
  public var participantsByOffice: StackedBarChart {
    let groups = report.participation.offices
    return StackedBarChart(
      title: pick("Asistencias por oficina y sexo", "Attendances by office and sex"),
      summary: pick(
        "Una barra por oficina, hecha de sus asistencias por sexo.",
        "One bar for each office, made of its attendances by sex."),
      labels: groups.map { $0.name.text(locale) },
      series: words.sexes.enumerated().map { index, name in
        .init(
          name: name, values: groups.map { Double($0.bySex[index]) }, isNotRecorded: index == 3)
      }, labelHeading: pick("Oficina", "Office"), totalHeading: pick("Total", "Total"),
      locale: locale)
  }
}
