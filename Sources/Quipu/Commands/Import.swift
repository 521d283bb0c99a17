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

/// `quipu import`: takes the offices' files into the record.
struct Import: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: Language.ofProcess.pick(
        "Importa sesiones, asistencia y entregables desde CSV.",
        "Imports sessions, attendance and deliverables from CSV."),
      discussion: Language.ofProcess.pick(
        """
        Reconoce la codificación, el separador, las fechas y los decimales. Las filas buenas entran; las \
        demás se listan y quedan en ARCHIVO.rejected.csv, que se corrige y se importa. Importar dos veces \
        el mismo archivo no cambia nada.
        """,
        """
        Finds encoding, separator, dates and decimal sign. Good rows are taken; the others are listed and \
        written to FILE.rejected.csv, which can be corrected and imported. Importing a file twice changes \
        nothing.
        """))
  }

  @Argument(
    help: help("Archivos CSV.", "CSV files.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var files: [String]

  @Option(
    help: help(
      "Qué son los archivos, si los encabezados no bastan: sessions, attendance o deliverables.",
      "What the files are, where the headers do not tell: sessions, attendance or deliverables.",
      valueName: "kind"))
  var kind: SheetKind?

  @Flag(
    help: help(
      "Dice qué pasaría, sin cambiar nada.", "Says what would happen and changes nothing."))
  var dryRun = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = Texts(language: invocation.language)
    let replica = try invocation.openReplica()
    let sheets = try readFiles(texts).sorted { $0.kind.importOrder < $1.kind.importOrder }
    var results = try take(sheets, into: replica, invocation, texts)
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
      ImportOutput.document(results), text: texts.report(results, dryRun: dryRun))
    return results.contains { $0.outcome.report.rejected > 0 } ? .needsPerson : .done
  }

  private struct File {
    var path: String
    var bytes: [UInt8]
    var kind: SheetKind
  }

  /// Everything is read and recognised before anything is written.
  private func readFiles(_ texts: Texts) throws -> [File] {
    try files.map { path in
      guard let data = try? Data(contentsOf: URL(filePath: path)) else {
        throw Failure(
          code: "file_unreadable", message: texts.unreadable(path), hint: texts.unreadableHint)
      }
      do {
        let bytes = Array(data)
        return File(path: path, bytes: bytes, kind: try kind ?? TrainingImport.kind(of: bytes))
      } catch let error as TrainingsError {
        throw texts.failure(error, path: path)
      }
    }
  }

  /// All files in one transaction, so that a break takes none of them by half.
  private func take(
    _ sheets: [File], into replica: Replica, _ invocation: Invocation, _ texts: Texts
  ) throws -> [ImportResult] {
    let office = try replica.identity().office
    return try replica.write { db in
      var results: [ImportResult] = []
      try db.inSavepoint {
        for file in sheets {
          do {
            let outcome = try TrainingImport.run(
              file.bytes, kind: kind, office: office, in: db, language: invocation.language,
              progress: { invocation.console.progress(texts.progress(file.path, $0)) })
            results.append(ImportResult(file: file.path, outcome: outcome))
          } catch let error as TrainingsError {
            throw texts.failure(error, path: file.path)
          }
        }
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
  static func document(_ results: [ImportResult]) -> JSONValue {
    if results.count == 1, let only = results.first { return .object(report(only)) }
    func total(_ count: (ImportReport) -> Int) -> JSONValue {
      .integer(results.reduce(0) { $0 + count($1.outcome.report) })
    }
    return .object([
      ("read", total(\.read)), ("inserted", total(\.inserted)), ("updated", total(\.updated)),
      ("unchanged", total(\.unchanged)), ("rejected", total(\.rejected)),
      ("warnings", .array(results.flatMap { issues($0, \.warnings) })),
      ("errors", .array(results.flatMap { issues($0, \.errors) })),
      ("files", .array(results.map { .object(report($0)) })),
    ])
  }

  private static func report(_ result: ImportResult) -> [(key: String, value: JSONValue)] {
    let report = result.outcome.report
    return [
      ("file", .string(result.file)), ("kind", .string(result.outcome.kind.rawValue)),
      ("read", .integer(report.read)), ("inserted", .integer(report.inserted)),
      ("updated", .integer(report.updated)), ("unchanged", .integer(report.unchanged)),
      ("rejected", .integer(report.rejected)), ("rejectedFile", .optional(result.rejectedPath)),
      ("warnings", .array(issues(result, \.warnings))),
      ("errors", .array(issues(result, \.errors))),
    ]
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

extension Import {
  struct Texts {
    let language: Language

    func unreadable(_ path: String) -> String {
      language.pick("no se puede leer «\(path)»", "\"\(path)\" cannot be read")
    }

    var unreadableHint: String {
      language.pick(
        "Compruebe el nombre del archivo y que tiene permiso; no se importó nada.",
        "Check the file's name and that you may read it; nothing was imported.")
    }

    func failure(_ error: TrainingsError, path: String) -> Failure {
      Failure(
        code: error.code, message: "\(path): \(error.message(in: language))",
        hint: error.hint(in: language))
    }

    func notWritten(_ path: String) -> String {
      language.pick(
        "No se pudo escribir \(path): la carpeta no lo permite. Las filas rechazadas son las que se listan.",
        "\(path) could not be written: the folder does not allow it. The rejected rows are those listed."
      )
    }

    func progress(_ path: String, _ rows: Int) -> String {
      language.pick("\(path): \(rows) filas", "\(path): \(rows) rows")
    }

    func report(_ results: [ImportResult], dryRun: Bool) -> String {
      var lines: [String] = []
      if dryRun {
        lines.append(language.pick("Ensayo: no se cambió nada.", "Dry run: nothing was changed."))
      }
      for result in results {
        let report = result.outcome.report
        lines.append(
          language.pick(
            "\(result.file): \(report.read) filas leídas; \(report.inserted) nuevas, "
              + "\(report.updated) actualizadas, \(report.unchanged) sin cambios, "
              + "\(report.rejected) rechazadas",
            "\(result.file): \(report.read) rows read; \(report.inserted) new, "
              + "\(report.updated) updated, \(report.unchanged) unchanged, "
              + "\(report.rejected) rejected"))
        lines += report.errors.map { issue in
          language.pick("  línea \(issue.line)", "  line \(issue.line)")
            + ", \(issue.column): \(issue.message) [\(issue.code)]"
        }
        lines += warnings(report.warnings)
        if let path = result.rejectedPath {
          lines.append(
            language.pick(
              "  Corrija las filas rechazadas en \(path) e impórtelo.",
              "  Correct the rejected rows in \(path) and import it."))
        }
      }
      return lines.joined(separator: "\n")
    }

    /// One line for each kind of warning: a column of lost zeros would hide everything else.
    private func warnings(_ issues: [ImportIssue]) -> [String] {
      var order: [String] = []
      var byCode: [String: [ImportIssue]] = [:]
      for issue in issues {
        if byCode[issue.code] == nil { order.append(issue.code) }
        byCode[issue.code, default: []].append(issue)
      }
      return order.compactMap { code in
        guard let found = byCode[code], let first = found.first else { return nil }
        let lines = found.prefix(5).map { "\($0.line)" }.joined(separator: ", ")
        let more = found.count > 5 ? ", …" : ""
        return language.pick("  aviso, ", "  warning, ") + "\(found.count) × \(first.column): "
          + "\(first.message) [\(code)] "
          + language.pick("(líneas \(lines)\(more))", "(lines \(lines)\(more))")
      }
    }
  }
}
