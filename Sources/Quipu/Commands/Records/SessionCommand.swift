import ArgumentParser
import Trainings

/// `quipu session`: what was held.
struct SessionCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "session",
      abstract: Language.ofProcess.pick(
        "Sesiones: lista, muestra, añade, cambia y borra.",
        "Sessions: lists, shows, adds, edits and deletes."),
      subcommands: [
        SessionCommandList.self, SessionCommandShow.self, SessionCommandAdd.self,
        SessionCommandEdit.self, SessionCommandDelete.self,
      ],
      defaultSubcommand: SessionCommandList.self)
  }
}
