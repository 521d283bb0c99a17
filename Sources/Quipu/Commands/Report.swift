import ArgumentParser
import Trainings

/// `quipu report`: what the records say.
struct Report: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report",
      abstract: Language.ofProcess.pick(
        "Informes: indicadores y calidad de los datos.", "Reports: indicators and data quality."),
      subcommands: [ReportIndicators.self, ReportQuality.self])
  }
}
