import Replica
import SyncModel
import TestSupport
import Testing

@Suite("Merge of two replicas")
struct MergeTests {
  private let replicas: TestReplicas
  private let lima: Replica
  private let cusco: Replica

  init() throws {
    replicas = try TestReplicas()
    lima = try replicas.make("lima")
    cusco = try replicas.make("cusco")
    try lima.execute("INSERT INTO team(id, name, leader) VALUES ('t', 'Ana', 'x')")
    try lima.execute("INSERT INTO member(id, team_id, title, score) VALUES ('m', 't', 'one', 10)")
    try lima.send(to: cusco)
  }

  private func exchange() throws {
    try lima.send(to: cusco)
    try cusco.send(to: lima)
  }

  private func expectEqual() throws {
    #expect(try lima.digests().tables == cusco.digests().tables)
    for replica in [lima, cusco] {
      let report = try replica.check()
      #expect(report.isHealthy, "\(report)")
      #expect(try lima.dump("team") == cusco.dump("team"))
      #expect(try lima.dump("member") == cusco.dump("member"))
    }
  }

  @Test("edits of different columns are both kept and are no conflict")
  func differentColumns() throws {
    try lima.execute("UPDATE member SET title = 'two' WHERE id = 'm'")
    try cusco.execute("UPDATE member SET score = 12 WHERE id = 'm'")
    try exchange()
    #expect(
      try lima.dump("member") == ["id=\"m\" team_id=\"t\" title=\"two\" score=12.0 extra=NULL"])
    #expect(try lima.conflicts().isEmpty)
    try expectEqual()
  }

  @Test("edits of one column are a conflict on both replicas, with both values and offices")
  func sameColumn() throws {
    try lima.execute("UPDATE member SET score = 14 WHERE id = 'm'")
    try cusco.execute("UPDATE member SET score = 16 WHERE id = 'm'")
    try exchange()
    let here = try lima.conflicts()
    #expect(here.count == 1)
    #expect(try here == cusco.conflicts())
    let conflict = try #require(here.first)
    #expect(Set([conflict.current.value, conflict.other.value]) == [.real(14), .real(16)])
    #expect(Set([conflict.current.office, conflict.other.office]) == ["lima", "cusco"])
    #expect(conflict.column == "score")
    try expectEqual()
  }

  @Test("of two writes of a disputed row, minutes apart and sealed together, both are kept")
  func twoSittings() throws {
    try lima.execute("UPDATE member SET title = 'lima' WHERE id = 'm'")
    try cusco.execute("UPDATE member SET title = 'cusco' WHERE id = 'm'")
    try lima.send(to: cusco)
    try cusco.send(to: lima)
    #expect(try lima.conflicts(openOnly: true).count == 1)
    try lima.execute("UPDATE member SET extra = 'x' WHERE id = 'm'")
    try lima.execute("UPDATE sync_capture SET at = at - 0.01")
    try lima.execute("UPDATE member SET title = 'again' WHERE id = 'm'")
    try lima.send(to: cusco)
    for replica in [lima, cusco] {
      #expect(try replica.dump("member").contains { $0.contains("again") && $0.contains("x") })
      #expect(try replica.conflicts(openOnly: true).isEmpty)
    }
  }

  @Test("a decision travels and closes the conflict everywhere", arguments: [0, 1, 2])
  func decision(_ which: Int) throws {
    try lima.execute("UPDATE member SET score = 14 WHERE id = 'm'")
    try cusco.execute("UPDATE member SET score = 16 WHERE id = 'm'")
    try exchange()
    let conflict = try #require(try lima.conflicts().first)
    let decision: ConflictDecision = [.current, .other, .value(.real(15))][which]
    try lima.decide(conflict.id, decision)
    try exchange()
    #expect(try lima.conflicts(openOnly: true).isEmpty)
    #expect(try cusco.conflicts(openOnly: true).isEmpty)
    #expect(try cusco.conflicts().map(\.isOpen) == [false])
    try expectEqual()
  }

  @Test("an edit that a deletion had not seen brings the row back whole")
  func deleteAgainstEdit() throws {
    try lima.execute("DELETE FROM member WHERE id = 'm'")
    try cusco.execute("UPDATE member SET title = 'two' WHERE id = 'm'")
    try exchange()
    #expect(
      try lima.dump("member") == ["id=\"m\" team_id=\"t\" title=\"two\" score=10.0 extra=NULL"])
    #expect(try lima.conflicts().map(\.kind) == [.delete])
    #expect(try lima.conflicts() == cusco.conflicts())
    try expectEqual()
    try cusco.decide(try #require(try cusco.conflicts().first).id, .other)
    try exchange()
    #expect(try lima.dump("member").isEmpty)
    try expectEqual()
  }

  @Test("an edit made before a delete stays deleted")
  func editThenDelete() throws {
    try cusco.execute("UPDATE member SET title = 'two' WHERE id = 'm'")
    try exchange()
    try lima.execute("DELETE FROM member WHERE id = 'm'")
    try exchange()
    #expect(try cusco.dump("member").isEmpty)
    #expect(try cusco.conflicts().isEmpty)
    try expectEqual()
  }

  @Test("a deleted row stays while another office refers to it, and goes with the reference")
  func reference() throws {
    try lima.execute("DELETE FROM member WHERE id = 'm'; DELETE FROM team WHERE id = 't'")
    try cusco.execute("INSERT INTO member(id, team_id) VALUES ('n', 't')")
    try exchange()
    #expect(try lima.dump("team").count == 3)
    #expect(try lima.conflicts().map(\.kind) == [.reference])
    #expect(try lima.conflicts() == cusco.conflicts())
    try expectEqual()
    try lima.execute("DELETE FROM member WHERE id = 'n'")
    try exchange()
    #expect(try cusco.dump("team").count == 2)
    try expectEqual()
  }

  @Test("taking in the same changesets again changes nothing")
  func idempotent() throws {
    try lima.execute("UPDATE member SET title = 'two' WHERE id = 'm'")
    try exchange()
    let before = try cusco.digests().tables
    let report = try lima.send(to: cusco)
    #expect(report.applied == 0)
    #expect(try cusco.digests().tables == before)
  }
}
