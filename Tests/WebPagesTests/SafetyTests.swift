import Foundation
import GRDB
import Hummingbird
import Replica
import TestSupport
import Testing
import WebTestSupport

@testable import WebPages

@Suite("What keeps strangers out")
struct SafetyTests {
  static let own = WebPolicy.loopback(roles: [.registrar])

  @Test("every answer allows nothing but this site's own files, and is kept by nobody")
  func headers() async throws {
    let browser = try SmallSite(Self.own).browser()
    for path in ["/", "/nothing", "/broken"] {
      let answer = try await browser.get(path)
      let policy = answer.headers[.contentSecurityPolicy] ?? ""
      #expect(policy.contains("default-src 'none'"), "\(path)")
      #expect(policy.contains("frame-ancestors 'none'"), "\(path)")
      #expect(!policy.contains("unsafe"), "\(path)")
      #expect(answer.headers[.cacheControl] == "no-store", "\(path)")
      #expect(answer.headers[.xContentTypeOptions] == "nosniff", "\(path)")
    }
  }

  @Test(
    "pages hold no inline script or style, and their files come by a path that says their content")
  func assets() async throws {
    let browser = try SmallSite(Self.own).browser()
    let page = try await browser.get("/").text
    #expect(!page.contains("<script>"))
    #expect(!page.contains("style=\""))
    let style = page.after("rel=\"stylesheet\" href=\"")
    let answer = try await browser.get(style)
    #expect(answer.status == .ok)
    #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
    let other = try await browser.get("/assets/000000000000/quipu.css")
    #expect(other.status == .notFound)
  }

  @Test("a form without its visitor's token writes nothing")
  func token() async throws {
    let site = try SmallSite(Self.own)
    let browser = site.browser()
    let stranger = site.browser()
    let foreign = try await stranger.token()
    _ = try await browser.token()
    #expect(try await browser.post("/write", [], token: "").status == .forbidden)
    #expect(try await browser.post("/write", [], token: foreign).status == .forbidden)
    #expect(try await browser.post("/write", []).status == .seeOther)
  }

  @Test(
    "a form that another site's page sent is refused, whatever it bears",
    arguments: [
      ("Origin", "https://example.org"), ("Origin", "null"), ("Origin", "http://127.0.0.1:9999"),
      ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
    ])
  func origin(_ header: String, _ value: String) async throws {
    let browser = try SmallSite(Self.own).browser()
    let name = try #require(HTTPFields.Element.Name(header))
    var headers = HTTPFields()
    headers[name] = value
    #expect(try await browser.post("/write", [], headers: headers).status == .forbidden)
    headers[name] = header == "Origin" ? "http://127.0.0.1:8585" : "same-origin"
    #expect(try await browser.post("/write", [], headers: headers).status == .seeOther)
  }

  @Test(
    "on loopback only this machine's own names are answered",
    arguments: ["example.org", "127.0.0.1.example.org:8585", "192.168.1.4:8585", ""])
  func host(_ host: String) async throws {
    let browser = try SmallSite(Self.own).browser()
    browser.host = host
    #expect(try await browser.get("/").status == .misdirectedRequest)
    for own in ["localhost:1", "127.0.0.1", "[::1]:8585"] {
      browser.host = own
      #expect(try await browser.get("/").status == .ok)
    }
  }

  @Test("a body larger than a route takes is refused")
  func size() async throws {
    let browser = try SmallSite(Self.own).browser()
    let answer = try await browser.post(
      "/write", [("text", String(repeating: "a", count: 3000))])
    #expect(answer.status == .contentTooLarge)
  }

  @Test("on a network nothing is shown before signing in, and afterwards only what the roles allow")
  func signIn() async throws {
    let site = try SmallSite(.network(isSecure: false))
    try site.site.users.add(
      WebUser(name: "rosa", fullName: "Rosa", roles: [.registrar]), password: "una frase larga",
      now: site.replicas.clock.now)
    let browser = site.browser()
    let first = try await browser.get("/?said=x")
    #expect(first.status == .seeOther)
    #expect(first.location == "/sign-in?next=%2F%3Fsaid%3Dx")
    let anonymous = browser.cookies["quipu_test"]
    let wrong = try await browser.post(
      "/sign-in", [("name", "rosa"), ("password", "otra frase larga"), ("next", "/")],
      token: try await browser.token(on: "/sign-in"))
    #expect(wrong.status == .unprocessableContent)
    let right = try await browser.post(
      "/sign-in", [("name", "Rosa"), ("password", "una frase larga"), ("next", "//evil.example")],
      token: try await browser.token(on: "/sign-in"))
    #expect(right.location == "/")
    #expect(browser.cookies["quipu_test"] != anonymous)
    #expect(try await browser.get("/").status == .ok)
    #expect(try await browser.get("/audited").status == .forbidden)
    #expect(try await browser.post("/write", [("text", "x")]).status == .seeOther)
    let stolen = browser.cookies["quipu_test"]
    _ = try await browser.post("/sign-out", [])
    #expect(try await browser.get("/").status == .seeOther)
    #expect(stolen != browser.cookies["quipu_test"])
    let kept = try site.site.replica.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM web_session")
    }
    #expect(kept == 0)
  }

  @Test(
    "when a session has ended, scripts and forms are told so, and the way back leads to the page")
  func ended() async throws {
    let site = try SmallSite(.network(isSecure: false))
    try site.site.users.add(
      WebUser(name: "rosa", fullName: "Rosa", roles: [.registrar]), password: "una frase larga",
      now: site.replicas.clock.now)
    let browser = site.browser()
    let signIn = [("name", "rosa"), ("password", "una frase larga"), ("next", "/")]
    _ = try await browser.post("/sign-in", signIn, token: try await browser.token(on: "/sign-in"))
    let token = try await browser.token()
    try site.site.replica.write { db in
      try db.execute(sql: "UPDATE web_session SET seen_at = seen_at - 13 * 3600000")
    }
    var headers = HTTPFields()
    headers[try #require(HTTPFields.Element.Name("X-Quipu-Script"))] = "1"
    let script = try await browser.post("/write", [], token: token, headers: headers)
    #expect(script.status == .unauthorized)
    #expect(script.text.contains("Su sesión venció"))
    headers = HTTPFields()
    headers[.referer] = "http://127.0.0.1:8585/?said=x"
    let form = try await browser.post("/write", [], token: token, headers: headers)
    #expect(form.location == "/sign-in?next=%2F%3Fsaid%3Dx&ended=1")
    headers[.referer] = "http://example.org/?said=x"
    let foreign = try await browser.post("/write", [], token: token, headers: headers)
    #expect(foreign.location == "/sign-in?ended=1")
    let page = try #require(try await browser.get("/").location)
    #expect(page == "/sign-in?next=%2F&ended=1")
    #expect(try await browser.get(page).text.contains("Su sesión venció"))
    #expect(try await browser.get("/token").location?.hasPrefix("/sign-in") == true)

    _ = try await browser.post("/sign-in", signIn, token: try await browser.token(on: "/sign-in"))
    #expect(try await browser.post("/write", [], token: token).status == .forbidden)
    let renewed = try await browser.get("/token").text.after("\"token\":\"")
    #expect(try await browser.post("/write", [], token: renewed).status == .seeOther)
  }

  @Test(
    "the cookie cannot be read by scripts, is not sent from other sites, and is not the kept secret"
  )
  func cookie() async throws {
    let site = try SmallSite(.network(isSecure: true))
    let answer = try await site.browser().get("/sign-in")
    let cookie = try #require(answer.headers[.setCookie])
    for part in ["__Host-quipu_test=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
      #expect(cookie.contains(part))
    }
    let user = WebUser(name: "a", fullName: "A", roles: [.auditor])
    try site.site.users.add(user, password: "una frase larga", now: 0)
    let token = try site.site.users.beginSession(of: user, now: 0, lifetime: 1000)
    let kept = try site.site.replica.read { db in
      try Data.fetchOne(db, sql: "SELECT hash FROM web_session")
    }
    #expect(kept != Data(token.utf8))
    #expect(try site.site.users.user(session: token, now: 1000, lifetime: 1000) != nil)
    #expect(try site.site.users.user(session: token, now: 1001, lifetime: 1000) == nil)
  }

  @Test("whoever tries passwords must wait, even for the right one")
  func throttled() async throws {
    let site = try SmallSite(.network(isSecure: false))
    try site.site.users.add(
      WebUser(name: "rosa", fullName: "Rosa", roles: [.registrar]), password: "una frase larga",
      now: 0)
    let browser = site.browser()
    let token = try await browser.token(on: "/sign-in")
    for _ in 0..<7 {
      _ = try await browser.post(
        "/sign-in", [("name", "rosa"), ("password", "adivinada")], token: token)
    }
    let right = try await browser.post(
      "/sign-in", [("name", "rosa"), ("password", "una frase larga")], token: token)
    #expect(right.status == .unprocessableContent)
    #expect(right.text.contains("Demasiados intentos"))
  }

  @Test("an error says nothing of its insides, and has a number for whoever looks into the log")
  func failure() async throws {
    let browser = try SmallSite(Self.own).browser()
    let answer = try await browser.get("/broken")
    #expect(answer.status == .internalServerError)
    #expect(!answer.text.contains("Broken"))
    #expect(answer.text.contains("número"))
  }

  @Test("a notice is shown once, and only if this site made it")
  func notice() async throws {
    let browser = try SmallSite(Self.own).browser()
    _ = try await browser.post("/write", [("text", "<b>ñ")])
    #expect(try await browser.get("/").text.contains("Se escribió &lt;b&gt;ñ"))
    #expect(try await !browser.get("/").text.contains("Se escribió"))
  }

  @Test("the reader's language is kept, and a stranger's path is not followed")
  func language() async throws {
    let browser = try SmallSite(Self.own).browser()
    #expect(try await browser.get("/").text.contains("<html lang=\"es\">"))
    let answer = try await browser.post(
      "/language", [("language", "en"), ("path", "https://evil.example")])
    #expect(answer.location == "/")
    #expect(try await browser.get("/").text.contains("<html lang=\"en\">"))
  }

  @Test("what comes from a query is escaped")
  func escaped() async throws {
    let browser = try SmallSite(Self.own).browser()
    let page = try await browser.get("/?said=%3Cscript%3Ealert(1)%3C/script%3E").text
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert"))
  }
}
