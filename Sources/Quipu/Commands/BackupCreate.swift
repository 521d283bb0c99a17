import ArgumentParser
import Replica
import Trainings

/// `quipu backup create`: copies the replica into a file and reads it again.
struct BackupCreate: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "create",
      abstract: Language.ofProcess.pick(
        "Hace una copia de la réplica y la comprueba.", "Copies the replica and verifies the copy.")
    )
  }

  @Argument(help: help("El archivo de la copia.", "The backup's file.", valueName: "file"))
  var file: String

  @Flag(
    help: help(
      "Comprime la copia (zstd); también cuando el nombre termina en .zst.",
      "Compresses the backup (zstd); also when its name ends in .zst."))
  var compress = false

  @OptionGroup var secret: PassphraseOption

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    try replica.seal()
    let passphrase = try secret.read(texts)
    let form: PackedBackup.Form =
      passphrase.map { .sealed(passphrase: $0) }
      ?? (compress || file.hasSuffix(".zst") ? .compressed : .plain)
    let content = try BackupFile.copy(from: replica.path, to: file, form, texts)
    try replica.set(Replica.lastBackup, String(Invocation.now()))
    try invocation.print(Backup.document(file, content), text: texts.created(file, content))
    return .done
  }
}
