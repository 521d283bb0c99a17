import ArgumentParser
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Trainings

/// `quipu compact`: frees what all have.
struct Compact: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "compact",
      abstract: Language.ofProcess.pick(
        "Libera espacio: quita del registro los cambios que la central y todas las oficinas ya tienen.",
        "Frees space: drops from the log changes that the centre and all offices have."))
  }

  @Option(
    help: help(
      "Conserva los cambios de los últimos días.", "Keeps the changes of the last days.",
      valueName: "days"))
  var keepDays = Self.usualDays

  @Flag(help: help("Solo dice qué se liberaría.", "Only says what would go."))
  var dryRun = false

  @OptionGroup var options: GlobalOptions

  /// A centre that is put back from a backup asks the offices for what it lost.
  static let usualDays = 90

  func validate() throws {
    guard keepDays >= 0 else {
      throw ValidationError(
        (options.lang ?? .ofProcess).pick(
          "--keep-days debe ser al menos 0", "--keep-days must be at least 0"))
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let language = invocation.language
    guard try !replica.identity().isCentral else {
      throw Failure(
        code: "central_node",
        message: language.pick(
          "esta es la base de la central", "this is the database of the central node"),
        hint: language.pick(
          "Use: quipu-central compact --replica \(replica.path)",
          "Use: quipu-central compact --replica \(replica.path)"))
    }
    let report = try Self.report(replica, keepingDays: keepDays, dryRun: dryRun)
    try invocation.print(
      .object([
        ("changesets", .integer(report.changesets)), ("bytes", .integer(report.bytes)),
        ("deletedRows", .integer(report.deletedRows)), ("dryRun", .bool(dryRun)),
      ]),
      text: dryRun
        ? language.pick(
          "Se liberarían \(report.bytes) bytes de \(report.changesets) envíos y \(report.deletedRows) filas borradas.",
          "Would free \(report.bytes) bytes of \(report.changesets) changesets and \(report.deletedRows) deleted rows."
        )
        : language.pick(
          "Liberados \(report.bytes) bytes de \(report.changesets) envíos y \(report.deletedRows) filas borradas.",
          "Freed \(report.bytes) bytes of \(report.changesets) changesets and \(report.deletedRows) deleted rows."
        ))
    return .done
  }

  /// By what the centre said at the last sync.
  static func report(
    _ replica: Replica, keepingDays days: Int, dryRun: Bool
  ) throws -> CompactionReport {
    func knowledge(_ name: String) throws -> Knowledge {
      guard let digits = try replica.setting(name), let bytes = bytes(hexadecimal: digits) else {
        return Knowledge()
      }
      return try Knowledge(decoding: bytes)
    }
    return try replica.compact(
      stable: knowledge(SyncSettings.stable), released: knowledge(SyncSettings.released),
      receivedBefore: Invocation.now() - Int64(days) * 86_400_000, dryRun: dryRun)
  }
}
