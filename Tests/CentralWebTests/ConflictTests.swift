import Foundation
import Hummingbird
import Replica
import SyncModel
import TestSupport
import Testing
import Trainings
import WebPages
import WebTestSupport

@Suite("The queue of conflicts")
struct ConflictTests {
  @Test("a conflict is asked in plain words, with what each knew")
  func question() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      #expect(page.status.code == 200)
      let (current, other) = try bench.values()
      let authors = current == 14 ? ("Cusco", "Lima") : ("Lima", "Cusco")
      #expect(
        page.text.contains(
          "\(authors.0) escribió \(Int(current)), \(authors.1) escribió \(Int(other)); "
            + "ninguna había visto lo de la otra. ¿Cuál es el correcto?"))
      #expect(page.text.contains("Cusco no había recibido todavía nada de Lima."))
      #expect(page.text.contains("Lima había recibido lo de Cusco hasta el"))
      #expect(page.text.contains("DNI 4•••••45"))
      #expect(!page.text.contains("40012345"))
    }
  }

  @Test("a decision made on the page is the value everywhere after the next sync")
  func decided() async throws {
    let bench = try WebBench()
    let (cusco, lima) = try bench.dispute()
    let (_, other) = try bench.values()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      let answer = try await browser.post(
        "/conflicts/\(id)",
        ["decision": "other", "conflict": id, "seen": page.field("seen") ?? ""], from: page)
      #expect(answer.status.code == 303)
      #expect(answer.location == "/conflicts")
    }
    #expect(try bench.score() == other)
    for office in [cusco, lima] {
      try bench.central.send(to: office)
      #expect(try office.dump("attendance") == bench.central.dump("attendance"))
      #expect(try office.conflicts(openOnly: true).isEmpty)
    }
  }

  @Test("who decides second is told, and what the first decided stands")
  func race() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    let (_, other) = try bench.values()
    do {
      let site = try bench.site(signingIn: true)
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let (first, second) = (site.browser(), site.browser())
      try await first.signIn("coordinator")
      try await second.signIn("me_officer")
      let shown = (
        try await first.get("/conflicts/\(id)"), try await second.get("/conflicts/\(id)")
      )
      _ = try await first.post(
        "/conflicts/\(id)",
        ["decision": "other", "conflict": id, "seen": shown.0.field("seen") ?? ""], from: shown.0)
      let late = try await second.post(
        "/conflicts/\(id)",
        ["decision": "current", "conflict": id, "seen": shown.1.field("seen") ?? ""],
        from: shown.1)
      #expect(late.location == "/conflicts/\(id)")
      let told = try await second.get("/conflicts/\(id)")
      #expect(told.text.contains("Alguien lo decidió antes que usted"))
      #expect(told.text.contains("coordinator"))
    }
    #expect(try bench.score() == other)
  }

  @Test("a value that arrives while somebody decides is asked about before anything is changed")
  func arrival() async throws {
    let bench = try WebBench()
    let (cusco, _) = try bench.dispute()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      bench.replicas.clock.advance(-30_000)
      try cusco.execute("UPDATE attendance SET post_score = 15")
      try cusco.send(to: bench.central)
      let open = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      _ = try await browser.post(
        "/conflicts/\(open)",
        ["decision": "other", "conflict": open, "seen": page.field("seen") ?? ""], from: page)
      let told = try await browser.get("/conflicts/\(open)")
      #expect(told.text.contains("llegó otro valor"))
    }
    #expect(try bench.central.conflicts(openOnly: true).count == 1)
  }

  @Test("undoing a decision brings the value back everywhere and the question back to the queue")
  func undo() async throws {
    let bench = try WebBench()
    let (cusco, _) = try bench.dispute()
    try bench.central.execute("INSERT INTO session_indicator VALUES ('s1', 'R-1.2.1.2')")
    let (current, other) = try bench.values()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      _ = try await browser.post(
        "/conflicts/\(id)",
        ["decision": "other", "conflict": id, "seen": page.field("seen") ?? ""], from: page)
      #expect(try bench.score() == other)
      let undone = try await browser.post("/decisions/1/undo", [:], from: page)
      #expect(undone.location == "/decisions/1")
      #expect(try bench.score() == current)
      #expect(try await browser.get("/conflicts").text.contains("/decisions/1"))
      #expect(try await browser.get("/sessions/1").text.contains("href=\"/decisions/1\""))
      #expect(
        try await browser.get("/indicators/R-1.2.1.2?cut-off=2020-06-30").text
          .contains("Cifra provisional"))
      #expect(
        try await browser.get("/quarters/2020T2").text
          .contains("conflictos abiertos: 1, de ellos 1"))
      _ = try await browser.post(
        "/decisions/1", ["choice": "value", "value": "15,5"], from: page)
      #expect(try await !browser.get("/conflicts").text.contains("/decisions/1"))
    }
    #expect(try bench.score() == 15.5)
    try bench.central.send(to: cusco)
    #expect(try cusco.dump("attendance") == bench.central.dump("attendance"))
  }

  @Test(
    "a value that the record could not hold is refused, and nothing is decided",
    arguments: [("quince", "No es un número"), ("99", "escala de 0 a 20")])
  func impossible(typed: String, told: String) async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      let answer = try await browser.post(
        "/conflicts/\(id)",
        [
          "decision": "value", "value": typed, "conflict": id,
          "seen": page.field("seen") ?? "",
        ], from: page)
      #expect(answer.status.code == 422)
      #expect(answer.text.contains(told))
      #expect(answer.text.contains("value=\"\(typed)\""))
    }
    #expect(try bench.central.conflicts(openOnly: true).count == 1)
  }

  @Test("a figure with a disputed score behind it says so, as do its office's part and the chart")
  func provisional() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    try bench.central.execute("INSERT INTO session_indicator VALUES ('s1', 'R-1.2.1.2')")
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let page = try await browser.get("/indicators/R-1.2.1.2?cut-off=2020-06-30")
      #expect(page.text.contains("Cifra provisional"))
      #expect(page.text.contains("<th scope=\"row\">Cusco*</th>"))
      #expect(page.text.contains("Con * las provisionales."))
      let all = try await browser.get("/indicators?cut-off=2020-06-30&by=office").text
      let parts = all.components(separatedBy: "<td>Cusco</td>").dropFirst()
        .compactMap { $0.components(separatedBy: "</tr>").first }
      #expect(
        parts.contains { $0.contains("/indicators/R-1.2.1.2?cut-off=2020-06-30#provisional") })
      let session = try await browser.get("/sessions/1")
      #expect(session.text.contains("en disputa"))
    }
  }
}
