import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `quipu import`: the offices' files, taken into the record and taken back.
struct Import: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: Language.ofProcess.pick(
        "Importa sesiones, asistencia y entregables desde Excel (.xlsx) o CSV.",
        "Imports sessions, attendance and deliverables from Excel (.xlsx) or CSV."),
      usage: """
        quipu import FILE... [--dry-run] [--kind KIND] [--sheet SHEET] [--map HEADER=FIELD]
        quipu import list
        quipu import undo NUMBER...
        """,
      discussion: Language.ofProcess.pick(
        """
        Reconoce la codificación, el separador, las fechas, los decimales y los encabezados parecidos. Las \
        filas buenas entran; las demás se listan y quedan en ARCHIVO.rejected.csv, que se corrige y se \
        importa. Importar dos veces el mismo archivo no cambia nada. Un archivo que se llame «list» o \
        «undo» se escribe ./list. Las opciones: quipu help import files.
        """,
        """
        Finds encoding, separator, dates, decimal sign and headers that are nearly the guide's. Good rows are \
        taken; the others are listed and written to FILE.rejected.csv, which can be corrected and imported. \
        Importing a file twice changes nothing. A file named “list” or “undo” is written ./list. The options: \
        quipu help import files.
        """),
      subcommands: [ImportFiles.self, ImportList.self, ImportUndoCommand.self],
      defaultSubcommand: ImportFiles.self)
  }
}

/// `quipu import FILE...`: takes files into the record.
struct ImportFiles: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "files",
      abstract: Language.ofProcess.pick(
        "Importa archivos; la palabra «files» se puede omitir.",
        "Imports files; the word “files” may be left out."))
  }

  @Argument(
    help: help(
      "Archivos de Excel (.xlsx) o CSV.", "Excel (.xlsx) or CSV files.", valueName: "file"),
    completion: .file(extensions: ["xlsx", "csv"]))
  var files: [String]

  @Option(
    help: help(
      "Qué son los archivos, si los encabezados no bastan: sessions, attendance o deliverables.",
      "What the files are, where the headers do not tell: sessions, attendance or deliverables.",
      valueName: "kind"))
  var kind: SheetKind?

  @Option(
    help: help(
      "La hoja del libro; si no, la primera que sirve.",
      "The workbook's sheet; by default the first that fits.", valueName: "sheet"))
  var sheet: String?

  @Option(
    name: .customLong("map"),
    help: help(
      "Qué columna es: «Apellido P.=apellido_paterno»; «Columna=» para no usarla. Se recuerda.",
      "Which column it is: “Apellido P.=apellido_paterno”; “Column=” not to use it. It is remembered.",
      valueName: "header=field"))
  var maps: [String] = []

  @Flag(
    help: help(
      "Muestra qué pasaría, sin cambiar nada.", "Shows what would happen and changes nothing."))
  var dryRun = false

  @Option(
    help: help(
      "Cuántas filas muestra el ensayo (10).", "How many rows the dry run shows (10).",
      valueName: "n"))
  var rows: Int = 10

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = ImportTexts(language: invocation.language)
    let columns = try chosenColumns(texts)
    let replica = try invocation.openReplica()
    var results = try take(readFiles(texts), columns, into: replica, invocation, texts)
    if !dryRun {
      var counts = try RejectedRowsCount(replica)
      for index in results.indices {
        let file = results[index].file
        counts.note(results[index].outcome.report.rejected, file: file)
        guard let bytes = results[index].outcome.rejectedFile else { continue }
        let path = file + RejectedRowsCount.suffix
        do {
          try Data(bytes).write(to: URL(filePath: path), options: .atomic)
          results[index].rejectedPath = path
        } catch {
          // The rows that were good are in; a folder that cannot be written takes nothing back.
          invocation.console.note(texts.notWritten(path))
        }
      }
      try counts.save(replica)
    }
    try invocation.print(
      ImportOutput.document(results, dryRun: dryRun), text: texts.report(results, dryRun: dryRun))
    return results.contains { $0.outcome.report.rejected > 0 } ? .needsPerson : .done
  }

  private func chosenColumns(_ texts: ImportTexts) throws -> [String: String] {
    var columns: [String: String] = [:]
    for map in maps {
      // A field has no equals sign, a header may.
      guard let sign = map.lastIndex(of: "="), sign > map.startIndex else {
        throw Failure.usage(texts.badMap(map))
      }
      columns[String(map[..<sign])] = String(map[map.index(after: sign)...])
    }
    return columns
  }

  private struct File {
    var path: String
    var bytes: [UInt8]
  }

  private func readFiles(_ texts: ImportTexts) throws -> [File] {
    try files.map { path in
      guard let data = try? Data(contentsOf: URL(filePath: path)) else {
        throw Failure(
          code: "file_unreadable", message: texts.unreadable(path), hint: texts.unreadableHint)
      }
      return File(path: path, bytes: [UInt8](data))
    }
  }

  /// All files in one transaction, so that a break takes none of them by half; all are recognised before
  /// anything is written.
  private func take(
    _ files: [File], _ columns: [String: String], into replica: Replica, _ invocation: Invocation,
    _ texts: ImportTexts
  ) throws -> [ImportResult] {
    let office = try replica.identity().office
    return try replica.write { db in
      var results: [ImportResult] = []
      try db.inSavepoint {
        let sources = try files.map { file in
          try texts.naming(file.path) {
            (
              file: file.path,
              source: try TrainingImport.open(
                file.bytes, kind: kind, sheet: sheet, columns: columns, office: office, in: db)
            )
          }
        }
        if let unused = columns.keys.sorted().first(where: { header in
          !sources.contains { $0.source.hasColumn(header) }
        }) {
          throw Failure.usage(texts.unusedMap(unused))
        }
        let ordered = sources.sorted { $0.source.kind.importOrder < $1.source.kind.importOrder }
        for (path, source) in ordered {
          let outcome = try texts.naming(path) {
            try TrainingImport.run(
              source, office: office, file: URL(filePath: path).lastPathComponent, in: db,
              language: invocation.language, preview: dryRun ? max(rows, 0) : 0,
              progress: { invocation.console.progress(texts.progress(path, $0)) })
          }
          results.append(ImportResult(file: path, outcome: outcome))
        }
        try TrainingImport.remember(columns: columns, office: office, in: db)
        return dryRun ? .rollback : .commit
      }
      return results
    }
  }
}

/// What became of one file.
struct ImportResult {
  var file: String
  var outcome: ImportOutcome
  var rejectedPath: String?
}

/// The report of an import for programs.
enum ImportOutput {
  /// The report of one file; of several the totals, and a report for each.
  static func document(_ results: [ImportResult], dryRun: Bool) -> JSONValue {
    if results.count == 1, let only = results.first { return .object(report(only, dryRun: dryRun)) }
    func total(_ count: (ImportReport) -> Int) -> JSONValue {
      .integer(results.reduce(0) { $0 + count($1.outcome.report) })
    }
    return .object([
      ("read", total(\.read)), ("inserted", total(\.inserted)), ("updated", total(\.updated)),
      ("unchanged", total(\.unchanged)), ("rejected", total(\.rejected)),
      ("warnings", .array(results.flatMap { issues($0, \.warnings) })),
      ("errors", .array(results.flatMap { issues($0, \.errors) })),
      ("files", .array(results.map { .object(report($0, dryRun: dryRun)) })),
    ])
  }

  private static func report(
    _ result: ImportResult, dryRun: Bool
  ) -> [(key: String, value: JSONValue)] {
    let report = result.outcome.report
    let number = dryRun ? nil : result.outcome.number
    let members: [(key: String, value: JSONValue)] = [
      ("file", .string(result.file)), ("kind", .string(result.outcome.kind.rawValue)),
      ("read", .integer(report.read)), ("inserted", .integer(report.inserted)),
      ("updated", .integer(report.updated)), ("unchanged", .integer(report.unchanged)),
      ("rejected", .integer(report.rejected)), ("rejectedFile", .optional(result.rejectedPath)),
      ("warnings", .array(issues(result, \.warnings))),
      ("errors", .array(issues(result, \.errors))),
      ("import", number.map { JSONValue.integer($0) } ?? .null),
      ("sheet", .optional(result.outcome.sheetName)),
    ]
    return dryRun ? members + preview(result.outcome) : members
  }

  /// How the columns were understood, and the first rows that would be written.
  private static func preview(_ outcome: ImportOutcome) -> [(key: String, value: JSONValue)] {
    [
      ("columns", .array(outcome.columns.map(column))),
      ("preview", .array(outcome.preview.map(row))),
    ]
  }

  private static func column(_ column: ColumnMatch) -> JSONValue {
    .object([
      ("header", .string(column.header)), ("field", .optional(column.field)),
      ("reason", .string(column.reason.rawValue)),
    ])
  }

  private static func row(_ row: PreviewedRow) -> JSONValue {
    .object([
      ("line", .integer(row.line)), ("outcome", .string(row.outcome.rawValue)),
      ("label", .string(row.label)), ("changes", .array(row.changes.map(change))),
    ])
  }

  private static func change(_ change: PreviewedRow.Change) -> JSONValue {
    .object([
      ("column", .string(change.column)), ("old", .optional(change.old)),
      ("new", .string(change.new)),
    ])
  }

  private static func issues(
    _ result: ImportResult, _ list: (ImportReport) -> [ImportIssue]
  ) -> [JSONValue] {
    list(result.outcome.report).map { issue in
      .object([
        ("file", .string(result.file)), ("line", .integer(issue.line)),
        ("column", .string(issue.column)), ("code", .string(issue.code)),
        ("message", .string(issue.message)),
      ])
    }
  }
}
