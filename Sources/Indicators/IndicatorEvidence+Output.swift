#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension IndicatorEvidence {
  /// The rows as text: headings, then cells; a heading that starts with `#` stands over numbers.
  public func rows(_ locale: ReportLocale) -> (headings: [String], cells: [[String]]) {
    func number(_ value: Double?) -> String { value.map(Decimals.text) ?? "" }
    switch value.definition.computation {
    case .countSessions:
      return (
        [
          locale.pick("Fecha", "Date"), locale.pick("Oficina", "Office"),
          locale.pick("Código", "Code"), locale.pick("Modalidad", "Modality"),
          locale.pick("Departamento", "Department"), locale.pick("Título", "Title"),
        ],
        sessions.map {
          [$0.day, $0.office, $0.code, $0.modality ?? "", $0.department ?? "", $0.title]
        }
      )
    case .countDeliverables:
      return (
        [
          locale.pick("Fecha", "Date"), locale.pick("Oficina", "Office"),
          locale.pick("Código", "Code"), locale.pick("Estado", "Status"),
          "#" + locale.pick("Cantidad", "Quantity"), locale.pick("Título", "Title"),
          locale.pick("Evidencia", "Evidence"),
        ],
        deliverables.map {
          [
            $0.day, $0.office ?? "", $0.code ?? "", $0.status ?? "", number($0.quantity), $0.title,
            $0.evidence ?? "",
          ]
        }
      )
    case .countDistinctParticipants, .knowledgeGain, .weightedGain:
      return (
        [
          locale.pick("Persona", "Person"), locale.pick("Documento", "Document"),
          locale.pick("Sesión", "Session"), locale.pick("Fecha", "Date"),
          locale.pick("Oficina", "Office"), locale.pick("Cargo ese día", "Role that day"),
          locale.pick("Institución", "Institution"), "#" + locale.pick("Entrada", "Entry"),
          "#" + locale.pick("Salida", "Exit"),
        ],
        attendances.map {
          [
            $0.name, $0.document ?? "", $0.session, $0.day, $0.office, $0.role,
            $0.institution ?? "", number($0.pre), number($0.post),
          ]
        }
          + groupTests.map {
            [
              "(\($0.group), \($0.count))", "", $0.session, "", $0.office, "", "",
              number($0.preMean), number($0.postMean),
            ]
          }
      )
    case .ratio, .measurement, nil:
      return (
        [
          locale.pick("Periodo", "Period"), "#" + locale.pick("Valor", "Value"),
          locale.pick("Estado", "State"), "#" + locale.pick("Numerador", "Numerator"),
          "#" + locale.pick("Denominador", "Denominator"), locale.pick("Fuente", "Source"),
        ],
        measurements.map {
          [
            $0.period, number($0.value), $0.state, number($0.numerator), number($0.denominator),
            $0.source ?? "",
          ]
        }
      )
    }
  }

  /// For a terminal: the figure, what it comes from, and the rows.
  public func text(_ locale: ReportLocale) -> String {
    let (headings, cells) = rows(locale)
    var grid = TextGrid(headings.map { $0.hasPrefix("#") ? .right : .left })
    grid.add(headings.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 })
    for row in cells { grid.add(row) }
    var lines = [
      "\(value.id)  \(value.definition.name(spanish: locale.isSpanish))",
      locale.pick("Al ", "At ") + locale.date(cutOff) + ": "
        + IndicatorTable.word(value.figure, spanish: locale.isSpanish)
        + (value.target.map { locale.pick(" de ", " of ") + Decimals.text($0) } ?? ""),
      FormulaWords(locale: locale).formula(value.definition.computation),
    ]
    if !attendances.isEmpty {
      lines.append(
        locale.pick(
          "\(persons) personas en \(attendances.count) asistencias",
          "\(persons) persons in \(attendances.count) attendances"))
    }
    lines += ["", grid.text]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rows with headings in the locale.
  public func csv(_ locale: ReportLocale) -> String {
    let (headings, cells) = rows(locale)
    let lines = [headings.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }] + cells
    return lines.map { $0.map(csvField).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// One object: the indicator's figure, and `sessions`, `attendances`, `deliverables`,
  /// `measurements` and `groupTests`.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(EvidenceObject(self)), as: UTF8.self)
  }
}

private struct EvidenceObject: Encodable {
  let indicator: String
  let cutOff: String
  let value: Double?
  let state: String
  let persons: Int?
  let sessions: [IndicatorEvidence.Session]
  let attendances: [IndicatorEvidence.Attendance]
  let deliverables: [IndicatorEvidence.Deliverable]
  let measurements: [IndicatorEvidence.Measurement]
  let groupTests: [IndicatorEvidence.GroupTest]

  init(_ evidence: IndicatorEvidence) {
    indicator = evidence.value.id
    cutOff = evidence.cutOff
    value = evidence.value.value.map(Decimals.rounded)
    state = evidence.value.state.rawValue
    persons = evidence.value.persons == nil ? nil : evidence.persons
    sessions = evidence.sessions
    attendances = evidence.attendances
    deliverables = evidence.deliverables
    measurements = evidence.measurements
    groupTests = evidence.groupTests
  }
}
