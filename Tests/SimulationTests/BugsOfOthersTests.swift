import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@testable import Simulation

/// Faults that users of other offline systems reported, each as a test; sources stand in the
/// project's survey of products.
@Suite("Bugs of others")
struct BugsOfOthersTests {
  private let replicas: TestReplicas
  private let lima: Replica
  private let puno: Replica
  private let central: Replica

  init() throws {
    replicas = try TestReplicas()
    lima = try replicas.make("lima")
    puno = try replicas.make("puno", keys: MemorySigningKeys(seed: 2))
    central = try replicas.make("central", keys: MemorySigningKeys(seed: 3))
  }

  /// Three changesets of one row: made, changed, changed again.
  private func chain(apart milliseconds: Int64) throws -> [SignedChangeset] {
    for statement in [
      "INSERT INTO team(id, name) VALUES ('t', 'one')",
      "UPDATE team SET leader = 'two' WHERE id = 't'",
      "UPDATE team SET leader = 'three', name = 'four' WHERE id = 't'",
    ] {
      try lima.execute(statement)
      try lima.seal()
      replicas.clock.advance(milliseconds)
    }
    return try lima.ownChangesets(after: 0, maxBytes: .max)
  }

  private func expectSame(_ left: Replica, _ right: Replica) throws {
    #expect(try left.digests().tables == right.digests().tables)
    #expect(try left.conflicts(openOnly: true).isEmpty == right.conflicts(openOnly: true).isEmpty)
    #expect(try left.check().isHealthy && right.check().isHealthy)
  }

  @Test(
    "1. a row's making and two offline edits arrive in every order",
    arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func everyOrder(_ order: [Int]) throws {
    let chain = try chain(apart: 60_000)
    try central.learn(lima.nodes())
    for place in order { _ = try central.receive([chain[place]]) }
    try expectSame(lima, central)
    #expect(try central.counts().held == 0)
  }

  @Test("2. a break while waiting changes are worked off loses none of them")
  func breakWhileWaiting() throws {
    let chain = try chain(apart: 60_000)
    try central.learn(lima.nodes())
    _ = try central.receive([chain[2]])
    _ = try central.receive([chain[1]])
    try central.close()
    let again = try replicas.open("central", keys: MemorySigningKeys(seed: 3))
    #expect(try again.counts().held == 2)
    _ = try again.receive([chain[0]])
    #expect(try again.counts().held == 0)
    try expectSame(lima, again)
  }

  @Test("3. the third edit comes within the second of the second")
  func withinASecond() throws {
    let chain = try chain(apart: 0)
    try central.learn(lima.nodes())
    _ = try central.receive(chain)
    try expectSame(lima, central)
    #expect(try central.dump("team").contains { $0.contains("three") && $0.contains("four") })
  }

  @Test("4. an offline chain and a central edit of the same field are a conflict with both values")
  func interleaved() throws {
    try lima.execute("INSERT INTO team(id, leader) VALUES ('t', 'one')")
    try lima.send(to: central)
    try lima.execute("UPDATE team SET leader = 'office 1' WHERE id = 't'")
    try lima.seal()
    try central.execute("UPDATE team SET leader = 'centre' WHERE id = 't'")
    try lima.execute("UPDATE team SET leader = 'office 2' WHERE id = 't'")
    try lima.send(to: central)
    try central.send(to: lima)
    for replica in [lima, central] {
      let conflict = try #require(try replica.conflicts(openOnly: true).first)
      #expect(
        Set([conflict.current.value, conflict.other.value]) == [
          .text("office 2"), .text("centre"),
        ])
    }
    try expectSame(lima, central)
  }

  @Test("5. more rows of one instant than fit into a piece are all read")
  func oneInstant() throws {
    for number in 0..<50 {
      try lima.execute("INSERT INTO tag(id, label) VALUES (\(number), 'same instant')")
      try lima.seal()
    }
    try puno.learn(lima.nodes())
    var place: Int64 = 0
    while true {
      let page = try lima.log(after: place, maxBytes: 500, leavingOut: nil)
      #expect(page.changesets.count < 50)
      _ = try puno.receive(page.changesets)
      if page.last >= page.end { break }
      place = page.last
    }
    try expectSame(lima, puno)
  }

  @Test("6. with more unsent changes than one piece, status counts them until the last is received")
  func manyPieces() throws {
    for number in 0..<10 {
      try lima.execute("INSERT INTO tag(id, label) VALUES (\(number), 'x')")
      try lima.seal()
    }
    #expect(try lima.counts().unsent == 10)
    for sequence in 1...10 {
      try lima.set(Replica.acknowledgedSequence, String(sequence))
      #expect(try lima.counts().unsent == 10 - sequence)
    }
  }

  @Test("7. what is edited while its upload is on the way is sent next, and counts as unsent")
  func editedInFlight() throws {
    try lima.execute("INSERT INTO team(id, leader) VALUES ('t', 'one')")
    try lima.seal()
    let upload = try lima.ownChangesets(after: 0, maxBytes: .max)
    try lima.execute("UPDATE team SET leader = 'two' WHERE id = 't'")
    try central.learn(lima.nodes())
    _ = try central.receive(upload)
    try lima.set(Replica.acknowledgedSequence, "1")
    #expect(try lima.counts().unsent == 1)
    try lima.send(to: central)
    #expect(try central.dump("team").contains { $0.contains("two") })
  }

  @Test(
    "8. whatever the centre answers, nothing leaves the outbox",
    arguments: [
      SyncSession.Event.refused(code: "not_found"), .refused(code: "credential_revoked"),
      .refused(code: "node_mismatch"), .refused(code: "request_too_large"),
      .refused(code: "internal_error"), .broken, .unreachable,
    ])
  func refusals(_ answer: SyncSession.Event) throws {
    let world = try World(seed: 3)
    #expect(try world.outboxAfter(answering: answer) == 1)
  }

  @Test("9. a centre put back from yesterday's backup is noticed, and gets again what it had lost")
  func restoredCentre() throws {
    try elsewhere(
      "a central node put back from a backup gets again what it had lost",
      in: "SyncTransportTests/SyncClientTests.swift")
  }

  @Test("10. a replica put back from a backup uses no number again")
  func restoredReplica() throws {
    try lima.execute("INSERT INTO tag(id, label) VALUES (1, 'before')")
    try lima.send(to: central)
    let used = try central.knowledge()
    let before = try lima.identity().id
    // What the centre says at hello: it has later changesets of this node than the backup.
    _ = try lima.adoptNewIdentity(reason: "restored", sharedThrough: 0)
    try lima.execute("INSERT INTO tag(id, label) VALUES (2, 'after')")
    try lima.seal()
    #expect(try lima.identity().id != before)
    for changeset in try lima.ownChangesets(after: 0, maxBytes: .max) {
      let header = try ProtobufChangesetCodec().decodeHeader(changeset.header).header
      #expect(used.last[header.node] == nil)
    }
  }

  @Test("11. work of an office whose rights changed while it was away waits and is not dropped")
  func rightsChanged() throws {
    try elsewhere(
      "what an office may not write waits at both ends with a reason, blocks nothing, and is applied later",
      in: "SyncTransportTests/ScopeTests.swift")
  }

  @Test("12. deleted here and edited there; deleted by both; deleted and made again")
  func deletions() throws {
    try lima.execute("INSERT INTO tag(id, label) VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    try lima.send(to: puno)
    try lima.execute("DELETE FROM tag")
    try lima.execute("INSERT INTO tag(id, label) VALUES (3, 'again')")
    try puno.execute("UPDATE tag SET label = 'edited' WHERE id = 1; DELETE FROM tag WHERE id = 2")
    try lima.send(to: puno)
    try puno.send(to: lima)
    try expectSame(lima, puno)
    #expect(try lima.dump("tag").count == 2)
    #expect(try lima.conflicts(openOnly: true).map(\.kind) == [.delete])
  }

  @Test("13. what is written to an id that was merged at the centre follows the person")
  func mergedPerson() throws {
    try elsewhere(
      "what is written elsewhere to an id that was merged follows the person",
      in: "IndicatorsTests/DuplicateTests.swift")
  }

  @Test(
    "14. an office whose clock is a year ahead neither wins for a year nor moves others' clocks")
  func wrongClock() throws {
    let ahead = TestClock(replicas.clock.now + 365 * 86_400_000)
    let keys = MemorySigningKeys(seed: 9)
    let wrong = try replicas.make("wrong", clock: ahead, keys: keys)
    try wrong.setClockOffset(milliseconds: replicas.clock.now - ahead.now)
    try lima.setClockOffset(milliseconds: 0)
    try wrong.execute("INSERT INTO team(id, leader) VALUES ('t', 'wrong')")
    try wrong.write { db in
      try db.execute(
        sql: "UPDATE sync_capture SET at = ?",
        arguments: [Double(ahead.now) / 86_400_000 + 2_440_587.5])
    }
    try wrong.seal()
    replicas.clock.advance(3_600_000)
    try lima.execute("INSERT INTO team(id, leader) VALUES ('t', 'right')")
    try lima.write { [replicas] db in
      try db.execute(
        sql: "UPDATE sync_capture SET at = ?",
        arguments: [Double(replicas.clock.now) / 86_400_000 + 2_440_587.5])
    }
    try lima.seal()
    try wrong.send(to: lima)
    #expect(try lima.dump("team").contains { $0.contains("right") })
    #expect(try lima.conflicts(openOnly: true).map(\.other.value) == [.text("wrong")])
  }

  @Test("15. 0 and empty, an apostrophe, ñ, and accents of one or two characters arrive as written")
  func values() throws {
    try lima.write { db in
      for (id, title, score) in [
        ("a", "O'Higgins", 0.0 as Double?), ("b", "Ñahui", nil), ("c", "Jos\u{e9}", 0),
        ("d", "Jose\u{301}", nil), ("e", "", 0.5),
      ] {
        try db.execute(
          sql: "INSERT INTO member(id, title, score) VALUES (?, ?, ?)",
          arguments: [id, title, score])
      }
    }
    try lima.send(to: puno)
    let bytes = "SELECT group_concat(id || hex(title) || coalesce(score, 'empty')) FROM member"
    #expect(
      try lima.read { try String.fetchOne($0, sql: bytes) }
        == puno.read { try String.fetchOne($0, sql: bytes) })
    try expectSame(lima, puno)
  }

  @Test("16. two of one name, two numbers mistyped, and twins stay what they are until decided")
  func likePersons() throws {
    try elsewhere(
      "a digit apart, brothers and sisters are two persons",
      in: "IndicatorsTests/DuplicateTests.swift")
    try elsewhere(
      "one document on two ids is one person until somebody decides",
      in: "IndicatorsTests/PersonGroupsTests.swift")
  }

  @Test("17. programs killed at any write, a full disk and a read-only one")
  func faults() throws {
    try elsewhere("lose nothing, write nothing twice", in: "ProcessTests/KillTests.swift")
    try elsewhere(
      "a full disk stops every command; with room again nothing is missing",
      in: "EndToEndTests/FullDiskTests.swift")
    try elsewhere(
      "a read-only disk is named as what it is", in: "EndToEndTests/FullDiskTests.swift")
  }

  @Test("18. the same changesets by hand twice change nothing, and cut ones are refused whole")
  func twiceAndCut() throws {
    try lima.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try lima.send(to: puno)
    let digests = try puno.digests().tables
    let own = try lima.ownChangesets(after: 0, maxBytes: .max)
    #expect(try puno.receive(own + own).applied == 0)
    var cut = try #require(own.first)
    cut.body.removeLast()
    try central.learn(lima.nodes())
    #expect(throws: ChangesetError.self) { _ = try central.receive([cut]) }
    #expect(try central.counts().held == 0 && central.dump("tag").isEmpty)
    #expect(try puno.digests().tables == digests)
  }

  /// A test of another suite covers it, where what it needs is at hand.
  private func elsewhere(_ title: String, in file: String) throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: tests.appending(path: file), encoding: .utf8)
    #expect(text.contains(title), "\(file) has no test \(title)")
  }
}
