internal import ArgumentParser
internal import CentralNode
internal import CentralWeb
internal import Foundation
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Replica
internal import ServiceLifecycle
internal import UnixSignals
internal import WebPages

/// Answers calls: `quipu-central serve`.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Atiende las llamadas de las oficinas y muestra las páginas de la central.",
      "Answer the offices' calls, and show the pages of the centre."),
    discussion: say(
      """
      Sin certificado se habla http sin cifrar: entonces escuche solo en esta máquina, detrás de un proxy \
      que hable https; su dirección se indica con --public-url.

      Las páginas se usan sin entrar solo desde esta máquina, y solo hasta que se agrega el primer usuario: \
      quipu-central user add --replica RUTA --name NOMBRE --role administrator.
      """,
      """
      Without a certificate plain http is spoken: then listen on this machine alone, behind a proxy that \
      speaks https; name the address it shows with --public-url.

      The pages can be used without signing in only from this machine, and only until the first user is \
      added: quipu-central user add --replica PATH --name NAME --role administrator.
      """))

  @OptionGroup var options: CentralOptions
  @Option(help: help("Dirección y puerto.", "Host and port.")) var listen = ListenAddress(
    host: "127.0.0.1", port: 8484)
  @Option(
    help: help("Una cadena de certificados (PEM).", "A certificate chain (PEM)."),
    completion: .file()) var tlsCertificate: String?
  @Option(
    help: help("La clave del certificado (PEM).", "The certificate's key (PEM)."),
    completion: .file()) var tlsKey: String?
  @Option(
    help: help(
      "La dirección https con la que un proxy muestra este servidor; entonces hay que entrar con usuario.",
      "The https address under which a proxy shows this server; then one must sign in."))
  var publicURL: String?
  @Option(
    help: help(
      "El nivel mínimo del registro: debug, info, notice, warning, error.",
      "The least level of log entries: debug, info, notice, warning, error."))
  var logLevel = "info"

  func validate() throws {
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError(
        say(
          "--tls-certificate y --tls-key van juntos",
          "--tls-certificate and --tls-key are given together"))
    }
    if let publicURL, URL(string: publicURL)?.scheme != "https" {
      throw ValidationError(
        say("--public-url empieza por https://", "--public-url begins with https://"))
    }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError(
        say(
          "--log-level es debug, info, notice, warning o error",
          "--log-level is debug, info, notice, warning or error"))
    }
  }

  func run() async throws {
    var logger = Logger(label: "quipu.central", factory: { JSONLineLogHandler(label: $0) })
    logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
    let listen = listen
    let (node, replica) = try options.open()
    var configuration = CentralServer.Configuration(host: listen.host, port: listen.port)
    if let tlsCertificate, let tlsKey { configuration.tls = (tlsCertificate, tlsKey) }
    let scheme = configuration.tls == nil ? "http" : "https"
    configuration.onRunning = { port in
      let line = "Listening on \(scheme)://\(listen.host):\(port)\n"
      FileHandle.standardOutput.write(Data(line.utf8))
    }
    let policy = try CentralWeb.policy(
      host: listen.host, publicHost: publicURL.flatMap { URL(string: $0)?.host() },
      hasTLS: configuration.tls != nil, replica: replica)
    if policy.localRoles == nil, try UserStore(replica).list().isEmpty {
      logger.warning(
        "Nobody can sign in to the pages: add a user with quipu-central user add")
    }
    let web = try CentralWeb(
      node: node, replica: replica, policy: policy, now: CentralOptions.now)
    let server = CentralServer(
      configuration,
      responder: SplitResponder(
        pages: web.responder(logger: logger),
        calls: CentralRoutes(node, logger: logger).router().buildResponder(),
        prefixes: CentralWeb.callPrefixes),
      logger: logger)
    let group = ServiceGroup(
      configuration: .init(
        services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch let error as IOError {
      throw Failure(
        code: "cannot_listen",
        message: say(
          "no se puede escuchar en \(listen.host):\(listen.port) (\(error))",
          "\(listen.host):\(listen.port) cannot be listened on (\(error))"),
        hint: say("elija otra dirección con --listen", "choose another address with --listen"))
    }
    try replica.close()
    logger.info("The central node has stopped")
  }
}
