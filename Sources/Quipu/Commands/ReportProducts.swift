import ArgumentParser
import Indicators
import Replica
import Trainings

/// `quipu report products`: products, results and components, rolled up from their indicators.
struct ReportProducts: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "products",
      abstract: Language.ofProcess.pick(
        "El estado de productos, resultados y componentes.",
        "Where products, results and components stand."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
  }

  @Option(
    help: help(
      "product o result; si no, ambos.", "product or result; else both.", valueName: "level"))
  var level: IndicatorLevel?

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

  @Option(help: help("table, csv o json.", "table, csv or json.", valueName: "format"))
  var format: Format?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if cutOff != nil, period != nil {
      throw ValidationError(ReportIndicators.Texts(language: options.lang ?? .ofProcess).onlyOne)
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let reading = ReportPeriod(language: invocation.language)
    let cutOff =
      try period.map { try reading.period($0).lastDay } ?? reading.day(cutOff) ?? LocalTime.today()
    let framework = try invocation.openReplica().read { db in
      try Framework.rollUp(try IndicatorTable.compute(db, cutOff: cutOff), db)
    }
    let locale = ReportLocale(invocation.language)
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: framework.text(locale, level: level)
      case .csv: framework.csv(locale, level: level)
      case .json: try framework.json(locale, level: level)
      }
    try invocation.console.print(text)
    return .done
  }
}
