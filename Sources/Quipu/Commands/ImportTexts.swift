import Trainings

/// What `quipu import` says.
struct ImportTexts {
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
      lines += understood(result.outcome)
      lines += report.errors.map { issue in
        language.pick("  línea \(issue.line)", "  line \(issue.line)")
          + ", \(issue.column): \(issue.message) [\(issue.code)]"
      }
      lines += warnings(report.warnings)
      if dryRun {
        lines += preview(result.outcome)
      } else if let number = result.outcome.number {
        lines.append(
          language.pick(
            "  Importación número \(number): se deshace con «quipu import undo \(number)».",
            "  Import number \(number): “quipu import undo \(number)” takes it back."))
      }
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
      // Each column is told by itself.
      let isColumn = ["matched_column", "unknown_column"].contains(issue.code)
      let key = isColumn ? issue.code + issue.column : issue.code
      if byCode[key] == nil { order.append(key) }
      byCode[key, default: []].append(issue)
    }
    return order.compactMap { key in
      guard let found = byCode[key], let first = found.first else { return nil }
      let lines = found.prefix(5).map { "\($0.line)" }.joined(separator: ", ")
      let more = found.count > 5 ? ", …" : ""
      return language.pick("  aviso, ", "  warning, ") + "\(found.count) × \(first.column): "
        + "\(first.message) [\(first.code)] "
        + language.pick("(líneas \(lines)\(more))", "(lines \(lines)\(more))")
    }
  }

  /// An error of a file's own is told with the file's name.
  func naming<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as TrainingsError {
      throw failure(error, path: path)
    }
  }

  func badMap(_ map: String) -> String {
    language.pick(
      "«\(map)» no tiene la forma ENCABEZADO=campo",
      "\"\(map)\" does not have the form HEADER=field")
  }

  func unusedMap(_ header: String) -> String {
    language.pick(
      "ningún archivo tiene la columna «\(header)»", "no file has the column \"\(header)\"")
  }

  /// The rows that would be written, each with what changes in it.
  private func preview(_ outcome: ImportOutcome) -> [String] {
    let all = outcome.report.inserted + outcome.report.updated
    guard !outcome.preview.isEmpty else { return [] }
    var lines = [
      language.pick(
        "  Qué cambiaría (\(outcome.preview.count) de \(all) filas):",
        "  What would change (\(outcome.preview.count) of \(all) rows):")
    ]
    for row in outcome.preview {
      let word =
        row.outcome == .new
        ? language.pick("nueva", "new") : language.pick("cambia", "changes")
      lines.append(
        language.pick("    línea \(row.line)", "    line \(row.line)") + ", \(word): \(row.label)")
      lines += row.changes.filter { row.outcome == .changed || $0.old != nil }.map {
        "      \($0.column): \($0.old ?? "–") → \($0.new)"
      }
    }
    return lines
  }

  /// How the file was understood, where that was not plain.
  private func understood(_ outcome: ImportOutcome) -> [String] {
    guard let sheet = outcome.sheetName else { return [] }
    return [language.pick("  hoja «\(sheet)»", "  sheet “\(sheet)”")]
  }
}
