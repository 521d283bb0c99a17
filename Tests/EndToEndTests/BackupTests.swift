import Foundation
import Testing

@Suite("Backups", .serialized)
struct BackupTests {
  struct BackupDocument: Decodable {
    var file: String
    var rows: Int
    var verified: Bool
    var kept: Int?
    var deleted: [String]?
  }

  private func office() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.makeOffice("cusco")
    _ = try workplace.importFiles("cusco")
    return workplace
  }

  @Test("plain, compressed or sealed, a backup gives back every row")
  func forms() throws {
    let workplace = try office()
    let digests = try workplace.digests("cusco")
    let secret = workplace.path("frase")
    try "una frase bastante larga\n".write(toFile: secret, atomically: true, encoding: .utf8)
    var sizes: [Int] = []
    for (name, flags) in [
      ("copia.sqlite", []), ("copia.sqlite.zst", []),
      ("copia.sellada", ["--passphrase-file", secret]),
    ] {
      let path = workplace.path(name)
      func run(_ replica: String, _ command: String) throws -> Outcome {
        try Programs.run(
          "quipu",
          ["--replica", workplace.path(replica), "backup", command, path, "--json"] + flags)
      }
      let made = try run("cusco.sqlite", "create")
      try #require(made.status == 0, "\(made.errors)")
      #expect(try made.document(BackupDocument.self).verified)
      #expect(try run("cusco.sqlite", "verify").status == 0)
      let restored = try run("\(name).again.sqlite", "restore")
      try #require(restored.status == 0, "\(restored.errors)")
      #expect(try workplace.digests("\(name).again") == digests)
      sizes.append(try Data(contentsOf: URL(filePath: path)).count)
    }
    #expect(sizes[1] * 2 < sizes[0] && sizes[2] * 2 < sizes[0])
    let zstd = try Programs.run("env", ["head", "-c", "4", workplace.path("copia.sellada")])
    #expect(zstd.output == "quip")
    let left = try FileManager.default.contentsOfDirectory(atPath: workplace.folder.path())
    #expect(left.allSatisfy { !$0.hasSuffix(".partial") && !$0.hasSuffix(".packed") })
  }

  @Test("a backup in which a name was changed is not what was backed up")
  func changedName() throws {
    let workplace = try office()
    let path = workplace.path("copia.sqlite")
    func run(_ command: String) throws -> Outcome {
      try Programs.run(
        "quipu", ["--replica", workplace.path("cusco.sqlite"), "backup", command, path, "--json"])
    }
    #expect(try run("create").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let script = """
      import sqlite3, sys
      backup = sqlite3.connect(sys.argv[1])
      backup.execute("DROP TRIGGER sync_capture_participant_update")
      backup.execute("UPDATE participant SET given_names = 'Eva' WHERE rowid = 1")
      backup.commit()
      """
    #expect(try Programs.run("env", ["python3", "-c", script, path]).status == 0)
    let told = try run("verify")
    #expect(told.status == 7)
    #expect(try told.problem().code == "rows_differ")
  }

  @Test("a sealed backup opens with its passphrase alone, and a damaged one is said to be damaged")
  func refused() throws {
    let workplace = try office()
    let (right, wrong) = (workplace.path("frase"), workplace.path("otra"))
    try "una frase bastante larga".write(toFile: right, atomically: true, encoding: .utf8)
    try "otra frase bastante larga".write(toFile: wrong, atomically: true, encoding: .utf8)
    let path = workplace.path("copia.sellada")
    try workplace.quipu("cusco", "backup", "create", path, "--passphrase-file", right)
    let without = try workplace.quipu("cusco", "backup", "verify", path, "--json")
    #expect(without.status == 2)
    #expect(try without.problem().code == "passphrase_missing")
    let other = try workplace.quipu(
      "cusco", "backup", "verify", path, "--passphrase-file", wrong, "--json")
    #expect(other.status == 7)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: URL(filePath: path))
    let damaged = try workplace.quipu(
      "new", "backup", "restore", path, "--passphrase-file", right, "--json")
    #expect(damaged.status == 7)
    #expect(try damaged.problem().code == "backup_damaged")
    #expect(!FileManager.default.fileExists(atPath: workplace.path("new.sqlite")))
  }

  @Test("a folder of backups keeps the last of each day, week and month, and what is not ours")
  func rotation() throws {
    let workplace = try office()
    let folder = workplace.path("copias")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let old = [
      "cusco-20240131T100000Z.zst", "cusco-20240131T090000Z.zst", "cusco-20240130T100000Z.zst",
      "cusco-20240101T100000Z.zst", "puno-20240101T100000Z.zst", "notas.txt",
    ]
    for name in old { try Data().write(to: URL(filePath: "\(folder)/\(name)")) }
    let outcome = try workplace.quipu(
      "cusco", "backup", "rotate", folder, "--keep-daily", "2", "--keep-weekly", "1",
      "--keep-monthly", "3", "--json")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let report = try outcome.document(BackupDocument.self)
    // Today, and 31 January for its day and its month: nothing else is the last of anything.
    #expect(
      report.deleted == [
        "cusco-20240101T100000Z.zst", "cusco-20240130T100000Z.zst", "cusco-20240131T090000Z.zst",
      ])
    #expect(report.kept == 2)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left.count == 4 && left.contains("notas.txt"))
    #expect(try workplace.quipu("cusco", "backup", "verify", report.file).status == 0)
  }

  @Test("the centre put back from a backup gets from its offices what it lost")
  func centre() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    let port = workplace.port
    try workplace.makeOffice("cusco")
    try workplace.enroll("cusco")
    _ = try workplace.importFiles("cusco")
    try workplace.sync("cusco")
    let copy = workplace.path("central.zst")
    #expect(try workplace.quipu("central", "backup", "create", copy).status == 0)
    try workplace.quipu(
      "cusco", "participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana")
    try workplace.sync("cusco")
    workplace.stopServer()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: workplace.path("central.sqlite") + suffix)
    }
    let restored = try workplace.quipu("central", "backup", "restore", copy)
    try #require(restored.status == 0, "\(restored.errors)")
    try workplace.startServer(port: port)
    try workplace.sync("cusco")
    try workplace.sync("cusco")
    #expect(try workplace.digests("central") == workplace.digests("cusco"))
  }
}
