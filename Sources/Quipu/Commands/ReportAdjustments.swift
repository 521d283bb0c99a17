import ArgumentParser
import Indicators
import Replica
import Trainings

/// `quipu report adjustments`: what arrived for a closed period since.
struct ReportAdjustments: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "adjustments",
      abstract: Language.ofProcess.pick(
        "Ajustes posteriores al cierre: quién, cuándo, qué y con qué diferencia.",
        "Adjustments after closing: who, when, what, and with what difference."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
  }

  @Option(
    help: help(
      "El periodo cerrado, p. ej. 2020T2.", "The closed period, e.g. 2020T2.", valueName: "period"))
  var period: String

  @Option(help: help("table, csv o json.", "table, csv or json.", valueName: "format"))
  var format: Format?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let period = try ReportPeriod(language: invocation.language).period(period)
    let replica = try invocation.openReplica()
    try replica.seal()
    let adjustments = try replica.read { db in
      try Adjustments.compute(replica, db, period: period)
    }
    guard let adjustments else {
      throw PeriodClosing.Failure.notClosed(period.description)
    }
    let locale = ReportLocale(invocation.language)
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: adjustments.text(locale)
      case .csv: adjustments.csv(locale)
      case .json: try adjustments.json()
      }
    try invocation.console.print(text)
    return .done
  }
}
