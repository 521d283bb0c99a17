import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu quarantine`: changes that wait, and why.
struct QuarantineList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "quarantine",
      abstract: Language.ofProcess.pick(
        "Muestra los cambios que esperan en cuarentena y por qué.",
        "Shows the changes that wait in quarantine, and why."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let waiting = try invocation.openReplica().quarantine()
    let language = invocation.language
    try invocation.print(
      .array(waiting.map(Self.document)),
      text: waiting.isEmpty
        ? language.pick("No espera ningún cambio.", "No change waits.")
        : waiting.map { Self.text($0, language) }.joined(separator: "\n"))
    return waiting.isEmpty ? .done : .needsPerson
  }

  private static func document(_ change: QuarantinedChange) -> JSONValue {
    .object([
      ("table", .string(change.table)), ("key", .array(change.key.map { JSONValue($0) })),
      ("office", .string(change.office)), ("node", .string(change.change.node.description)),
      ("reason", .string(change.reason.rawValue)), ("detail", .string(change.detail)),
      ("since", .string(change.since)),
    ])
  }

  private static func text(_ change: QuarantinedChange, _ language: Language) -> String {
    let key: String = change.key.map(\.json).joined(separator: " ")
    let reason: String = change.reason.words(language)
    return "\(change.table)  \(key)  \(change.office)  \(change.since)\n"
      + "    \(reason) (\(change.detail))"
  }
}

extension QuarantineReason {
  func words(_ language: Language) -> String {
    switch self {
    case .unknownTable, .unknownColumn:
      language.pick(
        "viene de una versión más nueva; actualice este programa",
        "it comes from a later version; upgrade this program")
    case .constraint:
      language.pick("la tabla no admite ese valor", "the table does not admit that value")
    case .reference:
      language.pick("se refiere a una fila que no está aquí", "it refers to a row that is not here")
    case .scope:
      language.pick(
        "su oficina no puede escribir eso; pídalo a la central",
        "its office may not write that; ask the centre")
    }
  }
}
