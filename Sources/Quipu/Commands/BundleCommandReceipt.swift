import ArgumentParser
import Replica
import SyncModel
import SyncTransport
import Trainings

/// `quipu bundle receipt`: what has arrived here, for those who sent it.
struct BundleCommandReceipt: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "receipt",
      abstract: Language.ofProcess.pick(
        "Hace un recibo de lo que llegó hasta aquí.", "Makes a receipt for what has arrived here."),
      discussion: Language.ofProcess.pick(
        "Quien lo importa sabe qué tiene esta réplica. Todo paquete lleva también su recibo.",
        "Who imports it knows what this replica has. Every bundle carries a receipt too."))
  }

  @Argument(help: help("El archivo del recibo.", "The receipt's file.", valueName: "file"))
  var file: String

  @Option(
    help: help(
      "Para quién; si no, para todos los que han mandado algo.",
      "For whom; else for all who have sent something.", valueName: "office|node"))
  var to: [String] = []

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let parties = BundleParties(invocation, replica)
    var recipients = try parties.recipients(to)
    if to.isEmpty {
      let heard = try Set(replica.peers())
      let senders = try parties.export.known().filter {
        try heard.contains($0.id) && !parties.isRevoked($0.id)
      }
      if !senders.isEmpty { recipients = senders }
    }
    let report = try parties.export.write(to: file, for: recipients, receiptOnly: true)
    try invocation.print(
      parties.document(report),
      text: BundleTexts(language: invocation.language).receipt(report))
    return .done
  }
}
