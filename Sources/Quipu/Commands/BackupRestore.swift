import ArgumentParser
import Replica
import SyncModel
import SyncTransport
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

  @OptionGroup var secret: PassphraseOption

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    let content = try BackupFile(path: file).withDatabase(
      passphrase: try secret.read(texts), texts
    ) { backup in
      _ = try backup.verify(texts)
      try invocation.makeFolder()
      return try BackupFile.copy(from: backup.path, to: invocation.replicaPath, .plain, texts)
    }
    // Opening makes it a working replica again, and tells now what would be told later.
    let replica = try invocation.openReplica()
    try Self.renew(replica)
    try replica.close()
    try invocation.print(
      Backup.document(invocation.replicaPath, content),
      text: texts.restored(invocation.replicaPath, content))
    return .done
  }

  /// Gives what was put back a new identity, since the former may be in use on another machine by
  /// now, and its next numbers may be taken.
  ///
  /// What has not been sent is written again under it. A central node begins a new epoch, in which
  /// offices send it again what it lacks.
  private static func renew(_ replica: Replica) throws {
    let own = try replica.identity()
    if own.isCentral {
      let head = try replica.head(of: own.id)
      _ = try replica.adoptNewIdentity(reason: "restored", sharedThrough: head?.sequence ?? 0)
      try replica.set(Replica.ownEpoch, nil)
    } else {
      _ = try replica.adoptNewIdentity(reason: "restored")
      try replica.set(SyncSettings.logNumber, nil)
    }
  }
}
