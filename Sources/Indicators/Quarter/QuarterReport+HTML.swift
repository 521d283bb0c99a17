import Trainings

extension QuarterReport {
  /// The report as a page that stands by itself and prints well on A4: no script, no other file.
  public func html(_ locale: ReportLocale) -> String {
    ReportPage(report: self, locale: locale).html
  }
}

/// Makes the page of a report.
private struct ReportPage {
  let report: QuarterReport
  let locale: ReportLocale
  var words: ReportWords { ReportWords(locale: locale) }
  var period: Period? { Period(report.span.name) }
  var periodName: String { period?.name(locale) ?? report.span.name }

  func pick(_ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    locale.pick(spanish(), english())
  }

  var html: String {
    let title = "\(words.title(of: period)) – \(periodName)"
    return """
      <!DOCTYPE html>
      <html lang="\(locale.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(escaped(title))</title>
      <style>
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      \(cover)
      <main>
      \(section(.summary, summary))
      \(section(.indicators, indicators))
      \(section(.framework, framework))
      \(section(.sessions, sessions))
      \(section(.participants, participants))
      \(section(.knowledge, knowledge))
      \(section(.deliverables, deliverables))
      \(section(.adjustments, adjustments))
      \(section(.quality, quality))
      \(section(.plan, plan))
      \(section(.sessionList, sessionList))
      </main>
      </body>
      </html>

      """
  }

  // MARK: Parts

  func section(_ section: ReportWords.Section, _ body: String) -> String {
    """
    <section id="s\(section.rawValue)">
    <h2>\(section.rawValue). \(escaped(words.heading(section)))</h2>
    \(body)
    </section>
    """
  }

  func paragraph(_ text: String, _ kind: String = "") -> String {
    "<p\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(escaped(text))</p>"
  }

  /// The narrative texts of a section; in another language, with a note, where there is none in
  /// this one.
  func texts(_ section: ReportSection, heading: Bool = true) -> String {
    var html = ""
    let all = report.texts.filter { $0.section == section.rawValue }
    var offices: [String] = []
    for text in all where !offices.contains(text.office) { offices.append(text.office) }
    for office in offices {
      let mine = all.filter { $0.office == office }
      guard let text = mine.first(where: { $0.language == locale.language.rawValue }) ?? mine.first
      else { continue }
      if html.isEmpty, heading { html += "<h3>\(escaped(section.heading(locale)))</h3>\n" }
      if office != "central" {
        html += "<h4>\(escaped(report.officeName(office, locale)))</h4>\n"
      }
      if text.language != locale.language.rawValue {
        html += paragraph(
          pick("(Disponible solo en inglés.)", "(Available in Spanish only.)"), "note")
      }
      html += "<div lang=\"\(text.language)\">\n"
      for part in ReportText.paragraphs(text.body) { html += paragraph(part) + "\n" }
      html += "</div>\n"
    }
    return html
  }

  /// A table; a column whose heading starts with `#` holds numbers.
  func table(
    _ caption: String, _ headings: [String], _ rows: [[String]], kind: String = "",
    widths: [Int] = []
  ) -> String {
    var html =
      "<table\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\n<caption>\(escaped(caption))</caption>\n"
    if !widths.isEmpty {
      html +=
        "<colgroup>" + widths.map { "<col style=\"width:\($0)%\">" }.joined() + "</colgroup>\n"
    }
    html += "<thead><tr>"
    let numeric = headings.map { $0.hasPrefix("#") }
    for (heading, isNumber) in zip(headings, numeric) {
      let text = escaped(isNumber ? String(heading.dropFirst()) : heading)
      html += "<th scope=\"col\"\(isNumber ? " class=\"n\"" : "")>\(text)</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        let text = cell.hasPrefix("\u{1}") ? String(cell.dropFirst()) : escaped(cell)
        if index == 0 {
          html += "<th scope=\"row\">\(text)</th>"
        } else {
          html += "<td\(numeric[index] ? " class=\"n\"" : "")>\(text)</td>"
        }
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }

  /// A cell that is HTML already.
  func raw(_ html: String) -> String { "\u{1}" + html }

  var cover: String {
    let late = PeriodClosing.open(in: report, locale)
    var facts: [(String, String)] = [
      (pick("Periodo", "Period"), periodName.prefix(1).uppercased() + periodName.dropFirst()),
      (
        pick("Datos al", "Data to"),
        locale.date(report.span.cutOff)
      ),
      (pick("Elaborado", "Made"), locale.instant(report.madeAt)),
    ]
    if let closing = report.closing {
      facts.append(
        (
          pick("Estado", "State"),
          pick("Cerrado el ", "Closed on ") + locale.instant(closing.closedAt)
            + (closing.closedBy.map { pick(" por ", " by ") + $0 } ?? "")
        ))
      facts.append(
        (pick("Secuencia central", "Central sequence"), locale.number(Int(closing.centralSequence)))
      )
    } else {
      facts.append(
        (
          pick("Estado", "State"),
          pick(
            "Abierto: las cifras cambian con lo que llegue",
            "Open: figures change as records arrive")
        ))
    }
    facts.append(
      (
        pick("Definiciones", "Definitions"),
        pick("versión ", "version ") + report.definitionsVersion
      ))
    var html = """
      <header class="cover">
      <p class="project">\(escaped(words.project))</p>
      <h1>\(escaped(words.title(of: period)))</h1>
      <p class="period">\(escaped(periodName))</p>
      <dl>

      """
    for (name, value) in facts {
      html += "<div><dt>\(escaped(name))</dt><dd>\(escaped(value))</dd></div>\n"
    }
    html += "</dl>\n"
    html += table(
      pick("Estado de los datos por oficina", "State of the data by office"),
      [
        pick("Oficina", "Office"), pick("Última sincronización", "Last sync"),
        pick("Último registro recibido", "Last record received"),
        "#" + pick("Sin enviar", "Unsent"),
      ],
      report.offices.map { office in
        [
          office.name.text(locale),
          office.lastSync.map(locale.shortInstant)
            ?? (office.code == "central" ? "–" : pick("no se conoce aquí", "not known here")),
          office.lastWrite.map(locale.shortInstant) ?? pick("ninguno", "none"),
          office.unsent.map(locale.number) ?? "–",
        ]
      }, kind: "compact")
    if !late.isEmpty {
      html += """
        <div class="open"><p><strong>\(
          escaped(pick("Por resolver al hacer el informe", "Open when the report was made"))
        )</strong></p>
        <ul>

        """
      for line in late {
        // What a terminal is told to run is nothing for a donor.
        let sentence = line.split(separator: " (quipu", maxSplits: 1).first ?? ""
        html += "<li>\(escaped(String(sentence)))</li>\n"
      }
      html += "</ul></div>\n"
    }
    return html + "</header>"
  }

  var summary: String {
    let held = report.sessions.count { $0.status == "held" }
    let participation = report.participation
    let women = participation.sexes.first { $0.code == "F" }?.attendances ?? 0
    let share =
      participation.attendances == 0
      ? 0 : (200 * women + participation.attendances) / (2 * participation.attendances)
    let products = report.framework.items(.product)
    let delivered = products.count { $0.status == .delivered }
    let met = report.indicators.count { $0.level == "product" && $0.status == .delivered }
    let total = report.indicators.count { $0.level == "product" }
    let tiles = [
      (locale.number(held), pick("sesiones realizadas", "sessions held")),
      (locale.number(participation.persons), pick("personas participaron", "persons took part")),
      (
        locale.number(participation.attendances),
        pick(
          "asistencias, \(locale.percent(share)) de mujeres",
          "attendances, \(locale.percent(share)) by women")
      ),
      (
        pick("\(met) de \(total)", "\(met) of \(total)"),
        pick("indicadores de producto en su meta", "output indicators at target")
      ),
      (
        pick("\(delivered) de \(products.count)", "\(delivered) of \(products.count)"),
        pick("productos entregados", "outputs delivered")
      ),
      (
        locale.number(report.deliverables.count { $0.status != "draft" }),
        pick("entregables en el periodo", "deliverables in the period")
      ),
    ]
    var html = "<div class=\"tiles\">\n"
    for (number, text) in tiles {
      html += "<div><strong>\(escaped(number))</strong><span>\(escaped(text))</span></div>\n"
    }
    html += "</div>\n"
    for section in [ReportSection.summary, .progress, .challenges, .lessons, .budget] {
      html += texts(section, heading: section != .summary)
    }
    if report.trend.count > 1 {
      html += ReportCharts(report: report, locale: locale).trend.figure(
        id: "c-trend", showsTable: false)
    }
    return html
  }

  var indicators: String {
    var html = paragraph(words.counting, "note")
    for level in IndicatorLevel.allCases {
      let rows = report.indicators.filter { $0.level == level.rawValue }
      guard !rows.isEmpty else { continue }
      html += "<h3>\(escaped(words.level(level)))</h3>\n"
      for (index, chart) in ReportCharts(report: report, locale: locale).progress(level)
        .enumerated()
      {
        html += chart.figure(id: "c-\(level.rawValue)-\(index)", showsTable: false)
      }
      let isProduct = level == .product
      html += table(
        words.level(level),
        [
          pick("Indicador", "Indicator"), "#" + pick("Antes", "Before"),
          "#" + pick("Valor", "Value"),
          "#" + pick("Meta", "Target"), "#" + pick("Avance", "Progress"), pick("Estado", "Status"),
        ]
          + (isProduct
            ? ["#" + pick("Personas", "Persons"), "#" + pick("Asist.", "Att.")]
            : ["#" + pick("Base", "Baseline"), "#" + pick("Cobertura", "Coverage")]),
        rows.map { indicator in
          [
            raw(
              "<b>\(escaped(indicator.id))</b> \(escaped(indicator.name.text(locale)))"),
            words.figure(indicator.before, unit: indicator.unit),
            words.figure(indicator.figure, unit: indicator.unit)
              + (indicator.isProvisional ? "*" : ""),
            words.target(indicator.target, unit: indicator.unit),
            indicator.progress.map(locale.percent) ?? "–",
            raw(statusMark(indicator.status)),
          ]
            + (isProduct
              ? [
                indicator.persons.map(locale.number) ?? "",
                indicator.attendances.map(locale.number) ?? "",
              ]
              : [
                indicator.baseline.map { locale.number($0) } ?? "–",
                indicator.tests.map { "\(locale.number($0.paired))/\(locale.number($0.trained))" }
                  ?? "",
              ])
        }, kind: "indicators", widths: [37, 7, 9, 7, 8, 17, 8, 7])
    }
    let provisional = report.indicators.filter(\.isProvisional)
    if !provisional.isEmpty {
      html += table(
        pick("Cifras provisionales (*)", "Provisional figures (*)"),
        [
          pick("Indicador", "Indicator"), "#" + pick("Conflictos abiertos", "Open conflicts"),
          "#" + pick("… de puntajes", "… about scores"),
          "#" + pick("Documentos repetidos", "Repeated documents"),
        ],
        provisional.map {
          [
            $0.id, locale.number($0.openConflicts), locale.number($0.disputedScores),
            locale.number($0.duplicateDocuments),
          ]
        }, kind: "compact")
    }
    if !report.retired.isEmpty {
      let list = report.retired.joined(separator: ", ")
      html += paragraph(
        pick("Indicadores retirados: ", "Retired indicators: ") + list + ".", "note")
    }
    return html
  }

  /// The status with a mark that needs no colour.
  func statusMark(_ status: IndicatorStatus) -> String {
    let mark =
      switch status {
      case .delivered, .achieved: "●"
      case .inProgress, .advancing: "◐"
      case .notDelivered, .noProgress: "○"
      case .notMeasured: "?"
      }
    return "<span class=\"mark\" aria-hidden=\"true\">\(mark)</span> "
      + escaped(status.word(spanish: locale.isSpanish))
  }

  var framework: String {
    var html = ""
    for component in report.framework.components {
      html +=
        "<h3>\(escaped(component.code.isEmpty ? "" : component.code + ". "))\(escaped(component.name.text(locale)))</h3>\n"
      for level in IndicatorLevel.allCases {
        let items = component.items.filter { $0.level == level.rawValue }
        guard !items.isEmpty else { continue }
        let counts = component.counts(level).map {
          "\($0.status.word(spanish: locale.isSpanish).lowercased()) \($0.count)"
        }.joined(separator: ", ")
        let name = level == .product ? pick("Productos", "Outputs") : pick("Resultados", "Outcomes")
        html += table(
          "\(name): \(counts)",
          [
            level == .product ? pick("Producto", "Output") : pick("Resultado", "Outcome"),
            pick("Estado", "Status"), "#" + pick("Indicadores", "Indicators"),
            "#" + pick("En su meta", "At target"), "#" + pick("Con avance", "Underway"),
          ],
          items.map { item in
            [
              raw("<b>\(escaped(item.code))</b> \(escaped(item.name.text(locale)))"),
              raw(statusMark(item.status)), "\(item.indicators.count)", "\(item.met)",
              "\(item.underway)",
            ]
          }, kind: "compact", widths: [58, 15, 9, 9, 9])
      }
    }
    return html
  }

  var sessions: String {
    guard !report.sessions.isEmpty else {
      return paragraph(pick("No hay sesiones del periodo.", "There are no sessions of the period."))
    }
    let charts = ReportCharts(report: report, locale: locale)
    let rows = charts.sessionRows
    return charts.sessions.figure(id: "c-sessions", showsTable: false)
      + table(
        pick("Sesiones por oficina, modalidad y estado", "Sessions by office, modality and status"),
        [
          pick("Oficina", "Office"), "#" + pick("Presencial", "In person"),
          "#" + pick("Virtual", "Online"),
          "#" + pick("Mixta", "Mixed"), "#" + pick("No registrada", "Not recorded"),
          "#" + pick("Realizadas", "Held"), "#" + pick("Programadas", "Planned"),
          "#" + pick("Postergadas", "Postponed"), "#" + pick("Canceladas", "Cancelled"),
        ],
        rows.map { row in
          [row.name] + (row.held + [row.held.reduce(0, +)] + row.others).map(locale.number)
        },
        kind: "compact")
  }

  var participants: String {
    let participation = report.participation
    guard participation.attendances > 0 else {
      return paragraph(
        pick(
          "No se registró asistencia en el periodo.", "No attendance was recorded in the period."))
    }
    let charts = ReportCharts(report: report, locale: locale)
    var html = paragraph(
      pick(
        "\(locale.number(participation.persons)) personas distintas asistieron a las sesiones realizadas en el periodo; sumaron \(locale.number(participation.attendances)) asistencias. Las asistencias de los grupos suman el total; una persona puede estar en dos grupos. Institución y tipo de autoridad son los de ese día.",
        "\(locale.number(participation.persons)) different persons came to the sessions held in the period, with \(locale.number(participation.attendances)) attendances. The attendances of the groups add up to the total; a person may be in two groups. Institution and type of authority are those of that day."
      ), "note")
    html += charts.participantsByOffice.figure(id: "c-offices", showsTable: false)
    for (caption, heading, groups) in [
      (pick("Por sexo", "By sex"), pick("Sexo", "Sex"), participation.sexes),
      (pick("Por oficina", "By office"), pick("Oficina", "Office"), participation.offices),
      (
        pick("Por tipo de autoridad", "By type of authority"),
        pick("Tipo de autoridad", "Type of authority"), participation.authorityTypes
      ),
      (
        pick("Por institución", "By institution"), pick("Institución", "Institution"),
        participation.institutions
      ),
    ] {
      html += table(
        caption,
        [heading, "#" + pick("Personas", "Persons"), "#" + pick("Asistencias", "Attendances")]
          + words.sexes.map { "#" + $0.prefix(1).uppercased() + $0.dropFirst() },
        groups.map { group in
          [group.name.text(locale), locale.number(group.persons), locale.number(group.attendances)]
            + group.bySex.map(locale.number)
        } + [
          [
            pick("Total", "Total"), locale.number(participation.persons),
            locale.number(participation.attendances),
          ]
            + (0..<4).map { sex in locale.number(groups.reduce(0) { $0 + $1.bySex[sex] }) }
        ], kind: "compact total", widths: [40, 10, 12, 9, 9, 8, 12])
    }
    return html
  }

  var knowledge: String {
    let rows = report.indicators.filter { $0.tests != nil }
    return paragraph(
      pick(
        "El aumento compara la media de las pruebas de salida con la de las de entrada (escala de 0 a 20) solo entre quienes rindieron ambas. Junto a cada cifra va su cobertura: no dice nada de quienes no rindieron las dos pruebas.",
        "The gain compares the mean of exit tests with that of entry tests (scale 0 to 20) only among those who sat both. Beside each figure stands its coverage: it says nothing of those who did not sit both tests."
      ), "note")
      + table(
        pick("Aumento de conocimientos y cobertura", "Knowledge gain and coverage"),
        [
          pick("Indicador", "Indicator"), "#" + pick("Entrada", "Entry"),
          "#" + pick("Salida", "Exit"),
          "#" + pick("Aumento", "Gain"), "#" + pick("Meta", "Target"),
          "#" + pick("Personas con ambas pruebas", "Persons with both tests"),
          "#" + pick("Sesiones con pruebas", "Sessions with tests"),
        ],
        rows.compactMap { indicator in
          guard let tests = indicator.tests else { return nil }
          let share =
            tests.trained == 0
            ? ""
            : " (\(locale.percent((200 * tests.paired + tests.trained) / (2 * tests.trained))))"
          return [
            raw("<b>\(escaped(indicator.id))</b> \(escaped(indicator.name.text(locale)))"),
            tests.preMean.map { locale.number($0, decimals: 2) } ?? "–",
            tests.postMean.map { locale.number($0, decimals: 2) } ?? "–",
            words.figure(indicator.figure, unit: "percent") + (indicator.isProvisional ? "*" : ""),
            words.target(indicator.target, unit: "percent"),
            pick(
              "\(locale.number(tests.paired)) de \(locale.number(tests.trained))",
              "\(locale.number(tests.paired)) of \(locale.number(tests.trained))") + share,
            pick(
              "\(tests.testedSessions) de \(tests.sessions)",
              "\(tests.testedSessions) of \(tests.sessions)"),
          ]
        }, kind: "compact", widths: [38, 8, 8, 10, 8, 16, 12])
  }

  var deliverables: String {
    guard !report.deliverables.isEmpty else {
      return paragraph(
        pick("No se entregó nada en el periodo.", "Nothing was delivered in the period."))
    }
    let without = report.deliverables.count { $0.evidence == nil && $0.status != "draft" }
    return
      (without > 0
      ? paragraph(
        pick(
          "\(without) entregables no tienen evidencia registrada.",
          "\(without) deliverables have no evidence on record."), "note") : "")
      + table(
        words.heading(.deliverables),
        [
          pick("Entregable", "Deliverable"), pick("Indicador", "Indicator"),
          pick("Oficina", "Office"),
          pick("Fecha", "Date"), pick("Estado", "Status"), "#" + pick("Cantidad", "Quantity"),
          pick("Evidencia", "Evidence"),
        ],
        report.deliverables.map { item in
          [
            (item.code.map { $0 + " – " } ?? "") + item.title, item.indicator,
            report.officeName(item.office, locale), locale.shortDate(item.deliveredOn),
            words.deliverableStatus(item.status), locale.number(item.quantity ?? 1),
            item.evidence ?? pick("sin evidencia", "no evidence"),
          ]
        }, kind: "compact", widths: [30, 11, 11, 12, 11, 8, 17])
  }

  var adjustments: String {
    guard let adjustments = report.adjustments else {
      return paragraph(
        pick("Ningún periodo anterior está cerrado.", "No earlier period is closed."))
    }
    return AdjustmentsPage(adjustments: adjustments, locale: locale, words: words) {
      report.officeName($0, locale)
    }.html(table: { table($0, $1, $2, kind: "compact") }, paragraph: { paragraph($0, $1) })
  }

  var quality: String {
    let doubts = report.doubts
    var html = table(
      pick("Por decidir", "To be decided"),
      [pick("Qué", "What"), "#" + pick("Cantidad", "Number")],
      [
        [pick("Conflictos abiertos", "Open conflicts"), locale.number(doubts.openConflicts)],
        [
          pick("… de ellos, de puntajes", "… of them, about scores"),
          locale.number(doubts.disputedScores),
        ],
        [
          pick("Documentos repetidos sin decidir", "Repeated documents without a decision"),
          locale.number(doubts.duplicateDocuments),
        ],
        [
          pick("Cambios en cuarentena", "Changes in quarantine"), locale.number(doubts.quarantined),
        ],
      ], kind: "compact narrow")
    guard !report.findings.isEmpty else {
      return html
        + paragraph(pick("No se encontró nada que falte.", "Nothing was found missing."), "note")
    }
    var checks: [String] = []
    for finding in report.findings where !checks.contains(finding.check) {
      checks.append(finding.check)
    }
    var offices = report.offices.map { Optional($0.code) }
    offices = offices.filter { office in report.findings.contains { $0.office == office } }
    if report.findings.contains(where: { $0.office == nil }) { offices.append(nil) }
    html += table(
      pick(
        "Registros con algo que falta o es dudoso, por oficina",
        "Records in which something is missing or doubtful, by office"),
      [pick("Qué", "What")]
        + offices.map {
          "#" + ($0 == nil ? pick("Sin oficina", "No office") : report.officeName($0, locale))
        },
      checks.map { check in
        let mine = report.findings.filter { $0.check == check }
        return [mine.first?.message.text(locale) ?? check]
          + offices.map { office in
            mine.first { $0.office == office }.map { locale.number($0.count) } ?? ""
          }
      }, kind: "compact")
    return html
      + paragraph(
        pick(
          "Ningún registro se descarta por estar incompleto.",
          "No record is dropped for being incomplete."), "note")
  }

  var plan: String {
    let name = period?.next.name(locale) ?? ""
    var html = texts(.plan, heading: false)
    let dated = report.plan.filter { $0.day.map { $0 > report.span.cutOff } ?? true }
    let overdue = report.plan.filter { $0.day.map { $0 <= report.span.cutOff } ?? false }
    func list(_ caption: String, _ sessions: [QuarterReport.Session]) -> String {
      table(
        caption,
        [
          pick("Fecha", "Date"), pick("Oficina", "Office"), pick("Sesión", "Session"),
          pick("Modalidad", "Modality"), pick("Estado", "Status"),
          pick("Indicadores", "Indicators"),
        ],
        sessions.map { session in
          [
            session.day.map(locale.shortDate) ?? pick("sin fecha", "no date"),
            report.officeName(session.office, locale), "\(session.code) – \(session.title)",
            words.modality(session.modality), words.status(session.status),
            session.indicators.joined(separator: ", "),
          ]
        }, kind: "compact", widths: [14, 13, 35, 11, 11, 16])
    }
    html +=
      dated.isEmpty
      ? paragraph(
        pick(
          "No hay sesiones programadas para el \(name).", "No sessions are planned for the \(name)."
        ))
      : list(pick("Sesiones programadas: \(name)", "Planned sessions: \(name)"), dated)
    if !overdue.isEmpty {
      html += list(
        pick(
          "Con fecha pasada y sin registrar como realizadas",
          "Past their date and not recorded as held"), overdue)
    }
    return html
  }

  var sessionList: String {
    let held = report.sessions.filter { $0.status == "held" }
    guard !held.isEmpty else {
      return paragraph(pick("No hay sesiones realizadas.", "No sessions were held."))
    }
    return table(
      pick("Sesiones realizadas", "Sessions held"),
      [
        pick("Fecha", "Date"), pick("Oficina", "Office"), pick("Sesión", "Session"),
        pick("Modalidad", "Modality"), "#" + pick("Personas", "Persons"), "#" + words.women,
        pick("Indicadores", "Indicators"),
      ],
      held.map { session in
        [
          session.day.map(locale.shortDate) ?? "", report.officeName(session.office, locale),
          "\(session.code) – \(session.title)", words.modality(session.modality),
          locale.number(session.persons), locale.number(session.women),
          session.indicators.joined(separator: ", "),
        ]
      }, kind: "compact", widths: [13, 12, 33, 10, 9, 8, 15])
  }
}

/// Narrative texts as they were typed.
enum ReportText {
  /// The paragraphs: parts between empty lines.
  static func paragraphs(_ text: String) -> [String] {
    var parts: [String] = []
    var part: [Substring] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        if !part.isEmpty { parts.append(part.joined(separator: " ")) }
        part = []
      } else {
        part.append(line)
      }
    }
    return part.isEmpty ? parts : parts + [part.joined(separator: " ")]
  }
}
