import Foundation
import Testing

/// What the disk refuses is said with a status, a code and a remedy, and what was saved stays whole.
@Suite(
  "A disk that takes no more",
  .enabled(
    if: SmallDisk.isPermitted, "mounting needs root and CAP_SYS_ADMIN, which are not here"))
struct FullDiskTests {
  @Test("1, disk_full: a full disk stops every command; with room again nothing is missing")
  func full() throws {
    let disk = try SmallDisk(kilobytes: 3000)
    try disk.prepare()
    let before = try disk.quipu("digest", "--json").output
    try disk.fill()
    for command in [
      ["participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana"],
      ["import", disk.scenario("asistencia.csv")], ["status"], ["check"],
    ] {
      let outcome = try disk.quipu(command + ["--json"])
      #expect(outcome.status == 1, "\(command)")
      let problem = try outcome.problem()
      #expect(problem.code == "disk_full" && !problem.hint.isEmpty, "\(command)")
      #expect(outcome.output.isEmpty)
    }
    let spanish = try disk.quipu(["status", "--lang", "es"])
    #expect(spanish.errors.contains("Libere espacio"))
    try disk.empty()
    #expect(try disk.quipu("check").status == 0)
    #expect(try disk.quipu("digest", "--json").output == before)
    #expect(
      try disk.quipu("participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana")
        .status == 0)
  }

  @Test("1, disk_full: a file that does not fit is imported whole or not at all, and fits later")
  func tooSmall() throws {
    let disk = try SmallDisk(kilobytes: 3000)
    try disk.prepare()
    let before = try disk.quipu("digest", "--json").output
    try disk.fill(leaving: 300)
    let outcome = try disk.quipu("import", disk.scenario("asistencia.csv"), "--json")
    #expect(outcome.status == 1)
    #expect(try outcome.problem().code == "disk_full")
    #expect(try disk.quipu("digest", "--json").output == before)
    #expect(try disk.quipu("backup", "create", disk.path("copy"), "--json").status == 1)
    #expect(!FileManager.default.fileExists(atPath: disk.path("copy")))
    try disk.empty()
    #expect(try disk.quipu("import", disk.scenario("asistencia.csv")).status == 3)
    #expect(try disk.quipu("check").status == 0)
  }

  @Test(
    "a full disk at the centre is said by it, by its health and by the office; with room again all is sent"
  )
  func fullCentre() throws {
    let disk = try SmallDisk(kilobytes: 6000)
    let work = try Workplace(in: disk.folder.appending(path: "centre"))
    try work.startServer()
    let office = try Workplace()
    try office.makeOffice("cusco")
    try work.enroll("cusco", at: office)
    try office.sync("cusco")
    #expect(try work.get("/healthz") == (200, "ok\n"))
    #expect(try office.importFiles("cusco").status == 3)
    let unsent = try office.quipu("cusco", "status", "--json").document(Standing.self).unsent
    try #require(unsent > 1000)
    let before = try office.digests("cusco")
    try disk.fill()

    for _ in 0..<2 {
      let outcome = try office.quipu("cusco", "sync", "--json")
      #expect(outcome.status == 4, "\(outcome.errors)")
      let problem = try outcome.problem()
      #expect(problem.code == "storage_full" && problem.hint.contains("nothing is lost"))
    }
    let spanish = try office.quipu("cusco", "sync", "--lang", "es")
    #expect(spanish.errors.contains("su disco está lleno"))
    #expect(spanish.errors.contains("No se perdió nada"))
    #expect(try office.digests("cusco") == before)
    let standing = try office.quipu("cusco", "status", "--json").document(Standing.self)
    #expect(standing.unsent == unsent)
    // What was found out is kept for five seconds.
    Thread.sleep(forTimeInterval: 5.1)
    #expect(try work.get("/healthz") == (503, "degraded: disk full\n"))
    #expect(try work.get("/metrics").text.contains("quipu_storage_writable 0\n"))

    try disk.empty()
    try office.sync("cusco")
    #expect(try office.digests("cusco") == before)
    #expect(try work.digests("central") == before)
    #expect(try work.quipu("central", "check").status == 0)
    Thread.sleep(forTimeInterval: 5.1)
    #expect(try work.get("/healthz") == (200, "ok\n"))
    let metrics = try work.get("/metrics").text
    #expect(
      metrics.contains(/quipu_node_verified\{office="cusco",node="[0-9a-f]{8}"\} 1\n/))
  }

  private struct Standing: Decodable {
    var unsent: Int
  }

  @Test("1, replica_inaccessible: a read-only disk is named as what it is, and left as it was")
  func readOnly() throws {
    let disk = try SmallDisk(kilobytes: 3000)
    try disk.prepare()
    let bytes = try Data(contentsOf: URL(filePath: disk.path("replica.sqlite")))
    try disk.makeReadOnly()
    for command in [
      ["participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana"], ["status"],
      ["sync"],
    ] {
      let outcome = try disk.quipu(command + ["--json"])
      #expect(outcome.status == 1, "\(command)")
      let problem = try outcome.problem()
      #expect(problem.code == "replica_inaccessible" && problem.message.contains("read-only"))
    }
    #expect(try Data(contentsOf: URL(filePath: disk.path("replica.sqlite"))) == bytes)
  }

  @Test("1, disk_full: a limit on the size of files is survived like a full disk")
  func fileSize() throws {
    let disk = try SmallDisk(kilobytes: 8000)
    try disk.prepare()
    let before = try disk.quipu("digest", "--json").output
    // Blocks of 512 bytes in dash, of 1024 in bash: either way less than the import needs.
    let outcome = try Programs.run(
      "env",
      [
        "sh", "-c", "ulimit -f 700; exec \"$@\"", "sh", Programs.resolved("quipu"), "--replica",
        disk.path("replica.sqlite"), "import", disk.scenario("asistencia.csv"), "--json",
      ])
    #expect(outcome.status == 1)
    #expect(try outcome.problem().code == "disk_full")
    #expect(try disk.quipu("check").status == 0)
    #expect(try disk.quipu("digest", "--json").output == before)
  }
}

/// A small disk in memory with a replica on it, unmounted when the test ends.
final class SmallDisk {
  static let isPermitted: Bool = {
    guard let disk = try? SmallDisk(kilobytes: 64) else { return false }
    return disk.isMounted
  }()

  let folder: URL
  fileprivate private(set) var isMounted = false

  init(kilobytes: Int) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "quipu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let mounted = try Programs.run(
      "env", ["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path()])
    isMounted = mounted.status == 0
  }

  deinit {
    if isMounted { _ = try? Programs.run("env", ["umount", "-l", folder.path()]) }
    try? FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path() }

  func scenario(_ name: String) -> String {
    Programs.scenario.appending(path: "cusco/\(name)").path()
  }

  /// A replica with the sessions of an office.
  func prepare() throws {
    try #require(try quipu("init", "--office", "cusco").status == 0)
    let sheet = path("sesiones.csv")
    try FileManager.default.copyItem(atPath: scenario("sesiones.csv"), toPath: sheet)
    try #require(try quipu("import", sheet).status == 3)
  }

  func quipu(_ arguments: String...) throws -> Outcome { try quipu(arguments) }

  func quipu(_ arguments: [String]) throws -> Outcome {
    try Programs.run("quipu", ["--replica", path("replica.sqlite")] + arguments, in: folder)
  }

  /// Fills the disk to its last kilobytes.
  func fill(leaving kilobytes: Int = 0) throws {
    _ = try Programs.run("env", ["dd", "if=/dev/zero", "of=\(path("fill"))", "bs=1k"])
    let handle = try FileHandle(forUpdating: URL(filePath: path("fill")))
    try handle.truncate(atOffset: handle.seekToEnd() - UInt64(kilobytes * 1024))
    try handle.close()
  }

  func empty() throws { try FileManager.default.removeItem(atPath: path("fill")) }

  func makeReadOnly() throws {
    let outcome = try Programs.run("env", ["mount", "-o", "remount,ro", folder.path()])
    try #require(outcome.status == 0, "\(outcome.errors)")
  }
}
