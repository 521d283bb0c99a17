import ArgumentParser
import Trainings

/// `quipu privacy`: what a person may ask for about its own data (Peru's Law 29733).
struct Privacy: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "privacy",
      abstract: Language.ofProcess.pick(
        "Derechos de la persona sobre sus datos (Ley 29733): acceso, rectificación y borrado.",
        "A person's rights to its data (Law 29733 of Peru): access, rectification, erasure."),
      subcommands: [
        PrivacyAccess.self, PrivacyRectify.self, PrivacyErase.self, PrivacyList.self,
      ])
  }
}
