import ArgumentParser
import GRDB
import Indicators
import Replica
import Trainings

/// `quipu duplicates merge`: several participants are one person.
struct DuplicatesMerge: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "merge",
      abstract: Language.ofProcess.pick(
        "Dice que varios registros son de una persona.", "Says that several records are one person."
      ))
  }

  @Argument(help: help("Participantes.", "Participants.", valueName: "id"))
  var ids: [String]

  @Option(help: help("Quién decide.", "Who decides.", valueName: "name"))
  var by: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = DuplicateTexts(language: invocation.language)
    try decide(ids, invocation, texts) { db, at, newID in
      try PersonDecision.merge(db, ids, by: by, at: at, newID: newID)
    }
    try invocation.print(DuplicateDecision.document("same", ids), text: texts.merged(ids.count))
    return .done
  }
}

/// `quipu duplicates separate`: participants are different persons.
struct DuplicatesSeparate: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "separate",
      abstract: Language.ofProcess.pick(
        "Dice que los registros son de personas distintas.",
        "Says that the records are of different persons."))
  }

  @Argument(help: help("Participantes.", "Participants.", valueName: "id"))
  var ids: [String]

  @Option(help: help("Quién decide.", "Who decides.", valueName: "name"))
  var by: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = DuplicateTexts(language: invocation.language)
    try decide(ids, invocation, texts) { db, at, newID in
      try PersonDecision.separate(db, ids, by: by, at: at, newID: newID)
    }
    try invocation.print(DuplicateDecision.document("different", ids), text: texts.separated)
    return .done
  }
}

/// The decision for programs.
enum DuplicateDecision {
  static func document(_ decision: String, _ ids: [String]) -> JSONValue {
    .object([
      ("decision", .string(decision)), ("participants", .array(ids.map { .string($0) })),
    ])
  }
}

private func decide(
  _ ids: [String], _ invocation: Invocation, _ texts: DuplicateTexts,
  _ body: (Database, _ at: String, _ newID: () -> String) throws -> Void
) throws {
  guard ids.count > 1 else { throw Failure.usage(texts.atLeastTwo) }
  let environment = TrainingsEnvironment.system
  try invocation.openReplica().write { db in
    try body(db, instant(Invocation.now()), environment.newID)
  }
}
