import ArgumentParser
import Indicators
import Replica
import Trainings

/// `quipu report behind`: the records behind a figure.
struct ReportBehind: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "behind",
      abstract: Language.ofProcess.pick(
        "Lista las personas, sesiones o entregables que hay detrás de una cifra.",
        "Lists the persons, sessions or deliverables behind a figure."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
  }

  @Argument(
    help: help(
      "El indicador, p. ej. P-1.2.1.1.", "The indicator, e.g. P-1.2.1.1.", valueName: "indicator"))
  var indicator: String

  @Option(
    help: help(
      "Último día que cuenta, p. ej. 2020-06-30; si no, hoy.",
      "The last day that counts, e.g. 2020-06-30; else today.", valueName: "date"))
  var cutOff: String?

  @Option(
    help: help(
      "Periodo a cuyo fin se corta, p. ej. 2020T2.",
      "The period at whose end it cuts, e.g. 2020T2.", valueName: "period"))
  var period: String?

  @Option(
    help: help(
      "La dimensión del grupo, p. ej. office o sexo.", "The group's dimension, e.g. office or sex.",
      valueName: "dimension"))
  var by: String?

  @Option(
    help: help(
      "El grupo, p. ej. cusco; vacío, lo no registrado.",
      "The group, e.g. cusco; empty for what was not recorded.", valueName: "group"))
  var group: String?

  @Flag(help: help("Muestra los documentos completos.", "Shows documents in full."))
  var documents = false

  @Option(help: help("table, csv o json.", "table, csv or json.", valueName: "format"))
  var format: Format?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let language = options.lang ?? .ofProcess
    if (by == nil) != (group == nil) {
      throw ValidationError(
        language.pick("--by y --group van juntos", "--by and --group go together"))
    }
    if cutOff != nil, period != nil {
      throw ValidationError(ReportIndicators.Texts(language: language).onlyOne)
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let evidence = try Self.evidence(
      invocation, indicator: indicator, cutOff: cutOff, period: period,
      part: part(invocation.language), unmasked: documents)
    let locale = ReportLocale(invocation.language)
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: evidence.text(locale)
      case .csv: evidence.csv(locale)
      case .json: try evidence.json()
      }
    try invocation.console.print(text)
    return .done
  }

  static func evidence(
    _ invocation: Invocation, indicator: String, cutOff: String?, period: String?,
    part: (dimension: IndicatorDimension, group: String?)?, unmasked: Bool
  ) throws -> IndicatorEvidence {
    let language = invocation.language
    let reading = ReportPeriod(language: language)
    let cutOff = try period.map { try reading.period($0).lastDay } ?? reading.day(cutOff)
    let id = indicator.uppercased()
    let evidence = try invocation.openReplica().read { db in
      try IndicatorEvidence.gather(
        db, indicator: id, cutOff: cutOff ?? LocalTime.today(), part: part, unmasked: unmasked)
    }
    guard let evidence else {
      throw Failure(
        code: "unknown_indicator",
        message: language.pick(
          "no hay un indicador «\(indicator)» vigente a esa fecha",
          "there is no indicator \"\(indicator)\" in force on that day"),
        hint: language.pick("Vea «quipu report definitions».", "See “quipu report definitions”."))
    }
    return evidence
  }

  private func part(
    _ language: Language
  ) throws -> (dimension: IndicatorDimension, group: String?)? {
    guard let by, let group else { return nil }
    guard let dimension = IndicatorDimension(by) else {
      let known = IndicatorDimension.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage(ReportIndicators.Texts(language: language).noDimension(by, known))
    }
    return (dimension, group.isEmpty ? nil : group)
  }
}
