internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import Trainings

/// Who sent a request, by its cookies.
struct Visitor {
  let site: WebSite
  let user: WebUser
  let language: Language
  /// The session's secret: the cookie's value, or a new one for who has none.
  let session: String
  let isNew: Bool
  let notice: (tone: String, text: String)?
  let now: Int64
  private let remoteAddress: String

  init(_ request: Request, _ context: WebContext, _ site: WebSite) throws {
    self.site = site
    now = site.now()
    remoteAddress = context.remoteAddress
    let cookies = request.cookies
    let kept = cookies[site.sessionCookie]?.value
    let isToken = kept?.count == 64 && kept?.allSatisfy(\.isHexDigit) == true
    session = isToken ? kept ?? "" : Secret.token()
    isNew = !isToken
    language =
      cookies[WebSite.languageCookie].flatMap { Language(rawValue: $0.value) } ?? .spanish
    let token = session
    notice = cookies[site.noticeCookie].flatMap { Self.notice($0.value, token, site) }
    if let roles = site.policy.localRoles {
      user = WebUser(name: WebUser.localName, fullName: "", roles: roles, isLocal: true)
    } else {
      let found =
        isToken
        ? try site.users.user(session: session, now: now, lifetime: site.policy.sessionLifetime)
        : nil
      user = found ?? WebUser(name: "", fullName: "", roles: [])
    }
  }

  /// What forms must bear: it follows from the session, so nothing is kept for who has not signed in.
  var token: String {
    Secret.signature(of: session, for: "form", key: site.key)
  }

  func pageRequest(_ request: Request, _ context: WebContext, form: FormBody) -> PageRequest {
    PageRequest(
      site: site, user: user, language: language, form: form, path: request.uri.path, now: now,
      token: token, isScript: request.headers[.script] != nil,
      query: request.uri.queryParameters.map { (String($0.key), String($0.value)) },
      parameters: context.parameters, notice: notice, sessionToken: session,
      remoteAddress: remoteAddress)
  }

  /// Where one signs in and comes back from: to the page, or to the one that sent the form.
  func signInPath(_ request: Request) throws -> String {
    let isForm = request.method == .post
    let next = isForm ? referer(request) : request.uri.description
    let hadSession = try isForm || (!isNew && site.users.knows(session: session))
    let parts = [
      next.flatMap { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) }
        .map { "next=" + $0 },
      hadSession ? "ended=1" : nil,
    ].compactMap(\.self)
    return "/sign-in" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }

  /// The path of this site's page that the request came from.
  private func referer(_ request: Request) -> String? {
    guard let text = request.headers[.named("Referer")], let start = text.firstRange(of: "://")
    else { return nil }
    let rest = text[start.upperBound...]
    guard let slash = rest.firstIndex(of: "/"), rest[..<slash] == request.head.authority ?? ""
    else { return nil }
    return String(rest[slash...])
  }

  func response(_ page: PageResponse) -> Response {
    var headers = HTTPFields()
    let body: ResponseBody
    switch page.content {
    case .html(let html):
      headers[.contentType] = "text/html; charset=utf-8"
      body = ResponseBody(byteBuffer: ByteBuffer(string: html))
    case .page(let page):
      headers[.contentType] = "text/html; charset=utf-8"
      body = ResponseBody(byteBuffer: ByteBuffer(string: page.rendered()))
    case .document(let html):
      headers[.contentType] = "text/html; charset=utf-8"
      headers[.contentSecurityPolicy] =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"
      body = ResponseBody(byteBuffer: ByteBuffer(string: html))
    case .redirect(let path):
      headers[.location] = path
      body = ResponseBody()
    case .bytes(let bytes, let type, let fileName):
      headers[.contentType] = type
      if let fileName {
        let plain = String(
          fileName.map {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "_"
          })
        headers[.contentDisposition] = "attachment; filename=\"\(plain)\""
      }
      body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    }
    if let refresh = page.refresh { headers[.named("Refresh")] = "\(refresh)" }
    var response = Response(status: page.status, headers: headers, body: body)
    if let token = page.sessionToken {
      response.setCookie(cookie(site.sessionCookie, token))
    } else if isNew {
      response.setCookie(cookie(site.sessionCookie, session))
    }
    if let language = page.language {
      response.setCookie(cookie(WebSite.languageCookie, language, maxAge: 365 * 86400))
    }
    if let notice = page.notice {
      response.setCookie(
        cookie(site.noticeCookie, Self.kept(notice, page.sessionToken ?? session, site), maxAge: 60)
      )
    } else if self.notice != nil, case .page = page.content {
      response.setCookie(cookie(site.noticeCookie, "", maxAge: 0))
    }
    return response
  }

  private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
    Cookie(
      name: name, value: value, maxAge: maxAge, path: "/", secure: site.policy.isSecure,
      httpOnly: true, sameSite: .lax)
  }

  // MARK: - Notices

  private static func kept(
    _ notice: (tone: PageResponse.Tone, text: String), _ session: String, _ site: WebSite
  ) -> String {
    let text = Secret.hexadecimal(Array("\(notice.tone.rawValue)|\(notice.text)".utf8))
    return text + "." + Secret.signature(of: session + text, for: "notice", key: site.key)
  }

  private static func notice(
    _ value: String, _ session: String, _ site: WebSite
  ) -> (tone: String, text: String)? {
    let parts = value.split(separator: ".").map(String.init)
    guard parts.count == 2,
      Secret.areEqual(
        Array(parts[1].utf8),
        Array(Secret.signature(of: session + parts[0], for: "notice", key: site.key).utf8))
    else { return nil }
    var bytes: [UInt8] = []
    var rest = Substring(parts[0])
    while rest.count >= 2 {
      bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    let fields = String(decoding: bytes, as: UTF8.self).split(separator: "|", maxSplits: 1)
    return fields.count == 2 ? (String(fields[0]), String(fields[1])) : nil
  }
}
