import ArgumentParser
import Replica
import SyncModel
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `quipu backup rotate`: one more backup in a folder, and none that is not needed any more.
struct BackupRotate: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rotate",
      abstract: Language.ofProcess.pick(
        "Hace una copia con fecha en una carpeta y borra las que ya no hacen falta.",
        "Makes a dated backup in a folder and deletes those that are not needed any more."),
      discussion: Language.ofProcess.pick(
        "Nada se borra antes de haber comprobado la copia nueva. Para temporizadores y cron.",
        "Nothing is deleted before the new backup is verified. For timers and cron."))
  }

  @Argument(help: help("La carpeta de las copias.", "The folder of backups.", valueName: "folder"))
  var folder: String

  @Option(help: help("Cuántos días guardar.", "How many days to keep.", valueName: "count"))
  var keepDaily = 7

  @Option(help: help("Cuántas semanas guardar.", "How many weeks to keep.", valueName: "count"))
  var keepWeekly = 5

  @Option(help: help("Cuántos meses guardar.", "How many months to keep.", valueName: "count"))
  var keepMonthly = 12

  @OptionGroup var secret: PassphraseOption

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BackupTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    _ = try replica.seal()
    let office = try replica.identity().office
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let passphrase = try secret.read(texts)
    let stamp = String(instant(Invocation.now()).prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    let name = "\(office)-\(stamp).zst" + (passphrase == nil ? "" : ".sealed")
    let content = try BackupFile.copy(
      from: replica.path, to: "\(folder)/\(name)",
      passphrase.map { .sealed(passphrase: $0) } ?? .compressed, texts)
    let entries = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
      BackupRotation.entry($0, office: office)
    }
    let expired = BackupRotation(
      daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly
    ).expired(entries)
    for entry in expired { try FileManager.default.removeItem(atPath: "\(folder)/\(entry.name)") }
    try replica.set(Replica.lastBackup, String(Invocation.now()))
    let kept = entries.count - expired.count
    try invocation.print(
      .object([
        ("file", .string("\(folder)/\(name)")), ("office", .string(content.office)),
        ("node", .string(content.node)), ("rows", .integer(content.rows)),
        ("verified", .bool(true)), ("kept", .integer(kept)),
        ("deleted", .array(expired.map { .string($0.name) })),
      ]),
      text: texts.created("\(folder)/\(name)", content) + " " + texts.rotated(kept, expired.count))
    return .done
  }
}

/// Where a backup's passphrase comes from: never the command line, which everybody can see.
struct PassphraseOption: ParsableArguments {
  @Option(
    help: help(
      "Un archivo cuya primera línea es la frase con que se cifra la copia.",
      "A file whose first line is the passphrase that seals the backup.", valueName: "file"),
    completion: .file())
  var passphraseFile: String?

  func read(_ texts: BackupTexts) throws -> [UInt8]? {
    guard let passphraseFile else { return nil }
    guard let data = FileManager.default.contents(atPath: passphraseFile) else {
      throw Failure(code: "file_unreadable", message: texts.missing(passphraseFile))
    }
    let line = Array(data.prefix { $0 != 10 && $0 != 13 })
    guard line.count >= 12 else {
      throw Failure(
        code: "passphrase_short", message: texts.short(passphraseFile), status: .usage)
    }
    return line
  }
}
