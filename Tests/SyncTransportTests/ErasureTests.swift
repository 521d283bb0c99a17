import CentralNode
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

@Suite("Erasure")
struct ErasureTests {
  let secret = "Zoraida-Secreta"

  /// Whether the words stand anywhere in a replica's file, also in what SQLite has freed, or in a body
  /// of its log.
  func stands(_ words: String, in replica: Replica) throws -> Bool {
    let codec = ProtobufChangesetCodec()
    for changeset in try replica.log(after: 0, maxBytes: .max, leavingOut: nil).changesets {
      let header = try codec.decodeHeader(changeset.header).header
      for group in try codec.decodeBody(changeset.body, header: header) {
        for column in group.values {
          for place in 0..<column.count where column[place] == .text(words) { return true }
        }
      }
    }
    for suffix in ["", "-wal"] {
      guard let data = FileManager.default.contents(atPath: replica.path + suffix) else { continue }
      if data.range(of: Data(words.utf8)) != nil { return true }
    }
    return false
  }

  @Test(
    "an erasure reaches rows, conflicts, deleted rows, history and logs of every replica; counts stay"
  )
  func everywhere() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    let erasure = [
      RowErasure(
        table: "member", key: [.text("m")],
        replacements: ["title": .text("(erased)"), "extra": .null])
    ]
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name) VALUES ('a', 'A');
        INSERT INTO member(id, team_id, title, score) VALUES ('m', 'a', '\(secret)', 3),
          ('n', 'a', 'Other', 4);
        """)
      for _ in 0..<2 {
        for office in [cusco, puno] { _ = try await office.client.sync(office.replica) }
      }
      // A conflict that names the person, and a late change of an office that does not know yet.
      try cusco.replica.execute("UPDATE member SET title = '\(secret)-1' WHERE id = 'm'")
      try puno.replica.execute("UPDATE member SET title = '\(secret)-2' WHERE id = 'm'")
      for _ in 0..<2 {
        for office in [cusco, puno] { _ = try await office.client.sync(office.replica) }
      }
      #expect(try central.conflicts(openOnly: true).count == 1)
      try puno.replica.execute("UPDATE member SET title = '\(secret)-3', score = 5 WHERE id = 'm'")
      try puno.replica.seal()

      #expect(try central.erase(erasure) == 1)
      for words in [secret, secret + "-1", secret + "-2"] {
        #expect(try !stands(words, in: central), "\(words)")
      }
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events == [.erased])
      #expect(report.verified == true)
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
      #expect(try await puno.client.sync(puno.replica).verified == true)
      for replica in [central, cusco.replica, puno.replica] {
        for words in [secret, secret + "-1", secret + "-2", secret + "-3"] {
          #expect(try !stands(words, in: replica), "\(words) in \(replica.path)")
        }
        #expect(
          try replica.dump("member") == [
            "id=\"m\" team_id=\"a\" title=\"(erased)\" score=5.0 extra=NULL",
            "id=\"n\" team_id=\"a\" title=\"Other\" score=4.0 extra=NULL",
          ])
        #expect(try replica.conflicts(openOnly: true).isEmpty)
        #expect(try replica.check().isHealthy)
        #expect(try replica.repair().rows == 0)
      }
      // Each node's next hello confirms it.
      let confirmed = try node.register.positions().filter { $0.value.erasure == 1 }.keys
      #expect(Set(confirmed) == Set([try puno.replica.identity().id]))
      _ = try await cusco.client.sync(cusco.replica)
      #expect(try node.register.positions().allSatisfy { $0.value.erasure == 1 })
      // What is written into an erased cell is erased before anybody reads it.
      try cusco.replica.execute("UPDATE member SET title = '\(secret)-4', score = 6 WHERE id = 'm'")
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
      #expect(try !stands(secret + "-4", in: central))
      #expect(try central.dump("member").first?.contains("score=6.0") == true)
      #expect(try cusco.replica.dump("member") == central.dump("member"))
      // A new office takes over the redacted log, and a snapshot knows of the erasure.
      let lima = try await network.enrolled("lima", at: url, by: node)
      #expect(try await lima.client.sync(lima.replica).verified == true)
      #expect(try lima.replica.dump("member") == central.dump("member"))
    }
  }

  @Test(
    "a centre that was put back from before an erasure gets the order back, and nothing comes back")
  func restoredCentre() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    let backup = network.replicas.folder.file("backup.sqlite")
    let (cusco, puno) = try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        "INSERT INTO member(id, title, score) VALUES ('m', '\(secret)', 3), ('n', 'Other', 4)")
      for office in [cusco, puno, cusco] { _ = try await office.client.sync(office.replica) }
      try network.backUp(central, to: backup)
      _ = try central.erase([
        RowErasure(table: "member", key: [.text("m")], replacements: ["title": .text("(erased)")])
      ])
      for office in [cusco, puno] { _ = try await office.client.sync(office.replica) }
      return (cusco, puno)
    }
    let (restored, again) = try network.centralPutBack(central, from: backup)
    try await network.serving(again) { (url: String) async throws in
      #expect(try stands(secret, in: restored))
      for office in [puno, cusco, puno] {
        #expect(try await office.client.sync(office.replica, url: url).verified == true)
      }
      for replica in [restored, cusco.replica, puno.replica] {
        #expect(try !stands(secret, in: replica), "\(replica.path)")
        #expect(try replica.dump("member") == restored.dump("member"))
        #expect(try replica.check().isHealthy)
      }
    }
  }

  @Test("an order that the centre did not sign is refused, and a changeset is no order")
  func forged() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try central.execute("INSERT INTO team(id, name) VALUES ('a', 'A')")
      _ = try await cusco.client.sync(cusco.replica)
      let changesets = try central.log(after: 0, maxBytes: .max, leavingOut: nil).changesets
      #expect(throws: ChangesetError.self) { try cusco.replica.carryOut(changesets) }
      let puno = try await network.enrolled("puno", at: url, by: node)
      let own = try puno.replica.erase([
        RowErasure(table: "team", key: [.text("a")], replacements: ["name": .null])
      ])
      #expect(own == 1)
      try cusco.replica.learn(try puno.replica.nodes())
      let orders = try puno.replica.erasures(after: 0)
      #expect(throws: ChangesetError.self) { try cusco.replica.carryOut(orders) }
      #expect(try cusco.replica.lastErasure() == 0)
    }
  }
}
