import ArgumentParser
import Trainings

/// `quipu participant`: who was trained.
struct ParticipantCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "participant",
      abstract: Language.ofProcess.pick(
        "Participantes: lista, muestra, añade, cambia y borra.",
        "Participants: lists, shows, adds, edits and deletes."),
      subcommands: [
        ParticipantCommandList.self, ParticipantCommandShow.self, ParticipantCommandAdd.self,
        ParticipantCommandEdit.self, ParticipantCommandDelete.self, ParticipantCommandSplit.self,
      ],
      defaultSubcommand: ParticipantCommandList.self)
  }
}
