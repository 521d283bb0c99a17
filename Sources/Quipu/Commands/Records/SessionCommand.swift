import ArgumentParser
import Trainings

/// `quipu session`: what was held.
struct SessionCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "session",
      abstract: Language.ofProcess.pick(
        "Sesiones: lista, muestra, añade, cambia, borra y une.",
        "Sessions: lists, shows, adds, edits, deletes and merges."),
      subcommands: [
        SessionCommandList.self, SessionCommandShow.self, SessionCommandAdd.self,
        SessionCommandEdit.self, SessionCommandDelete.self, SessionCommandMerge.self,
      ],
      defaultSubcommand: SessionCommandList.self)
  }
}
