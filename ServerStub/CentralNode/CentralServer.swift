public import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
public import Logging
internal import NIOSSL
public import ServiceLifecycle

/// A central node that listens.
public struct CentralServer: Service {
  /// Where to listen, and how.
  public struct Configuration: Sendable {
    /// A host name or address.
    public var host: String
    /// A port; 0 lets the system choose.
    public var port: Int
    /// Files (PEM) of a certificate chain and its key; without them plain http is spoken.
    public var tls: (certificate: String, key: String)?
    /// Called with the port once requests are accepted.
    public var onRunning: @Sendable (Int) async -> Void = { _ in }

    /// A configuration.
    public init(host: String, port: Int, tls: (certificate: String, key: String)? = nil) {
      self.host = host
      self.port = port
      self.tls = tls
    }
  }

  private let configuration: Configuration
  private let serve: @Sendable (HTTPServerBuilder) async throws -> Void

  /// A server of `router`'s routes.
  public init(
    _ configuration: Configuration,
    router: Router<CentralRequestContext>,
    logger: Logger
  ) {
    self.init(configuration, responder: router.buildResponder(), logger: logger)
  }

  /// A server of whatever answers: the calls, or the calls and pages beside them.
  public init<Responder: HTTPResponder>(
    _ configuration: Configuration, responder: Responder, logger: Logger
  ) where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    self.configuration = configuration
    serve = { server in
      let application = Application(
        responder: responder,
        server: server,
        configuration: ApplicationConfiguration(
          address: .hostname(configuration.host, port: configuration.port)),
        onServerRunning: { channel in
          let port = channel.localAddress?.port ?? 0
          logger.info("The central node accepts requests", metadata: ["port": "\(port)"])
          await configuration.onRunning(port)
        },
        logger: Logger(label: "quipu.http", factory: { _ in SwiftLogNoOpLogHandler() }))
      try await application.run()
    }
  }

  /// Serves until graceful shutdown; requests that have begun are answered first.
  public func run() async throws {
    // A line that says nothing for this long is closed: a slow one is not silent.
    let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(120)))
    var server = http
    if let tls = configuration.tls {
      let certificates = try NIOSSLCertificate.fromPEMFile(tls.certificate)
      let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
      server = try .tls(
        http,
        tlsConfiguration: .makeServerConfiguration(
          certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
    try await serve(server)
  }
}
