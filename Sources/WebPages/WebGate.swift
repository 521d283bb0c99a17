internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Replica
internal import Trainings

/// What every request passes: the host is checked, errors become pages, headers are set, and one
/// line is logged, without query, names or contents.
struct WebGate: RouterMiddleware {
  typealias Context = WebContext

  let site: WebSite
  let logger: Logger

  func handle(
    _ request: Request, context: WebContext,
    next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    var response: Response
    do {
      try checkHost(request)
      response = try await next(request, context)
    } catch {
      response = try await answer(error, request, context)
    }
    for (name, value) in Self.headers where response.headers[name] == nil {
      response.headers[name] = value
    }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    logger.info(
      "Request",
      metadata: [
        "route": "\(request.method.rawValue) \(context.endpointPath ?? "unknown")",
        "status": "\(response.status.code)", "ms": "\(Int(milliseconds.rounded()))",
      ])
    return response
  }

  /// Nothing but this site's own files, no frames, no guessing of types, nothing kept by proxies.
  private static let headers: [(HeaderName, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"),
    (.cacheControl, "no-store"),
    (.named("Referrer-Policy"), "same-origin"),
    (.named("Cross-Origin-Opener-Policy"), "same-origin"),
    (.named("Cross-Origin-Resource-Policy"), "same-origin"),
    (.named("Permissions-Policy"), "camera=(), geolocation=(), microphone=()"),
    (.named("X-Frame-Options"), "DENY"),
  ]

  /// What a proxy adds: who comes through one is not at this machine, wherever the site listens.
  private static let proxyHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"]

  private func checkHost(_ request: Request) throws {
    if site.policy.localRoles != nil,
      Self.proxyHeaders.contains(where: { request.headers[.named($0)] != nil })
    {
      throw WebError.foreignHost
    }
    guard let hosts = site.policy.hosts else { return }
    let authority = request.head.authority ?? ""
    let host =
      authority.hasPrefix("[")
      ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
    guard hosts.contains(host.lowercased()) else { throw WebError.foreignHost }
  }

  private func answer(
    _ error: any Error, _ request: Request, _ context: WebContext
  ) async throws -> Response {
    let site = site
    let logger = logger
    return try await NIOThreadPool.singleton.runIfActive {
      let visitor = try Visitor(request, context, site)
      let page = visitor.pageRequest(request, context, form: FormBody())
      let problem = explain(error, logger)
      let (message, hint) = (problem.message(page.language), problem.hint(page.language))
      if page.isScript {
        let bytes = try JSONEncoder().encode([
          "code": problem.code, "message": message, "hint": hint,
        ])
        return visitor.response(.json([UInt8](bytes), status: problem.status))
      }
      return visitor.response(
        page.page(
          "error", title: message, ["hint": hint, "code": "\(problem.status.code)"],
          status: problem.status))
    }
  }

  /// The error in words; what nobody foresaw is logged by its type, since its text may hold values.
  private func explain(_ error: any Error, _ logger: Logger) -> WebError {
    switch error {
    case let error as WebError: return error
    case let error as TrainingsError:
      var problem = WebError(.unprocessableContent, code: error.code, "", "")
      problem.message = { error.message(in: $0) }
      problem.hint = { _ in "" }
      return problem
    case let error as any HTTPResponseError where error.status == .notFound: return .notFound
    case let error as DatabaseError
    where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode):
      return WebError(
        .serviceUnavailable, code: "busy",
        "Otro programa está usando los datos en este momento.",
        "Another program is using the data right now.",
        hint: "Espere unos segundos y pruebe otra vez; no se perdió nada.",
        "Wait some seconds and try again; nothing was lost.")
    case let error as DatabaseError where error.meansFullDisk:
      return WebError(
        .init(code: 507), code: "disk_full",
        "El disco está lleno y no se pudo guardar.", "The disk is full; nothing was saved.",
        hint: "Libere espacio y pruebe otra vez.", "Free some space and try again.")
    default:
      let number = String(Secret.token().prefix(8))
      logger.error(
        "A request failed",
        metadata: [
          "failure": "\(number)", "type": "\(type(of: error))", "code": "\(code(of: error))",
        ])
      return WebError(
        .internalServerError, code: "failure",
        "Algo falló y esto no se pudo hacer.", "Something failed and this could not be done.",
        hint:
          "No se perdió lo que ya estaba guardado. Si vuelve a pasar, avise con el número \(number).",
        "What had been saved is not lost. If it happens again, report the number \(number).")
    }
  }

  private func code(of error: any Error) -> String {
    switch error {
    case let error as DatabaseError: "sqlite \(error.extendedResultCode.rawValue)"
    case let error as ReplicaError: error.code
    default: "-"
    }
  }
}
