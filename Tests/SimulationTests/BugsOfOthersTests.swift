import FaultyDisk
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@testable import Simulation

/// Faults that users of other offline systems reported, by the numbers of the table in
/// `Documentation/Simulation.md`, which also names those that are tested where they belong.
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

  @Test(
    "2. a break while waiting changes are worked off loses none of them", arguments: [true, false])
  func breakWhileWaiting(isPowerCut: Bool) throws {
    let exchange = try Exchange()
    let (lima, centre) = (exchange.lima, exchange.centre)
    var breaks = 0
    for writes in stride(from: 0, to: 400, by: 3) {
      let before = try lima.replica.head(of: lima.replica.identity().id)?.sequence ?? 0
      for leader in ["one", "two", "three"] {
        try lima.replica.execute(
          """
          INSERT INTO team(id, leader) VALUES ('w\(writes)', '\(leader)')
          ON CONFLICT DO UPDATE SET leader = excluded.leader
          """)
        try lima.replica.seal()
      }
      let chain = try lima.replica.ownChangesets(after: before, maxBytes: .max)
      for changeset in chain.dropFirst().reversed() {
        _ = try centre.replica.receive([changeset])
      }
      #expect(try centre.replica.counts().held == 2)
      centre.disk.die(after: writes, tearingAt: 700 * writes % 4096)
      do { try exchange.sync(lima) } catch is SyncSessionError {}
      guard centre.disk.isDead else {
        centre.disk.disarm()
        break
      }
      breaks += 1
      var power = SeededGenerator(seed: UInt64(writes))
      try centre.reboot(losingPower: isPowerCut ? { power.oneIn(2) } : nil)
      #expect([0, 2].contains(try centre.replica.counts().held))
      // The answer is lost, too.
      #expect(throws: SyncSessionError.self) {
        try exchange.sync(
          lima,
          answering: { call in
            guard case .push = call else { return nil }
            _ = try exchange.carry(call, from: lima)
            return .broken
          })
      }
      #expect(try exchange.sync(lima).verified == true)
      #expect(try centre.replica.counts().held == 0)
      #expect(
        try centre.replica.dump("team").contains {
          $0.contains("w\(writes)") && $0.contains("three")
        })
    }
    #expect(breaks > 5)
    try exchange.expectAllEqual()
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
    let exchange = try Exchange()
    let lima = exchange.lima
    for number in 0..<30 {
      try lima.replica.execute("INSERT INTO tag(id, label) VALUES (\(number), 'x')")
      try lima.replica.seal()
    }
    func unsent() throws -> Int { try lima.replica.counts().unsent }
    func lacking() throws -> Int { try 30 - exchange.centre.replica.dump("tag").count }
    var seen: Set<Int> = []
    var pushes = 0
    // The line breaks after the second piece: what is left counts as unsent.
    #expect(throws: SyncSessionError.self) {
      try exchange.sync(lima, pieceSize: 600) { _, _ in
        seen.insert(try unsent())
        #expect(try unsent() >= lacking())
      } answering: { call in
        guard case .push = call else { return nil }
        pushes += 1
        return pushes > 2 ? .broken : nil
      }
    }
    #expect(try unsent() == lacking() && (1..<30).contains(unsent()))
    let report = try exchange.sync(lima, pieceSize: 600) { _, _ in
      seen.insert(try unsent())
      #expect(try unsent() >= lacking())
    }
    #expect(report.verified == true)
    #expect(try unsent() == 0 && lacking() == 0)
    #expect(seen.count > 5)
  }

  @Test(
    "7. what is edited at any moment of a sync is sent by it or by the next, and counts as unsent")
  func editedInFlight() throws {
    let exchange = try Exchange()
    let (lima, centre) = (exchange.lima, exchange.centre)
    func leader(at node: SimulatedNode) throws -> [CellValue?] {
      try node.dump().filter { $0.key.key == [.text("t")] }.map { $0.value["leader"] }
    }
    try lima.replica.execute("INSERT INTO team(id) VALUES ('t')")
    var isOver = false
    for moment in 0..<100 where !isOver {
      isOver = true
      try lima.replica.execute("UPDATE team SET leader = 'before \(moment)' WHERE id = 't'")
      let first = try exchange.sync(lima) { place, _ in
        guard place == moment else { return }
        isOver = false
        try lima.replica.execute("UPDATE team SET leader = 'meanwhile \(moment)' WHERE id = 't'")
      }
      #expect(first.verified != false)
      guard !isOver else { break }
      let wanted: [CellValue?] = [.text("meanwhile \(moment)")]
      #expect(try leader(at: lima) == wanted)
      let isSent = try leader(at: centre) == wanted
      #expect(try lima.replica.counts().unsent == (isSent ? 0 : 1), "moment \(moment)")
      #expect(try exchange.sync(lima).verified == true)
      #expect(try leader(at: centre) == wanted, "moment \(moment)")
    }
    #expect(isOver)
    #expect(try centre.replica.conflicts(openOnly: true).isEmpty)
    try exchange.expectAllEqual()
  }

  @Test(
    "8. whatever the centre answers to whichever call, nothing leaves the outbox",
    arguments: [
      SyncSession.Event.refused(code: "not_found"), .refused(code: "credential_revoked"),
      .refused(code: "node_mismatch"), .refused(code: "request_too_large"),
      .refused(code: "internal_error"), .broken, .unreachable,
    ])
  func refusals(_ answer: SyncSession.Event) throws {
    let exchange = try Exchange()
    let lima = exchange.lima
    var isOver = false
    for number in 0..<20 where !isOver {
      try lima.replica.execute("INSERT INTO tag(id, label) VALUES (\(number), 'kept')")
      var calls = 0
      do {
        try exchange.sync(
          lima,
          answering: { _ in
            defer { calls += 1 }
            return calls >= number ? answer : nil
          })
        isOver = calls <= number
      } catch is SyncSessionError {}
      let there = try exchange.centre.dump().keys.contains {
        $0.table == "tag" && $0.key == [.integer(Int64(number))]
      }
      #expect(try lima.replica.counts().unsent == (there ? 0 : 1), "call \(number)")
      #expect(try exchange.sync(lima).verified == true)
    }
    #expect(isOver)
    try exchange.expectAllEqual()
  }

  @Test("9. a centre put back from yesterday's backup is noticed, and gets again what it had lost")
  func restoredCentre() throws {
    let exchange = try Exchange()
    let (lima, puno, centre) = (exchange.lima, exchange.puno, exchange.centre)
    try lima.replica.execute("INSERT INTO tag(id, label) VALUES (1, 'kept'), (2, 'changed since')")
    try exchange.expectAllEqual()
    let backup = exchange.folder.file("backup.sqlite")
    try centre.backUp(to: backup)
    try lima.replica.execute(
      "UPDATE tag SET label = 'today' WHERE id = 2; INSERT INTO tag(id, label) VALUES (3, 'new')")
    try puno.replica.execute("DELETE FROM tag WHERE id = 1")
    try exchange.expectAllEqual()
    let lost = try centre.dump()
    try centre.restore(from: backup)
    #expect(try centre.dump() != lost)
    try lima.replica.execute("INSERT INTO tag(id, label) VALUES (4, 'unsent')")
    // Of two offices that have all of it, the first gives all of it.
    let report = try exchange.sync(lima)
    #expect(report.events.contains(.centreRestored) && report.verified == true)
    #expect(try centre.dump().count == lost.count + 1)
    #expect(try exchange.sync(puno).events.contains(.centreRestored))
    try exchange.expectAllEqual()
    #expect(try exchange.sync(lima).events.isEmpty)
  }

  @Test("10. a replica put back from a backup uses no number again, and gets back what it had sent")
  func restoredReplica() throws {
    let exchange = try Exchange()
    let (lima, centre) = (exchange.lima, exchange.centre)
    try lima.replica.execute("INSERT INTO tag(id, label) VALUES (1, 'before')")
    try exchange.expectAllEqual()
    let backup = exchange.folder.file("backup.sqlite")
    try lima.backUp(to: backup)
    try lima.replica.execute("INSERT INTO tag(id, label) VALUES (2, 'sent since')")
    try exchange.expectAllEqual()
    let former = try lima.replica.identity().id
    let used = try #require(try centre.replica.head(of: former))
    try lima.restore(from: backup)
    // Written and sealed under the old identity, before the centre can say that it went on.
    try lima.replica.execute("INSERT INTO tag(id, label) VALUES (3, 'after')")
    try lima.replica.seal()
    let report = try exchange.sync(lima)
    #expect(report.events == [.newIdentity] && report.verified == true)
    #expect(try lima.replica.identity().id != former)
    let head = try #require(try centre.replica.head(of: former))
    #expect(head.sequence == used.sequence && head.hash == used.hash)
    try exchange.expectAllEqual()
    #expect(try lima.replica.dump("tag").count == 3)
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

  @Test(
    "17. a program killed at any write of its sync, or a power cut there, loses nothing",
    arguments: [true, false])
  func killedAtAnyWrite(isPowerCut: Bool) throws {
    let exchange = try Exchange()
    let lima = exchange.lima
    var deaths = 0
    for writes in 0..<300 {
      try exchange.puno.replica.execute(
        "INSERT INTO tag(id, label) VALUES (\(writes), 'of Puno')")
      try exchange.sync(exchange.puno)
      try lima.replica.execute("INSERT INTO team(id, leader) VALUES ('w\(writes)', 'kept')")
      lima.disk.die(after: writes, tearingAt: 900 * writes % 4096)
      do { try exchange.sync(lima) } catch { guard lima.disk.isDead else { throw error } }
      guard lima.disk.isDead else {
        lima.disk.disarm()
        break
      }
      deaths += 1
      var power = SeededGenerator(seed: UInt64(writes))
      try lima.reboot(losingPower: isPowerCut ? { power.oneIn(2) } : nil)
      #expect(try lima.replica.check().isHealthy, "write \(writes)")
      #expect(try lima.replica.dump("team").contains { $0.contains("w\(writes)") })
      let report = try exchange.sync(lima)
      #expect(report.verified == true && report.events.isEmpty, "write \(writes)")
    }
    #expect(deaths > 10)
    try exchange.expectAllEqual()
    #expect(try exchange.centre.replica.dump("team").count == 2 + deaths + 1)
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
}
