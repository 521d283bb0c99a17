import CentralNode
import Foundation
import GRDB
import Logging
import Replica
import ServiceLifecycle
import SyncModel
import SyncProtocol
import SyncTransport
import Synchronization
import TestSupport
import Testing

/// A central node on a loopback port, and offices that sync with it.
struct Network {
  let replicas: TestReplicas
  let centralKeys = MemorySigningKeys(seed: 99)
  let codec = ProtobufChangesetCodec()
  static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  init() throws {
    replicas = try TestReplicas()
  }

  func backUp(_ replica: Replica, to path: String) throws {
    let copy = try DatabaseQueue(path: path)
    try replica.read { db in try copy.inDatabase { try db.backup(to: $0) } }
    try copy.close()
  }

  /// The centre after its file was replaced by a backup.
  func centralPutBack(
    _ central: Replica, from backup: String
  ) throws -> (replica: Replica, node: CentralNode) {
    let path = central.path
    try central.close()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    try FileManager.default.copyItem(atPath: backup, toPath: path)
    return try self.central()
  }

  func central() throws -> (replica: Replica, node: CentralNode) {
    let path = replicas.folder.file("central.sqlite")
    let isNew = !FileManager.default.fileExists(atPath: path)
    let replica =
      try isNew
      ? replicas.make("central", keys: centralKeys) : replicas.open("central", keys: centralKeys)
    let clock = replicas.clock
    return (
      replica,
      try CentralNode(replica: replica, codec: codec, keys: centralKeys, now: { clock.now })
    )
  }

  /// Runs a test against a listening central node.
  func serving<Result: Sendable>(
    _ node: CentralNode,
    _ test: @escaping @Sendable (String) async throws -> Result
  ) async throws -> Result {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    var configuration = CentralServer.Configuration(host: "127.0.0.1", port: 0)
    configuration.onRunning = { port.yield($0) }
    let server = CentralServer(
      configuration, router: CentralRoutes(node, logger: Self.silent).router(), logger: Self.silent)
    let group = ServiceGroup(configuration: .init(services: [server], logger: Self.silent))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let result: Swift.Result<Result, any Error>
      do {
        result = .success(try await test("http://127.0.0.1:\(port)"))
      } catch {
        result = .failure(error)
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return try result.get()
    }
  }

  func office(_ name: String) throws -> Office {
    let file = CredentialFile(besideReplica: replicas.folder.file("\(name).sqlite"))
    let keys = FileSigningKeys(file: file)
    let clock = replicas.clock
    let replica = try Replica.create(
      at: replicas.folder.file("\(name).sqlite"), office: name, label: nil,
      schema: TeamSchema.schema, environment: environment(keys, clock: clock))
    return Office(replica: replica, client: client(file, keys, clock: clock))
  }

  func environment(_ keys: FileSigningKeys, clock: TestClock) -> ReplicaEnvironment {
    ReplicaEnvironment(
      now: { clock.now },
      newNodeID: {
        var generator = SystemRandomNumberGenerator()
        return .random(using: &generator)
      },
      codec: codec, keys: keys, durability: .off)
  }

  func client(_ file: CredentialFile, _ keys: FileSigningKeys, clock: TestClock) -> SyncClient {
    var options = SyncClient.Options()
    options.pause = { _ in }
    options.pieces.initial = 2048
    options.pieces.least = 1024
    return SyncClient(
      credential: file, codec: codec, keys: keys, now: { clock.now }, options: options)
  }

  struct Office {
    let replica: Replica
    let client: SyncClient
  }

  /// An office that is enrolled.
  func enrolled(_ name: String, at url: String, by node: CentralNode) async throws -> Office {
    let office = try office(name)
    let code = try node.register.makeCode(office: name, label: nil)
    try await office.client.enroll(office.replica, at: url, code: code)
    return office
  }
}

@Suite("Sync over HTTP")
struct SyncClientTests {
  func rows(_ range: Range<Int>, prefix: String) -> String {
    "INSERT INTO team(id, name) VALUES "
      + range.map { "('\(prefix)\($0)', 'Equipo \($0)')" }.joined(separator: ", ")
  }

  func copy(_ replica: Replica, to path: String) async throws {
    try await DatabaseQueue(path: replica.path).vacuum(into: path)
  }

  @Test("what one office writes another one reads, and digests prove it")
  func bothWays() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      for piece in 0..<5 {
        try cusco.replica.execute(rows(piece * 200..<piece * 200 + 200, prefix: "c"))
        try cusco.replica.seal()
      }
      try puno.replica.execute(rows(0..<10, prefix: "p"))
      let first = try await cusco.client.sync(cusco.replica)
      #expect(first.pushed == 1000)
      #expect(first.pulled == 0)
      #expect(first.verified == true)
      #expect(first.bytesSent > 1000)
      let second = try await puno.client.sync(puno.replica)
      #expect(second.pushed == 10)
      #expect(second.pulled == 1000)
      #expect(second.verified == true)
      let third = try await cusco.client.sync(cusco.replica)
      #expect(third.pulled == 10)
      #expect(third.verified == true)
      #expect(try cusco.replica.dump("team") == puno.replica.dump("team"))
      #expect(try cusco.replica.counts().unsent == 0)
      #expect(try cusco.replica.dump("team") == central.dump("team"))
      let nothing = try await cusco.client.sync(cusco.replica)
      #expect(nothing.pushed == 0 && nothing.pulled == 0 && nothing.verified == true)
    }
  }

  @Test("an unreachable centre is reported and costs nothing", .timeLimit(.minutes(2)))
  func unreachable() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    let cusco = try await network.serving(node) {
      try await network.enrolled("cusco", at: $0, by: node)
    }
    try cusco.replica.execute(rows(0..<5, prefix: "c"))
    let error = await #expect(throws: SyncError.self) {
      try await cusco.client.sync(cusco.replica, url: "http://127.0.0.1:1")
    }
    #expect(error?.exitCode == 4)
    #expect(try cusco.replica.counts().unsent == 5)
    try await network.serving(node) { url in
      let report = try await cusco.client.sync(cusco.replica, url: url)
      #expect(report.pushed == 5)
    }
  }

  @Test("plain http is refused off this machine unless it is asked for")
  func plainHTTP() throws {
    #expect(throws: SyncError.insecure(url: "http://quipu.example.org")) {
      try CentralAddress("http://quipu.example.org")
    }
    #expect(throws: SyncError.insecure(url: "http://127.0.0.1.example.org")) {
      try CentralAddress("http://127.0.0.1.example.org")
    }
    for good in [
      "http://127.0.0.1:8484", "http://localhost:1", "http://[::1]:8484", "https://a.org/x/",
    ] {
      #expect(throws: Never.self) { try CentralAddress(good) }
    }
    #expect(throws: Never.self) {
      try CentralAddress("http://10.0.0.1", allowingPlainHTTP: true)
    }
    for bad in ["", "quipu", "ftp://a.org", "https://", "https://user@a.org"] {
      #expect(throws: SyncError.invalidURL(bad)) { try CentralAddress(bad) }
    }
  }

  @Test("a revoked credential ends with what to do, and the changes stay")
  func revoked() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(rows(0..<5, prefix: "c"))
      _ = try node.register.revoke(cusco.replica.identity().id)
      let error = await #expect(throws: SyncError.self) {
        try await cusco.client.sync(cusco.replica)
      }
      #expect(error?.code == "credential_revoked")
      #expect(error?.exitCode == 5)
      #expect(try cusco.replica.counts().unsent == 5)
      let code = try node.register.makeCode(office: "cusco", label: nil)
      try await cusco.client.enroll(cusco.replica, at: url, code: code)
      #expect(try await cusco.client.sync(cusco.replica).pushed == 5)
    }
  }

  @Test("a clock that is a year wrong is measured and corrected")
  func wrongClock() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let wrong = TestClock(network.replicas.clock.now + 365 * 86_400_000)
      let file = CredentialFile(besideReplica: cusco.replica.path)
      let keys = FileSigningKeys(file: file)
      try cusco.replica.close()
      let replica = try Replica.open(
        at: network.replicas.folder.file("cusco.sqlite"), schema: TeamSchema.schema,
        environment: network.environment(keys, clock: wrong))
      let report = try await network.client(file, keys, clock: wrong).sync(replica)
      #expect(report.verified == true)
      #expect(try replica.counts().clockOffsetMilliseconds == -365 * 86_400_000)
      _ = central
    }
  }

  @Test("a replica put back from a backup takes a new identity, and everything of both is kept")
  func restoredReplica() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(rows(0..<3, prefix: "a"))
      _ = try await cusco.client.sync(cusco.replica)
      let before = try cusco.replica.identity().id
      let path = cusco.replica.path
      let backup = network.replicas.folder.file("backup.sqlite")
      try await copy(cusco.replica, to: backup)
      try cusco.replica.execute(rows(0..<3, prefix: "b"))
      _ = try await cusco.client.sync(cusco.replica)
      try cusco.replica.close()
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      try FileManager.default.copyItem(atPath: backup, toPath: path)
      let keys = FileSigningKeys(file: CredentialFile(besideReplica: path))
      let restored = try Replica.open(
        at: path, schema: TeamSchema.schema,
        environment: network.environment(keys, clock: network.replicas.clock))
      try restored.execute(rows(0..<3, prefix: "d"))
      let report = try await cusco.client.sync(restored)
      #expect(report.pushed == 3)
      #expect(report.pulled >= 3)
      #expect(report.verified == true)
      #expect(try restored.identity().id != before)
      #expect(try restored.dump("team") == central.dump("team"))
      #expect(try restored.dump("team").count == 11)
      #expect(try await cusco.client.sync(restored).verified == true)
    }
  }

  @Test("two copies of one laptop go on as two nodes, and no change of either is lost")
  func clonedReplica() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let first = try await network.enrolled("cusco", at: url, by: node)
      try first.replica.execute(rows(0..<3, prefix: "a"))
      _ = try await first.client.sync(first.replica)
      // The copy is made with the folder: database and credential.
      let path = network.replicas.folder.file("copy.sqlite")
      try await copy(first.replica, to: path)
      try FileManager.default.copyItem(
        atPath: CredentialFile(besideReplica: first.replica.path).path,
        toPath: CredentialFile(besideReplica: path).path)
      let file = CredentialFile(besideReplica: path)
      let keys = FileSigningKeys(file: file)
      let copy = try Replica.open(
        at: path, schema: TeamSchema.schema,
        environment: network.environment(keys, clock: network.replicas.clock))
      let client = network.client(file, keys, clock: network.replicas.clock)
      // Both write and seal under the same number before either syncs.
      try first.replica.execute(rows(0..<3, prefix: "f"))
      try first.replica.seal()
      try copy.execute(rows(0..<3, prefix: "s"))
      try copy.seal()
      _ = try await first.client.sync(first.replica)
      let report = try await client.sync(copy)
      #expect(report.pushed == 3)
      #expect(report.verified == true)
      #expect(try copy.dump("team") == central.dump("team"))
      #expect(try copy.dump("team").count == 11)
      #expect(try copy.identity().id != first.replica.identity().id)
    }
  }

  @Test("a central node put back from a backup gets again what it had lost")
  func restoredCentre() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    let backup = network.replicas.folder.file("backup.sqlite")
    let (cusco, puno) = try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(rows(0..<3, prefix: "a"))
      _ = try await cusco.client.sync(cusco.replica)
      try await copy(central, to: backup)
      try cusco.replica.execute(rows(0..<3, prefix: "b"))
      _ = try await cusco.client.sync(cusco.replica)
      _ = try await puno.client.sync(puno.replica)
      return (cusco, puno)
    }
    let path = central.path
    try central.close()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    try FileManager.default.copyItem(atPath: backup, toPath: path)
    let (restored, again) = try network.central()
    try await network.serving(again) { url in
      // The author is away: another office brings its changes back.
      let report = try await puno.client.sync(puno.replica, url: url)
      #expect(report.verified == true)
      #expect(try restored.dump("team") == puno.replica.dump("team"))
      #expect(try restored.dump("team").count == 8)
      #expect(try await cusco.client.sync(cusco.replica, url: url).verified == true)
    }
  }

  @Test(
    "digests that differ are answered by a repair, wherever the fault is", arguments: [true, false])
  func repair(isAtTheCentre: Bool) async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(rows(0..<50, prefix: "c"))
      _ = try await cusco.client.sync(cusco.replica)
      let before = try cusco.replica.dump("team")
      try network.replicas.forge(
        isAtTheCentre ? central : cusco.replica,
        "UPDATE team SET leader = 'forged' WHERE id < 'c2'; DELETE FROM team WHERE id = 'c7'")
      #expect(try cusco.replica.digests().tables != central.digests().tables)
      let report = try await cusco.client.sync(cusco.replica)
      #expect(report.verified == true)
      #expect((report.repaired > 0) != isAtTheCentre)
      #expect(try cusco.replica.dump("team") == before)
      #expect(try central.dump("team") == before)
      let wrong = isAtTheCentre ? central : cusco.replica
      #expect(try wrong.incidents().map(\.kind) == ["repair"])
    }
  }

  @Test("what no trigger saw is found by the audit of the day and reaches the centre")
  func dailyAudit() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(rows(0..<5, prefix: "c"))
      _ = try await cusco.client.sync(cusco.replica)
      try await DatabaseQueue(path: cusco.replica.path).writeWithoutTransaction { db in
        try db.execute(
          sql: "UPDATE team SET leader = 'unseen' WHERE id = 'c3'; DELETE FROM sync_capture")
      }
      network.replicas.clock.advance(90_000_000)
      let report = try await cusco.client.sync(cusco.replica)
      #expect(report.pushed == 1)
      #expect(report.verified == true)
      #expect(try central.dump("team").filter { $0.contains("unseen") }.count == 1)
    }
  }

  @Test("a second sync of the same replica is told that it is busy")
  func busy() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let seen = Mutex<SyncError?>(nil)
      let path = cusco.replica.path
      let lock = open(path + ".sync-lock", O_RDWR | O_CREAT, 0o600)
      #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
      do { _ = try await cusco.client.sync(cusco.replica) } catch let error as SyncError {
        seen.withLock { $0 = error }
      }
      close(lock)
      #expect(seen.withLock { $0 } == .busy(path: path))
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
    }
  }
}
