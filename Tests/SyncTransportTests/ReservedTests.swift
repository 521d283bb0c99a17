import CentralNode
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

/// Members are persons, pairings what they were trained in: rows of `pairing` belong to their team's
/// office.
@Suite("Reserved reading")
struct ReservedTests {
  private let secret = "Zoraida-Secreta"

  private func title(_ id: String, at replica: Replica) throws -> String? {
    try replica.read { db in
      try String.fetchOne(db, sql: "SELECT title FROM member WHERE id = ?", arguments: [id])
    }
  }

  private func stands(_ words: String, in replica: Replica) throws -> Bool {
    let codec = ProtobufChangesetCodec()
    let bodies = try replica.read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT header, body FROM sync_changeset")
        .map { (Array($0[0] as Data), Array($0[1] as Data)) }
    }
    for (header, body) in bodies {
      let header = try codec.decodeHeader(header).header
      for group in try codec.decodeBody(body, header: header) {
        for column in group.values {
          for place in 0..<column.count where column[place] == .text(words) { return true }
        }
      }
    }
    return ["", "-wal"].contains { suffix in
      FileManager.default.contents(atPath: replica.path + suffix)?
        .range(of: Data(words.utf8)) != nil
    }
  }

  @Test(
    "an office reads the personal values of whom it trained; of others everything else, proved equal"
  )
  func readers() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    #expect(try central.reservableTables() == ["member"])
    try node.reserve(["member"])
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
        INSERT INTO member(id, team_id, title, score, extra) VALUES
          ('m', 'c', '\(secret)', 3, 'phone'), ('n', 'c', 'Other', 4, NULL);
        INSERT INTO pairing(team_id, member_id, hours) VALUES ('c', 'm', 2), ('c', 'n', 2);
        """)
      #expect(try await cusco.client.sync(cusco.replica).verified == true)
      let first = try await puno.client.sync(puno.replica)
      #expect(first.verified == true && first.disclosed == 0)
      #expect(
        try puno.replica.dump("member") == [
          "id=\"m\" team_id=\"c\" title=\"(reserved)\" score=3.0 extra=NULL",
          "id=\"n\" team_id=\"c\" title=\"(reserved)\" score=4.0 extra=NULL",
        ])
      #expect(try puno.replica.dump("pairing") == central.dump("pairing"))
      #expect(try !stands(secret, in: puno.replica))
      #expect(try puno.replica.reservedChanges() == 2)
      #expect(try puno.replica.check().isHealthy)
      // Puno trains one of the two.
      try puno.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('p', 'P', 'puno');
        INSERT INTO pairing(team_id, member_id, hours) VALUES ('p', 'm', 1);
        """)
      let second = try await puno.client.sync(puno.replica)
      #expect(second.verified == true && second.disclosed == 1)
      #expect(try title("m", at: puno.replica) == secret)
      #expect(try title("n", at: puno.replica) == "(reserved)")
      // Whoever has become a reader goes on reading.
      try cusco.replica.execute("UPDATE member SET title = '\(secret)-2' WHERE id = 'm'")
      try cusco.replica.execute("UPDATE member SET title = 'Another' WHERE id = 'n'")
      _ = try await cusco.client.sync(cusco.replica)
      #expect(try await puno.client.sync(puno.replica).verified == true)
      #expect(try title("m", at: puno.replica) == secret + "-2")
      #expect(try title("n", at: puno.replica) == "(reserved)")
      // A new office starts without a snapshot.
      let lima = try await network.enrolled("lima", at: url, by: node)
      let start = try await lima.client.sync(lima.replica)
      #expect(start.verified == true && start.events.isEmpty)
      #expect(try title("m", at: lima.replica) == "(reserved)")
      #expect(try !stands(secret, in: lima.replica))
      // Open again: all get everything.
      try node.reserve([])
      for office in [puno, lima] {
        let report = try await office.client.sync(office.replica)
        #expect(report.verified == true && report.disclosed > 0)
        #expect(try office.replica.dump("member") == central.dump("member"))
        #expect(try office.replica.reservedChanges() == 0)
        #expect(try office.replica.check().isHealthy)
        #expect(try office.replica.repair().rows == 0)
      }
    }
  }

  @Test("what is written over values that nobody there could read stands against them, unlost")
  func writtenUnread() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try node.reserve(["member"])
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
        INSERT INTO member(id, team_id, title, score) VALUES
          ('m', 'c', '\(secret)', 3), ('n', 'c', 'Same', 4), ('d', 'c', 'Deleted', 5),
          ('s', 'c', 'Score', 6);
        """)
      _ = try await cusco.client.sync(cusco.replica)
      _ = try await puno.client.sync(puno.replica)
      try puno.replica.execute("UPDATE member SET title = 'Puno' WHERE id = 'm'")
      try puno.replica.execute(
        "INSERT OR REPLACE INTO member(id, team_id, title, score) VALUES ('n', 'c', 'Same', 4)")
      try puno.replica.execute("DELETE FROM member WHERE id = 'd'")
      try puno.replica.execute("UPDATE member SET score = 7 WHERE id = 's'")
      #expect(try await puno.client.sync(puno.replica).verified == true)
      for replica in [central, puno.replica] {
        let conflicts = try replica.conflicts(openOnly: true)
        #expect(conflicts.map(\.column).filter { $0 == "title" }.count == 1)
        #expect(conflicts.contains { $0.kind == .delete })
        #expect(conflicts.count == 2, "\(conflicts)")
        #expect(try title("n", at: replica) == "Same")
      }
      // Whoever wrote a person's values is a reader of them.
      #expect(try puno.replica.dump("member").filter { $0.contains("(reserved)") }.count == 2)
      #expect(try title("s", at: puno.replica) == "(reserved)")
      let title = try central.conflicts(openOnly: true).first { $0.column == "title" }
      #expect(Set([title?.current.value, title?.other.value]) == [.text("Puno"), .text(secret)])
      _ = try await cusco.client.sync(cusco.replica)
      #expect(try cusco.replica.dump("member") == central.dump("member"))
      #expect(try cusco.replica.reservedChanges() == 0)
      #expect(try puno.replica.check().isHealthy)
      #expect(try puno.replica.repair().rows == 0)
    }
  }

  @Test("an office that reads the whole log again gets no more than before")
  func readAgain() async throws {
    let network = try Network()
    let (_, node) = try network.central()
    try node.reserve(["member"])
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
        INSERT INTO member(id, team_id, title, score) VALUES ('m', 'c', '\(secret)', 3);
        """)
      _ = try await cusco.client.sync(cusco.replica)
      _ = try await puno.client.sync(puno.replica)
      try puno.replica.set(SyncSettings.logNumber, nil)
      #expect(try await puno.client.sync(puno.replica).verified == true)
      #expect(try title("m", at: puno.replica) == "(reserved)")
    }
  }

  @Test("a person who is erased is erased for those, too, who could not read the values")
  func erased() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try node.reserve(["member"])
    try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
        INSERT INTO member(id, team_id, title, score) VALUES ('m', 'c', '\(secret)', 3);
        """)
      _ = try await cusco.client.sync(cusco.replica)
      _ = try await puno.client.sync(puno.replica)
      _ = try central.erase([
        RowErasure(
          table: "member", key: [.text("m")],
          replacements: ["title": .text("(erased)"), "extra": .null])
      ])
      for office in [puno, cusco] {
        #expect(try await office.client.sync(office.replica).verified == true)
        #expect(try title("m", at: office.replica) == "(erased)")
        #expect(try office.replica.reservedChanges() == 0)
      }
    }
  }

  @Test(
    "a centre that was put back gets what it lost from whoever has it, and the values from whoever may read them"
  )
  func restoredCentre() async throws {
    let network = try Network()
    let (central, node) = try network.central()
    try node.reserve(["member"])
    let backup = network.replicas.folder.file("backup.sqlite")
    let (cusco, puno) = try await network.serving(node) { url in
      let cusco = try await network.enrolled("cusco", at: url, by: node)
      let puno = try await network.enrolled("puno", at: url, by: node)
      try network.backUp(central, to: backup)
      try cusco.replica.execute(
        """
        INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
        INSERT INTO member(id, team_id, title, score) VALUES ('m', 'c', '\(secret)', 3);
        """)
      _ = try await cusco.client.sync(cusco.replica)
      _ = try await puno.client.sync(puno.replica)
      return (cusco, puno)
    }
    let (restored, after) = try network.centralPutBack(central, from: backup)
    try await network.serving(after) { (url: String) async throws in
      #expect(try await puno.client.sync(puno.replica, url: url).verified == true)
      #expect(try title("m", at: restored) == "(reserved)")
      #expect(try restored.reservedChanges() == 1)
      #expect(try await cusco.client.sync(cusco.replica, url: url).verified == true)
      #expect(try title("m", at: restored) == secret)
      #expect(try restored.reservedChanges() == 0)
      #expect(try await puno.client.sync(puno.replica, url: url).verified == true)
      #expect(try title("m", at: puno.replica) == "(reserved)")
    }
  }
}
