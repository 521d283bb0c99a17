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

  @OptionGroup var named: ParticipantArgument

  @OptionGroup var documents: DocumentsFlag

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let entry = try invocation.openReplica().read { db in
      try Participants.show(named.participant, unmasked: documents.areShown, in: db)
    }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}
