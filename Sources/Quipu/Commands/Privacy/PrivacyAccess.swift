import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu privacy access`: everything that is stored about a person.
struct PrivacyAccess: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "access",
      abstract: Language.ofProcess.pick(
        "Muestra todo lo que se guarda de una persona: registros, historial y dónde están.",
        "Shows everything that is stored about a person: records, history, and where they are."))
  }

  @OptionGroup var named: ParticipantArgument

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let person = try replica.read { db in
      try PersonRows(db, participant: Participants.find(named.participant, in: db))
    }
    let histories = try person.entries.map {
      try replica.history(table: $0.table, key: $0.key)
    }
    let keys = Set(person.entries.map { "\($0.table) \($0.key.joined(separator: " "))" })
    let conflicts = try replica.conflicts().filter { conflict in
      let key = conflict.key.map { value -> String in
        if case .text(let text) = value { return text }
        return value.json
      }
      return keys.contains("\(conflict.table) \(key.joined(separator: " "))")
    }
    let nodes = try replica.nodes().filter { !$0.office.isEmpty }
    let texts = Texts(language: invocation.language)
    try invocation.print(
      Self.document(person, histories, conflicts, nodes),
      text: texts.report(person, histories, conflicts.count, nodes))
    return .done
  }

  private static func document(
    _ person: PersonRows, _ histories: [[HistoryEntry]], _ conflicts: [ReplicaConflict],
    _ nodes: [NodeFacts]
  ) -> JSONValue {
    let rows = zip(person.entries, histories).map { entry, history -> JSONValue in
      let values = entry.values.map { ($0.column, JSONValue($0.value)) }
      return .object([
        ("table", .string(entry.table)), ("key", .array(entry.key.map { .string($0) })),
        ("values", .object(values)), ("history", .array(history.map(document))),
      ])
    }
    let disputes = conflicts.map { conflict -> JSONValue in
      .object([
        ("table", .string(conflict.table)), ("column", .optional(conflict.column)),
        ("open", .bool(conflict.isOpen)), ("current", JSONValue(conflict.current.value)),
        ("other", JSONValue(conflict.other.value)),
      ])
    }
    let replicas = nodes.map { node -> JSONValue in
      .object([
        ("office", .string(node.office)), ("node", .string(node.id.description)),
        ("label", .optional(node.label)),
      ])
    }
    return .object([
      ("participants", .array(person.participants.map { .string($0) })), ("rows", .array(rows)),
      ("conflicts", .array(disputes)), ("replicas", .array(replicas)),
    ])
  }

  private static func document(_ entry: HistoryEntry) -> JSONValue {
    .object([
      ("at", .string(instant(entry.atMilliseconds))), ("office", .string(entry.office)),
      ("kind", .string("\(entry.kind)")),
      ("values", .object(entry.values.map { ($0.column, JSONValue($0.value)) })),
      ("compacted", .bool(entry.isCompacted)),
    ])
  }
}

extension PrivacyAccess {
  struct Texts {
    let language: Language

    func report(
      _ person: PersonRows, _ histories: [[HistoryEntry]], _ conflicts: Int, _ nodes: [NodeFacts]
    ) -> String {
      var lines = [
        language.pick(
          "Lo que se guarda de esta persona (\(person.entries.count) registros):",
          "What is stored about this person (\(person.entries.count) records):")
      ]
      for (entry, history) in zip(person.entries, histories) {
        lines.append("")
        lines.append("\(entry.table)  \(entry.key.joined(separator: " "))")
        for (column, value) in entry.values where value != .null {
          lines.append("    \(column) = \(value.json)")
        }
        lines.append(language.pick("  Historial:", "  History:"))
        for change in history {
          let values: String = change.values.map { "\($0.column) = \($0.value.json)" }
            .joined(separator: ", ")
          lines.append(
            "    \(LocalTime.minute(change.atMilliseconds))  \(change.office)  \(values)")
        }
      }
      lines.append("")
      lines.append(
        language.pick(
          "Conflictos registrados: \(conflicts).", "Conflicts on record: \(conflicts)."))
      let offices = Set(nodes.map(\.office)).sorted()
      lines.append(
        language.pick(
          "Hay copia en \(nodes.count) réplicas de: \(offices.joined(separator: ", ")).",
          "Copies are in \(nodes.count) replicas of: \(offices.joined(separator: ", "))."))
      return lines.joined(separator: "\n")
    }
  }
}
