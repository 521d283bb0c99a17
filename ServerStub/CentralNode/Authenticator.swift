internal import Hummingbird
internal import NIOPosix

/// Lets only requests with a good credential pass.
struct Authenticator: RouterMiddleware {
  typealias Context = CentralRequestContext

  let register: AccessRegister

  func handle(
    _ request: Request,
    context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let value = request.headers[.authorization] else { throw Problem.credentialMissing }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200 else {
      throw Problem.credentialMissing
    }
    let token = String(parts[1])
    let register = register
    var context = context
    context.access = try await NIOThreadPool.singleton.runIfActive {
      try register.access(token: token)
    }
    return try await next(request, context)
  }
}
