import ArgumentParser
import Trainings

/// `quipu report`: what the records say.
struct Report: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report",
      abstract: Language.ofProcess.pick(
        "Informes: indicadores, trimestre, cierre y calidad de los datos.",
        "Reports: indicators, quarter, closing and data quality."),
      subcommands: [
        ReportIndicators.self, ReportBehind.self, ReportProducts.self, ReportDefinitions.self,
        ReportQuarter.self, ReportClose.self, ReportReopen.self, ReportAdjustments.self,
        ReportTextCommand.self, ReportQuality.self,
      ])
  }
}
