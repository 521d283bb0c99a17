import Testing
import Trainings

@testable import WebPages

@Suite("What a form sends and how values are written")
struct FormatTests {
  @Test("numbers, days and pages are written as readers in Peru and the United States expect")
  func written() {
    let spanish = WebFormat(.spanish)
    let english = WebFormat(.english)
    #expect(spanish.number(1_234_567) == "1,234,567")
    #expect(spanish.number(-999) == "−999")
    #expect(spanish.number(14.5) == "14.5")
    #expect(spanish.number(14.0) == "14")
    #expect(spanish.number(-0.001) == "0")
    #expect(spanish.day("2019-05-14") == "14/05/2019")
    #expect(english.day("2019-05-14") == "May 14, 2019")
    #expect(spanish.day("mayo") == "mayo")
    let page = Pagination(number: 9, size: 50, total: 101)
    #expect(page.number == 3)
    #expect(page.offset == 100)
  }

  @Test("fields are decoded, in their order, whatever stands in them")
  func encoded() throws {
    let form = try #require(
      FormBody(
        Array("a=1&b=%C3%B1+%26&a=2&c=&d=100%".utf8),
        contentType: "application/x-www-form-urlencoded; charset=utf-8"))
    #expect(form.all("a") == ["1", "2"])
    #expect(form["b"] == "ñ &")
    #expect(form.has("c"))
    #expect(form.text("c") == nil)
    #expect(form["d"] == "100%")
    #expect(!form.has("e"))
  }

  @Test("a file comes with its bytes unchanged and its name without folders")
  func file() throws {
    let bytes: [UInt8] = [0, 13, 10, 45, 45, 120, 255]
    var body = Array(
      ("--xy\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nhola\r\n--xy\r\n"
        + "Content-Disposition: form-data; name=\"f\"; filename=\"..\\\\a/b.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\n").utf8)
    body += bytes + Array("\r\n--xy--\r\n".utf8)
    let form = try #require(FormBody(body, contentType: "multipart/form-data; boundary=xy"))
    #expect(form["t"] == "hola")
    #expect(form.file("f")?.bytes == bytes)
    #expect(form.file("f")?.name == "b.csv")
  }

  @Test(
    "a body cut anywhere is refused or read, never trapped on",
    arguments: [
      "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain",
    ])
  func cut(_ type: String) {
    let body = Array(
      "--x\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nhola%4\r\n--x--\r\n".utf8)
    for length in 0...body.count { _ = FormBody(Array(body.prefix(length)), contentType: type) }
  }

  @Test("a template says both languages, and escapes what it shows")
  func templates() {
    let text = "[[Guardar|Save]] {{name}}[[; fin|]]"
    #expect(WebTemplates.text(text, in: .spanish) == "Guardar {{name}}; fin")
    #expect(WebTemplates.text(text, in: .english) == "Save {{name}}")
    let templates = WebTemplates(["hello": Array(text.utf8)])
    #expect(
      templates.render("hello", ["name": "<b> & \"c\""], .english)
        == "Save &lt;b&gt; &amp; &quot;c&quot;")
  }

  @Test("a password is known again, another is not, and no two hashes are alike")
  func passwords() throws {
    let cost = PasswordCost(rounds: 16)
    let one = try Password.hashed("contraseña larga", cost: cost)
    let other = try Password.hashed("contraseña larga", cost: cost)
    #expect(one != other)
    #expect(Password.isValid("contraseña larga", for: one))
    // The same letters composed otherwise are the same password.
    #expect(Password.isValid("contrasen\u{303}a larga", for: one))
    #expect(!Password.isValid("contraseña larga ", for: one))
    #expect(!Password.isValid("contraseña larga", for: "nothing"))
  }

  @Test("after five failures each further one waits longer, and a success forgets them")
  func throttle() {
    let throttle = SignInThrottle()
    for time in 0..<5 {
      #expect(throttle.wait(["a"], now: Int64(time)) == 0)
      throttle.fail(["a"], now: Int64(time))
    }
    var waits: [Int] = []
    for _ in 0..<12 {
      waits.append(throttle.wait(["a"], now: 10))
      throttle.fail(["a"], now: 10)
    }
    #expect(waits == waits.sorted())
    #expect(waits.first ?? 0 >= 1)
    #expect((waits.last ?? 0) <= 15 * 60)
    #expect(throttle.wait(["b"], now: 10) == 0)
    throttle.succeed("a")
    #expect(throttle.wait(["a"], now: 10) == 0)
  }

  @Test(
    "only loopback addresses let one in without signing in",
    arguments: [
      ("127.0.0.1", true), ("localhost", true), ("::1", true), ("127.8.9.1", true),
      ("0.0.0.0", false), ("192.168.1.10", false), ("127.0.0.1.example.org", false), ("", false),
    ])
  func loopback(_ host: String, _ isOwn: Bool) {
    let policy = WebPolicy.listening(on: host, localRoles: [.registrar], isSecure: false)
    #expect((policy.localRoles != nil) == isOwn)
    #expect((policy.hosts != nil) == isOwn)
  }
}
