import ArgumentParser
import Foundation
import GRDB
import Indicators
import Replica
import SyncModel
import Trainings

/// `quipu report text`: the narrative texts of a period's report.
struct ReportTextCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "text",
      abstract: Language.ofProcess.pick(
        "Textos narrativos de un periodo: escribir y leer.",
        "Narrative texts of a period: write and read."),
      subcommands: [ReportTextSet.self, ReportTextList.self])
  }
}

/// `quipu report text set`: keeps a text; an empty one removes it.
struct ReportTextSet: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "set",
      abstract: Language.ofProcess.pick(
        "Guarda un texto; vacío, lo quita. --lang dice su idioma.",
        "Keeps a text; an empty one removes it. --lang says its language."))
  }

  @Option(help: help("El periodo, p. ej. 2020T2.", "The period, e.g. 2020T2.", valueName: "period"))
  var period: String

  @Option(
    help: help(
      "summary (resumen), progress (avances), challenges (dificultades), lessons (lecciones), budget (presupuesto) o plan.",
      "summary, progress, challenges, lessons, budget or plan.", valueName: "section"))
  var section: String

  @Option(
    help: help(
      "La oficina de la que es; si no, la de esta réplica.",
      "The office whose text it is; else this replica's.", valueName: "office"))
  var office: String?

  @Option(
    help: help(
      "El archivo con el texto; «-», la entrada.", "The file with the text; “-”, standard input.",
      valueName: "path"))
  var file: String?

  @Argument(
    help: help(
      "El texto; los párrafos se separan con una línea vacía.",
      "The text; an empty line stands between paragraphs.", valueName: "text"))
  var text: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let language = invocation.language
    let period = try ReportPeriod(language: language).period(period)
    guard let section = ReportSection(word: section) else {
      let known = ReportSection.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage(
        language.pick(
          "no hay una sección «\(self.section)»; se conocen: \(known)",
          "there is no section \"\(self.section)\"; known are: \(known)"))
    }
    let body = try body(language)
    let replica = try invocation.openReplica()
    let office = try office ?? replica.identity().office
    try replica.write { db in
      guard
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
          == true
      else {
        throw Failure.usage(
          language.pick("no hay una oficina «\(office)»", "there is no office \"\(office)\""))
      }
      try PeriodTexts.set(
        db, period: period, section: section, office: office, language: language.rawValue,
        body: body)
    }
    try invocation.print(
      .object([
        ("period", .string(period.description)), ("section", .string(section.rawValue)),
        ("office", .string(office)), ("language", .string(language.rawValue)),
        ("characters", .integer(Int64(body.count))),
      ]),
      text: language.pick(
        "Guardado: \(period), \(section.rawValue), \(office), español, \(body.count) caracteres.",
        "Kept: \(period), \(section.rawValue), \(office), English, \(body.count) characters."))
    return .done
  }

  private func body(_ language: Language) throws -> String {
    switch (text, file) {
    case (let text?, nil): return text
    case (nil, "-"?):
      return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    case (nil, let path?):
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Failure(
          code: "file_unreadable",
          message: language.pick(
            "no se puede leer el archivo «\(path)»", "the file \"\(path)\" cannot be read"))
      }
      return String(decoding: data, as: UTF8.self)
    case (nil, nil), (.some, .some):
      throw Failure.usage(
        language.pick(
          "dé el texto o --file, uno de los dos", "give the text or --file, one of the two"))
    }
  }
}

/// `quipu report text list`: the texts of a period.
struct ReportTextList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Muestra los textos de un periodo.", "Shows the texts of a period."))
  }

  @Option(help: help("El periodo, p. ej. 2020T2.", "The period, e.g. 2020T2.", valueName: "period"))
  var period: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let period = try ReportPeriod(language: invocation.language).period(period)
    let texts = try invocation.openReplica().read { db in
      try PeriodTexts.list(db, period: period)
    }
    try invocation.print(
      .array(
        texts.map { text in
          .object([
            ("section", .string(text.section)), ("office", .string(text.office)),
            ("language", .string(text.language)), ("body", .string(text.body)),
          ])
        }),
      text: texts.isEmpty
        ? invocation.language.pick("El periodo no tiene textos.", "The period has no texts.")
        : texts.map { "== \($0.section), \($0.office), \($0.language)\n\($0.body)" }
          .joined(separator: "\n\n"))
    return .done
  }
}
