import GRDB
import Hummingbird
import Replica
import TestSupport
import Testing
import WebPages
import WebTestSupport

@testable import OfficeWeb

@Suite("Importing on the pages")
struct ImportPageTests {
  static func file(_ title: String) -> String {
    "codigo;titulo;fecha_inicio\nCUS-2026-\(title.count);\(title);2026-03-02\n"
  }

  static func choose(_ name: String, _ browser: Browser) async throws -> Browser.Answer {
    let token = try await browser.token()
    var headers = HTTPFields()
    headers[.contentType] = "multipart/form-data; boundary=x"
    let body = [
      "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n\(token)",
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name).csv\"\r\n\r\n\(file(name))",
      "--x--\r\n",
    ].joined(separator: "\r\n")
    return try await browser.send("/import", .post, headers, body)
  }

  @Test("what is imported is the file that was shown, whatever another window looked at since")
  func shown() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let first = try await Self.choose("Primera", browser)
    #expect(first.status == .ok)
    let mark = first.text.after("name=\"mark\" value=\"")
    #expect(!mark.isEmpty)
    #expect(try await Self.choose("Segundo taller", browser).text.contains("Segundo taller"))
    for path in ["/import/apply", "/import/rejected"] {
      let refused = try await browser.post(path, [("mark", mark)])
      #expect(refused.status == .conflict)
      #expect(refused.text.contains("No se importó nada"))
      #expect(refused.text.contains("Segundo taller"))
    }
    #expect(try bench.count("SELECT count(*) FROM training_session") == 1)
    let again = try await Self.choose("Primera", browser)
    #expect(again.text.after("name=\"mark\" value=\"") == mark)
    #expect(try await browser.post("/import/apply", [("mark", mark)]).location == "/import")
    #expect(
      try bench.count("SELECT count(*) FROM training_session WHERE title = 'Primera'") == 1)
  }

  @Test("an import is undone by who may decide, and only after a question")
  func undone() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let mark = try await Self.choose("Primera", browser).text.after("name=\"mark\" value=\"")
    _ = try await browser.post("/import/apply", [("mark", mark)])
    let registrar = try bench.browser(roles: [.registrar])
    #expect(try await !registrar.get("/import").text.contains("/import/1/undo"))
    #expect(try await registrar.get("/import/1/undo").status == .forbidden)
    #expect(try await registrar.post("/import/1/undo", []).status == .forbidden)
    let list = try await browser.get("/import").text
    #expect(list.contains("href=\"/import/1/undo\""))
    #expect(!list.contains("action=\"/import/1/undo\""))
    let asked = try await browser.get("/import/1/undo").text
    #expect(asked.contains("¿Deshacer esta importación?"))
    #expect(asked.contains("1 fila que agregó"))
    #expect(asked.contains("Sí, deshacer"))
    _ = try await browser.post("/import/1/undo", [])
    #expect(try bench.count("SELECT count(*) FROM training_session") == 1)
  }

  @Test("who may not import or decide is not led there")
  func roles() async throws {
    let bench = try OfficeBench()
    let auditor = try bench.browser(roles: [.auditor])
    #expect(try await !auditor.get("/").text.contains("href=\"/import\""))
    #expect(try await bench.browser().get("/").text.contains("href=\"/import\""))
  }
}
