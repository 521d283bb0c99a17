/// The words of a quarterly report that its page, its workbook and its file share.
struct ReportWords {
  let locale: ReportLocale

  func pick(_ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    locale.pick(spanish(), english())
  }

  var title: String {
    pick("Informe trimestral de avance", "Quarterly progress report")
  }

  /// Reports on other spans are no quarters.
  func title(of period: Period?) -> String {
    period?.kind == .quarter ? title : pick("Informe de avance", "Progress report")
  }

  var project: String {
    pick(
      "Alianzas en acción para terminar con la trata de niñas, niños y adolescentes en Perú",
      "Partnerships in action to end child trafficking in Peru")
  }

  func status(_ status: String?) -> String {
    switch status {
    case "held": pick("realizada", "held")
    case "planned": pick("programada", "planned")
    case "postponed": pick("postergada", "postponed")
    case "cancelled": pick("cancelada", "cancelled")
    case nil: pick("sin estado", "no status")
    case let other?: other
    }
  }

  func modality(_ modality: String?) -> String {
    switch modality {
    case "presencial": pick("presencial", "in person")
    case "virtual": pick("virtual", "online")
    case "mixta": pick("mixta", "mixed")
    case nil: notRecorded
    case let other?: other
    }
  }

  func deliverableStatus(_ status: String?) -> String {
    switch status {
    case "draft": pick("borrador (no cuenta)", "draft (not counted)")
    case "submitted": pick("presentado", "submitted")
    case "approved": pick("aprobado", "approved")
    case "in_use": pick("en uso", "in use")
    case nil: pick("sin estado", "no status")
    case let other?: other
    }
  }

  func changeKind(_ kind: String) -> String {
    switch kind {
    case "session": pick("sesión", "session")
    case "deliverable": pick("entregable", "deliverable")
    case "measurement": pick("medición", "measurement")
    case "person": pick("personas (documentos o duplicados)", "persons (documents or duplicates)")
    case "definition": pick("definición de indicador", "indicator definition")
    default: kind
    }
  }

  /// `nuevas: 2, cambiadas: 1`.
  func amount(of change: Adjustments.Change) -> String {
    [
      (change.inserted, pick("nuevas", "new")), (change.updated, pick("cambiadas", "changed")),
      (change.deleted, pick("borradas", "deleted")),
    ].filter { $0.0 > 0 }.map { "\($0.1): \(locale.number($0.0))" }.joined(separator: ", ")
  }

  var notRecorded: String { pick("no registrado", "not recorded") }
  var women: String { pick("Mujeres", "Women") }
  var men: String { pick("Hombres", "Men") }
  var others: String { pick("Otro", "Other") }
  var sexes: [String] { [women, men, others, notRecorded] }

  /// A figure: a number, with its unit, or why there is none.
  func figure(_ figure: QuarterReport.Figure?, unit: String? = nil) -> String {
    guard let figure else { return "–" }
    switch figure.state {
    case "not_due": return "NA"
    case "number":
      guard let value = figure.value else { return "¿?" }
      return unit == "percent"
        ? locale.number(value) + pick("\u{a0}%", "%") : locale.number(value)
    default: return "¿?"
    }
  }

  func target(_ target: Double?, unit: String?) -> String {
    guard let target else { return "–" }
    return unit == "percent"
      ? locale.number(target) + pick("\u{a0}%", "%") : locale.number(target)
  }

  /// The numbers of the sections, in order.
  enum Section: Int, CaseIterable {
    case summary = 1
    case indicators, framework, sessions, participants, knowledge, deliverables
    case adjustments, quality, plan, sessionList
  }

  func heading(_ section: Section) -> String {
    switch section {
    case .summary: pick("Resumen", "Summary")
    case .indicators: pick("Avance de los indicadores", "Progress of indicators")
    case .framework: pick("Productos y resultados", "Outputs and outcomes")
    case .sessions: pick("Sesiones", "Sessions")
    case .participants: pick("Participantes", "Participants")
    case .knowledge: pick("Aumento de conocimientos", "Knowledge gain")
    case .deliverables: pick("Entregables y evidencia", "Deliverables and evidence")
    case .adjustments: pick("Ajustes posteriores al cierre", "Adjustments after closing")
    case .quality: pick("Calidad e integridad de los datos", "Quality and completeness of the data")
    case .plan: pick("Plan de trabajo del siguiente periodo", "Work plan of the next period")
    case .sessionList: pick("Anexo: sesiones del periodo", "Annex: sessions of the period")
    }
  }

  func level(_ level: IndicatorLevel) -> String {
    level == .product
      ? pick("Indicadores de producto", "Output indicators")
      : pick("Indicadores de resultado", "Outcome indicators")
  }

  var counting: String {
    pick(
      "Las personas se cuentan una sola vez por indicador; las asistencias, todas. «¿?» es un valor que no se conoce y «NA» uno que todavía no correspondía medir: ninguno es cero. Un asterisco (*) señala cifras provisionales: hay conflictos abiertos, puntajes en disputa o documentos repetidos detrás de ellas.",
      "Persons are counted once for each indicator; attendances are all counted. “¿?” is a value that is not known and “NA” one that was not due yet: neither is zero. An asterisk (*) marks provisional figures: there are open conflicts, disputed scores or repeated documents behind them."
    )
  }
}
