import ArgumentParser
import Trainings

/// `quipu backup`: copies that can be trusted.
struct Backup: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "backup",
      abstract: Language.ofProcess.pick(
        "Copias de seguridad: hace, comprueba y restaura.", "Backups: creates, verifies, restores."),
      subcommands: [
        BackupCreate.self, BackupVerify.self, BackupRestore.self, BackupRotate.self,
      ])
  }

  static func document(_ path: String, _ content: BackupFile.Content) -> JSONValue {
    .object([
      ("file", .string(path)), ("office", .string(content.office)), ("node", .string(content.node)),
      ("rows", .integer(content.rows)), ("verified", .bool(true)),
    ])
  }
}
