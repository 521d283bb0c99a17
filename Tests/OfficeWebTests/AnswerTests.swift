import GRDB
import Hummingbird
import Replica
import TestSupport
import Testing
import WebTestSupport

@testable import OfficeWeb

/// What the Enter key would send: the first button of the form.
@Suite("A form's first button")
struct AnswerTests {
  @Test("for a new person asks about who resembles her, and never says that it is one of them")
  func newPerson() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let asked = try await browser.post(
      "/sessions/s-1/person",
      [
        ("document_type", ""), ("document_number", ""), ("paternal_surname", "Huaman"),
        ("maternal_surname", "Condori"), ("given_names", "Teofilo"), ("sex", "M"),
      ])
    #expect(asked.status == .conflict)
    let form = asked.text.after(form: "id=\"person\"")
    #expect(form.contains("name=\"participant\" value=\"p-2\""))
    #expect(form.contains("name=\"new\""))
    #expect(form.components(of: "<button")[1].hasPrefix(" class=\"main\">Registrar y marcar"))
  }

  @Test("of a conflict is its only one: a typed value is never sent as somebody else's")
  func conflict() async throws {
    let bench = try OfficeBench()
    let lima = try bench.replicas.make("lima")
    try bench.replica.send(to: lima)
    try bench.replica.execute("UPDATE attendance SET post_score = 14")
    try lima.execute("UPDATE attendance SET post_score = 16")
    try lima.send(to: bench.replica)
    let browser = try bench.browser()
    let path = try await browser.get("/conflicts").text.after("<p><a href=\"")
    let page = try await browser.get(path).text
    let forms = page.components(of: "<form ").filter { $0.contains("name=\"choice\"") }
    #expect(forms.count == 3)
    for form in forms {
      #expect(form.components(of: "name=\"choice\"").count == 2)
    }
    #expect(forms[2].contains("id=\"value\""))
    let choice = forms[2].after("name=\"choice\" value=\"")
    _ = try await browser.post(
      path, [("seen", page.after("name=\"seen\" value=\"")), ("choice", choice), ("value", "15")])
    #expect(try bench.scores("p-1")[1] == 15)
  }

  @Test("several who fit are counted, and one is marked at once only by a whole document")
  func several() async throws {
    let bench = try OfficeBench()
    try bench.replica.write { db in
      for number in 10..<20 {
        try db.execute(
          sql: """
            INSERT INTO participant(id, document_type, document_number, paternal_surname, given_names)
            VALUES (?, 'DNI', ?, 'Mamani', 'Nombre')
            """, arguments: ["m-\(number)", "500000\(number)"])
      }
    }
    let browser = try bench.browser()
    let many = try await browser.script("/sessions/s-1/search", [("q", "mamani")]).text
    #expect(many.contains("data-total=\"10\""))
    #expect(many.contains("Se muestran 8 de 10 personas"))
    #expect(!many.contains("data-exact"))
    let whole = try await browser.script("/sessions/s-1/search", [("q", "50000011")]).text
    #expect(whole.contains("data-exact=\"1\""))
    #expect(!whole.contains("Se muestran"))
    let part = try await browser.post("/sessions/s-1/search", [("q", "500000"), ("mark", "1")])
    #expect(part.status == .ok)
    #expect(try bench.count("SELECT count(*) FROM attendance") == 1)
  }
}

extension String {
  func components(of separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  /// A form from an attribute of its to its end.
  func after(form attribute: String) -> String {
    components(of: attribute).last?.components(of: "</form>").first ?? ""
  }
}
