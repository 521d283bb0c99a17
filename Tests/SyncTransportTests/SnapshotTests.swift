import CentralNode
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Synchronization
import TestSupport
import Testing

@Suite("Snapshots over HTTP")
struct SnapshotTests {
  /// An office that takes a snapshot instead of a log of more than `longestFirstLog` bytes.
  func newcomer(
    _ name: String, _ network: Network, at url: String, by node: CentralNode,
    longestFirstLog: Int64 = 100
  ) async throws -> Network.Office {
    let office = try await network.enrolled(name, at: url, by: node)
    let file = CredentialFile(besideReplica: office.replica.path)
    let clock = network.replicas.clock
    var options = SyncClient.Options()
    options.pause = { _ in }
    options.pieces.initial = 1024
    options.pieces.least = 1024
    options.pieces.greatest = 1024
    options.pieces.longestFirstLog = longestFirstLog
    return Network.Office(
      replica: office.replica,
      client: SyncClient(
        credential: file, codec: network.codec, keys: FileSigningKeys(file: file),
        now: { clock.now }, options: options))
  }

  func teams(_ count: Int, prefix: String) -> String {
    "INSERT INTO team(id, name, notes) VALUES "
      + (0..<count).map { "('\(prefix)\($0)', 'Equipo \($0)', hex(randomblob(20)))" }
      .joined(separator: ", ")
  }

  @Test("a new office takes the content at once, with its own unsent work, instead of a long log")
  func fresh() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(teams(300, prefix: "c"))
      for level in 0..<5 { try cusco.replica.execute("UPDATE team SET level = \(level)") }
      try cusco.replica.execute("DELETE FROM team WHERE id = 'c7'")
      _ = try await cusco.client.sync(cusco.replica)
      let puno = try await newcomer("puno", network, at: url, by: node)
      try puno.replica.execute(teams(3, prefix: "p"))
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events == [.started])
      #expect(report.pushed == 3)
      #expect(report.verified == true)
      #expect(try puno.replica.dump("team") == central.dump("team"))
      #expect(try puno.replica.counts().unsent == 0)
      #expect(try puno.replica.check().isHealthy)
      // It goes on like any other.
      try puno.replica.execute("UPDATE team SET name = 'Otro' WHERE id = 'c1'")
      #expect(try await puno.client.sync(puno.replica).verified == true)
      let back = try await cusco.client.sync(cusco.replica)
      #expect(back.pulled == 4 && back.verified == true)
    }
  }

  @Test("a short log is read, not replaced by a snapshot")
  func short() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(teams(20, prefix: "c"))
      _ = try await cusco.client.sync(cusco.replica)
      let puno = try await newcomer("puno", network, at: url, by: node, longestFirstLog: 1 << 20)
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events.isEmpty)
      #expect(report.pulled == 20)
    }
  }

  @Test("a snapshot whose way was broken goes on where it broke, even from a centre started anew")
  func broken() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    let puno = try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(teams(2000, prefix: "c"))
      _ = try await cusco.client.sync(cusco.replica)
      let puno = try await newcomer("puno", network, at: url, by: node)
      let part = puno.replica.path + ".snapshot-part"
      let size = { @Sendable () -> Int in
        (try? FileManager.default.attributesOfItem(atPath: part))?[.size] as? Int ?? 0
      }
      for round in 1...3 {
        let task = Mutex<Task<SyncReport, any Error>?>(nil)
        let stop = round * 10_000
        let running = Task {
          try await puno.client.sync(puno.replica) { _ in
            if size() > stop { task.withLock { $0?.cancel() } }
          }
        }
        task.withLock { $0 = running }
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(size() > stop)
        #expect(try puno.replica.dump("team").count == 2)
      }
      return puno
    }
    let (central, again) = try network.central()
    try await network.serving(again) { url in
      let part = puno.replica.path + ".snapshot-part"
      let before = try FileManager.default.attributesOfItem(atPath: part)[.size] as? Int ?? 0
      let report = try await puno.client.sync(puno.replica, url: url)
      let pieces = try FileManager.default.contentsOfDirectory(atPath: central.path + ".snapshots")
      #expect(pieces.count == 2, "one snapshot and its description, not one for every attempt")
      let whole =
        try pieces.filter { !$0.hasSuffix(".json") }.map {
          try FileManager.default.attributesOfItem(
            atPath: central.path + ".snapshots/" + $0)[.size] as? Int ?? 0
        }.max() ?? 0
      #expect(report.bytesReceived < whole - before + 20_000)
      #expect(report.verified == true)
      #expect(try puno.replica.dump("team") == central.dump("team"))
      #expect(!FileManager.default.fileExists(atPath: part))
    }
  }

  @Test("a snapshot that was damaged on the way is thrown away and read again")
  func damaged() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute(teams(500, prefix: "c"))
      _ = try await cusco.client.sync(cusco.replica)
      let puno = try await newcomer("puno", network, at: url, by: node)
      let part = puno.replica.path + ".snapshot-part"
      let hasHurt = Mutex(false)
      let report = try await puno.client.sync(puno.replica) { _ in
        guard let file = FileHandle(forUpdatingAtPath: part), (try? file.seekToEnd()) ?? 0 > 4096,
          hasHurt.withLock({ hurt in
            defer { hurt = true }
            return !hurt
          })
        else { return }
        try? file.seek(toOffset: 2000)
        file.write(Data([1, 2, 3, 4]))
        try? file.close()
      }
      #expect(hasHurt.withLock { $0 })
      #expect(report.verified == true)
      #expect(try puno.replica.dump("team") == central.dump("team"))
    }
  }

  @Test("a snapshot whose rows are not those that were written is refused, and nothing changes")
  func forged() async throws {
    let network = try Network()
    let (central, _) = try network.central()
    try central.execute(teams(10, prefix: "c"))
    let path = network.replicas.folder.file("snapshot.sqlite")
    try central.writeSnapshot(to: path)
    let forged = try DatabaseQueue(path: path)
    try await forged.write { try $0.execute(sql: "UPDATE team SET name = 'X' WHERE id = 'c3'") }
    try forged.close()
    let puno = try network.office("puno")
    #expect(throws: ReplicaError.self) { try puno.replica.loadSnapshot(from: path) }
    #expect(try puno.replica.dump("team").count == 2)
  }
}
