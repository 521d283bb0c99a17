import ArgumentParser
import Replica
import SyncTransport
import Trainings

/// `quipu bundle export`: what others lack, in a file.
struct BundleCommandExport: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: Language.ofProcess.pick(
        "Pone en un archivo los cambios que otros no tienen.",
        "Puts the changes that others lack into a file."))
  }

  @Argument(help: help("El archivo del paquete.", "The bundle's file.", valueName: "file"))
  var file: String

  @Option(
    help: help(
      "Para quién: una oficina, central, o un nodo; se puede repetir. Si no, la central; desde la "
        + "central, todos.",
      "For whom: an office, central, or a node; may be repeated. Else the centre; from the centre, "
        + "everybody.", valueName: "office|node"))
  var to: [String] = []

  @Option(
    help: help(
      "En partes de este tamaño como máximo, p. ej. 10M.",
      "In parts of this size at most, e.g. 10M.",
      valueName: "size"))
  var split: ByteSize?

  @Flag(
    help: help(
      "Otra vez todo, también lo que ya tienen.", "All of it again, what they have too."))
  var all = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BundleTexts(language: invocation.language)
    let parties = BundleParties(invocation, try invocation.openReplica())
    let report = try parties.export.write(
      to: file, for: try parties.recipients(to), split: split?.bytes, everything: all
    ) { done, total in
      invocation.console.progress(texts.progress(done, total))
    }
    try invocation.print(parties.document(report), text: texts.exported(report))
    return .done
  }
}

/// A number of bytes as people write it: `1440k`, `10M`, `650MB`, `4G`.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isNumber }
    let unit = argument.dropFirst(digits.count).lowercased()
    let factors = ["": 1, "b": 1, "k": 1000, "kb": 1000, "m": 1_000_000, "mb": 1_000_000]
      .merging(["g": 1_000_000_000, "gb": 1_000_000_000]) { $1 }
    guard let number = Int(digits), number > 0, let factor = factors[unit] else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    self.bytes = bytes
  }
}
