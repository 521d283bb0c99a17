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

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    try replica.seal()
    let content = try BackupFile.copy(from: replica.path, to: file, texts)
    try invocation.print(Backup.document(file, content), text: texts.created(file, content))
    return .done
  }
}
