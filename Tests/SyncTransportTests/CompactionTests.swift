import CentralNode
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

@Suite("Compaction and return")
struct CompactionTests {
  let day: Int64 = 86_400_000

  func syncAll(_ offices: [Network.Office], times: Int = 2) async throws {
    for _ in 0..<times {
      for office in offices { _ = try await office.client.sync(office.replica) }
    }
  }

  func scalar(_ replica: Replica, _ sql: String) throws -> Int {
    try replica.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  @Test("the log is compacted only as far as every node has read it, and only when told to")
  func byAcknowledgement() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute("INSERT INTO team(id, name) VALUES ('a', 'A'), ('b', 'B')")
      try await syncAll([cusco, puno], times: 3)
      #expect(try central.compactedChangesets() == 0)
      // Puno stays away while Cusco goes on.
      try cusco.replica.execute("UPDATE team SET name = 'AA' WHERE id = 'a'")
      try await syncAll([cusco], times: 3)
      network.replicas.clock.advance(100 * day)
      let plan = try node.compact(keepingDays: 90, dryRun: true)
      #expect(plan.waitsFor.map(\.node) == [try puno.replica.identity().id])
      #expect(plan.report.changesets == 1)
      #expect(try central.compactedChangesets() == 0)
      _ = try node.compact(keepingDays: 90, dryRun: false)
      #expect(try central.compactedChangesets() == 1)
      #expect(try node.horizon() == plan.through)
      #expect(try central.check().isHealthy)
      // Nobody notices: Puno had read what was dropped.
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events.isEmpty && report.verified == true)
      #expect(try puno.replica.dump("team") == central.dump("team"))
    }
  }

  @Test("what was received lately stays, for a centre that is put back from a backup")
  func age() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      try cusco.replica.execute("INSERT INTO team(id, name) VALUES ('a', 'A')")
      try await syncAll([cusco], times: 3)
      #expect(try node.compact(keepingDays: 1, dryRun: false).report.changesets == 0)
      #expect(try central.compactedChangesets() == 0)
    }
  }

  @Test("an office compacts its own log by what all have seen; its history says so")
  func office() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute("INSERT INTO team(id, name) VALUES ('a', 'A'), ('b', 'B')")
      try cusco.replica.seal()
      try cusco.replica.execute("UPDATE team SET name = 'AA' WHERE id = 'a'")
      try cusco.replica.execute("DELETE FROM team WHERE id = 'b'")
      try await syncAll([cusco, puno], times: 3)
      network.replicas.clock.advance(100 * day)
      _ = try node.compact(keepingDays: 90, dryRun: false)
      try puno.replica.execute("UPDATE team SET level = 3 WHERE id = 'a'")
      try await syncAll([puno, cusco], times: 1)
      let knowledge = { (name: String) in
        let digits = try #require(try cusco.replica.setting(name))
        return try Knowledge(decoding: try #require(bytes(hexadecimal: digits)))
      }
      let (stable, released) = (
        try knowledge(SyncSettings.stable), try knowledge(SyncSettings.released)
      )
      #expect(try scalar(cusco.replica, "SELECT count(*) FROM sync_dead") == 1)
      let report = try cusco.replica.compact(
        stable: stable, released: released, receivedBefore: .max / 2)
      #expect(report.changesets == 2)
      #expect(report.deletedRows == 1)
      #expect(try scalar(cusco.replica, "SELECT count(*) FROM sync_dead") == 0)
      #expect(try scalar(central, "SELECT count(*) FROM sync_dead") == 0)
      let history = try cusco.replica.history(table: "team", key: ["a"])
      #expect(history.contains { $0.isCompacted && $0.values.contains { $0.value == .text("AA") } })
      #expect(history.contains { !$0.isCompacted && $0.values.contains { $0.column == "level" } })
      try cusco.replica.execute("UPDATE team SET name = 'AAA' WHERE id = 'a'")
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
      #expect(try cusco.replica.check().isHealthy)
    }
  }

  @Test(
    "who comes back after the horizon sends first, takes the content anew, and loses nothing; conflicts are found"
  )
  func lapsed() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name) VALUES ('a', 'A'), ('gone', 'Gone'), ('parent', 'Parent');
        INSERT INTO member(id, team_id, title) VALUES ('m', 'a', 'M');
        """)
      try await syncAll([cusco, puno], times: 3)
      // Puno is away and writes: into a row that others edit, one that they delete, under a row
      // that they delete.
      try puno.replica.execute(
        """
        UPDATE team SET name = 'Puno' WHERE id = 'a';
        UPDATE team SET notes = 'from Puno' WHERE id = 'gone';
        INSERT INTO member(id, team_id, title) VALUES ('pm', 'parent', 'PM');
        INSERT INTO team(id, name) VALUES ('new', 'New');
        """)
      try cusco.replica.execute(
        """
        UPDATE team SET name = 'Cusco' WHERE id = 'a';
        DELETE FROM team WHERE id IN ('gone', 'parent');
        INSERT INTO team(id, name) VALUES ('c', 'C');
        """)
      try await syncAll([cusco], times: 3)
      network.replicas.clock.advance(200 * day)
      #expect(try node.register.setLapsed(puno.replica.identity().id, true))
      try await syncAll([cusco])
      let plan = try node.compact(keepingDays: 90, dryRun: false)
      #expect(plan.report.deletedRows == 2)
      #expect(plan.through >= 2)
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events == [.caughtUp])
      #expect(report.verified == true)
      #expect(try puno.replica.counts().unsent == 0)
      #expect(try puno.replica.counts().quarantined == 0)
      #expect(
        try scalar(
          puno.replica, "SELECT count(*) FROM team WHERE id IN ('gone', 'parent', 'new', 'c')") == 4
      )
      #expect(
        try scalar(
          puno.replica, "SELECT count(*) FROM team WHERE notes = 'from Puno' AND name = 'Gone'")
          == 1)
      #expect(try scalar(puno.replica, "SELECT count(*) FROM member") == 2)
      let conflicts = try puno.replica.conflicts(openOnly: true)
      #expect(conflicts.map(\.column) == ["name"])
      try await syncAll([cusco])
      for table in ["team", "member"] {
        #expect(try puno.replica.dump(table) == central.dump(table))
        #expect(try cusco.replica.dump(table) == central.dump(table))
      }
      #expect(try cusco.replica.conflicts(openOnly: true).map(\.id) == conflicts.map(\.id))
      #expect(try cusco.replica.counts().quarantined == 0)
      #expect(try central.counts().quarantined == 0)
      #expect(try puno.replica.check().isHealthy)
    }
  }

  @Test("a node that nobody waits for does not keep the log from being compacted")
  func retired() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try await syncAll([cusco, puno])
      for step in 0..<3 {
        try cusco.replica.execute("INSERT INTO team(id, name) VALUES ('\(step)', 'A')")
        try await syncAll([cusco])
      }
      network.replicas.clock.advance(100 * day)
      try await syncAll([cusco])
      #expect(try node.compact(keepingDays: 90, dryRun: true).report.changesets == 0)
      #expect(try node.register.setLapsed(puno.replica.identity().id, true))
      #expect(try node.compact(keepingDays: 90, dryRun: true).report.changesets == 3)
      #expect(try node.register.setLapsed(puno.replica.identity().id, false))
      #expect(try node.register.revoke(puno.replica.identity().id) == 1)
      #expect(try node.compact(keepingDays: 90, dryRun: false).report.changesets == 3)
    }
  }
}
