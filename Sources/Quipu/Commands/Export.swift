import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu export`: a table, or a file in the form of the offices'.
struct Export: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: Language.ofProcess.pick(
        "Exporta una tabla, o un archivo como los de las oficinas, en CSV o JSON.",
        "Exports a table, or a file like the offices', as CSV or JSON."),
      discussion: Language.ofProcess.pick(
        """
        sessions, attendance y deliverables salen con los encabezados de los archivos de las oficinas y se \
        pueden importar; cualquier otro nombre es una tabla, p. ej. participant. Los documentos salen \
        completos.
        """,
        """
        sessions, attendance and deliverables have the headers of the offices' files and can be imported; \
        any other name is a table, e.g. participant. Documents are written in full.
        """))
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json
  }

  @Argument(
    help: help(
      "La tabla, o sessions, attendance, deliverables.",
      "The table, or sessions, attendance, deliverables.", valueName: "table"))
  var table: String

  @Option(help: help("csv o json.", "csv or json.", valueName: "format"))
  var format: Format?

  @Option(
    help: help(
      "Solo lo de una oficina (sessions, attendance, deliverables).",
      "One office's only (sessions, attendance, deliverables).", valueName: "office"))
  var office: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let format: TrainingExport.Format =
      switch self.format ?? (invocation.isJSON ? .json : .csv) {
      case .csv: .csv
      case .json: .json
      }
    try invocation.openReplica().read { db in
      var output = BufferedOutput(invocation.console)
      try TrainingExport.write(table, format: format, office: office, from: db) {
        try output.write($0)
      }
      try output.flush()
    }
    return .done
  }
}

/// Gathers many small pieces into few writes.
struct BufferedOutput {
  private static let portion = 64 << 10

  private let console: Console
  private var pending = ""

  init(_ console: Console) {
    self.console = console
  }

  mutating func write(_ text: String) throws {
    pending += text
    if pending.utf8.count >= Self.portion { try flush() }
  }

  mutating func flush() throws {
    try console.write(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
