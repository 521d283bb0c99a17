import ArgumentParser
import Trainings

/// Arguments that give values by column.
protocol EntryArguments: ParsableArguments {
  /// Those that were given.
  var values: [String: String] { get }
}

/// A table of rows that are entered by key, as commands see it: `quipu NAME list|show|set …`.
protocol EntryKind {
  /// The options for the fields beside the key.
  associatedtype Values: EntryArguments

  static var name: String { get }
  static var table: EntryTable { get }

  /// What the rows are, in the plural: «instituciones».
  static var noun: (spanish: String, english: String) { get }
}

/// The key of a row, as many words as it has columns.
struct EntryKey: ParsableArguments {
  @Argument(
    help: help(
      "La clave de la fila, en el orden en que se lista.",
      "The row's key, in the order in which it is listed.", valueName: "key"))
  var words: [String]

  /// The words, as many as the table's key has.
  func words(of table: EntryTable, _ language: Language) throws -> [String] {
    guard words.count == table.keys.count else {
      let names: String = table.keys.map {
        (language == .spanish ? $0.header : $0.column).uppercased()
      }.joined(separator: " ")
      throw Failure.usage(language.pick("se espera: \(names)", "expected: \(names)"))
    }
    return words
  }
}

/// What the commands on entered rows say, beside what those on records do.
struct EntryTexts {
  let language: Language

  /// A table of rows with the names of columns above: in Spanish those of the files.
  func list(_ entries: [RecordEntry], _ table: EntryTable) -> String {
    let fields = table.keys + table.fields
    var grid = TextTable(fields.map { language == .spanish ? $0.header : $0.column })
    for entry in entries {
      grid.add(fields.map { Self.shortened(entry[$0.column].description) })
    }
    return grid.text + RecordTexts(language: language).count(entries.count)
  }

  private static func shortened(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return line.count > 48 ? line.prefix(47) + "…" : line
  }

  func written(_ outcome: EntryTable.Outcome, _ key: [String]) -> String {
    let name = key.joined(separator: " ")
    return switch outcome {
    case .inserted: RecordTexts(language: language).added(name)
    case .updated: RecordTexts(language: language).edited(true)
    case .unchanged: RecordTexts(language: language).edited(false)
    }
  }

  func imported(_ file: String, _ report: ImportReport, rejectedPath: String?) -> String {
    var lines = [
      language.pick(
        "\(file): \(report.read) filas leídas; \(report.inserted) nuevas, \(report.updated) "
          + "actualizadas, \(report.unchanged) sin cambios, \(report.rejected) rechazadas",
        "\(file): \(report.read) rows read; \(report.inserted) new, \(report.updated) updated, "
          + "\(report.unchanged) unchanged, \(report.rejected) rejected")
    ]
    lines += report.errors.map { issue in
      language.pick("  línea \(issue.line)", "  line \(issue.line)")
        + ", \(issue.column): \(issue.message) [\(issue.code)]"
    }
    if let rejectedPath {
      lines.append(
        language.pick(
          "  Corrija las filas rechazadas en \(rejectedPath) e impórtelo.",
          "  Correct the rejected rows in \(rejectedPath) and import it."))
    }
    return lines.joined(separator: "\n")
  }
}
