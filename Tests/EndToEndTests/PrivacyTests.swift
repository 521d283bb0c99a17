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
}
