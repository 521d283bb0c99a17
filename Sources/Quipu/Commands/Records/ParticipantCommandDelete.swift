import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu participant delete`: deletes a participant.
struct ParticipantCommandDelete: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: Language.ofProcess.pick(
        "Borra un participante.", "Deletes a participant."))
  }

  @OptionGroup var named: ParticipantArgument

  @Flag(help: help("Borra también sus asistencias.", "Deletes its attendances too."))
  var cascade = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    try replica.write { db in
      try Participants.delete(named.participant, cascade: cascade, in: db)
    }
    try invocation.print(.object([("deleted", .string(named.participant))]), text: texts.deleted)
    return .done
  }
}
