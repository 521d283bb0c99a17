import CentralNode
import Foundation
import GRDB
import Hummingbird
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing
import Trainings
import WebPages
import WebTestSupport

@testable import CentralWeb

@Suite("The centre's pages")
struct CentreTests {
  @Test("the sync protocol's calls answer beside the pages as they do alone")
  func calls() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let health = try await browser.get("/healthz")
      #expect(health.text == "ok\n")
      let digest = try await browser.get("/v1/digest")
      #expect(digest.status.code == 401)
      #expect(digest.text.contains("credential_missing"))
      #expect(try await browser.get("/metrics").text.contains("quipu_nodes"))
      #expect(try await browser.get("/").text.contains("<html lang=\"es\">"))
    }
  }

  @Test("an enrolment code is on the page that made it and nowhere else")
  func code() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let form = try await browser.get("/nodes/enroll")
      let page = try await browser.post(
        "/nodes/enroll", ["office": "cusco", "label": "laptop 2", "days": "14"], from: form)
      let code = try #require(
        page.text.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/))
      for path in ["/nodes", "/activity", "/nodes/enroll"] {
        #expect(try await !browser.get(path).text.contains(String(code.output)), "\(path)")
      }
      let bad = try await browser.post(
        "/nodes/enroll", ["office": "marte", "days": "14"], from: form)
      #expect(bad.status.code == 422)
    }
  }

  @Test("a node that is revoked on the page is refused at its next call")
  func revoke() async throws {
    let bench = try WebBench()
    let office = try bench.office("cusco")
    let code = try bench.node.register.makeCode(office: "cusco", label: "laptop")
    let facts = try office.identity()
    let key = try #require(try bench.keys.publicKey(of: facts.id, creating: true))
    var request = EnrolmentRequest(
      code: code, node: facts.id.description, publicKey: hexadecimal(key), office: "cusco",
      label: nil)
    request.proof = hexadecimal(try bench.keys.sign(request.challenge, as: facts.id))
    let token = try bench.node.enroll(request).token
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
      #expect(try await browser.get("/v1/digest", headers: bearer).status.code == 200)
      let page = try await browser.get("/nodes")
      #expect(page.text.contains("laptop"))
      _ = try await browser.post(
        "/nodes/revoke", ["node": facts.id.description], from: page)
      #expect(try await browser.get("/v1/digest", headers: bearer).status.code == 401)
    }
  }

  @Test("documents are masked on every page that shows a person, and found by their number")
  func masked() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let form = try await browser.get("/participants")
      let found = try await browser.post("/participants", ["q": "40012345"], from: form)
      #expect(found.text.contains("Quispe, Rosa"))
      #expect(!found.text.replacing("value=\"40012345\"", with: "").contains("40012345"))
      for path in [
        "/participants/1", "/sessions/1", "/history/participant/1",
        "/indicators/P-1.2.1.2?cut-off=2020-06-30", "/conflicts",
      ] {
        let page = try await browser.get(path)
        #expect(page.status.code == 200, "\(path)")
        #expect(!page.text.contains("40012345"), "\(path)")
      }
    }
  }

  @Test("a name with markup in it is shown as text")
  func escaped() async throws {
    let bench = try WebBench()
    try bench.central.execute(
      """
      INSERT INTO participant(id, paternal_surname, given_names)
        VALUES ('x', '<script>alert(1)</script>', 'Ana "la" & O''Brien');
      """)
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let page = try await browser.get("/participants/1")
      #expect(!page.text.contains("<script>alert"))
      #expect(page.text.contains("&lt;script&gt;alert(1)"))
    }
  }

  @Test("persons merged on the page count as one, and as two again when it is undone")
  func duplicates() async throws {
    let bench = try WebBench()
    try bench.central.execute(
      """
      INSERT INTO participant(id, document_type, document_number, paternal_surname, given_names)
        VALUES ('a', 'DNI', '40012345', 'Quispe', 'Rosa'), ('b', 'DNI', '40012345', 'Quispe', 'Rosa');
      """)
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let list = try await browser.get("/duplicates")
      let link = try #require(list.text.firstMatch(of: /\/duplicates\/[0-9a-f]{16}/)).output
      let page = try await browser.get(String(link))
      let answer = try await browser.post(
        String(link), ["person": "a", "person": "b", "decision": "same"], from: page)
      #expect(answer.status.code == 303)
      let again = try await browser.post(
        String(link), ["person": "a", "person": "b", "decision": "different"], from: page)
      let told = try await browser.get(again.location ?? "/")
      #expect(told.text.contains("Alguien lo decidió antes que usted"))
      let decisions = try bench.central.read { db in
        try String.fetchAll(db, sql: "SELECT decision FROM person_link")
      }
      #expect(decisions == ["same"])
      let decided = try await browser.get("/duplicates/decided")
      let id = try #require(decided.field("link") ?? decided.text.linkValue)
      _ = try await browser.post("/duplicates/undo", ["link": id], from: decided)
      let left = try bench.central.read { db in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM person_link")
      }
      #expect(left == 0)
    }
  }

  @Test("two documents that look alike when masked are said to be different, and where")
  func documentsDiffer() async throws {
    let bench = try WebBench()
    try bench.central.execute(
      """
      INSERT INTO participant(id, document_type, document_number, paternal_surname,
          maternal_surname, given_names)
        VALUES ('a', 'DNI', '40012345', 'Quispe', 'Mamani', 'Rosa'),
          ('b', 'DNI', '40021345', 'Quispe', 'Mamani', 'Rosa');
      """)
    let browser = try bench.site(signingIn: false).browser()
    let list = try await browser.get("/duplicates")
    let link = try #require(list.text.firstMatch(of: /\/duplicates\/[0-9a-f]{16}/)).output
    let page = try await browser.get(String(link)).text
    let row = try #require(page.firstMatch(of: /Documento<\/th>.*<\/tr>/)).output
    #expect(row.contains("distinto"))
    #expect(row.contains("DNI 4••12•45") && row.contains("DNI 4••21•45"))
    #expect(!page.contains("40012345"))
  }

  @Test("what was done stands in the activity with who did it, without values of persons")
  func activity() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: true)
      let browser = site.browser()
      try await browser.signIn("administrator")
      let id = try #require(try bench.central.conflicts(openOnly: true).first?.id)
      let page = try await browser.get("/conflicts/\(id)")
      _ = try await browser.post(
        "/conflicts/\(id)",
        ["decision": "current", "conflict": id, "seen": page.field("seen") ?? ""], from: page)
      let log = try await browser.get("/activity")
      #expect(log.text.contains("decidió un conflicto"))
      #expect(log.text.contains(id))
      #expect(!log.text.contains("Quispe"))
      let none = try await browser.get("/activity?action=node.revoke")
      #expect(!none.text.contains(id))
    }
  }

  @Test("a quarter is closed once, after looking at what is open, and keeps what it said")
  func quarter() async throws {
    let bench = try WebBench()
    _ = try bench.dispute()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let page = try await browser.get("/quarters/2020T2")
      #expect(page.text.contains("conflictos abiertos"))
      _ = try await browser.post("/quarters/2020T2/close", [:], from: page)
      let closes = { @Sendable in
        try bench.central.read { db in
          try Int.fetchOne(db, sql: "SELECT count(*) FROM period_close") ?? 0
        }
      }
      #expect(try closes() == 0)
      _ = try await browser.post("/quarters/2020T2/close", ["sure": "1"], from: page)
      #expect(try closes() == 1)
      let again = try await browser.post("/quarters/2020T2/close", ["sure": "1"], from: page)
      #expect(again.status.code == 303)
      #expect(try await browser.get("/quarters/2020T2").text.contains("ya está cerrado"))
      try bench.central.execute(
        """
        INSERT INTO training_session(id, office_code, code, title, status, starts_on)
          VALUES ('s2', 'lima', 'LIM-2020-009', 'Tarde', 'held', '2020-06-01');
        INSERT INTO session_indicator VALUES ('s2', 'P-1.1.1.2');
        """)
      _ = try bench.central.seal()
      #expect(try await browser.get("/quarters/2020T2").text.contains("P-1.1.1.2"))
    }
  }

  @Test("a text that somebody changed meanwhile is not overwritten")
  func texts() async throws {
    let bench = try WebBench()
    do {
      let site = try bench.site(signingIn: false)
      let browser = site.browser()
      let page = try await browser.get("/quarters/2020T2")
      let path = "/quarters/2020T2/texts"
      _ = try await browser.post(
        path, ["section": "summary", "es": "Primero", "seen_es": ""], from: page)
      _ = try await browser.post(
        path, ["section": "summary", "es": "Segundo", "seen_es": ""], from: page)
      let shown = try await browser.get("/quarters/2020T2")
      #expect(shown.text.contains("Primero"))
      #expect(!shown.text.contains("Segundo"))
    }
  }

  @Test("figures are computed again after any write, and only then")
  func figures() throws {
    let bench = try WebBench()
    let figures = KeptValues(bench.central, now: { bench.replicas.clock.now })
    let count = { @Sendable in
      try figures.value("count") { db in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM training_session") ?? 0
      }
    }
    #expect(try count() == 0)
    try bench.central.execute(
      "INSERT INTO training_session(office_code, code, title) VALUES ('lima', 'L-1', 'x')")
    #expect(try count() == 1)
    _ = try bench.central.seal()
    #expect(try count() == 1)
    let cusco = try bench.office("cusco")
    try cusco.execute(
      "INSERT INTO training_session(office_code, code, title) VALUES ('cusco', 'C-1', 'x')")
    try cusco.send(to: bench.central)
    #expect(try count() == 2)
    #expect(try figures.value("count") { _ in 7 } == 2)
  }

  @Test("a node's standing is told in words, and what needs a look is marked")
  func standing() {
    let say = Wording(.spanish)
    let now: Int64 = 1_767_225_600_000
    var state = NodeState(
      helloAt: now - 8 * 86_400_000, clockOffsetMilliseconds: 200_000, schemaVersion: 4,
      unsentChangesets: 3)
    let broken = NodeStanding(state, now: now, ownSchema: 5, say: say)
    #expect(broken.lastSync == "hace 8 días")
    #expect(broken.isLate && broken.isClockWrong && broken.isOlder)
    #expect(broken.clock == "atrasado 3 min")
    #expect(broken.proof == "sin comparar")
    #expect(broken.unsent.hasPrefix("al menos 3 envíos"))
    state.helloAt = now
    state.clockOffsetMilliseconds = -1000
    state.schemaVersion = 5
    let right = NodeStanding(state, now: now, ownSchema: 5, say: say)
    #expect(right.clock == "en hora")
    #expect(!right.isLate && !right.isClockWrong && !right.isOlder)
  }

  @Test("an empty text is nothing to a template, at any depth")
  func empty() {
    let data = PageData.withoutEmpty([
      "a": "", "b": "x", "c": ["d": ""] as [String: Any], "e": [["f": ""] as [String: Any]],
    ])
    #expect(data["a"] is NSNull)
    #expect(data["b"] as? String == "x")
    #expect((data["c"] as? [String: Any])?["d"] is NSNull)
    #expect((data["e"] as? [[String: Any]])?.first?["f"] is NSNull)
  }
}

extension String {
  /// The value of the first button named `link`.
  fileprivate var linkValue: String? {
    firstMatch(of: /name="link" value="([^"]+)"/).map { String($0.output.1) }
  }
}
