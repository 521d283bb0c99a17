public import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
public import WebPages

/// A browser as far as a test needs one: it keeps cookies and sends a form's token.
///
/// It talks to the routes without a socket. One test uses it from one task.
public final class Browser: @unchecked Sendable {
  /// What came back.
  public struct Answer: Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The headers.
    public let headers: HTTPFields
    /// The body as text.
    public let text: String

    /// Where a redirect leads.
    public var location: String? { headers[.location] }
  }

  /// The host that requests name.
  public var host = "127.0.0.1:8585"
  /// The cookies kept, by name.
  public private(set) var cookies: [String: String] = [:]
  private let answer: @Sendable (Request, WebContext) async throws -> Response

  /// A browser without cookies.
  public init(_ responder: some HTTPResponder<WebContext>) {
    answer = { try await responder.respond(to: $0, context: $1) }
  }

  /// Forgets all cookies.
  public func forget() {
    cookies = [:]
  }

  /// Asks for a page.
  public func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
    try await send(path, .get, headers, "")
  }

  /// Sends a form; without `token`, with that of the front page.
  public func post(
    _ path: String, _ fields: [(String, String)], token: String? = nil, headers: HTTPFields = [:]
  ) async throws -> Answer {
    var used = token
    if used == nil { used = try await self.token() }
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    let pairs = [("_token", used ?? "")] + fields
    let body = pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
    return try await send(path, .post, headers, body)
  }

  /// Sends a form as a script does.
  public func script(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
    var headers = HTTPFields()
    if let name = HTTPFields.Element.Name("X-Quipu-Script") { headers[name] = "1" }
    return try await post(path, fields, headers: headers)
  }

  /// The token of the first form of a page.
  public func token(on path: String = "/") async throws -> String {
    try await get(path).text.after("name=\"_token\" value=\"")
  }

  /// Sends any request.
  public func send(
    _ path: String, _ method: HTTPRequest.Method, _ given: HTTPFields, _ body: String
  ) async throws -> Answer {
    var headers = given
    headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    let request = Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: host, path: path, headerFields: headers),
      body: RequestBody(buffer: ByteBuffer(string: body)))
    let context = WebContext(
      source: ApplicationRequestContextSource(
        channel: NIOAsyncTestingChannel(),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    let response = try await answer(request, context)
    for cookie in response.headers[values: .setCookie] {
      let pair = cookie.prefix { $0 != ";" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let isOver = cookie.contains("Max-Age=0")
      cookies[String(pair[0])] = isOver || pair.count < 2 ? nil : String(pair[1])
    }
    let collected = Collected()
    try await response.body.write(collected)
    return Answer(
      status: response.status, headers: response.headers, text: collected.text)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      let digits = String(byte, radix: 16)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" + digits : digits)
    }.joined()
  }

  private final class Collected: ResponseBodyWriter {
    private var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func write(_ buffer: ByteBuffer) async throws {
      bytes += buffer.readableBytesView
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}

extension String {
  /// What follows a text, up to the next quotation mark; `""` where the text is not there.
  public func after(_ start: String) -> String {
    guard let range = firstRange(of: start) else { return "" }
    return String(self[range.upperBound...].prefix { $0 != "\"" })
  }
}
