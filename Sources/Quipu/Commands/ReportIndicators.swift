import ArgumentParser
import GRDB
import Indicators
import Replica
import Trainings

/// `quipu report indicators`: all indicators at a cut-off date.
struct ReportIndicators: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "indicators",
      abstract: Language.ofProcess.pick(
        "Calcula los indicadores a una fecha de corte.",
        "Computes the indicators at a cut-off date."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json, html
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
      "The period at whose end it cuts, e.g. 2020T2.",
      valueName: "period"))
  var period: String?

  @Option(
    help: help(
      "Separa por office, department, sex, institution, role, authority_type, modality o quarter.",
      "Tells apart by office, department, sex, institution, role, authority_type, modality or quarter.",
      valueName: "dimension"))
  var by: String?

  @Option(help: help("table, csv, json o html.", "table, csv, json or html.", valueName: "format"))
  var format: Format?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    _ = try day()
    _ = try dimension()
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let cutOff = try day()
    let dimension = try dimension()
    let table = try invocation.openReplica().read { db in
      try IndicatorTable.compute(db, cutOff: cutOff, level: level, by: dimension)
    }
    let isSpanish = invocation.language == .spanish
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: table.text(spanish: isSpanish)
      case .csv: table.csv(spanish: isSpanish)
      case .json: try table.json(spanish: isSpanish)
      case .html: table.html(spanish: isSpanish)
      }
    try invocation.console.print(text)
    return .done
  }

  private func day() throws -> String {
    let texts = Texts(language: options.lang ?? .ofProcess)
    switch (cutOff, period) {
    case (.some, .some): throw ValidationError(texts.onlyOne)
    case (let day?, nil):
      guard let span = Period("\(day)/\(day)") else { throw ValidationError(texts.noDay(day)) }
      return span.lastDay
    case (nil, let name?):
      guard let span = Period(name) else { throw ValidationError(texts.noPeriod(name)) }
      return span.lastDay
    case (nil, nil): return LocalTime.today()
    }
  }

  private func dimension() throws -> IndicatorDimension? {
    guard let by else { return nil }
    guard let dimension = IndicatorDimension(by) else {
      let known = IndicatorDimension.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(Texts(language: options.lang ?? .ofProcess).noDimension(by, known))
    }
    return dimension
  }
}

extension ReportIndicators {
  struct Texts {
    let language: Language

    var onlyOne: String {
      language.pick("dé --cut-off o --period, no ambos", "give --cut-off or --period, not both")
    }

    func noDay(_ text: String) -> String {
      language.pick(
        "«\(text)» no es una fecha; se espera una como 2020-06-30",
        "\"\(text)\" is not a date; one like 2020-06-30 is expected")
    }

    func noPeriod(_ text: String) -> String {
      language.pick(
        "«\(text)» no es un periodo; se espera uno como 2020T2, 2020S1, 2020-06 o 2020",
        "\"\(text)\" is not a period; one like 2020T2, 2020S1, 2020-06 or 2020 is expected")
    }

    func noDimension(_ text: String, _ known: String) -> String {
      language.pick(
        "no se puede separar por «\(text)»; se conocen: \(known)",
        "cannot tell apart by \"\(text)\"; known are: \(known)")
    }
  }
}
