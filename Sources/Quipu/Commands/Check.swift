import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu check`: looks at everything and mends what can be mended.
struct Check: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: Language.ofProcess.pick(
        "Revisa la réplica entera y repara lo que se puede.",
        "Checks the whole replica and mends what can be mended."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let report = try replica.check()
    let space = Space(
      sizes: try replica.sizes(),
      freeable: try replica.identity().isCentral
        ? nil : Compact.report(replica, keepingDays: Compact.usualDays, dryRun: true),
      compacted: try replica.compactedChangesets())
    let findings = try Surroundings(replica, now: Invocation.now()).findings(invocation.language)
    try invocation.print(
      findings.added(to: Self.document(report, space)),
      text: Texts(language: invocation.language).report(report, space) + findings.text)
    if report.isDamaged { return .damaged }
    return findings.contains(where: \.needsPerson) ? .needsPerson : .done
  }

  /// Where the file's space goes, and what compaction would free.
  struct Space {
    let sizes: ReplicaSizes?
    /// Nil at a central node, which is asked with `quipu-central compact --dry-run`.
    let freeable: CompactionReport?
    let compacted: Int

    var document: JSONValue {
      .object([
        ("rows", sizes.map { .integer($0.rows) } ?? .null),
        ("books", sizes.map { .integer($0.books) } ?? .null),
        ("log", sizes.map { .integer($0.log) } ?? .null),
        ("other", sizes.map { .integer($0.other) } ?? .null),
        ("free", sizes.map { .integer($0.free) } ?? .null),
        ("compactedChangesets", .integer(compacted)),
        (
          "compactionWouldFree",
          freeable.map {
            .object([
              ("bytes", .integer($0.bytes)), ("changesets", .integer($0.changesets)),
              ("deletedRows", .integer($0.deletedRows)),
            ])
          } ?? .null
        ),
      ])
    }
  }

  private static func document(_ report: CheckReport, _ space: Space) -> JSONValue {
    let dangling = report.danglingReferences.sorted { $0.key < $1.key }
    return .object([
      ("healthy", .bool(report.isHealthy)), ("damaged", .bool(report.isDamaged)),
      ("integrity", .array(report.integrity.map { .string($0) })),
      ("danglingReferences", .object(dangling.map { ($0.key, .integer($0.value)) })),
      ("digestDiffers", .array(report.digestDiffers.map { .string($0) })),
      ("triggersRestored", .bool(report.triggersRestored)),
      (
        "audit",
        .array(
          report.audit.map {
            .object([
              ("table", .string($0.table)), ("row", .integer($0.row)),
              ("kind", .string($0.kind.rawValue)),
            ])
          })
      ),
      ("databaseBytes", .integer(report.databaseBytes)), ("logBytes", .integer(report.logBytes)),
      ("sizes", space.document),
    ])
  }
}

extension CheckReport {
  /// Whether something was found that the check itself cannot answer for.
  var isDamaged: Bool {
    !integrity.isEmpty || !danglingReferences.isEmpty || !digestDiffers.isEmpty
  }
}

extension Check {
  struct Texts {
    let language: Language

    func report(_ report: CheckReport, _ space: Space) -> String {
      var lines: [String] = []
      lines += report.integrity.map { "SQLite: \($0)" }
      for (table, count) in report.danglingReferences.sorted(by: { $0.key < $1.key }) {
        lines.append(
          language.pick(
            "\(table): \(count) filas se refieren a otra que no existe",
            "\(table): \(count) rows refer to one that does not exist"))
      }
      lines += report.digestDiffers.map {
        language.pick(
          "\($0): el resumen no correspondía a las filas; se calculó de nuevo",
          "\($0): the digest did not follow from the rows; it was computed anew")
      }
      if report.triggersRestored {
        lines.append(
          language.pick(
            "Alguien había cambiado los disparadores de captura; se pusieron de nuevo",
            "Somebody had changed the capture triggers; they were made anew"))
      }
      if !report.audit.isEmpty {
        lines.append(
          language.pick(
            "\(report.audit.count) filas se escribieron sin registro; ahora son cambios como los demás",
            "\(report.audit.count) rows were written unrecorded; they are ordinary changes now"))
      }
      let megabytes = { (bytes: Int64) in "\((Double(bytes) / 100_000).rounded() / 10) MB" }
      lines.append(
        language.pick(
          "Tamaño: \(megabytes(report.databaseBytes)), de ellos registro de cambios \(megabytes(report.logBytes))",
          "Size: \(megabytes(report.databaseBytes)), the change log \(megabytes(report.logBytes)) of it"
        ))
      if let sizes = space.sizes {
        lines.append(
          language.pick(
            "  filas \(megabytes(sizes.rows)), contabilidad de la sincronización \(megabytes(sizes.books)), "
              + "registro \(megabytes(sizes.log)), lo demás \(megabytes(sizes.other)), libre \(megabytes(sizes.free))",
            "  rows \(megabytes(sizes.rows)), books of the sync \(megabytes(sizes.books)), "
              + "log \(megabytes(sizes.log)), other \(megabytes(sizes.other)), free \(megabytes(sizes.free))"
          ))
      }
      if let freeable = space.freeable, freeable.changesets + freeable.deletedRows > 0 {
        lines.append(
          language.pick(
            "«quipu compact» liberaría \(megabytes(freeable.bytes)) del registro y \(freeable.deletedRows) filas borradas",
            "“quipu compact” would free \(megabytes(freeable.bytes)) of the log and \(freeable.deletedRows) deleted rows"
          ))
      }
      if space.compacted > 0 {
        lines.append(
          language.pick(
            "El historial de \(space.compacted) envíos está compactado: se sabe quién y cuándo, y de los valores los que aún valen",
            "The history of \(space.compacted) changesets is compacted: known are who and when, and the values that still stand"
          ))
      }
      lines.append(
        report.isDamaged
          ? language.pick(
            "La réplica está dañada. Conserve el archivo y restaure una copia de seguridad a su lado.",
            "The replica is damaged. Keep the file and restore a backup beside it.")
          : language.pick("La réplica está sana.", "The replica is healthy."))
      return lines.joined(separator: "\n")
    }
  }
}
