import Foundation
import Testing

@Suite("Recovery with the built programs")
struct RecoveryTests {
  struct Synced: Decodable {
    var pushed: Int
    var verified: Bool?
    var events: [String]
  }

  struct Standing: Decodable {
    var node: String
    var unsent: Int
    var lastSyncEvents: [String]
  }

  func sync(_ work: Workplace, _ name: String) throws -> Synced {
    let outcome = try work.quipu(name, "sync", "--central", work.central, "--json")
    try #require([0, 3].contains(outcome.status), "\(outcome.errors)")
    return try outcome.document(Synced.self)
  }

  func add(_ work: Workplace, _ name: String, _ code: String) throws {
    let added = try work.quipu(
      name, "session", "add", "--code", code, "--title", code, "--office", "cusco")
    try #require(added.status == 0, "\(added.errors)")
  }

  func move(_ work: Workplace, _ name: String, to other: String?) throws {
    for suffix in ["", "-wal", "-shm"] {
      let path = work.path("\(name).sqlite") + suffix
      guard FileManager.default.fileExists(atPath: path) else { continue }
      if let other {
        try FileManager.default.moveItem(
          atPath: path, toPath: work.path("\(other).sqlite") + suffix)
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
    }
  }

  @Test(
    "an office's backup, a copied laptop and a centre's backup are told in one sentence and heal")
  func disasters() throws {
    let work = try Workplace()
    try work.startServer()
    try work.makeOffice("cusco")
    try work.enroll("cusco")
    try add(work, "cusco", "CUS-1")
    _ = try sync(work, "cusco")

    // A backup is put back after more was sent.
    #expect(try work.quipu("cusco", "backup", "create", work.path("office.bak")).status == 0)
    try add(work, "cusco", "CUS-2")
    _ = try sync(work, "cusco")
    let before = try work.quipu("cusco", "status", "--json").document(Standing.self).node
    try move(work, "cusco", to: nil)
    #expect(try work.quipu("cusco", "backup", "restore", work.path("office.bak")).status == 0)
    try add(work, "cusco", "CUS-3")
    let restored = try work.quipu("cusco", "sync", "--lang", "es")
    #expect(restored.status == 0)
    #expect(restored.output.contains("fue restaurada o copiada"))
    let after = try work.quipu("cusco", "status", "--json").document(Standing.self)
    #expect(after.node != before)
    #expect(after.lastSyncEvents == ["new_identity"])
    #expect(try work.digests("cusco") == work.digests("central"))
    #expect(try work.digests("cusco")["training_session"]?.rows == 3)
    #expect(try sync(work, "cusco").events.isEmpty)

    // The laptop's files are copied to another, with the credential; both go on.
    for suffix in ["", ".credential"] {
      try FileManager.default.copyItem(
        atPath: work.path("cusco.sqlite") + suffix, toPath: work.path("copy.sqlite") + suffix)
    }
    try add(work, "cusco", "CUS-4")
    try add(work, "copy", "CUS-5")
    _ = try sync(work, "cusco")
    let copied = try sync(work, "copy")
    #expect(copied.events == ["new_identity"])
    #expect(copied.verified == true)
    #expect(try work.digests("copy")["training_session"]?.rows == 5)

    // A copy of the database alone cannot sign: it is sound, says what is missing, and loses nothing.
    try FileManager.default.copyItem(
      atPath: work.path("cusco.sqlite"), toPath: work.path("alone.sqlite"))
    try add(work, "alone", "CUS-7")
    let checked = try work.quipu("alone", "check", "--json")
    #expect(checked.status == 3 && checked.output.contains("no_key"), "\(checked.errors)")
    #expect(try work.quipu("alone", "backup", "create", work.path("alone.bak")).status == 0)
    #expect(try work.quipu("alone", "sync").status == 5)
    try work.enroll("cusco", named: "alone")
    #expect(try sync(work, "alone").verified == true)
    #expect(try work.digests("central")["training_session"]?.rows == 6)
    _ = try sync(work, "copy")

    // The centre is put back from a backup, first by the command, then by copying the file.
    let backup = try Programs.run(
      "quipu", ["--replica", work.path("central.sqlite"), "backup", "create", work.path("c.bak")])
    #expect(backup.status == 0)
    try FileManager.default.copyItem(
      atPath: work.path("c.bak"), toPath: work.path("plain.sqlite"))
    try add(work, "copy", "CUS-6")
    // The centre writes too: its own numbers must not be used twice either.
    try work.quipu(
      "central", "session", "add", "--code", "CEN-1", "--title", "C", "--office", "cusco")
    _ = try sync(work, "copy")
    let port = work.port
    work.stopServer()
    try move(work, "central", to: "lost")
    let again = try Programs.run(
      "quipu", ["--replica", work.path("central.sqlite"), "backup", "restore", work.path("c.bak")])
    #expect(again.status == 0, "\(again.errors)")
    try work.quipu(
      "central", "session", "add", "--code", "CEN-2", "--title", "C", "--office", "cusco")
    try work.startServer(port: port)
    let told = try sync(work, "copy")
    #expect(told.events == ["centre_restored"])
    #expect(told.verified == true)
    #expect(try work.digests("copy")["training_session"]?.rows == 9)
    #expect(try work.digests("copy") == work.digests("central"))

    work.stopServer()
    try move(work, "central", to: "lost-again")
    try move(work, "plain", to: "central")
    try work.startServer(port: port)
    let once = try sync(work, "copy")
    #expect(once.events == ["centre_restored"])
    #expect(once.verified == true)
    _ = try sync(work, "cusco")
    #expect(try sync(work, "cusco").verified == true)
    #expect(try work.digests("cusco") == work.digests("central"))
    #expect(try work.digests("cusco")["training_session"]?.rows == 9)
    #expect(try work.quipu("central", "check").status == 0)
  }
}
