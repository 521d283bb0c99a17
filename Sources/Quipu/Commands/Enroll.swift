import ArgumentParser
import Replica
import SyncModel
import SyncTransport
import Trainings

/// `quipu enroll`: exchanges a one-time code for this replica's credential.
struct Enroll: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "enroll",
      abstract: Language.ofProcess.pick(
        "Inscribe esta réplica en la central con un código.",
        "Enrols this replica with the centre by a code."))
  }

  @Option(help: help("La dirección de la central.", "The centre's address.", valueName: "url"))
  var central: String

  @Option(
    help: help(
      "El código, que la central da una sola vez.", "The code, which the centre gives once.",
      valueName: "code"))
  var code: String

  @OptionGroup var link: CentralLink

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    try await link.client(invocation, replica).enroll(replica, at: central, code: code)
    try link.keep(in: replica)
    let identity = try replica.identity()
    try invocation.print(
      .object([
        ("central", .string(central)), ("office", .string(identity.office)),
        ("node", .string(identity.id.description)),
      ]),
      text: invocation.language.pick(
        "Inscrita en \(central) como \(identity.office). Ahora puede sincronizar: quipu sync",
        "Enrolled at \(central) as \(identity.office). You can sync now: quipu sync"))
    return .done
  }
}
