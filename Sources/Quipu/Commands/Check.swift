import ArgumentParser
import Replica
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
    let report = try invocation.openReplica().check()
    try invocation.print(
      Self.document(report), text: Texts(language: invocation.language).report(report))
    return report.isDamaged ? .damaged : .done
  }

  private static func document(_ report: CheckReport) -> JSONValue {
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

    func report(_ report: CheckReport) -> String {
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
