import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu participant add`: a new participant.
struct ParticipantCommandAdd: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add",
      abstract: Language.ofProcess.pick(
        "Añade un participante.", "Adds a participant."))
  }

  @OptionGroup var fields: ParticipantFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let entry = try replica.write { db in
      let id = try Participants.add(fields.values, in: db, environment: .system)
      return try Participants.show(id, in: db)
    }
    try invocation.print(
      RecordOutput.document(entry), text: texts.added(entry["id"].description))
    return .done
  }
}
