import Foundation
import Testing

@Suite("Databases of released versions")
struct ReleasedDatabaseTests {
  /// What the versions that made them showed.
  private static let digests = [
    "v0005": [
      "attendance": "f90f64044f23ec72a7ae8734a69fa9b1",
      "participant": "abbccc1fac16d2d0fb5bb6b6e40ad9bd",
      "training_session": "6f8f1654da8448ce081cbed5f893ef8b",
      "indicator": "ae9cfef2b52a5dc3e0a49842d88853fd",
    ],
    "v0011": [
      "attendance": "a8f9b3196370903da4394814c0522857",
      "participant": "dc72ae896204c8437567c5b75d2aed7c",
      "training_session": "426468eec6cdb687dfa162fd9e4bcd55",
      "indicator": "ae9cfef2b52a5dc3e0a49842d88853fd",
    ],
  ]

  private static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Released")
  }

  /// Makes the database again as it was frozen, with its credential.
  private func thaw(_ work: Workplace, _ name: String, version: String) throws {
    let dump = Self.folder.appending(path: "\(version)_\(name).sql").path()
    let script = """
      import sqlite3, sys
      connection = sqlite3.connect(sys.argv[1])
      connection.executescript(open(sys.argv[2], encoding="utf-8").read())
      connection.execute("PRAGMA journal_mode = WAL")
      """
    let made = try Programs.run(
      "env", ["python3", "-c", script, work.path("\(name).sqlite"), dump])
    try #require(made.status == 0, "\(made.errors)")
    let credential = work.path("\(name).sqlite.credential")
    try FileManager.default.copyItem(
      atPath: Self.folder.appending(path: "\(version)_\(name).credential").path(),
      toPath: credential)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: credential)
  }

  @Test(
    "an office and a centre of an earlier version open with everything they had, and go on syncing",
    arguments: ["v0005", "v0011"])
  func goOn(version: String) throws {
    let work = try Workplace()
    for name in ["cusco", "central"] { try thaw(work, name, version: version) }
    let found = try work.digests("cusco").mapValues(\.digest)
    for (table, digest) in try #require(Self.digests[version]) {
      #expect(found[table] == digest, "\(table)")
    }
    #expect(try work.quipu("cusco", "check").status == 0)
    let copies = try FileManager.default.contentsOfDirectory(atPath: work.folder.path())
    #expect(copies.contains { $0.hasPrefix("cusco.sqlite.before-") })
    #expect(try work.quipu("cusco", "status", "--json").document(StatusDocument.self).unsent == 2)
    try work.startServer()
    let outcome = try work.quipu("cusco", "sync", "--central", work.central, "--json")
    let synced = try outcome.document(SyncDocument.self)
    #expect(synced.pushed == 2)
    #expect(synced.verified == true)
    #expect(try work.digests("cusco") == work.digests("central"))
    let conflicts = try work.quipu("cusco", "conflicts", "list", "--json")
    #expect(
      try conflicts.document([ConflictDocument].self).filter { $0.state == "open" }.count == 1)
    #expect(try work.quipu("central", "check").status == 0)
  }
}
