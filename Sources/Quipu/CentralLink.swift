import ArgumentParser
import Replica
import SyncProtocol
import SyncTransport

/// How to talk to the centre, beside its address.
///
/// What is said at enrolment is kept for every sync.
struct CentralLink: ParsableArguments {
  private static let plainHTTPSetting = "central_plain_http"
  private static let certificatesSetting = "central_certificates"

  @Flag(
    help: help(
      "Admite http sin cifrar en una red propia.",
      "Accepts unencrypted http on a network of your own."))
  var plainHTTP = false

  @Option(
    help: help(
      "Certificados (PEM) en que confiar en lugar de los del sistema.",
      "Certificates (PEM) to trust instead of the system's.", valueName: "file"),
    completion: .file())
  var certificates: String?

  /// A client for this replica.
  func client(_ invocation: Invocation, _ replica: Replica) throws -> SyncClient {
    var options = SyncClient.Options()
    options.allowsPlainHTTP = try plainHTTP || replica.setting(Self.plainHTTPSetting) != nil
    options.trustedCertificates = try certificates ?? replica.setting(Self.certificatesSetting)
    let environment = invocation.environment
    return SyncClient(
      credential: CredentialFile(besideReplica: replica.path), codec: environment.codec,
      keys: environment.keys, now: environment.now, options: options)
  }

  func keep(in replica: Replica) throws {
    if plainHTTP { try replica.set(Self.plainHTTPSetting, "true") }
    if let certificates { try replica.set(Self.certificatesSetting, certificates) }
  }
}
