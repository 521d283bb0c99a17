import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu conflicts`: values that stand against each other.
struct Conflicts: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "conflicts",
      abstract: Language.ofProcess.pick(
        "Lista, muestra y resuelve conflictos.", "Lists, shows and resolves conflicts."),
      subcommands: [ConflictsList.self, ConflictsShow.self, ConflictsResolve.self],
      defaultSubcommand: ConflictsList.self)
  }
}

/// A conflict for programs and for people.
enum ConflictOutput {
  static func document(_ conflict: ReplicaConflict) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("id", .string(conflict.id)), ("table", .string(conflict.table)),
      ("key", key(conflict.key)),
    ]
    if let column = conflict.column { members.append(("column", .string(column))) }
    members += [
      ("kind", .string(conflict.kind.rawValue)),
      ("state", .string(conflict.isOpen ? "open" : "resolved")),
      ("current", side(conflict.current)), ("other", side(conflict.other)),
    ]
    if let closed = conflict.closed {
      members.append(("resolvedAt", .string(closed.at)))
      members.append(("resolution", .string(closed.how)))
    }
    return .object(members)
  }

  private static func key(_ key: [CellValue]) -> JSONValue {
    let parts = key.map { JSONValue.string(text($0)) }
    if parts.count == 1, let only = parts.first { return only }
    return .array(parts)
  }

  private static func side(_ side: ReplicaConflict.Side) -> JSONValue {
    .object([
      ("value", JSONValue(side.value)), ("office", .string(side.office)),
      ("node", .string(side.node.description)), ("at", .string(instant(side.atMilliseconds))),
    ])
  }

  static func text(_ value: CellValue) -> String {
    if case .text(let text) = value { return text }
    return value.json
  }
}

/// What the commands on conflicts say.
struct ConflictTexts {
  let language: Language

  func list(_ conflicts: [ReplicaConflict], _ labels: ConflictLabels) -> String {
    guard !conflicts.isEmpty else {
      return language.pick("No hay conflictos abiertos.", "There are no open conflicts.")
    }
    return conflicts.map { describe($0, labels) }.joined(separator: "\n\n") + "\n\n"
      + language.pick(
        "Decida con: quipu conflicts resolve ID --keep current|other|VALOR",
        "Decide with: quipu conflicts resolve ID --keep current|other|VALUE")
  }

  func describe(_ conflict: ReplicaConflict, _ labels: ConflictLabels) -> String {
    let key = conflict.key.map(ConflictOutput.text).joined(separator: " ")
    let label = labels.label(conflict)
    var lines = ["\(conflict.id)  \(conflict.table)  \(label ?? key)"]
    switch conflict.kind {
    case .edit:
      lines.append("  \(conflict.column ?? "")")
      lines.append(language.pick("    actual: ", "    current: ") + side(conflict.current))
      lines.append(language.pick("    otro:   ", "    other:   ") + side(conflict.other))
    case .delete:
      lines.append(
        language.pick(
          "  borrada por \(author(conflict.other)), y cambiada a la vez por \(author(conflict.current)): la fila sigue",
          "  deleted by \(author(conflict.other)), and changed meanwhile by \(author(conflict.current)): the row lives"
        ))
    case .reference:
      lines.append(
        language.pick(
          "  borrada por \(author(conflict.other)), pero otras filas se refieren a ella: la fila sigue",
          "  deleted by \(author(conflict.other)), but other rows refer to it: the row stays"))
    }
    if let closed = conflict.closed {
      lines.append(
        language.pick(
          "  cerrado el \(LocalTime.minute(iso: closed.at)) (\(closed.how))",
          "  closed \(LocalTime.minute(iso: closed.at)) (\(closed.how))"))
    }
    return lines.joined(separator: "\n")
  }

  /// With the key, which ``describe(_:_:)`` leaves out where the row has a name.
  func details(_ conflict: ReplicaConflict, _ labels: ConflictLabels) -> String {
    let key = conflict.key.map(ConflictOutput.text).joined(separator: " ")
    return describe(conflict, labels)
      + (labels.label(conflict) == nil ? "" : language.pick("\n  clave: ", "\n  key: ") + key)
  }

  private func side(_ side: ReplicaConflict.Side) -> String {
    "\(side.value.json)  (\(author(side)))"
  }

  private func author(_ side: ReplicaConflict.Side) -> String {
    "\(side.office) \(side.node.description.prefix(8)), \(LocalTime.minute(side.atMilliseconds))"
  }

  func badValue(_ column: String, _ type: String) -> String {
    language.pick(
      "la columna \(column) guarda un número (\(type)); escriba uno, como 14.5",
      "column \(column) holds a number (\(type)); write one, such as 14.5")
  }

  func noValue(_ id: String) -> String {
    language.pick(
      "el conflicto \(id) es de un borrado: se contesta con current u other, no con un valor",
      "conflict \(id) is about a deletion: it is answered with current or other, not with a value")
  }

  func resolved(_ id: String) -> String {
    language.pick("Conflicto \(id) resuelto.", "Conflict \(id) resolved.")
  }
}
