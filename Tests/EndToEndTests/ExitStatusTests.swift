import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Scripts and timers act on the exit status and on the code of an error: both are a contract.
@Suite("Exit status", .serialized)
struct ExitStatusTests {
  @Test("0 and 1: a replica is made once, and never over another file")
  func made() throws {
    let workplace = try Workplace()
    #expect(try workplace.quipu("a", "init", "--office", "cusco").status == 0)
    let again = try workplace.quipu("a", "init", "--office", "puno", "--json")
    #expect(again.status == 1)
    #expect(try again.problem().code == "replica_exists")
    #expect(again.output.isEmpty)
    let missing = try workplace.quipu("b", "status", "--json")
    #expect(missing.status == 1)
    #expect(try missing.problem().code == "replica_not_found")
    let unknown = try workplace.quipu("c", "init", "--office", "atlantida", "--json")
    #expect(unknown.status == 1)
    #expect(try unknown.problem().code == "unknown_office")
    #expect(try unknown.problem().hint.contains("madre_de_dios"))
    #expect(!FileManager.default.fileExists(atPath: workplace.path("c.sqlite")))
  }

  @Test(
    "2: a wrong command line",
    arguments: [
      ["undo"], ["status", "--loud"], ["init"], ["import"],
      ["report", "indicators", "--cut-off", "2020-02-30"],
      ["report", "indicators", "--period", "2020T5"], ["report", "indicators", "--by", "colour"],
      ["report", "indicators", "--format", "pdf"], ["export"], ["conflicts", "resolve", "c1"],
      ["status", "--lang", "qu"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Programs.run("quipu", arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
    let json = try Programs.run("quipu", ["--json"] + arguments)
    #expect(json.status == 2)
    #expect(json.output.isEmpty)
    #expect(try json.problem().code == "usage")
  }

  @Test("3: rejected rows are written beside the file, and counted until they are corrected")
  func rejected() throws {
    let workplace = try Workplace()
    try workplace.makeOffice("cusco")
    #expect(try workplace.quipu("cusco", "import", "cusco/sesiones.csv", "--dry-run").status == 3)
    #expect(try status(workplace).rejected == 0)
    #expect(try status(workplace).unsent == 0)
    #expect(
      !FileManager.default.fileExists(atPath: workplace.path("cusco/sesiones.csv.rejected.csv")))

    let outcome = try workplace.quipu("cusco", "import", "cusco/sesiones.csv", "--json")
    #expect(outcome.status == 3)
    #expect(try outcome.document(ImportDocument.self).rejected == 2)
    #expect(try status(workplace).rejected == 2)

    let file = workplace.folder.appending(path: "cusco/sesiones.csv.rejected.csv")
    let corrected = try String(contentsOf: file, encoding: .utf8)
      .replacing("P-9.9.9.9", with: "P-1.2.1.1").replacing("31/02/2020", with: "29/02/2020")
      .replacing("30/02/2020", with: "29/02/2020")
    try corrected.write(to: file, atomically: true, encoding: .utf8)
    let again = try workplace.quipu("cusco", "import", file.path(), "--json")
    #expect(try again.document(ImportDocument.self).inserted == 2)
    #expect(again.status == 0)
    #expect(try status(workplace).rejected == 0)
  }

  @Test("4: the centre is away; it is said within seconds, and nothing is lost")
  func unreachable() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    let port = workplace.port
    try workplace.makeOffice("cusco")
    try workplace.enroll("cusco")
    try workplace.quipu(
      "cusco", "participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana")
    let before = try workplace.digests("cusco")
    workplace.stopServer()
    let start = Date()
    let outcome = try workplace.quipu("cusco", "sync", "--json")
    #expect(outcome.status == 4)
    #expect(try outcome.problem().code == "unreachable")
    #expect(Date().timeIntervalSince(start) < 15)
    #expect(try status(workplace).unsent == 1)
    #expect(try workplace.digests("cusco") == before)
    try workplace.startServer(port: port)
    #expect(try workplace.sync("cusco").document(SyncDocument.self).pushed == 1)
    let after = try status(workplace)
    #expect(after.unsent == 0 && after.verified == true && after.lastSync != nil)
  }

  @Test("5: the centre refuses a code that it never gave, and a replica that is not enrolled")
  func refused() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    try workplace.makeOffice("cusco")
    let unknown = try workplace.quipu(
      "cusco", "enroll", "--central", workplace.central, "--code", "AAAA-BBBB-CCCC", "--json")
    #expect(unknown.status == 5)
    let stranger = try workplace.quipu("cusco", "sync", "--json")
    #expect(stranger.status == 5)
    #expect(try stranger.problem().code == "not_enrolled")
  }

  @Test("6: one sync of a replica at a time; every other command works beside it")
  func locked() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    try workplace.makeOffice("cusco")
    try workplace.enroll("cusco")
    let lock = open(workplace.path("cusco.sqlite.sync-lock"), O_RDWR | O_CREAT, 0o600)
    #expect(flock(lock, LOCK_EX) == 0)
    let outcome = try workplace.quipu("cusco", "sync", "--json")
    #expect(outcome.status == 6)
    #expect(try outcome.problem().code == "busy")
    #expect(try workplace.quipu("cusco", "status").status == 0)
    #expect(try workplace.quipu("cusco", "import", "cusco/entregables.csv").status == 0)
    close(lock)
    #expect(try workplace.quipu("cusco", "sync").status == 0)
  }

  @Test("7: a file that is no replica is said to be none, and is left as it was")
  func notAReplica() throws {
    let workplace = try Workplace()
    let text = workplace.folder.appending(path: "text.sqlite")
    try Data("codigo,titulo\n".utf8).write(to: text)
    try workplace.python("strange", "CREATE TABLE t(a); INSERT INTO t VALUES (1)")
    let strange = try Data(contentsOf: workplace.folder.appending(path: "strange.sqlite"))
    for name in ["text", "strange"] {
      for command in ["status", "digest", "check", "sync"] {
        let outcome = try workplace.quipu(name, command, "--json")
        #expect(outcome.status == 7, "\(name) \(command)")
        #expect(try outcome.problem().code == "not_a_replica")
      }
    }
    #expect(try Data(contentsOf: text) == Data("codigo,titulo\n".utf8))
    #expect(try Data(contentsOf: workplace.folder.appending(path: "strange.sqlite")) == strange)
  }

  @Test("7: a damaged replica is said to be damaged")
  func damaged() throws {
    let workplace = try Workplace()
    try workplace.makeOffice("cusco")
    _ = try workplace.importFiles("cusco")
    #expect(try workplace.quipu("cusco", "check").status == 0)
    let file = workplace.folder.appending(path: "cusco.sqlite")
    var bytes = try Data(contentsOf: file)
    // Pages in the middle: the header stays, so that the file still looks like a replica.
    let middle = bytes.count / 2 / 4096 * 4096
    bytes.replaceSubrange(
      middle..<(middle + 40 * 4096), with: Data(repeating: 0xa5, count: 40 * 4096))
    try bytes.write(to: file)
    #expect(try workplace.quipu("cusco", "check", "--json").status == 7)
  }

  private func status(_ workplace: Workplace) throws -> StatusDocument {
    try workplace.quipu("cusco", "status", "--json").document()
  }
}
