import ArgumentParser
import Indicators
import Replica
import Trainings

/// `quipu report definitions`: the sheet of each indicator.
struct ReportDefinitions: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "definitions",
      abstract: Language.ofProcess.pick(
        "La ficha de cada indicador: fórmula, cargos, metas desde cuándo.",
        "The sheet of each indicator: formula, roles, targets since when."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let sheets = try invocation.openReplica().read { db in try IndicatorSheets.load(db) }
    try invocation.console.print(
      invocation.isJSON ? try sheets.json() : sheets.text(ReportLocale(invocation.language)))
    return .done
  }
}
