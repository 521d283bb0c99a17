internal import Hummingbird
internal import Logging
internal import SyncProtocol

/// Turns every error into a problem, counts every request, and writes one line about it: no names,
/// no contents.
struct RequestJournal: RouterMiddleware {
  typealias Context = CentralRequestContext

  let metrics: CentralMetrics
  let logger: Logger

  func handle(
    _ request: Request,
    context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response: Response
    var code: String?
    do {
      response = try await next(request, context)
    } catch {
      let problem = Problem(error)
      code = problem.document.code
      if problem == .internalError {
        logger.error("A request failed", metadata: ["error": "\(error)"])
      }
      response = try problem.response(from: request, context: context)
    }
    let seconds = Double((ContinuousClock.now - start) / .microseconds(1)) / 1e6
    let route = "\(request.method.rawValue) \(context.endpointPath ?? "unknown")"
    metrics.note(route: route, status: Int(response.status.code), seconds: seconds)
    var metadata: Logger.Metadata = [
      "route": "\(route)", "status": "\(response.status.code)", "seconds": "\(seconds)",
    ]
    if let code { metadata["code"] = "\(code)" }
    logger.info("Request", metadata: metadata)
    return response
  }
}
