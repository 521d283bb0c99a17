import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu participant edit`: changes a participant.
struct ParticipantCommandEdit: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "edit",
      abstract: Language.ofProcess.pick(
        "Cambia un participante.", "Edits a participant."))
  }

  @OptionGroup var named: ParticipantArgument

  @OptionGroup var fields: ParticipantFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let isChanged = try replica.write { db in
      try Participants.edit(named.participant, fields.values, in: db)
    }
    try invocation.print(
      .object([("changed", .bool(isChanged))]), text: texts.edited(isChanged))
    return .done
  }
}
