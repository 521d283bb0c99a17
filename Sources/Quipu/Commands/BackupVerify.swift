import ArgumentParser
import Trainings

/// `quipu backup verify`: reads a backup through.
struct BackupVerify: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "verify",
      abstract: Language.ofProcess.pick(
        "Comprueba una copia de seguridad.", "Verifies a backup."))
  }

  @Argument(help: help("El archivo de la copia.", "The backup's file.", valueName: "file"))
  var file: String

  @OptionGroup var secret: PassphraseOption

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    let content = try BackupFile(path: file).withDatabase(
      passphrase: try secret.read(texts), texts
    ) { try $0.verify(texts) }
    try invocation.print(Backup.document(file, content), text: texts.verified(file, content))
    return .done
  }
}
