import ArgumentParser
import Indicators
import Trainings

/// `quipu report reopen`: opens a closed period, so that it can be closed again.
struct ReportReopen: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "reopen",
      abstract: Language.ofProcess.pick(
        "Abre un periodo cerrado, para cerrarlo otra vez (solo la central).",
        "Opens a closed period, so that it can be closed again (centre only)."))
  }

  @Option(help: help("El periodo, p. ej. 2020T2.", "The period, e.g. 2020T2.", valueName: "period"))
  var period: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let period = try ReportPeriod(language: invocation.language).period(period)
    try PeriodClosing.reopen(try invocation.openReplica(), period: period)
    try invocation.print(
      .object([("period", .string(period.description)), ("closed", .bool(false))]),
      text: invocation.language.pick(
        "Periodo \(period) abierto. Lo que decía queda en su historia: quipu history period_close \(period)",
        "Period \(period) is open. What it said stays in its history: quipu history period_close \(period)"
      ))
    return .done
  }
}
