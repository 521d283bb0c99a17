import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu participant show`: one participant.
struct ParticipantCommandShow: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick(
        "Muestra un participante.", "Shows one participant."))
  }

  @Argument(
    help: help(
      "La persona: su documento o identificador.", "The person: document or identifier.",
      valueName: "participant"))
  var participant: String

  @Flag(help: help("Muestra los documentos completos.", "Shows documents in full."))
  var documents = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let entry = try invocation.openReplica().read { db in
      try Participants.show(participant, unmasked: documents, in: db)
    }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}
