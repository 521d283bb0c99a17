import Foundation
import Testing

@Suite("Privacy with the built programs")
struct PrivacyTests {
  struct Access: Decodable {
    struct Row: Decodable {
      var table: String
    }
    var participants: [String]
    var rows: [Row]
  }

  struct Erasure: Decodable {
    struct Node: Decodable {
      var office: String
    }
    var erasure: Int
    var confirmed: [Node]
    var pending: [Node]
  }

  @Test("a person sees everything stored, is erased everywhere, and no figure changes")
  func erasure() throws {
    let work = try Workplace()
    try work.startServer()
    try work.makeOffice("cusco")
    try work.enroll("cusco")
    try #require([0, 3].contains(work.importFiles("cusco").status))
    _ = try work.sync("cusco")
    let listed = try work.quipu("central", "export", "participant", "--format", "json")
    let people = try #require(
      try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]])
    let person = try #require(people.first { ($0["document_number"] as? String)?.isEmpty == false })
    let id = try #require(person["id"] as? String)
    let number = try #require(person["document_number"] as? String)
    let surname = try #require(person["paternal_surname"] as? String)

    func counted(_ json: String) throws -> Int? {
      (try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [Any])?.count
    }
    let attended = try work.quipu("central", "export", "attendance", "--format", "json")
    let counts = ["participant": people.count, "attendance": try counted(attended.output)]
    let access = try work.quipu("central", "privacy", "access", id, "--json").document(Access.self)
    #expect(access.participants.contains(id))
    #expect(Set(access.rows.map(\.table)).isSuperset(of: ["participant", "attendance"]))
    let figures = ["report", "indicators", "--cut-off", "2020-06-30", "--format", "csv"]
    let before = try Programs.run(
      "quipu", ["--replica", work.path("central.sqlite")] + figures)
    let there = try work.quipu("cusco", "privacy", "erase", id, "--yes", "--json")
    #expect(there.status == 5)
    #expect(try there.problem().code == "only_at_centre")
    #expect(try work.quipu("central", "privacy", "erase", id).status == 2)
    #expect(try work.quipu("central", "privacy", "erase", id, "--yes").status == 0)
    let after = try Programs.run("quipu", ["--replica", work.path("central.sqlite")] + figures)
    #expect(after.output == before.output)

    let told = try work.quipu("cusco", "sync", "--lang", "es")
    #expect(told.output.contains("Se borraron datos personales"))
    for name in ["cusco", "central"] {
      let row = try work.quipu(name, "export", "participant", "--format", "json").output
      #expect(!row.contains("\"\(number)\""), "\(name)")
      let history = try work.quipu(name, "history", "participant", id, "--json").output
      #expect(!history.contains(surname) && history.contains("(borrado)"), "\(name)")
    }
    #expect(try work.digests("cusco") == work.digests("central"))
    _ = try work.sync("cusco")
    let orders = try work.quipu("central", "privacy", "list", "--json").document([Erasure].self)
    #expect(orders.map(\.erasure) == [1])
    #expect(orders.first?.confirmed.map(\.office) == ["cusco"])
    #expect(orders.first?.pending.isEmpty == true)
    // The same file again: nothing comes back, neither into the row that was erased nor beside it.
    try #require([0, 3].contains(work.importFiles("cusco").status))
    _ = try work.sync("cusco")
    for table in ["participant", "attendance"] {
      let again = try work.quipu("central", "export", table, "--format", "json").output
      #expect(!again.contains("\"\(number)\""))
      #expect(try counted(again) == counts[table], "\(table)")
    }
    let history = try work.quipu("central", "history", "participant", id, "--json").output
    #expect(!history.contains(surname) && history.contains("(borrado)"))
    #expect(try work.quipu("central", "check").status == 0)
  }

  @Test(
    "where values are reserved an office knows by name whom it trained, counts the others, and gets the values of whom it trains next"
  )
  func reserved() throws {
    let work = try Workplace()
    try work.startServer()
    let centre = ["--replica", work.path("central.sqlite")]
    let refused = try Programs.run("quipu-central", ["scope", "reserve", "partner"] + centre)
    #expect(refused.status == 2)
    let decided = try Programs.run(
      "quipu-central", ["scope", "reserve", "participant", "--lang", "es"] + centre)
    #expect(decided.status == 0)
    #expect(decided.output.contains("solo a las oficinas que capacitaron o registraron"))
    for office in ["cusco", "puno"] {
      try work.makeOffice(office)
      try work.enroll(office)
    }
    try #require([0, 3].contains(work.importFiles("puno").status))
    for office in ["puno", "cusco"] { #expect(try work.sync(office).status == 0) }

    func people(_ name: String) throws -> [[String: Any]] {
      let json = try work.quipu(name, "export", "participant", "--format", "json").output
      return try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    }
    func row(_ id: String, at name: String) throws -> [String: Any] {
      try #require(try people(name).first { $0["id"] as? String == id })
    }
    let all = try people("central")
    let masked = try people("cusco")
    #expect(all.count == masked.count && !all.isEmpty)
    #expect(masked.allSatisfy { $0["given_names"] as? String == "(reservado)" })
    #expect(masked.allSatisfy { ($0["document_number"] as? String)?.hasPrefix("#") ?? true })
    let figures = ["report", "indicators", "--cut-off", "2020-06-30", "--format", "csv"]
    #expect(
      try work.quipu(
        "cusco", figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]
      )
      .output == Programs.run("quipu", centre + figures).output)
    let proposals = try work.quipu("cusco", "duplicates", "list", "--json").output
    #expect(!proposals.contains("(reservado)"))
    let doubtful = try work.quipu("cusco", "report", "quality", "--json").output
    #expect(!doubtful.contains("document_impossible"))

    // Somebody whom Puno trained comes to a session of Cusco: by the document, on paper.
    let person = try #require(
      all.first {
        ($0["document_type"] as? String) == "DNI" && !"\($0["document_number"] ?? "")".isEmpty
      })
    let (id, number) = (person["id"] as? String ?? "", person["document_number"] as? String ?? "")
    let added = try work.quipu(
      "cusco", "session", "add", "--code", "CUS-2020-900", "--title", "Taller", "--starts-on",
      "2020-05-04",
      "--status", "held")
    #expect(added.status == 0, "\(added)")
    let twice = try work.quipu(
      "cusco", "participant", "add", "--document-type", "DNI", "--document-number", number,
      "--paternal-surname", "Otra", "--given-names", "Persona", "--json")
    #expect(try twice.problem().code == "document_in_use")
    let attended = try work.quipu("cusco", "attendance", "add", "CUS-2020-900", number)
    #expect(attended.status == 0, "\(attended)")
    let synced = try work.sync("cusco")
    #expect(synced.status == 0, "\(synced)")
    #expect(
      try row(id, at: "cusco")["paternal_surname"] as? String
        == person["paternal_surname"] as? String)
    #expect(
      try people("cusco").filter { $0["given_names"] as? String == "(reservado)" }.count == all
        .count - 1)
    // A file with the same people: it fills in, doubles nobody, and what differs is asked at the centre.
    try #require([0, 3].contains(work.importFiles("cusco").status))
    #expect(try work.sync("cusco").status == 0)
    let ids = try people("central").map { $0["id"] as? String }
    #expect(Set(ids).count == ids.count)
    #expect(try work.quipu("cusco", "check").status == 0)

    #expect(
      try Programs.run("quipu-central", ["scope", "disclose", "participant"] + centre).status == 0)
    for office in ["puno", "cusco", "puno"] {
      #expect([0, 3].contains(try work.sync(office).status))
    }
    for office in ["puno", "cusco"] {
      #expect(try work.digests(office) == work.digests("central"))
      #expect(try people(office).allSatisfy { $0["given_names"] as? String != "(reservado)" })
    }
  }
}
