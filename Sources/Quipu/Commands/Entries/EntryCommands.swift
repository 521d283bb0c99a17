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

/// `quipu NAME list`: the rows in the order of their keys.
struct EntryList<Kind: EntryKind>: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Lista \(Kind.noun.spanish).", "Lists \(Kind.noun.english)."))
  }

  @Argument(
    help: help(
      "Solo las filas cuya clave empieza así.", "Only rows whose key begins so.", valueName: "key"))
  var words: [String] = []

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let columns = Kind.table.keys.map(\.column)
    guard words.count <= columns.count else {
      throw Failure.usage(words[columns.count...].joined(separator: " "))
    }
    let filter = Dictionary(uniqueKeysWithValues: zip(columns, words))
    let entries = try replica.read { db in try Kind.table.list(filter, office: office, in: db) }
    try invocation.print(
      .array(entries.map(RecordOutput.document)),
      text: EntryTexts(language: invocation.language).list(entries, Kind.table))
    return .done
  }
}

/// `quipu NAME show`: one row.
struct EntryShow<Kind: EntryKind>: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick("Muestra una fila.", "Shows one row."))
  }

  @OptionGroup var key: EntryKey

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let words = try key.words(of: Kind.table, invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entry = try replica.read { db in try Kind.table.show(words, office: office, in: db) }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}

/// `quipu NAME add|edit|set`: writes a row.
struct EntryWrite<Kind: EntryKind, Mode: EntryMode>: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: Mode.name, abstract: Mode.abstract)
  }

  @OptionGroup var key: EntryKey

  @OptionGroup var fields: Kind.Values

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let words = try key.words(of: Kind.table, invocation.language)
    if Mode.mode == .edit, fields.values.isEmpty {
      throw Failure.usage(RecordTexts(language: invocation.language).nothingGiven)
    }
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let (outcome, entry) = try replica.write { db in
      let outcome = try Kind.table.write(
        words, fields.values, mode: Mode.mode, office: office, in: db)
      return (outcome, try Kind.table.show(words, office: office, in: db))
    }
    try invocation.print(
      RecordOutput.document(entry),
      text: EntryTexts(language: invocation.language).written(outcome, words))
    return .done
  }
}

/// Whether a row must be new, or there, or neither.
protocol EntryMode {
  static var name: String { get }
  static var mode: EntryTable.Mode { get }
  static var abstract: String { get }
}

/// `add`.
enum EntryAdd: EntryMode {
  static let name = "add"
  static let mode = EntryTable.Mode.add
  static var abstract: String { Language.ofProcess.pick("Añade una fila.", "Adds a row.") }
}

/// `edit`.
enum EntryEdit: EntryMode {
  static let name = "edit"
  static let mode = EntryTable.Mode.edit
  static var abstract: String { Language.ofProcess.pick("Cambia una fila.", "Edits a row.") }
}

/// `set`.
enum EntrySet: EntryMode {
  static let name = "set"
  static let mode = EntryTable.Mode.set
  static var abstract: String {
    Language.ofProcess.pick("Añade o cambia una fila.", "Adds or edits a row.")
  }
}

/// `quipu NAME delete`: deletes a row that no other refers to.
struct EntryDelete<Kind: EntryKind>: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: Language.ofProcess.pick("Borra una fila.", "Deletes a row."))
  }

  @OptionGroup var key: EntryKey

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let words = try key.words(of: Kind.table, invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    try replica.write { db in try Kind.table.delete(words, office: office, in: db) }
    try invocation.print(
      .object([("deleted", .array(words.map { .string($0) }))]),
      text: RecordTexts(language: invocation.language).deleted)
    return .done
  }
}

/// `quipu NAME import`: takes rows from a CSV.
struct EntryImportCommand<Kind: EntryKind>: Subcommand {
  static var configuration: CommandConfiguration {
    let columns: String = (Kind.table.keys + Kind.table.fields).map(\.header)
      .joined(separator: ", ")
    return CommandConfiguration(
      commandName: "import",
      abstract: Language.ofProcess.pick(
        "Importa \(Kind.noun.spanish) desde un CSV.", "Imports \(Kind.noun.english) from a CSV."),
      discussion: Language.ofProcess.pick(
        "Columnas: \(columns). Una celda vacía no borra nada.",
        "Columns: \(columns). An empty cell erases nothing."))
  }

  @Argument(
    help: help("Archivo CSV.", "CSV file.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var file: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let language = invocation.language
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    guard let data = try? Data(contentsOf: URL(filePath: file)) else {
      throw Failure(
        code: "file_unreadable",
        message: language.pick("no se puede leer «\(file)»", "\"\(file)\" cannot be read"),
        hint: language.pick(
          "Compruebe el nombre del archivo; no se importó nada.",
          "Check the file's name; nothing was imported."))
    }
    let outcome = try replica.write { db in
      try EntryImport.run(
        Array(data), into: Kind.table, office: office, in: db, language: language)
    }
    var rejectedPath: String?
    if let bytes = outcome.rejectedFile {
      let path = file + RejectedRowsCount.suffix
      try? Data(bytes).write(to: URL(filePath: path), options: .atomic)
      rejectedPath = FileManager.default.fileExists(atPath: path) ? path : nil
    }
    let report = outcome.report
    try invocation.print(
      .object([
        ("file", .string(file)), ("read", .integer(report.read)),
        ("inserted", .integer(report.inserted)), ("updated", .integer(report.updated)),
        ("unchanged", .integer(report.unchanged)), ("rejected", .integer(report.rejected)),
        ("rejectedFile", .optional(rejectedPath)),
        (
          "errors",
          .array(
            report.errors.map { issue in
              .object([
                ("line", .integer(issue.line)), ("column", .string(issue.column)),
                ("code", .string(issue.code)), ("message", .string(issue.message)),
              ])
            })
        ),
      ]),
      text: EntryTexts(language: language).imported(file, report, rejectedPath: rejectedPath))
    return report.rejected > 0 ? .needsPerson : .done
  }
}
