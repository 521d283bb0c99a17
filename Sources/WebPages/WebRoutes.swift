internal import Foundation
public import Hummingbird
public import Logging
internal import NIOCore
internal import NIOPosix

/// The routes of a site.
///
/// Paths are as in `sessions/:id`. Without `roles` every user of the site may come.
public struct WebRoutes {
  /// What answers: on a thread that may block.
  public typealias Handler = @Sendable (PageRequest) throws -> PageResponse

  /// Who may come.
  enum Access: Sendable {
    case anybody
    case users(Set<WebRole>)
  }

  /// The site.
  public let site: WebSite
  private let router: Router<WebContext>

  /// The routes that every site has: sign in, sign out, language, assets.
  public init(_ site: WebSite, logger: Logger) {
    self.site = site
    router = Router(context: WebContext.self)
    router.add(middleware: WebGate(site: site, logger: logger))
    addAssets()
    SignInPages(site: site).add(to: self)
  }

  /// A page; nothing is changed by it.
  public func get(
    _ path: String, roles: Set<WebRole> = Set(WebRole.allCases), _ handler: @escaping Handler
  ) {
    on(path, .get, .users(roles), limit: 0, handler)
  }

  /// What a form does.
  ///
  /// - Parameter limit: The largest body, in bytes; nil for the site's.
  public func post(
    _ path: String, roles: Set<WebRole>, limit: Int? = nil, _ handler: @escaping Handler
  ) {
    on(path, .post, .users(roles), limit: limit ?? site.policy.bodyLimit, handler)
  }

  /// What answers requests.
  public func responder() -> some HTTPResponder<WebContext> {
    router.buildResponder()
  }

  func on(
    _ path: String, _ method: HTTPRequest.Method, _ access: Access, limit: Int,
    _ handler: @escaping Handler
  ) {
    let site = site
    router.on(RouterPath(stringLiteral: path), method: method) { request, context in
      var form = FormBody()
      if method == .post {
        try FormGuard.checkOrigin(request)
        form = try await FormGuard.read(request, limit: limit)
      }
      let read = form
      return try await NIOThreadPool.singleton.runIfActive {
        let visitor = try Visitor(request, context, site)
        if method == .post { try FormGuard.checkToken(read, visitor) }
        let asked = visitor.pageRequest(request, context, form: read)
        if case .users(let roles) = access {
          if asked.user.roles.isEmpty {
            if asked.isScript { throw WebError.signedOut }
            return visitor.response(.redirect(try visitor.signInPath(request)))
          }
          guard asked.user.has(roles) else { throw WebError.forbidden }
        }
        return visitor.response(try handler(asked))
      }
    }
  }

  private func addAssets() {
    let assets = site.assets
    router.get("assets/:hash/:name") { request, _ in
      guard let asset = assets[request.uri.path] else { throw WebError.notFound }
      return Response(
        status: .ok,
        headers: [
          .contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable",
        ],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
  }
}

/// What keeps forms of strangers out.
enum FormGuard {
  /// Refuses what a browser says another site's page sent.
  static func checkOrigin(_ request: Request) throws {
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
      throw WebError.foreignForm
    }
    guard let origin = request.headers[.origin] else { return }
    let host = request.head.authority ?? ""
    guard let authority = origin.split(separator: "/").last, origin.contains("://"),
      authority.lowercased() == host.lowercased()
    else { throw WebError.foreignForm }
  }

  static func read(_ request: Request, limit: Int) async throws -> FormBody {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw WebError.tooLarge
    }
    let bytes: [UInt8]
    do {
      bytes = Array((try await request.body.collect(upTo: limit)).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw WebError.tooLarge
    }
    guard let form = FormBody(bytes, contentType: request.headers[.contentType] ?? "") else {
      throw WebError.unreadable
    }
    return form
  }

  static func checkToken(_ form: FormBody, _ visitor: Visitor) throws {
    guard Secret.areEqual(Array(form["_token"].utf8), Array(visitor.token.utf8)) else {
      throw WebError.staleForm
    }
  }
}

/// The name of a header.
typealias HeaderName = HTTPFields.Element.Name

extension HeaderName {
  static let secFetchSite = named("Sec-Fetch-Site")
  static let script = named("X-Quipu-Script")

  /// - Precondition: The text can name a header.
  static func named(_ text: String) -> HeaderName {
    guard let name = HeaderName(text) else { preconditionFailure("\(text) names no header") }
    return name
  }
}
