import ArgumentParser
import Foundation
import Indicators
import Replica
import Spreadsheet
import Trainings

#if canImport(Glibc)
  import Glibc
#endif

/// `quipu report quarter`: the report for the donor.
struct ReportQuarter: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "quarter",
      abstract: Language.ofProcess.pick(
        "El informe trimestral para el donante; de un periodo cerrado, tal como se cerró.",
        "The quarterly report for the donor; of a closed period, as it was closed."))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case html, xlsx, csv, json, pdf
  }

  @Option(
    help: help(
      "El periodo, p. ej. 2020T2 o 2020-02..2020-05.",
      "The period, e.g. 2020T2 or 2020-02..2020-05.", valueName: "period"))
  var period: String

  @Option(
    help: help(
      "Último día que cuenta; si no, el último del periodo.",
      "The last day that counts; else the period's last.", valueName: "date"))
  var cutOff: String?

  @Option(
    help: help("html, xlsx, csv, json o pdf.", "html, xlsx, csv, json or pdf.", valueName: "format")
  )
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: help(
      "El archivo; si no, la salida.", "The file; else standard output.", valueName: "path"))
  var output: String?

  @Flag(
    help: help(
      "Con los datos de hoy, aunque el periodo esté cerrado.",
      "With today's records even if the period is closed."))
  var current = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let language = invocation.language
    let reading = ReportPeriod(language: language)
    let period = try reading.period(period)
    let cutOff = try reading.day(cutOff)
    let format =
      format ?? output.flatMap { Format(rawValue: URL(filePath: $0).pathExtension.lowercased()) }
      ?? (invocation.isJSON ? .json : .html)
    let texts = Texts(language: language)
    let replica = try invocation.openReplica()
    if !current, cutOff == nil { try replica.seal() }
    let report = try replica.read { db -> QuarterReport in
      if !current, cutOff == nil, let closed = try PeriodClosing.load(db, period: period) {
        return closed
      }
      return try QuarterReport.compute(
        replica, db, period: period, cutOff: cutOff, madeAt: Date())
    }
    let locale = ReportLocale(language)
    if let closing = report.closing {
      invocation.console.note(
        texts.printedAsClosed(report.span.name, locale.instant(closing.closedAt)))
    }
    let bytes: [UInt8] =
      switch format {
      case .html: Array(report.html(locale).utf8)
      case .csv: Array(report.csv(locale).utf8)
      case .json: Array(try report.json().utf8)
      case .xlsx: try report.workbook(locale).bytes()
      case .pdf: try PageToPDF(language: language).convert(report.html(locale))
      }
    try invocation.deliver(bytes, to: output, isText: format != .xlsx && format != .pdf)
    return .done
  }
}

extension ReportQuarter {
  struct Texts {
    let language: Language

    func printedAsClosed(_ period: String, _ at: String) -> String {
      language.pick(
        "Periodo cerrado el \(at): se imprime lo que decía entonces. Lo que llegó después: quipu report adjustments --period \(period). Con los datos de hoy: --current.",
        "Period closed on \(at): what it said then is printed. What arrived since: quipu report adjustments --period \(period). With today's records: --current."
      )
    }
  }
}

extension Invocation {
  /// Gives a document to standard output, or writes it to a file, whole or not at all.
  func deliver(_ bytes: [UInt8], to path: String?, isText: Bool) throws {
    guard let path else {
      if isText { return try console.print(String(decoding: bytes, as: UTF8.self)) }
      guard isatty(STDOUT_FILENO) == 0 else {
        throw Failure.usage(
          language.pick(
            "este formato no se puede mostrar en la terminal; dé un archivo con --output",
            "this format cannot be shown on a terminal; give a file with --output"))
      }
      return FileHandle.standardOutput.write(Data(bytes))
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure(
        code: "file_unwritable",
        message: language.pick(
          "no se puede escribir el archivo «\(path)»", "the file \"\(path)\" cannot be written"))
    }
    console.note(
      language.pick("Escrito: \(path)", "Written: \(path)"))
  }
}
