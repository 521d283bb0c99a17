import Foundation
import Hummingbird
import Replica
import TestSupport
import Testing
import WebPages
import WebTestSupport

@testable import OfficeWeb

@Suite("The office's pages")
struct PageTests {
  static let paths = [
    "/", "/sessions", "/sessions/new", "/sessions/s-1", "/sessions/s-1/edit",
    "/sessions/s-1/rows/p-1", "/sessions/s-1/print", "/sessions/s-1/print?form=empty",
    "/sessions/s-1/certificates", "/sessions/s-1/delete", "/participants", "/participants/new",
    "/participants/p-1", "/participants/p-1/edit", "/participants/p-1/delete", "/import", "/sync",
    "/conflicts", "/quality", "/quality?office=all", "/history/training_session/s-1",
    "/history/attendance/s-1/p-1",
  ]

  @Test(
    "every page answers in both languages, with one first heading and nothing left unfilled")
  func answers() async throws {
    let browser = try OfficeBench().browser()
    for language in ["es", "en"] {
      _ = try await browser.post("/language", [("language", language), ("path", "/")])
      for path in Self.paths {
        let page = try await browser.get(path)
        #expect(page.status == .ok, "\(path)")
        #expect(page.text.contains("<html lang=\"\(language)\">"), "\(path)")
        let headings = page.text.split(separator: "<h1", omittingEmptySubsequences: false).count - 1
        #expect(headings == 1, "\(path)")
        for trace in ["[[", "{{", "Optional("] {
          #expect(!page.text.contains(trace), "\(path)")
        }
      }
    }
  }

  @Test("a record that is not there is a page that says so")
  func missing() async throws {
    let browser = try OfficeBench().browser()
    for path in [
      "/sessions/none", "/sessions/none/edit", "/sessions/none/print", "/participants/none",
      "/participants/none/edit", "/sessions/s-1/rows/none", "/conflicts/none", "/history/none/x",
    ] {
      #expect(try await browser.get(path).status == .notFound, "\(path)")
    }
  }

  @Test("lists show documents masked; a whole one is shown only when somebody who enters data asks")
  func masked() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    for path in Self.paths where !path.contains("edit") {
      #expect(try await !browser.get(path).text.contains("01234567"), "\(path)")
    }
    #expect(try await browser.post("/participants", [("q", "Ñaupari")]).text.contains("0•••••67"))
    #expect(try await browser.post("/participants/p-1", []).text.contains("01234567"))
    let auditor = try bench.browser(roles: [.auditor])
    #expect(try await !auditor.post("/participants/p-1", []).text.contains("01234567"))
  }

  @Test("a certificate and a conflict show whole documents to nobody who does not enter them")
  func maskedElsewhere() async throws {
    let bench = try OfficeBench()
    let lima = try bench.replicas.make("lima")
    try bench.replica.send(to: lima)
    try bench.replica.execute("UPDATE attendance SET completed = 1")
    try bench.replica.execute(
      "UPDATE participant SET document_number = '01294567' WHERE id = 'p-1'")
    try lima.execute("UPDATE participant SET document_number = '01734567' WHERE id = 'p-1'")
    try lima.send(to: bench.replica)
    let browser = try bench.browser()
    let auditor = try bench.browser(roles: [.auditor])
    let certificates = "/sessions/s-1/certificates"
    let whole = try await browser.get(certificates).text
    #expect(whole.contains("01294567") || whole.contains("01734567"))
    #expect(try await auditor.get(certificates).text.contains("0•••••67"))
    let list = try await browser.get("/conflicts").text
    let page = try await browser.get(list.after("<p><a href=\"")).text
    for text in [list, page] {
      #expect(text.contains("0•29••67") || text.contains("0•7•••67") || text.contains("0•73••67"))
      #expect(!text.contains("01294567"))
      #expect(!text.contains("01734567"))
    }
  }

  @Test("an auditor reads everything and writes nothing")
  func auditor() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser(roles: [.auditor])
    let before = try bench.replica.dump("attendance")
    #expect(try await browser.get("/sessions/s-1").status == .ok)
    #expect(try await browser.get("/sessions/s-1/edit").status == .forbidden)
    for path in ["/sessions/s-1/mark", "/sessions/s-1/rows", "/sessions", "/import/apply"] {
      #expect(try await browser.post(path, [("participant", "p-2")]).status == .forbidden)
    }
    #expect(try bench.replica.dump("attendance") == before)
  }

  @Test(
    "a person is found by document, with or without zeros, and by parts of a name without tildes")
  func found() async throws {
    let browser = try OfficeBench().browser()
    for (text, expected) in [
      ("01234567", "p-1"), ("1234567", "p-1"), ("0123", "p-1"), ("naupari", "p-1"),
      ("zoila ÑAUPARI", "p-1"), ("huaman teofilo", "p-2"), ("huamani", "p-3"), ("ccahu", "p-3"),
    ] {
      let page = try await browser.script("/sessions/s-1/search", [("q", text)])
      #expect(page.text.contains("data-participant=\"\(expected)\""), "\(text)")
    }
  }

  @Test("one document and one key press mark a person, with scripts and without")
  func marked() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let answer = try await browser.post(
      "/sessions/s-1/search", [("q", "41234568"), ("mark", "1")])
    #expect(answer.status == .seeOther)
    let row = try await browser.script("/sessions/s-1/mark", [("participant", "p-3")])
    #expect(row.text.contains("data-row=\"p-3\""))
    #expect(try bench.count("SELECT count(*) FROM attendance WHERE session_id = 's-1'") == 3)
    let again = try await browser.script("/sessions/s-1/mark", [("participant", "p-3")])
    #expect(again.status == .unprocessableContent)
  }

  @Test("a new person who resembles somebody is asked about first, and entered when told so")
  func newPerson() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let fields = [
      ("document_type", ""), ("document_number", ""), ("paternal_surname", "Naupari"),
      ("maternal_surname", "Quispe"), ("given_names", "Zoila Ines"), ("sex", "F"),
    ]
    let asked = try await browser.post("/sessions/s-1/person", fields)
    #expect(asked.status == .conflict)
    #expect(asked.text.contains("Ñaupari Quispe, Zoila Inés"))
    #expect(try bench.count("SELECT count(*) FROM participant") == 3)
    let entered = try await browser.post("/sessions/s-1/person", fields + [("new", "1")])
    #expect(entered.status == .seeOther)
    #expect(try bench.count("SELECT count(*) FROM participant") == 4)
    #expect(try bench.count("SELECT count(*) FROM attendance WHERE session_id = 's-1'") == 2)
  }

  @Test("two who write different cells of one row are both kept; of one cell, neither is lost")
  func concurrent() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let cell = { (column: String, was: String, typed: String) in
      [("was:\(column):p-1", was), ("cell:\(column):p-1", typed)]
    }
    #expect(
      try await browser.script("/sessions/s-1/rows", cell("post_score", "", "15")).status == .ok)
    #expect(
      try await browser.script("/sessions/s-1/rows", cell("pre_score", "9", "10,5")).status == .ok)
    #expect(try bench.scores("p-1") == [10.5, 15])
    let late = try await browser.script("/sessions/s-1/rows", cell("post_score", "", "12"))
    #expect(late.status == .conflict)
    #expect(late.text.contains("\"stored\":\"15\""))
    #expect(late.text.contains("\"typed\":\"12\""))
    #expect(try bench.scores("p-1") == [10.5, 15])
    let page = try await browser.post("/sessions/s-1/rows", cell("post_score", "", "12"))
    #expect(page.status == .conflict)
    #expect(page.text.contains("12"))
    let known = try await browser.script("/sessions/s-1/rows", cell("post_score", "15", "12"))
    #expect(known.status == .ok)
    #expect(try bench.scores("p-1") == [10.5, 12])
  }

  @Test("a score that cannot be is refused at its cell, and the other cells are written")
  func impossible() async throws {
    let bench = try OfficeBench()
    let answer = try await bench.browser().script(
      "/sessions/s-1/rows",
      [
        ("was:pre_score:p-1", "9"), ("cell:pre_score:p-1", "8"),
        ("was:post_score:p-1", ""), ("cell:post_score:p-1", "25"),
      ])
    #expect(answer.status == .conflict)
    #expect(answer.text.contains("\"isWrong\":true"))
    #expect(try bench.scores("p-1") == [8, nil])
  }

  @Test(
    "a form that stood open across a merge keeps what it did not change, and asks about what it did"
  )
  func openAcrossMerge() async throws {
    let bench = try OfficeBench()
    let lima = try bench.replicas.make("lima")
    try bench.replica.send(to: lima)
    let browser = try bench.browser()
    let stood = try await browser.get("/sessions/s-1/edit")
    #expect(stood.text.contains("name=\"was.title\" value=\"Taller de prueba\""))
    try lima.execute("UPDATE training_session SET title = 'Taller corregido', venue = 'Local A'")
    try lima.send(to: bench.replica)
    let form = { (title: String, topic: String) in
      [
        ("was.code", "CUS-2026-001"), ("code", "CUS-2026-001"),
        ("was.title", "Taller de prueba"), ("title", title), ("was.venue", ""), ("venue", ""),
        ("was.topic", ""), ("topic", topic),
      ]
    }
    let saved = try await browser.post("/sessions/s-1/edit", form("Taller de prueba", "Tema nuevo"))
    #expect(saved.status == .seeOther)
    #expect(
      try bench.count(
        """
        SELECT count(*) FROM training_session WHERE title = 'Taller corregido'
          AND venue = 'Local A' AND topic = 'Tema nuevo'
        """) == 1)
    let clash = try await browser.post("/sessions/s-1/edit", form("Taller mío", "Tema nuevo"))
    #expect(clash.status == .conflict)
    #expect(clash.text.contains("Taller mío"))
    #expect(clash.text.contains("Taller corregido"))
    #expect(
      try bench.count("SELECT count(*) FROM training_session WHERE title = 'Taller corregido'") == 1
    )
  }

  @Test("two tabs that each add another indicator to a session both keep theirs")
  func indicatorsInTwoTabs() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let all = try await browser.get("/sessions/s-1/edit").text
      .matches(of: /name="indicators" value="([^"]+)"/).map { String($0.1) }
    for one in all.prefix(2) {
      let saved = try await browser.post(
        "/sessions/s-1/edit",
        [("was.indicators", ""), ("sent.indicators", "1"), ("indicators", one)])
      #expect(saved.status == .seeOther)
    }
    #expect(try bench.count("SELECT count(*) FROM session_indicator") == 2)
  }

  @Test("the form of a record that is gone comes back with what was typed, and says so")
  func deletedMeanwhile() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    try bench.replica.execute("DELETE FROM attendance; DELETE FROM participant")
    let person = try await browser.post(
      "/participants/p-1/edit", [("was.workplace", ""), ("workplace", "Comisaría de Wanchaq")])
    try bench.replica.execute("DELETE FROM training_session")
    let session = try await browser.post(
      "/sessions/s-1/edit", [("was.venue", ""), ("venue", "Local C")])
    for (page, typed) in [(person, "Comisaría de Wanchaq"), (session, "Local C")] {
      #expect(page.status == .gone)
      #expect(page.text.contains("value=\"\(typed)\""))
      #expect(page.text.contains("borró este registro"))
    }
    let row = try OfficeBench()
    try row.replica.execute("DELETE FROM attendance")
    let attendance = try await row.browser().post(
      "/sessions/s-1/rows/p-1", [("was.notes", ""), ("notes", "Llegó tarde")])
    #expect(attendance.status == .gone)
    #expect(attendance.text.contains("Llegó tarde"))
  }

  @Test("what was typed and not saved is there again, until it is saved or discarded")
  func draft() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let kept = try await browser.script(
      "/drafts",
      [("_draft", "session/s-1"), ("title", "A medio escribir"), ("was.title", "Taller de prueba")])
    #expect(kept.status == .ok)
    #expect(try await browser.get("/sessions/s-1/edit").text.contains("A medio escribir"))
    _ = try await browser.post("/drafts", [("_draft", "session/s-1"), ("_drop", "1")])
    #expect(try await !browser.get("/sessions/s-1/edit").text.contains("A medio escribir"))
    #expect(try bench.count("SELECT count(*) FROM sync_capture WHERE table_no = 0") == 0)
  }

  @Test("a draft keeps all the answers of a field that takes several, and that there are none")
  func severalInDraft() async throws {
    let bench = try OfficeBench()
    try bench.replica.execute(
      """
      INSERT INTO session_indicator(session_id, indicator_id)
      SELECT 's-1', id FROM indicator WHERE computation = 'count_sessions' ORDER BY id LIMIT 2
      """)
    let browser = try bench.browser()
    let page = try await browser.get("/sessions/s-1/edit").text
    let was = page.after("name=\"was.indicators\" value=\"")
    let both = was.split(separator: ";").map(String.init)
    #expect(both.count == 2)
    let sent = [
      ("was.venue", ""), ("venue", "Local B"), ("sent.indicators", "1"), ("was.indicators", was),
    ]
    let chosen = both.map { ("indicators", $0) }
    _ = try await browser.script("/drafts", [("_draft", "session/s-1")] + sent + chosen)
    let kept = try await browser.get("/sessions/s-1/edit").text
    #expect(kept.contains("Local B"))
    for one in both {
      #expect(kept.contains("name=\"indicators\" value=\"\(one)\" checked"))
    }
    _ = try await browser.script("/drafts", [("_draft", "session/s-1")] + sent)
    let none = try await browser.get("/sessions/s-1/edit").text
    #expect(none.contains("name=\"was.indicators\" value=\"\(was)\""))
    #expect(!none.contains(" checked"))
  }

  @Test("a person marked by mistake is taken out of the session again, and stays on record")
  func removed() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let row = "/sessions/s-1/rows/p-1"
    #expect(try await browser.get(row).text.contains("href=\"\(row)/remove\""))
    #expect(try await browser.get(row).text.contains("href=\"/history/attendance/s-1/p-1\""))
    let asked = try await browser.get(row + "/remove")
    #expect(asked.text.contains("¿Quitar a esta persona de la sesión?"))
    #expect(asked.text.contains("action=\"\(row)/remove\""))
    let auditor = try bench.browser(roles: [.auditor])
    #expect(try await auditor.get(row + "/remove").status == .forbidden)
    #expect(try await auditor.post(row + "/remove", []).status == .forbidden)
    #expect(try await browser.post(row + "/remove", []).location == "/sessions/s-1")
    #expect(try bench.count("SELECT count(*) FROM attendance") == 0)
    #expect(try bench.count("SELECT count(*) FROM participant") == 3)
    #expect(try await browser.post(row + "/remove", []).status == .notFound)
  }

  @Test("a block from a spreadsheet is shown before it is taken, and taken as shown")
  func pasted() async throws {
    let bench = try OfficeBench()
    let browser = try bench.browser()
    let block = """
      DNI\tPaterno\tMaterno\tNombres\tSexo\tEntrada\tSalida
      41234568\tHuamán\tCondori\tTeófilo\tM\t8\t16
      71234569\tPoma\tLlanos\tElvira\tF\t10\t12,5
      7123456X\tRojas\tTito\tAna\tF\t10\t12
      """
    let preview = try await browser.post("/sessions/s-1/paste", [("block", block)])
    #expect(preview.status == .ok)
    #expect(try bench.count("SELECT count(*) FROM attendance") == 1)
    #expect(preview.text.split(separator: "class=\"problem\"").count == 2)
    let applied = try await browser.post(
      "/sessions/s-1/paste", [("block", block), ("apply", "1")])
    #expect(applied.status == .seeOther)
    #expect(try bench.count("SELECT count(*) FROM attendance") == 3)
    #expect(try bench.scores("p-2") == [8, 16])
  }

  @Test("columns without headers are known by what stands in them")
  func guessed() {
    let block = PastedBlock(
      "1\t41234568\tHuamán\tCondori\tTeófilo\tM\t8\t16\n2\t71234569\tPoma\tLlanos\tElvira\tF\t10\t12.5"
    )
    #expect(!block.hasHeaderLine)
    #expect(
      block.columns == [
        "", "numero_documento", "apellido_paterno", "apellido_materno", "nombres", "sexo",
        "prueba_entrada", "prueba_salida",
      ])
  }

  @Test(
    "a conflict asks in plain words, is decided with what was seen, and the decision can be undone")
  func conflict() async throws {
    let bench = try OfficeBench()
    let lima = try bench.replicas.make("lima")
    try bench.replica.send(to: lima)
    try bench.replica.execute("UPDATE attendance SET post_score = 14")
    try lima.execute("UPDATE attendance SET post_score = 16")
    try lima.send(to: bench.replica)
    let browser = try bench.browser()
    let list = try await browser.get("/conflicts").text
    #expect(list.contains("ninguna había visto lo de la otra"))
    let path = list.after("<p><a href=\"")
    let page = try await browser.get(path).text
    #expect(page.contains("Cusco") && page.contains("Lima"))
    #expect(try await browser.get("/sessions/s-1").text.contains("en disputa"))
    let seen = page.after("name=\"seen\" value=\"")
    let other = "other:" + page.after("value=\"other:")
    #expect(
      try await browser.post(path, [("seen", "old"), ("choice", other)]).status
        == .unprocessableContent)
    let before = try bench.scores("p-1")[1]
    let decided = try await browser.post(path, [("seen", seen), ("choice", other)])
    #expect(decided.status == .seeOther)
    #expect(try bench.scores("p-1")[1] != before)
    #expect(try bench.replica.counts().conflicts == 0)
    #expect(try await browser.post("/decisions/1/undo", []).location == "/decisions/1")
    #expect(try bench.scores("p-1")[1] == before)
  }

  @Test("a decision that is undone puts its question back: on the badge, the list and the sheet")
  func reopened() async throws {
    let bench = try OfficeBench()
    let browser = try await bench.dispute()
    let path = try await browser.get("/conflicts").text.after("<p><a href=\"")
    let page = try await browser.get(path).text
    #expect(page.contains("Su decisión se puede deshacer"))
    _ = try await browser.post(
      path,
      [
        ("seen", page.after("name=\"seen\" value=\"")),
        ("choice", "other:" + page.after("value=\"other:")),
      ])
    #expect(try await !browser.get("/sessions/s-1").text.contains("en disputa"))
    _ = try await browser.post("/decisions/1/undo", [])
    #expect(try await browser.get("/conflicts").text.contains("href=\"/decisions/1\""))
    #expect(try await browser.get("/sessions/s-1").text.contains("href=\"/decisions/1\""))
    #expect(
      try await browser.get("/sessions").text.contains("Conflictos <span class=\"count\">1</span>"))
    let again = try await browser.post(
      "/decisions/1", [("choice", "value"), ("value", "99")])
    #expect(again.status == .unprocessableContent)
    #expect(again.text.contains("escala de 0 a 20"))
    #expect(again.text.contains("value=\"99\""))
    _ = try await browser.post("/decisions/1", [("choice", "value"), ("value", "15,5")])
    #expect(try bench.scores("p-1")[1] == 15.5)
    #expect(try await !browser.get("/sessions/s-1").text.contains("/decisions/1"))
    #expect(try await !browser.get("/conflicts").text.contains("href=\"/decisions/1\""))
  }

  @Test("what is disputed of a person is marked wherever the person is shown")
  func disputedPerson() async throws {
    let bench = try OfficeBench()
    let browser = try await bench.dispute("participant", "paternal_surname", "'Ñaupa'", "'Naupare'")
    let path = try await browser.get("/conflicts").text.after("<p><a href=\"")
    for page in ["/sessions/s-1", "/participants", "/participants/p-1"] {
      #expect(
        try await browser.get(page).text.contains("<a class=\"tag tag-look\" href=\"\(path)\">"),
        "\(page)")
    }
    #expect(try await browser.get("/sessions/s-1/print").text.contains("(en disputa)"))
  }

  @Test("a disputed score is marked with the person's sessions and on paper")
  func disputedScore() async throws {
    let browser = try await OfficeBench().dispute()
    let path = try await browser.get("/conflicts").text.after("<p><a href=\"")
    #expect(try await browser.get("/participants/p-1").text.contains("href=\"\(path)\">en disputa"))
    #expect(try await browser.get("/sessions/s-1/print").text.contains("(en disputa)"))
  }

  @Test("people are listed as a Spanish dictionary would, on the sheet, on paper and in the list")
  func sorted() async throws {
    let bench = try OfficeBench()
    try bench.replica.execute(
      """
      DELETE FROM attendance; DELETE FROM participant;
      INSERT INTO participant(id, paternal_surname, maternal_surname, given_names) VALUES
        ('a', 'Zevallos', NULL, 'Ana'), ('b', 'Ñahui', NULL, 'Ana'), ('c', 'Cusihuamán', NULL, 'Ana'),
        ('d', 'Cárdenas', NULL, 'Ana'), ('e', 'nuñez', NULL, 'Ana'), ('f', 'Nunez', 'Ávila', 'Ana'),
        ('g', 'NUNEZ', 'Zea', 'Ana'), ('h', 'Núnez', 'Baca', 'Ana');
      INSERT INTO attendance(session_id, participant_id) SELECT 's-1', id FROM participant;
      """)
    let browser = try bench.browser()
    for page in ["/participants", "/sessions/s-1", "/sessions/s-1/print"] {
      let text = try await browser.get(page).text
      let shown = text.matches(of: /([\p{L}]+)(?: [\p{L}]+)?, Ana(?=<| )/).map { String($0.1) }
      var names: [String] = []
      for name in shown where names.last != name { names.append(name) }
      #expect(
        names == [
          "Cárdenas", "Cusihuamán", "Nunez", "Núnez", "NUNEZ", "nuñez", "Ñahui", "Zevallos",
        ], "\(page)")
    }
  }

  @Test("another value for a conflict is held to the record's own rules, and what was typed stays")
  func otherValue() async throws {
    let bench = try OfficeBench()
    let browser = try await bench.dispute("participant", "paternal_surname", "'Ñaupa'", "'Naupare'")
    let path = try await browser.get("/conflicts").text.after("<p><a href=\"")
    let page = try await browser.get(path).text
    let choice = [
      ("seen", page.after("name=\"seen\" value=\"")),
      ("choice", "value:" + page.after("value=\"value:")),
    ]
    let long = String(repeating: "A", count: 400)
    let refused = try await browser.post(path, choice + [("value", long)])
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("más de 100 caracteres"))
    #expect(refused.text.contains("value=\"\(long)\""))
    #expect(try await browser.post(path, choice + [("value", "Ñaupári")]).status == .seeOther)

    let titles = try OfficeBench()
    let other = try await titles.dispute("training_session", "title", "'Uno'", "'Dos'")
    let title = try await other.get("/conflicts").text.after("<p><a href=\"")
    let shown = try await other.get(title).text
    let empty = try await other.post(
      title,
      [
        ("seen", shown.after("name=\"seen\" value=\"")),
        ("choice", "value:" + shown.after("value=\"value:")), ("value", " "),
      ])
    #expect(empty.status == .unprocessableContent)
    #expect(empty.text.contains("es obligatorio"))
  }

  @Test("a sync without an enrolment says so, and what to do")
  func notEnrolled() async throws {
    let browser = try OfficeBench().browser()
    #expect(try await browser.post("/sync", []).location == "/sync")
    var page = try await browser.get("/sync")
    for _ in 0..<200
    where page.headers[values: .contentType].isEmpty || !page.text.contains("inscrita") {
      try await Task.sleep(for: .milliseconds(10))
      page = try await browser.get("/sync")
    }
    #expect(page.text.contains("no está inscrita"))
  }
}
