import ArgumentParser
import Replica
import Trainings

/// `quipu backup restore`: puts a backup where the replica is missing.
struct BackupRestore: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "restore",
      abstract: Language.ofProcess.pick(
        "Restaura la réplica desde una copia; nunca escribe sobre otra.",
        "Restores the replica from a backup; never over another one."))
  }

  @Argument(help: help("El archivo de la copia.", "The backup's file.", valueName: "file"))
  var file: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    _ = try BackupFile(path: file).verify(texts)
    try invocation.makeFolder()
    let content = try BackupFile.copy(from: file, to: invocation.replicaPath, texts)
    // Opening makes it a working replica again, and tells now what would be told later.
    try invocation.openReplica().close()
    try invocation.print(
      Backup.document(invocation.replicaPath, content),
      text: texts.restored(invocation.replicaPath, content))
    return .done
  }
}
