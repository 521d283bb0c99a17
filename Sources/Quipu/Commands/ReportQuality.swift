import ArgumentParser
import GRDB
import Indicators
import Replica
import Trainings

/// `quipu report quality`: what is missing or doubtful, by office.
struct ReportQuality: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "quality",
      abstract: Language.ofProcess.pick(
        "Lista lo que falta o es dudoso, por oficina.",
        "Lists what is missing or doubtful, by office."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
  }

  @Option(help: help("table, csv o json.", "table, csv or json.", valueName: "format"))
  var format: Format?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let report = try invocation.openReplica().read { db in
      try QualityReport.compute(db, today: LocalTime.today())
    }
    let isSpanish = invocation.language == .spanish
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: report.text(spanish: isSpanish)
      case .csv: report.csv(spanish: isSpanish)
      case .json: try report.json(spanish: isSpanish)
      }
    try invocation.console.print(text)
    return .done
  }
}
