public import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
public import ServiceLifecycle

/// A site that listens.
public struct WebServer: Service {
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
  private let answer: @Sendable (Request, WebContext) async throws -> Response

  /// A server of a site's routes.
  public init(_ configuration: Configuration, responder: some HTTPResponder<WebContext>) {
    self.configuration = configuration
    answer = { try await responder.respond(to: $0, context: $1) }
  }

  /// Serves until graceful shutdown; requests that have begun are answered first.
  public func run() async throws {
    let http = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(60)))
    var server = http
    if let tls = configuration.tls {
      let certificates = try NIOSSLCertificate.fromPEMFile(tls.certificate)
      let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
      server = try .tls(
        http,
        tlsConfiguration: .makeServerConfiguration(
          certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
    let onRunning = configuration.onRunning
    let application = Application(
      responder: CallbackResponder<WebContext>(callback: answer),
      server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: Logger(label: "quipu.http", factory: { _ in SwiftLogNoOpLogHandler() }))
    do {
      try await application.run()
    } catch let error as IOError {
      throw ListenError(reason: "\(error)")
    }
  }

  /// The address cannot be listened on.
  public struct ListenError: Error, Sendable {
    /// The system's words.
    public let reason: String
  }
}

/// Pages and the calls of another router on one port.
public struct SplitResponder<
  Pages: HTTPResponder<WebContext>, Calls: HTTPResponder
>: HTTPResponder
where Calls.Context: RequestContext, Calls.Context.Source == ApplicationRequestContextSource {
  private let pages: Pages
  private let calls: Calls
  private let prefixes: [String]

  /// What begins with one of the prefixes, as `/v1/`, goes to `calls`.
  public init(pages: Pages, calls: Calls, prefixes: [String]) {
    self.pages = pages
    self.calls = calls
    self.prefixes = prefixes
  }

  /// Answers by one of both.
  public func respond(to request: Request, context: WebContext) async throws -> Response {
    guard prefixes.contains(where: { request.uri.path.hasPrefix($0) }) else {
      return try await pages.respond(to: request, context: context)
    }
    return try await calls.respond(
      to: request, context: Calls.Context(source: context.source))
  }
}
