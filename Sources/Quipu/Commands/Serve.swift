import ArgumentParser
import Logging
import OfficeWeb
import Replica
import ServiceLifecycle
import Trainings
import UnixSignals
import WebPages

/// `quipu serve`: the office's web application.
struct Serve: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "serve",
      abstract: Language.ofProcess.pick(
        "Abre las páginas de la oficina para el navegador, hasta que se lo detenga.",
        "Serves the office's pages to the browser, until it is stopped."),
      discussion: Language.ofProcess.pick(
        "Si no se dice otra cosa, solo en esta máquina y sin contraseña. Para la red de la oficina hacen "
          + "falta usuarios («quipu user add») y conviene un certificado.",
        "Unless told otherwise, on this machine alone and without a password. For the office's network "
          + "users are needed (“quipu user add”), and a certificate is advised."))
  }

  @Option(help: help("Dirección y puerto.", "Host and port.", valueName: "host:port"))
  var listen = ListenAddress(host: "127.0.0.1", port: 8585)

  @Option(
    help: help("Cadena de certificados (PEM).", "A certificate chain (PEM).", valueName: "file"),
    completion: .file())
  var tlsCertificate: String?

  @Option(
    help: help(
      "La clave del certificado (PEM).", "The certificate's key (PEM).", valueName: "file"),
    completion: .file())
  var tlsKey: String?

  @Flag(
    help: help(
      "Un proxy delante habla https: las cookies lo exigen.",
      "A proxy in front speaks https: cookies ask for it."))
  var behindHTTPS = false

  @Flag(help: help("Escribe una línea por cada petición.", "Writes a line for each request."))
  var log = false

  @OptionGroup var link: CentralLink

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError(
        (options.lang ?? .ofProcess).pick(
          "--tls-certificate y --tls-key van juntos",
          "--tls-certificate and --tls-key are given together"))
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let language = invocation.language
    let isSecure = tlsCertificate != nil || behindHTTPS
    let policy = WebPolicy.listening(
      on: listen.host, localRoles: OfficeWeb.localRoles, isSecure: isSecure)
    if policy.localRoles == nil {
      guard try !UserStore(replica).list().isEmpty else {
        throw Failure(
          code: "no_users",
          message: language.pick(
            "en la red hace falta entrar con usuario, y no hay ninguno",
            "on a network one must sign in, and there is no user"),
          hint: language.pick(
            "agregue uno: quipu user add NOMBRE --role registrar",
            "add one: quipu user add NAME --role registrar"))
      }
      if !isSecure {
        invocation.console.note(
          language.pick(
            "Aviso: sin certificado, quien esté en la red puede leer contraseñas y datos.",
            "Note: without a certificate anybody on the network can read passwords and data."))
      }
    }
    let link = link
    let web = try OfficeWeb(
      replica: replica, policy: policy, client: { try link.client(invocation, replica) },
      now: { Invocation.now() })
    var logger = Logger(
      label: "quipu.serve", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = log ? .info : .error
    var configuration = WebServer.Configuration(host: listen.host, port: listen.port)
    if let tlsCertificate, let tlsKey { configuration.tls = (tlsCertificate, tlsKey) }
    let (scheme, host, console) = (
      tlsCertificate == nil ? "http" : "https", listen.host, invocation.console
    )
    configuration.onRunning = { port in
      try? console.print(
        language.pick("Abierto en ", "Listening on ") + "\(scheme)://\(host):\(port)")
    }
    let server = WebServer(configuration, responder: web.routes(logger: logger).responder())
    let group = ServiceGroup(
      services: [server], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: Logger(label: "quipu.serve", factory: { _ in SwiftLogNoOpLogHandler() }))
    do {
      try await group.run()
    } catch let error as WebServer.ListenError {
      throw Failure(
        code: "cannot_listen",
        message: language.pick(
          "no se puede escuchar en \(listen) (\(error.reason))",
          "\(listen) cannot be listened on (\(error.reason))"),
        hint: language.pick("elija otra dirección con --listen", "choose another with --listen"))
    }
    try replica.close()
    return .done
  }
}
