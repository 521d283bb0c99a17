public import Spreadsheet
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension QuarterReport {
  /// The report as a workbook: a sheet for each part, with real tables and charts.
  ///
  /// The same report always gives the same workbook.
  public func workbook(_ locale: ReportLocale) -> Workbook {
    ReportWorkbook(report: self, locale: locale).workbook
  }
}

/// Makes the workbook of a report.
private struct ReportWorkbook {
  let report: QuarterReport
  let locale: ReportLocale
  var words: ReportWords { ReportWords(locale: locale) }

  func pick(_ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    locale.pick(spanish(), english())
  }

  private var dateStyle: CellStyle {
    CellStyle(numberFormat: locale.isSpanish ? "dd/mm/yyyy" : "mm/dd/yyyy", alignment: .left)
  }
  private let wrapped = CellStyle(isWrapped: true)
  private let count = CellStyle(numberFormat: "#,##0")
  private let figure = CellStyle(numberFormat: "#,##0.0", alignment: .right)
  private let note = CellStyle(isItalic: true, fontColor: 0x555555)

  var workbook: Workbook {
    let period = Period(report.span.name)
    let name = period?.name(locale) ?? report.span.name
    let made = try? Date.ISO8601FormatStyle().parse(report.madeAt)
    return Workbook(
      properties: DocumentProperties(
        title: "\(words.title(of: period)) – \(name)", subject: words.project,
        comments: pick("Definiciones ", "Definitions ") + report.definitionsVersion,
        created: made ?? Date(timeIntervalSince1970: 0)),
      sheets: [
        cover(words.title(of: period), name), indicators, framework, sessions, participants,
        knowledge, deliverables, adjustments, quality, plan,
      ])
  }

  // MARK: Parts

  private func sheet(
    _ spanish: String, _ english: String, title: String, frozen: Int = 0
  )
    -> Worksheet
  {
    var sheet = Worksheet(pick(spanish, english))
    sheet.set(.text(title), row: 0, column: 0, style: .title)
    sheet.setHeight(24, ofRow: 0)
    sheet.hasGridlines = false
    sheet.frozenRows = frozen
    sheet.print = PrintSetup(
      isLandscape: true, fitsWidth: true, footer: "&L\(report.span.name)&R&P / &N")
    return sheet
  }

  private func text(_ text: String?) -> SheetValue { text.map { .text($0) } ?? .blank }
  private func whole(_ value: Int?) -> SheetValue { value.map { .integer($0) } ?? .blank }
  private func day(_ day: String?) -> SheetValue {
    guard let day, let civil = CivilDay(day), civil.year >= 1900 else { return text(day) }
    return .date(civil.description)
  }
  private func number(_ figure: QuarterReport.Figure?) -> SheetValue {
    guard let figure else { return .blank }
    return figure.value.map { .number($0) } ?? .text(words.figure(figure))
  }

  private func cover(_ title: String, _ name: String) -> Worksheet {
    var sheet = sheet("Portada", "Cover", title: title)
    sheet.layOut(0...0, ColumnLayout(width: 34))
    sheet.layOut(1...4, ColumnLayout(width: 26))
    sheet.set(.text(words.project), row: 1, column: 0, style: note)
    var row = 3
    func fact(_ label: String, _ value: SheetValue) {
      sheet.set(.text(label), row: row, column: 0, style: .bold)
      sheet.set(value, row: row, column: 1, style: CellStyle(alignment: .left))
      row += 1
    }
    fact(pick("Periodo", "Period"), .text(name))
    fact(pick("Datos al", "Data to"), .text(locale.date(report.span.cutOff)))
    fact(pick("Elaborado", "Made"), .text(locale.instant(report.madeAt)))
    if let closing = report.closing {
      fact(
        pick("Cerrado", "Closed"),
        .text(locale.instant(closing.closedAt) + (closing.closedBy.map { ", \($0)" } ?? "")))
      fact(pick("Secuencia central", "Central sequence"), .integer(Int(closing.centralSequence)))
    } else {
      fact(
        pick("Estado", "State"),
        .text(
          pick(
            "Abierto: las cifras cambian con lo que llegue",
            "Open: figures change as records arrive")))
    }
    fact(pick("Definiciones", "Definitions"), .text(report.definitionsVersion))
    fact(
      pick("Sesiones realizadas", "Sessions held"),
      .integer(report.sessions.count { $0.status == "held" }))
    fact(pick("Personas distintas", "Different persons"), .integer(report.participation.persons))
    fact(pick("Asistencias", "Attendances"), .integer(report.participation.attendances))
    row += 1
    sheet.set(
      .text(pick("Estado de los datos por oficina", "State of the data by office")), row: row,
      column: 0, style: .bold)
    sheet.add(
      SheetTable(
        name: pick("Oficinas", "Offices"), row: row + 1,
        columns: [
          .init(pick("Oficina", "Office")), .init(pick("Última sincronización", "Last sync")),
          .init(pick("Último registro recibido", "Last record received")),
          .init(pick("Sin enviar", "Unsent"), style: count),
        ],
        rows: report.offices.map { office in
          [
            .text(office.name.text(locale)), text(office.lastSync.map(locale.shortInstant)),
            text(office.lastWrite.map(locale.shortInstant)), whole(office.unsent),
          ]
        }, hasFilter: false))
    row += report.offices.count + 3
    for line in PeriodClosing.open(in: report, locale) {
      sheet.set(.text("• " + line), row: row, column: 0)
      row += 1
    }
    for text in report.texts where text.language == locale.language.rawValue {
      guard let section = ReportSection(rawValue: text.section), section != .plan else { continue }
      row += 1
      sheet.set(
        .text("\(section.heading(locale)) – \(report.officeName(text.office, locale))"), row: row,
        column: 0, style: .bold)
      for paragraph in ReportText.paragraphs(text.body) {
        row += 1
        sheet.merge(paragraph, row: row, columns: 0...4, style: wrapped)
        sheet.setHeight(15 * Double(1 + paragraph.count / 120), ofRow: row)
      }
      row += 1
    }
    return sheet
  }

  private var indicators: Worksheet {
    let name = pick("Indicadores", "Indicators")
    var sheet = sheet("Indicadores", "Indicators", title: words.heading(.indicators), frozen: 4)
    sheet.set(.text(words.counting), row: 1, column: 0, style: note)
    sheet.layOut(0...0, ColumnLayout(width: 12))
    sheet.layOut(1...1, ColumnLayout(width: 60))
    sheet.layOut(2...15, ColumnLayout(width: 12))
    let table = SheetTable(
      name: name, row: 3,
      columns: [
        .init(pick("Indicador", "Indicator")), .init(pick("Nombre", "Name"), style: wrapped),
        .init(pick("Unidad", "Unit")), .init(pick("Línea de base", "Baseline"), style: figure),
        .init(pick("Antes", "Before"), style: figure), .init(pick("Valor", "Value"), style: figure),
        .init(pick("Meta", "Target"), style: figure),
        .init(pick("Avance", "Progress"), style: CellStyle(numberFormat: "0%")),
        .init(pick("Estado", "Status")), .init(pick("Personas", "Persons"), style: count),
        .init(pick("Asistencias", "Attendances"), style: count),
        .init(pick("Con ambas pruebas", "With both tests"), style: count),
        .init(pick("Conflictos abiertos", "Open conflicts"), style: count),
        .init(pick("Puntajes en disputa", "Disputed scores"), style: count),
        .init(pick("Documentos repetidos", "Repeated documents"), style: count),
      ],
      rows: report.indicators.map { indicator in
        [
          .text(indicator.id), .text(indicator.name.text(locale)),
          .text(indicator.unit == "percent" ? "%" : pick("cantidad", "count")),
          indicator.baseline.map { .number($0) } ?? .blank, number(indicator.before),
          number(indicator.figure), indicator.target.map { .number($0) } ?? .blank,
          indicator.progress.map { .percentage(Double($0) / 100) } ?? .blank,
          .text(indicator.status.word(spanish: locale.isSpanish)), whole(indicator.persons),
          whole(indicator.attendances), whole(indicator.tests?.paired),
          .integer(indicator.openConflicts), .integer(indicator.disputedScores),
          .integer(indicator.duplicateDocuments),
        ]
      })
    sheet.add(table)
    var row = 3 + report.indicators.count + 3
    for level in IndicatorLevel.allCases {
      let positions = report.indicators.indices.filter {
        report.indicators[$0].level == level.rawValue
      }
      guard let first = positions.first, let last = positions.last else { continue }
      let rows = (4 + first)...(4 + last)
      let sheetName = sheet.name
      var chart = Chart(
        .bar,
        title: words.level(level)
          + pick(": avance respecto de la meta", ": progress against targets"),
        series: [
          .init(
            name: pick("Avance", "Progress"),
            categories: CellRange(sheet: sheetName, rows: rows, columns: 0...0),
            values: CellRange(sheet: sheetName, rows: rows, columns: 7...7), color: 0x0072b2)
        ], row: row, column: 0, width: 900, height: 80 + 18 * positions.count)
      chart.numberFormat = "0%"
      chart.hasLabels = true
      chart.hasLegend = false
      chart.maximum = 2
      chart.summary = pick(
        "Avance de cada indicador como porcentaje de su meta, cortado en 200 %.",
        "Progress of each indicator as a percentage of its target, cut at 200%.")
      sheet.add(chart)
      row += (80 + 18 * positions.count) / 20 + 2
    }
    sheet.print.repeatedRows = 4
    return sheet
  }

  private var framework: Worksheet {
    var sheet = sheet("Productos", "Outputs", title: words.heading(.framework), frozen: 3)
    sheet.layOut(0...0, ColumnLayout(width: 14))
    sheet.layOut(1...1, ColumnLayout(width: 14))
    sheet.layOut(2...2, ColumnLayout(width: 10))
    sheet.layOut(3...3, ColumnLayout(width: 80))
    sheet.layOut(4...7, ColumnLayout(width: 14))
    sheet.add(
      SheetTable(
        name: pick("Productos", "Outputs"), row: 2,
        columns: [
          .init(pick("Componente", "Component")), .init(pick("Nivel", "Level")),
          .init(pick("Código", "Code"), style: .text),
          .init(pick("Nombre", "Name"), style: wrapped),
          .init(pick("Estado", "Status")), .init(pick("Indicadores", "Indicators"), style: count),
          .init(pick("En su meta", "At target"), style: count),
          .init(pick("Con avance", "Underway"), style: count),
        ],
        rows: report.framework.components.flatMap { component in
          component.items.map { item in
            [
              .text(component.code),
              .text(
                item.level == "product"
                  ? pick("producto", "output") : pick("resultado", "outcome")),
              .text(item.code), .text(item.name.text(locale)),
              .text(item.status.word(spanish: locale.isSpanish)),
              .integer(item.indicators.count), .integer(item.met), .integer(item.underway),
            ]
          }
        }))
    return sheet
  }

  private func series(
    _ name: String, _ table: SheetTable, _ sheet: Worksheet, column: Int, rows: Int, color: String
  ) -> Chart.Series {
    let span = (table.row + 1)...(table.row + max(rows, 1))
    return .init(
      name: name, categories: CellRange(sheet: sheet.name, rows: span, columns: 0...0),
      values: CellRange(sheet: sheet.name, rows: span, columns: column...column),
      color: UInt32(color.dropFirst(), radix: 16))
  }

  private var sessions: Worksheet {
    var sheet = sheet("Sesiones", "Sessions", title: words.heading(.sessions))
    let rows = ReportCharts(report: report, locale: locale).sessionRows
    let names = [
      pick("Presencial", "In person"), pick("Virtual", "Online"), pick("Mixta", "Mixed"),
      pick("No registrada", "Not recorded"),
    ]
    sheet.layOut(0...0, ColumnLayout(width: 18))
    sheet.layOut(1...1, ColumnLayout(width: 14))
    sheet.layOut(2...2, ColumnLayout(width: 46))
    sheet.layOut(3...9, ColumnLayout(width: 14))
    let table = SheetTable(
      name: pick("SesionesPorOficina", "SessionsByOffice"), row: 2,
      columns: [.init(pick("Oficina", "Office"))]
        + (names + [
          pick("Realizadas", "Held"), pick("Programadas", "Planned"),
          pick("Postergadas", "Postponed"), pick("Canceladas", "Cancelled"),
        ]).map { .init($0, style: count) },
      rows: rows.map { row in
        [.text(row.name)]
          + (row.held + [row.held.reduce(0, +)] + row.others).map { .integer($0) }
      }, hasFilter: false)
    sheet.add(table)
    var next = 3 + rows.count + 1
    if rows.count > 1 {
      var chart = Chart(
        .stackedBar,
        title: pick(
          "Sesiones realizadas, por oficina y modalidad", "Sessions held, by office and modality"),
        series: names.enumerated().map { index, name in
          series(
            name, table, sheet, column: index + 1, rows: rows.count - 1,
            color: index == 3 ? ChartColor.notRecorded : ChartColor.series[index])
        }, row: next, column: 0, width: 720, height: 300)
      chart.summary = pick(
        "Una barra por oficina, hecha de sus sesiones por modalidad.",
        "One bar for each office, made of its sessions by modality.")
      sheet.add(chart)
      next += 17
    }
    let trend = SheetTable(
      name: pick("Tendencia", "Trend"), row: next,
      columns: [
        .init(pick("Periodo", "Period")), .init(pick("Sesiones", "Sessions"), style: count),
        .init(pick("Asistencias", "Attendances"), style: count),
      ],
      rows: report.trend.map {
        [.text(locale.period($0.period)), .integer($0.sessions), .integer($0.attendances)]
      },
      hasFilter: false)
    sheet.add(trend)
    next += report.trend.count + 2
    if report.trend.count > 1 {
      var chart = Chart(
        .column, title: pick("Sesiones realizadas por periodo", "Sessions held by period"),
        series: [
          series(
            pick("Sesiones", "Sessions"), trend, sheet, column: 1, rows: report.trend.count,
            color: ChartColor.underway)
        ], row: next, column: 0, width: 720, height: 260)
      chart.hasLegend = false
      chart.hasLabels = true
      sheet.add(chart)
      next += 15
    }
    sheet.add(sessionTable(pick("Sesiones", "Sessions"), row: next, report.sessions, people: true))
    return sheet
  }

  private func sessionTable(
    _ name: String, row: Int, _ sessions: [QuarterReport.Session], people: Bool
  ) -> SheetTable {
    SheetTable(
      name: name, row: row,
      columns: [
        .init(pick("Oficina", "Office")), .init(pick("Código", "Code"), style: .text),
        .init(pick("Título", "Title"), style: wrapped),
        .init(pick("Fecha", "Date"), style: dateStyle),
        .init(pick("Estado", "Status")), .init(pick("Modalidad", "Modality")),
        .init(pick("Departamento", "Department")), .init(pick("Indicadores", "Indicators")),
      ]
        + (people
          ? [.init(pick("Personas", "Persons"), style: count), .init(words.women, style: count)]
          : []),
      rows: sessions.map { session in
        [
          .text(report.officeName(session.office, locale)), .text(session.code),
          .text(session.title), day(session.day), .text(words.status(session.status)),
          .text(words.modality(session.modality)),
          .text(session.department ?? words.notRecorded),
          .text(session.indicators.joined(separator: ", ")),
        ] + (people ? [.integer(session.persons), .integer(session.women)] : [])
      })
  }

  private var participants: Worksheet {
    var sheet = sheet("Participantes", "Participants", title: words.heading(.participants))
    sheet.layOut(0...0, ColumnLayout(width: 60))
    sheet.layOut(1...6, ColumnLayout(width: 14))
    let participation = report.participation
    var next = 2
    for (name, heading, groups) in [
      (pick("PorSexo", "BySex"), pick("Sexo", "Sex"), participation.sexes),
      (pick("PorOficina", "ByOffice"), pick("Oficina", "Office"), participation.offices),
      (
        pick("PorTipoDeAutoridad", "ByAuthorityType"),
        pick("Tipo de autoridad", "Type of authority"),
        participation.authorityTypes
      ),
      (
        pick("PorInstitucion", "ByInstitution"), pick("Institución", "Institution"),
        participation.institutions
      ),
    ] {
      let table = SheetTable(
        name: name, row: next,
        columns: [
          .init(heading), .init(pick("Personas", "Persons"), style: count),
          .init(pick("Asistencias", "Attendances"), style: count),
        ]
          + words.sexes.map { .init($0.prefix(1).uppercased() + $0.dropFirst(), style: count) },
        rows: groups.map { group in
          [
            .text(group.name.text(locale)), .integer(group.persons), .integer(group.attendances),
          ] + group.bySex.map { .integer($0) }
        }, hasFilter: false)
      sheet.add(table)
      next += max(groups.count, 1) + 2
      if groups.count > 0, name == pick("PorOficina", "ByOffice") {
        var chart = Chart(
          .stackedBar,
          title: pick("Asistencias por oficina y sexo", "Attendances by office and sex"),
          series: words.sexes.enumerated().map { index, name in
            series(
              name, table, sheet, column: 3 + index, rows: groups.count,
              color: index == 3 ? ChartColor.notRecorded : ChartColor.series[index])
          }, row: next, column: 0, width: 760, height: 300)
        chart.summary = pick(
          "Una barra por oficina, hecha de sus asistencias por sexo.",
          "One bar for each office, made of its attendances by sex.")
        sheet.add(chart)
        next += 17
      }
    }
    return sheet
  }

  private var knowledge: Worksheet {
    var sheet = sheet("Conocimientos", "Knowledge", title: words.heading(.knowledge))
    sheet.layOut(0...0, ColumnLayout(width: 12))
    sheet.layOut(1...1, ColumnLayout(width: 60))
    sheet.layOut(2...9, ColumnLayout(width: 14))
    let two = CellStyle(numberFormat: "0.00")
    sheet.add(
      SheetTable(
        name: pick("Conocimientos", "Knowledge"), row: 2,
        columns: [
          .init(pick("Indicador", "Indicator")), .init(pick("Nombre", "Name"), style: wrapped),
          .init(pick("Media de entrada", "Entry mean"), style: two),
          .init(pick("Media de salida", "Exit mean"), style: two),
          .init(pick("Aumento (%)", "Gain (%)"), style: figure),
          .init(pick("Meta (%)", "Target (%)"), style: figure),
          .init(pick("Con ambas pruebas", "With both tests"), style: count),
          .init(pick("Personas capacitadas", "Persons trained"), style: count),
          .init(pick("Sesiones con pruebas", "Sessions with tests"), style: count),
          .init(pick("Sesiones", "Sessions"), style: count),
        ],
        rows: report.indicators.compactMap { indicator in
          guard let tests = indicator.tests else { return nil }
          return [
            .text(indicator.id), .text(indicator.name.text(locale)),
            tests.preMean.map { .number($0) } ?? .blank,
            tests.postMean.map { .number($0) } ?? .blank, number(indicator.figure),
            indicator.target.map { .number($0) } ?? .blank, .integer(tests.paired),
            .integer(tests.trained), .integer(tests.testedSessions), .integer(tests.sessions),
          ]
        }))
    return sheet
  }

  private var deliverables: Worksheet {
    var sheet = sheet("Entregables", "Deliverables", title: words.heading(.deliverables))
    sheet.layOut(0...0, ColumnLayout(width: 14))
    sheet.layOut(1...1, ColumnLayout(width: 50))
    sheet.layOut(2...6, ColumnLayout(width: 16))
    sheet.layOut(7...7, ColumnLayout(width: 40))
    sheet.add(
      SheetTable(
        name: pick("Entregables", "Deliverables"), row: 2,
        columns: [
          .init(pick("Código", "Code"), style: .text),
          .init(pick("Título", "Title"), style: wrapped),
          .init(pick("Indicador", "Indicator")), .init(pick("Oficina", "Office")),
          .init(pick("Fecha", "Date"), style: dateStyle), .init(pick("Estado", "Status")),
          .init(pick("Cantidad", "Quantity"), style: CellStyle(numberFormat: "#,##0.##")),
          .init(pick("Evidencia", "Evidence"), style: wrapped),
        ],
        rows: report.deliverables.map { item in
          [
            text(item.code), .text(item.title), .text(item.indicator),
            .text(report.officeName(item.office, locale)), day(item.deliveredOn),
            .text(words.deliverableStatus(item.status)), .number(item.quantity ?? 1),
            .text(item.evidence ?? pick("sin evidencia", "no evidence")),
          ]
        }))
    return sheet
  }

  private var adjustments: Worksheet {
    var sheet = sheet("Ajustes", "Adjustments", title: words.heading(.adjustments))
    sheet.layOut(0...0, ColumnLayout(width: 60))
    sheet.layOut(1...4, ColumnLayout(width: 26))
    guard let adjustments = report.adjustments else {
      sheet.set(
        .text(pick("Ningún periodo anterior está cerrado.", "No earlier period is closed.")),
        row: 2, column: 0)
      return sheet
    }
    let page = AdjustmentsPage(adjustments: adjustments, locale: locale, words: words) {
      report.officeName($0, locale)
    }
    sheet.set(.text(page.introduction), row: 1, column: 0, style: note)
    var next = 3
    if !adjustments.differences.isEmpty {
      sheet.add(
        SheetTable(
          name: pick("Diferencias", "Differences"), row: next,
          columns: page.differenceHeadings.map { heading in
            .init(heading.hasPrefix("#") ? String(heading.dropFirst()) : heading, style: figure)
          },
          rows: adjustments.differences.map { difference in
            [
              .text("\(difference.indicator) \(difference.name.text(locale))"),
              number(difference.closed), number(difference.now),
              difference.change.map { .number($0) } ?? .blank,
            ]
          }))
      next += adjustments.differences.count + 3
    }
    if !adjustments.changes.isEmpty {
      sheet.add(
        SheetTable(
          name: pick("Cambios", "Changes"), row: next,
          columns: page.changeHeadings.map { .init($0, style: wrapped) },
          rows: page.changeRows.map { $0.map { .text($0) } }))
    }
    return sheet
  }

  private var quality: Worksheet {
    var sheet = sheet("Calidad", "Quality", title: words.heading(.quality))
    sheet.layOut(0...0, ColumnLayout(width: 70))
    sheet.layOut(1...3, ColumnLayout(width: 22))
    let doubts = report.doubts
    sheet.add(
      SheetTable(
        name: pick("PorDecidir", "ToBeDecided"), row: 2,
        columns: [
          .init(pick("Por decidir", "To be decided")),
          .init(pick("Cantidad", "Number"), style: count),
        ],
        rows: [
          [.text(pick("Conflictos abiertos", "Open conflicts")), .integer(doubts.openConflicts)],
          [
            .text(pick("… de ellos, de puntajes", "… of them, about scores")),
            .integer(doubts.disputedScores),
          ],
          [
            .text(
              pick("Documentos repetidos sin decidir", "Repeated documents without a decision")),
            .integer(doubts.duplicateDocuments),
          ],
          [
            .text(pick("Cambios en cuarentena", "Changes in quarantine")),
            .integer(doubts.quarantined),
          ],
        ], hasFilter: false))
    sheet.add(
      SheetTable(
        name: pick("Hallazgos", "Findings"), row: 8,
        columns: [
          .init(pick("Qué falta o es dudoso", "What is missing or doubtful"), style: wrapped),
          .init(pick("Oficina", "Office")), .init(pick("Registros", "Records"), style: count),
        ],
        rows: report.findings.map { finding in
          [
            .text(finding.message.text(locale)),
            .text(
              finding.office.map { report.officeName($0, locale) }
                ?? pick("sin oficina", "no office")),
            .integer(finding.count),
          ]
        }))
    return sheet
  }

  private var plan: Worksheet {
    var sheet = sheet("Plan", "Plan", title: words.heading(.plan))
    sheet.layOut(0...0, ColumnLayout(width: 18))
    sheet.layOut(1...1, ColumnLayout(width: 14))
    sheet.layOut(2...2, ColumnLayout(width: 46))
    sheet.layOut(3...7, ColumnLayout(width: 14))
    var row = 2
    for text in report.texts
    where text.section == ReportSection.plan.rawValue && text.language == locale.language.rawValue {
      sheet.set(
        .text(report.officeName(text.office, locale)), row: row, column: 0, style: .bold)
      for paragraph in ReportText.paragraphs(text.body) {
        row += 1
        sheet.merge(paragraph, row: row, columns: 0...7, style: wrapped)
        sheet.setHeight(15 * Double(1 + paragraph.count / 130), ofRow: row)
      }
      row += 2
    }
    sheet.add(
      sessionTable(pick("Programadas", "PlannedSessions"), row: row, report.plan, people: false))
    return sheet
  }
}
