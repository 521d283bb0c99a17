import CentralNode
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

@Suite("Scope")
struct ScopeTests {
  /// Rows of `team` belong to the office in `leader`, rows of `member` to their team's.
  @Test(
    "what an office may not write waits at both ends with a reason, blocks nothing, and is applied later"
  )
  func withheld() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    #expect(try central.ownedTables().map(\.table) == ["team"])
    #expect(try central.ownedTables().first?.with == ["member", "pairing"])
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco'), ('free', 'F', NULL);
        INSERT INTO member(id, team_id, title) VALUES ('cm', 'c', 'CM');
        """)
      for _ in 0..<2 {
        for office in [cusco, puno] { _ = try await office.client.sync(office.replica) }
      }
      _ = try central.restrict(to: ["team", "member"])
      // Puno writes its own, somebody else's, what belongs to nobody, and under somebody else's.
      try puno.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('p', 'P', 'puno');
        INSERT INTO team(id, name, leader) VALUES ('x', 'X', 'cusco');
        INSERT INTO member(id, team_id, title) VALUES ('xm', 'x', 'XM'), ('pm', 'p', 'PM');
        UPDATE team SET name = 'changed' WHERE id = 'c';
        UPDATE team SET name = 'changed' WHERE id = 'free';
        DELETE FROM member WHERE id = 'cm';
        """)
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events == [.withheld])
      #expect(report.quarantined == 3)
      #expect(report.verified == true)
      let waiting = try puno.replica.quarantine()
      #expect(Set(waiting.map(\.table)) == ["team", "member"])
      #expect(waiting.map(\.reason).filter { $0 == .scope }.count == 3)
      #expect(waiting.map(\.reason).filter { $0 == .reference }.count == 1)
      #expect(try central.quarantine().count == 4)
      for table in ["team", "member"] {
        #expect(try puno.replica.dump(table) == central.dump(table))
      }
      #expect(try central.dump("team").contains { $0.contains("\"C\"") })
      #expect(try central.dump("member").count == 2)
      #expect(try puno.replica.check().isHealthy)
      // The others never see it.
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
      #expect(try cusco.replica.dump("member") == central.dump("member"))
      #expect(try cusco.replica.quarantine().count == 4)
      // The owner and the centre may.
      try cusco.replica.execute("UPDATE team SET notes = 'own' WHERE id = 'c'")
      try central.execute("UPDATE team SET level = 7 WHERE id = 'c'")
      #expect(try await cusco.client.sync(cusco.replica).quarantined == 0)
      // Widened again: what waited is applied everywhere, and conflicts are found as ever.
      try cusco.replica.execute("UPDATE team SET name = 'Cusco' WHERE id = 'c'")
      _ = try await cusco.client.sync(cusco.replica)
      #expect(try central.restrict(to: []) >= 3)
      #expect(try central.quarantine().isEmpty)
      for _ in 0..<2 {
        for office in [puno, cusco] {
          let report = try await office.client.sync(office.replica)
          #expect(report.verified == true)
        }
      }
      for table in ["team", "member"] {
        #expect(try puno.replica.dump(table) == central.dump(table))
        #expect(try cusco.replica.dump(table) == central.dump(table))
      }
      #expect(try central.dump("team").count == 2 + 4)
      #expect(try central.dump("member").count == 2)
      #expect(try central.conflicts(openOnly: true).map(\.column) == ["name"])
      #expect(try puno.replica.quarantine().isEmpty)
    }
  }

  @Test(
    "work that was not sent when an office's rights were taken waits with a reason, and goes on when they are given back"
  )
  func takenWhileAway() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let puno = try await network.enrolled("puno", at: url, by: node)
      try central.execute(
        "INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco'), ('p', 'P', 'puno')")
      _ = try await puno.client.sync(puno.replica)
      try puno.replica.execute("UPDATE team SET notes = 'sealed before' WHERE id = 'c'")
      try puno.replica.seal()
      try puno.replica.execute("INSERT INTO member(id, team_id, title) VALUES ('m', 'c', 'M')")
      _ = try central.restrict(to: ["team", "member"])
      try puno.replica.execute(
        """
        UPDATE team SET level = 9 WHERE id = 'c';
        UPDATE team SET name = 'own' WHERE id = 'p';
        """)
      let report = try await puno.client.sync(puno.replica)
      #expect(report.events == [.withheld] && report.verified == true)
      for replica in [central, puno.replica] {
        #expect(try replica.quarantine().map(\.reason) == [.scope, .scope, .scope])
        #expect(try replica.dump("team").contains { $0.contains("own") })
        #expect(try replica.dump("member").isEmpty)
      }
      #expect(try puno.replica.counts().unsent == 0)
      // Away from the line again, it may go on with what is its own.
      try puno.replica.execute("UPDATE team SET notes = 'later' WHERE id = 'p'")
      #expect(try await puno.client.sync(puno.replica).verified == true)

      #expect(try central.restrict(to: []) == 3)
      let given = try await puno.client.sync(puno.replica)
      #expect(given.events == [.admitted] && given.verified == true)
      for replica in [central, puno.replica] {
        #expect(try replica.quarantine().isEmpty)
        #expect(try replica.dump("member").count == 1)
        let row = try #require(try replica.dump("team").first { $0.contains("sealed before") })
        #expect(row.contains("level=9"))
      }
      #expect(try puno.replica.conflicts(openOnly: true).isEmpty)
    }
  }

  @Test("a row's office cannot be changed to one's own to write it")
  func takingOver() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try await network.serving(node) { url in
      let puno = try await network.enrolled("puno", at: url, by: node)
      try central.execute("INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco')")
      _ = try await puno.client.sync(puno.replica)
      _ = try central.restrict(to: ["team", "member"])
      try puno.replica.execute("UPDATE team SET leader = 'puno' WHERE id = 'c'")
      try puno.replica.seal()
      try puno.replica.execute("UPDATE team SET name = 'mine' WHERE id = 'c'")
      let report = try await puno.client.sync(puno.replica)
      #expect(report.verified == true)
      #expect(try central.dump("team").contains { $0.contains("\"cusco\"") })
      #expect(try puno.replica.dump("team") == central.dump("team"))
    }
  }
}
