import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu history`: who wrote which value of a row, where and when.
struct History: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "history",
      abstract: Language.ofProcess.pick(
        "Muestra quién escribió qué en una fila, dónde y cuándo.",
        "Shows who wrote what in a row, where and when."))
  }

  @Argument(
    help: help("La tabla, p. ej. participant.", "The table, e.g. participant.", valueName: "table"))
  var table: String

  @Argument(
    help: help(
      "La clave de la fila; si es compuesta, sus partes en orden.",
      "The row's key; its parts in order where it is composite.", valueName: "key"))
  var key: [String]

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let (key, exists) = try replica.read { db in
      let shape = try TableShape(db, table: table)
      var parts = self.key
      if parts.count == 1, shape.key.count > 1 {
        parts = parts[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      guard parts.count == shape.key.count else {
        throw Failure.usage(
          Texts(language: invocation.language).wrongKey(table, shape.key.joined(separator: ", ")))
      }
      return (parts, try shape.exists(db, key: parts))
    }
    let entries = try replica.history(table: table, key: key)
    guard exists || !entries.isEmpty else { throw ReplicaError(.unknownRow(table: table)) }
    try invocation.print(
      .array(entries.map(Self.document)), text: Texts(language: invocation.language).list(entries))
    return .done
  }

  private static func document(_ entry: HistoryEntry) -> JSONValue {
    .object([
      ("at", .string(instant(entry.atMilliseconds))), ("office", .string(entry.office)),
      ("node", .string(entry.node.description)), ("kind", .string("\(entry.kind)")),
      ("values", .object(entry.values.map { ($0.column, JSONValue($0.value)) })),
      ("quarantined", .bool(entry.isQuarantined)), ("compacted", .bool(entry.isCompacted)),
    ])
  }
}

extension History {
  struct Texts {
    let language: Language

    func wrongKey(_ table: String, _ columns: String) -> String {
      language.pick("la clave de \(table) es: \(columns)", "the key of \(table) is: \(columns)")
    }

    func list(_ entries: [HistoryEntry]) -> String {
      guard !entries.isEmpty else {
        return language.pick(
          "La fila vino con el programa y nadie la ha cambiado.",
          "The row came with the program and nobody has changed it.")
      }
      return entries.map { entry in
        let waits =
          entry.isQuarantined
          ? language.pick(" (en cuarentena)", " (in quarantine)")
          : entry.isCompacted
            ? language.pick(
              " (compactado: solo lo que aún vale)", " (compacted: only what still stands)")
            : ""
        let head =
          "\(LocalTime.minute(entry.atMilliseconds))  \(entry.office) "
          + "\(entry.node.description.prefix(8))  \(word(entry.kind))\(waits)"
        return ([head] + entry.values.map { "    \($0.column) = \($0.value.json)" })
          .joined(separator: "\n")
      }.joined(separator: "\n")
    }

    private func word(_ kind: ChangeKind) -> String {
      switch kind {
      case .insert: language.pick("creó la fila", "inserted the row")
      case .update: language.pick("cambió", "changed")
      case .delete: language.pick("borró la fila", "deleted the row")
      }
    }
  }
}
