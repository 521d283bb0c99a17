import Foundation
import Testing

@Suite("Bundles as people carry them", .serialized)
struct BundleScenarioTests {
  struct ImportDocument: Decodable {
    var pulled: Int
    var conflicts: Int
    var acknowledged: Int
  }

  struct ExportDocument: Decodable {
    var files: [String]
    var changes: Int
  }

  @Test("two offices and a centre that only meet by USB end with equal digests, and know it")
  func byHand() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    for office in ["cusco", "puno"] {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
    }
    workplace.stopServer()
    for office in ["cusco", "puno"] {
      _ = try workplace.importFiles(office)
      let made = try workplace.quipu(
        office, "bundle", "export", "\(office).quipu", "--split", "40k", "--json")
      try #require(made.status == 0, "\(made.errors)")
      let files = try made.document(ExportDocument.self).files
      // The last part first, and the first one twice.
      for file in files.reversed() + [files[0]] {
        let taken = try workplace.quipu("central", "bundle", "import", file)
        #expect([0, 3].contains(taken.status), "\(taken.errors)")
      }
    }
    #expect(try status(workplace, "cusco").unsent > 0)
    try workplace.quipu("central", "bundle", "export", "todos.quipu")
    for office in ["cusco", "puno"] {
      let taken = try workplace.quipu(office, "bundle", "import", "todos.quipu", "--json")
      #expect([0, 3].contains(taken.status), "\(taken.errors)")
      #expect(try taken.document(ImportDocument.self).acknowledged > 0)
      #expect(try status(workplace, office).unsent == 0)
      #expect(try workplace.digests(office) == workplace.digests("central"))
    }
  }

  @Test("by hand and over the line in any order, office to office too, all end at one point")
  func mixed() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    for office in ["cusco", "puno"] {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
    }
    // Each hears of the other.
    for office in ["cusco", "puno"] { try workplace.sync(office) }
    for office in ["cusco", "puno"] { _ = try workplace.importFiles(office) }
    try workplace.quipu("cusco", "bundle", "export", "a.quipu", "--to", "puno", "--to", "central")
    try workplace.sync("cusco")
    let taken = try workplace.quipu("puno", "bundle", "import", "a.quipu")
    #expect([0, 3].contains(taken.status), "\(taken.errors)")
    // Puno relays what Cusco wrote; the centre has it already.
    try workplace.sync("puno")
    #expect([0, 3].contains(try workplace.quipu("central", "bundle", "import", "a.quipu").status))
    for office in ["cusco", "puno"] { try workplace.sync(office) }
    for office in ["cusco", "puno"] {
      #expect(try workplace.digests(office) == workplace.digests("central"))
      #expect(try status(workplace, office).unsent == 0)
    }
  }

  @Test("what is no bundle, or not for this replica, is refused in a sentence with status 1")
  func refused() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    for office in ["cusco", "puno"] {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
    }
    try workplace.sync("cusco")
    _ = try workplace.importFiles("cusco")
    try workplace.quipu("cusco", "bundle", "export", "c.quipu")
    let before = try workplace.digests("puno")
    for (file, code) in [
      ("c.quipu", "bundle_not_for_us"), ("cusco/sesiones.csv", "not_a_bundle"),
      ("nowhere.quipu", "file_unreadable"),
    ] {
      let outcome = try workplace.quipu("puno", "bundle", "import", file, "--json")
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      #expect(try outcome.problem().code == code)
      #expect(try !outcome.problem().hint.isEmpty)
    }
    #expect(try workplace.digests("puno") == before)
    let small = try workplace.quipu(
      "cusco", "bundle", "export", "d.quipu", "--split", "1k", "--all", "--json")
    #expect(small.status == 2)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("d.quipu")))
  }

  private func status(_ workplace: Workplace, _ name: String) throws -> StatusDocument {
    try workplace.quipu(name, "status", "--json").document()
  }
}
