import ArgumentParser
import Foundation
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu privacy erase`: erases a person's values everywhere, ordered at the centre.
struct PrivacyErase: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "erase",
      abstract: Language.ofProcess.pick(
        "Borra los datos personales de una persona en todas las réplicas; los conteos no cambian.",
        "Erases a person's personal values in all replicas; counts do not change."),
      discussion: Language.ofProcess.pick(
        """
        Se ordena en la central; cada oficina lo cumple en su próxima sincronización, y «quipu privacy list» \
        dice cuáles lo confirmaron. No se puede deshacer.
        """,
        """
        Ordered at the centre; each office carries it out at its next sync, and “quipu privacy list” says which \
        have confirmed. It cannot be undone.
        """))
  }

  @OptionGroup var named: ParticipantArgument

  @Flag(help: help("Confirma: no se puede deshacer.", "Confirms: it cannot be undone."))
  var yes = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let language = invocation.language
    guard try replica.identity().isCentral else {
      throw Failure(
        code: "only_at_centre",
        message: language.pick(
          "el borrado se ordena en la central, para que llegue a todas las oficinas",
          "an erasure is ordered at the centre, so that it reaches every office"),
        hint: language.pick(
          "Pídalo a quien administra la central.", "Ask whoever administers the centre."),
        status: .refused)
    }
    let person = try replica.read { db in
      try PersonRows(db, participant: Participants.find(named.participant, in: db))
    }
    guard yes else {
      throw Failure.usage(
        language.pick(
          "se borrarían \(person.entries.count) registros en todas las réplicas, para siempre; confirme con --yes",
          "\(person.entries.count) records would be erased in all replicas for ever; confirm with --yes"
        ))
    }
    let rows = try Self.erasures(replica, person)
    let number = try replica.erase(rows)
    // Made anew for the next new replica.
    try? FileManager.default.removeItem(atPath: replica.snapshotFolder)
    let files = Self.otherFiles(replica)
    try invocation.print(
      .object([
        ("erasure", .integer(number)),
        ("participants", .array(person.participants.map { .string($0) })),
        ("rows", .integer(rows.count)), ("filesToLookAt", .array(files.map { .string($0) })),
      ]),
      text: Self.text(language, number: number, rows: rows.count, files: files))
    return .done
  }

  private static func erasures(_ replica: Replica, _ person: PersonRows) throws -> [RowErasure] {
    let columns = try replica.personalColumns()
    // One number for the person: rows that had one document still have one.
    let number = "E\(try replica.lastErasure() + 1)"
    return person.entries.compactMap { entry in
      let replacements = columns.filter { $0.table == entry.table }.map {
        ($0.column, $0.replacement == .text("#") ? .text(number) : $0.replacement)
      }
      guard !replacements.isEmpty else { return nil }
      return RowErasure(
        table: entry.table, key: entry.key.map { .text($0) },
        replacements: Dictionary(uniqueKeysWithValues: replacements))
    }
  }

  /// Copies that no sync reaches.
  static func otherFiles(_ replica: Replica) -> [String] {
    let file = URL(filePath: replica.path)
    let folder = file.deletingLastPathComponent()
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)))
      ?? []
    return names.filter {
      $0.hasSuffix(RejectedRowsCount.suffix)
        || ($0.hasPrefix(file.lastPathComponent + ".before-") && $0.hasSuffix(".sqlite"))
    }.sorted().map { folder.appending(path: $0).path(percentEncoded: false) }
      + ((try? RejectedRowsCount(replica).files) ?? [])
  }

  private static func text(
    _ language: Language, number: Int64, rows: Int, files: [String]
  )
    -> String
  {
    var lines = [
      language.pick(
        "Borrado \(number) ordenado y cumplido en la central (\(rows) registros). Cada oficina lo cumple al sincronizar; vea «quipu privacy list».",
        "Erasure \(number) ordered and carried out at the centre (\(rows) records). Each office carries it out when it syncs; see “quipu privacy list”."
      ),
      language.pick(
        "No llega a las copias de seguridad, a los archivos importados ni a los exportados: revíselos a mano.",
        "It does not reach backups, imported or exported files: look at them by hand."),
    ]
    lines += files.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }
}
