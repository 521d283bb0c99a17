import ArgumentParser
import GRDB
import Indicators
import Replica
import SyncModel
import Trainings

/// Who is decided about, and by whom.
struct DuplicateDecision: ParsableArguments {
  @Argument(
    help: help(
      "Participantes: identificador o documento.", "Participants: id or document.",
      valueName: "id"))
  var ids: [String]

  @Option(
    help: help(
      "Quién decide; si no, la oficina.", "Who decides; else the office.", valueName: "name")
  )
  var by: String?

  typealias Body = (
    Database, _ participants: [String], _ by: String, _ at: String, _ newID: () -> String
  ) throws -> [PersonGroups.Contradiction]

  /// Writes a decision; status 3 where others contradict it still.
  func write(
    _ decision: String, _ invocation: Invocation, _ body: Body
  ) throws -> ExitStatus {
    let texts = DuplicateTexts(language: invocation.language)
    guard ids.count > 1 else { throw Failure.usage(texts.atLeastTwo) }
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let (participants, left) = try replica.write { db in
      let participants = try ids.map { try Participants.find($0, in: db) }
      return (
        participants,
        try body(
          db, participants, by ?? office, instant(Invocation.now()),
          TrainingsEnvironment.system.newID)
      )
    }
    let note = left.isEmpty ? "" : "\n" + texts.contradictions(left.count)
    try invocation.print(
      .object([
        ("decision", .string(decision)),
        ("participants", .array(participants.map { .string($0) })),
        ("contradictions", .array(left.map { .array($0.group.map { .string($0) }) })),
      ]), text: (decision == "same" ? texts.merged(participants.count) : texts.separated) + note)
    return left.isEmpty ? .done : .needsPerson
  }
}

/// `quipu duplicates merge`: several participants are one person.
struct DuplicatesMerge: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "merge",
      abstract: Language.ofProcess.pick(
        "Dice que varios registros son de una persona.", "Says that several records are one person."
      ))
  }

  @OptionGroup var decision: DuplicateDecision

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    try decision.write("same", invocation) { db, ids, by, at, newID in
      try PersonDecision.merge(db, ids, by: by, at: at, newID: newID)
    }
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

  @OptionGroup var decision: DuplicateDecision

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    try decision.write("different", invocation) { db, ids, by, at, newID in
      try PersonDecision.separate(db, ids, by: by, at: at, newID: newID)
    }
  }
}
