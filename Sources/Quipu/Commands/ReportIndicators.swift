import ArgumentParser
import Foundation
import GRDB
import Indicators
import Replica
import Spreadsheet
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
    case table, csv, json, html, xlsx
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

  @Option(
    help: help(
      "Lista lo que hay detrás de un indicador, p. ej. P-1.2.1.1.",
      "Lists what is behind one indicator, e.g. P-1.2.1.1.", valueName: "indicator"))
  var drill: String?

  @Option(
    help: help(
      "table, csv, json, html o xlsx.", "table, csv, json, html or xlsx.", valueName: "format"))
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: help(
      "El archivo; si no, la salida.", "The file; else standard output.", valueName: "path"))
  var output: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    _ = try day()
    _ = try dimension()
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    if let drill { return try drillDown(invocation, drill) }
    let cutOff = try day()
    let dimension = try dimension()
    let table = try invocation.openReplica().read { db in
      try IndicatorTable.compute(db, cutOff: cutOff, level: level, by: dimension)
    }
    let isSpanish = invocation.language == .spanish
    let bytes: [UInt8] =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: Array(table.text(spanish: isSpanish).utf8)
      case .csv: Array(table.csv(spanish: isSpanish).utf8)
      case .json: Array((try table.json(spanish: isSpanish) + "\n").utf8)
      case .html: Array(table.html(spanish: isSpanish).utf8)
      case .xlsx: try table.workbook(ReportLocale(invocation.language)).bytes()
      }
    try invocation.deliver(bytes, to: output, isText: format != .xlsx)
    return .done
  }

  private func drillDown(_ invocation: Invocation, _ indicator: String) throws -> ExitStatus {
    let evidence = try ReportBehind.evidence(
      invocation, indicator: indicator, cutOff: cutOff, period: period, part: nil, unmasked: false)
    let locale = ReportLocale(invocation.language)
    let text =
      switch format ?? (invocation.isJSON ? .json : .table) {
      case .table: evidence.text(locale)
      case .csv: evidence.csv(locale)
      case .json: try evidence.json()
      case .html, .xlsx:
        throw Failure.usage(
          invocation.language.pick(
            "--drill se da como table, csv o json", "--drill comes as table, csv or json"))
      }
    try invocation.deliver(Array(text.utf8), to: output, isText: true)
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
