import Foundation
import GRDB
import Replica
import Schema
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@Suite("Ordinary events")
struct OrdinaryEventTests {
  private let pair: Pair
  private var centre: Replica { pair.centre }
  private var cusco: Replica { pair.cusco }

  init() throws {
    pair = try Pair()
  }

  @Test("a bulk write becomes a group of changesets that is applied whole or not at all")
  func group() throws {
    try cusco.write { db in
      for index in 0..<20_000 {
        try db.execute(
          sql: "INSERT INTO tag(id, label) VALUES (?, ?)", arguments: [index, "l\(index)"])
      }
    }
    let report = try cusco.seal()
    #expect(report.changes == 20_000)
    #expect(report.changesets == 3)
    let changesets = try cusco.ownChangesets(after: 0, maxBytes: .max)
    let first = try centre.receive(Array(changesets.prefix(2)))
    #expect(first.applied == 0)
    #expect(try centre.dump("tag").isEmpty)
    #expect(try centre.head(of: cusco.identity().id)?.sequence == 2)
    let rest = try centre.receive(Array(changesets.suffix(1)))
    #expect(rest.applied == 3)
    #expect(try centre.digests().tables == cusco.digests().tables)
  }

  @Test("a write of more rows than are folded at once is sealed in one group, edits of it too")
  func batches() throws {
    try cusco.execute(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)
      INSERT INTO tag(id, label) SELECT i * 7, 'l' || i % 9 FROM n;
      INSERT INTO member(id, title) VALUES ('m', 'one');
      UPDATE tag SET weight = 1 WHERE id % 1000 = 0;
      INSERT INTO presence VALUES ('m', 'd'); DELETE FROM presence
      """)
    #expect(try cusco.seal().changes == 120_003)
    #expect(try cusco.seal().changes == 0)
    try cusco.send(to: centre)
    #expect(try centre.counts().held == 0)
    #expect(try centre.digests().tables == cusco.digests().tables)
    #expect(try cusco.check().isHealthy && cusco.check().audit.isEmpty)
  }

  @Test("changesets that come early wait for what they have seen")
  func early() throws {
    try cusco.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try cusco.seal()
    try cusco.execute("UPDATE tag SET label = 'b' WHERE id = 1")
    try cusco.seal()
    let changesets = try cusco.ownChangesets(after: 0, maxBytes: .max)
    let report = try centre.receive(changesets.reversed())
    #expect(report.applied == 2)
    #expect(try centre.dump("tag") == cusco.dump("tag"))
  }

  @Test(
    "a changeset with a flipped bit, a foreign signature or no known author is refused and changes nothing"
  )
  func hostile() throws {
    try cusco.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try cusco.seal()
    let good = try #require(try cusco.ownChangesets(after: 0, maxBytes: .max).first)
    let before = try centre.digests().tables
    for part in 0..<3 {
      var bad = good
      switch part {
      case 0: bad.header[bad.header.count / 2] ^= 1
      case 1: bad.body[bad.body.count / 2] ^= 1
      default: bad.signature[0] ^= 1
      }
      #expect(throws: (any Error).self) { try centre.receive([bad]) }
    }
    let stranger = try pair.replicas.make("puno")
    try stranger.execute("INSERT INTO tag(id, label) VALUES (2, 'b')")
    try stranger.seal()
    #expect(throws: ChangesetError.unknownNode(try stranger.identity().id)) {
      try centre.receive(try stranger.ownChangesets(after: 0, maxBytes: .max))
    }
    #expect(try centre.digests().tables == before)
    #expect(try centre.receive([good]).applied == 1)
  }

  @Test("a clock that runs a year ahead wins over nobody once it has been compared")
  func clock() throws {
    let year: Int64 = 365 * 86_400_000
    let real = Int64(Date().timeIntervalSince1970 * 1000)
    pair.replicas.clock.advance(real - pair.replicas.clock.now)
    let clock = TestClock(real + year)
    let wrong = try pair.replicas.make("puno", clock: clock)
    try wrong.learn([centre.identity()])
    try centre.learn([wrong.identity()])
    try centre.setClockOffset(milliseconds: 0)
    try centre.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try centre.send(to: wrong)
    try wrong.setClockOffset(milliseconds: -year)
    try wrong.execute("UPDATE tag SET label = 'earlier' WHERE id = 1")
    try wrong.seal()
    // The trigger stamps with this machine's clock, so the corrected stamp lies a year back: it
    // must lose.
    try centre.execute("UPDATE tag SET label = 'later' WHERE id = 1")
    try wrong.send(to: centre)
    #expect(try centre.dump("tag").first?.contains("later") == true)
    #expect(try centre.conflicts(openOnly: true).count == 1)
  }

  @Test("a replica restored from a backup takes a new identity and loses nothing")
  func restored() throws {
    let keys = MemorySigningKeys(seed: 9)
    let puno = try pair.replicas.make("puno", keys: keys)
    try centre.learn([puno.identity()])
    let copy = pair.replicas.folder.file("copy.sqlite")
    try puno.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try puno.send(to: centre)
    try DatabaseQueue(path: puno.path).inDatabase { db in
      try db.execute(sql: "VACUUM INTO '\(copy)'")
    }
    try puno.execute("INSERT INTO tag(id, label) VALUES (2, 'after the backup')")
    try puno.send(to: centre)
    let old = try puno.identity().id

    let restored = try Replica.open(
      at: copy, schema: TeamSchema.schema, environment: pair.replicas.environment(keys: keys))
    try restored.execute("INSERT INTO tag(id, label) VALUES (3, 'unsent work')")
    try restored.seal()
    let identity = try restored.adoptNewIdentity(
      reason: "the centre has more of it", sharedThrough: 1)
    #expect(identity.id != old)
    try centre.learn([identity])
    try restored.send(to: centre)
    try centre.send(to: restored)
    #expect(try restored.dump("tag").count == 3)
    #expect(try restored.digests().tables == centre.digests().tables)
    #expect(try restored.check().isHealthy)
    #expect(try restored.incidents().map(\.kind) == ["identity"])
  }

  @Test("a snapshot makes a new replica equal to the old one, with its own identity")
  func snapshot() throws {
    try cusco.execute(
      "INSERT INTO team(id, name) VALUES ('t', 'Ana'); INSERT INTO tag(id, label) VALUES (1, 'a')")
    try cusco.send(to: centre)
    let path = pair.replicas.folder.file("snapshot.sqlite")
    try centre.writeSnapshot(to: path)
    let fresh = try pair.replicas.make("loreto")
    let identity = try fresh.identity()
    try fresh.loadSnapshot(from: path)
    #expect(try fresh.identity() == identity)
    #expect(try fresh.digests().tables == centre.digests().tables)
    try centre.learn([identity])
    try fresh.execute("UPDATE tag SET label = 'b' WHERE id = 1")
    try fresh.send(to: centre)
    #expect(try centre.dump("tag").first?.contains("\"b\"") == true)
    #expect(try fresh.check().isHealthy)
  }

  @Test("an office one schema version behind keeps what it cannot read until it is upgraded")
  func mixedVersions() throws {
    var later = TeamSchema.schema
    later.migrations.append(
      .init(name: "v0003_motto", sql: "ALTER TABLE team ADD COLUMN motto TEXT"))
    let keys = MemorySigningKeys(seed: 5)
    let new = try Replica.create(
      at: pair.replicas.folder.file("new.sqlite"), office: "lima", label: nil, schema: later,
      environment: pair.replicas.environment(keys: keys))
    try cusco.learn([new.identity()])
    try new.learn([cusco.identity()])
    try new.execute(
      "INSERT INTO team(id, name, motto) VALUES ('t', 'Ana', 'hey'), ('u', 'Eva', NULL)")
    try new.send(to: cusco)
    #expect(try cusco.counts().quarantined == 2)
    try cusco.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try cusco.send(to: new)
    #expect(try new.dump("tag").count == 1)
    try cusco.close()
    let upgraded = try Replica.open(
      at: pair.replicas.folder.file("cusco.sqlite"), schema: later,
      environment: pair.replicas.environment(keys: MemorySigningKeys(seed: 1)))
    #expect(try upgraded.counts().quarantined == 0)
    #expect(try upgraded.digests().tables == new.digests().tables)
    let backups = try FileManager.default.contentsOfDirectory(atPath: pair.replicas.folder.path)
      .filter { $0.hasPrefix("cusco.sqlite.before-") }
    #expect(backups.count == 1)
  }

  @Test(
    "a file that is no replica, a missing one and a later program's are told apart and left alone")
  func wrongFiles() throws {
    let environment = pair.replicas.environment(keys: MemorySigningKeys(seed: 1))
    let text = pair.replicas.folder.file("text.sqlite")
    try Data("not a database at all, only some text that is long enough".utf8).write(
      to: URL(fileURLWithPath: text))
    let other = pair.replicas.folder.file("other.sqlite")
    try DatabaseQueue(path: other).write { db in try db.execute(sql: "CREATE TABLE t(x)") }
    func code(_ path: String, _ schema: ReplicaSchema = TeamSchema.schema) -> String? {
      do {
        _ = try Replica.open(at: path, schema: schema, environment: environment)
        return nil
      } catch { return (error as? ReplicaError)?.code }
    }
    #expect(code(text) == "not_a_replica")
    #expect(code(other) == "not_a_replica")
    #expect(code(pair.replicas.folder.file("nothing.sqlite")) == "replica_not_found")
    #expect(code(cusco.path, ReplicaSchema(migrations: [])) == "newer_schema")
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)).count == 57)
  }

  @Test("edits of one row hours apart keep their times, so each competes with its own")
  func times() throws {
    pair.replicas.clock.advance(
      Int64(Date().timeIntervalSince1970 * 1000) - pair.replicas.clock.now)
    try centre.execute("INSERT INTO team(id, name, leader, notes) VALUES ('t', 'Ana', 'x', 'n')")
    try centre.send(to: cusco)
    try cusco.execute("UPDATE team SET leader = 'first' WHERE id = 't'")
    try cusco.execute("UPDATE sync_capture SET at = at - 1")
    try cusco.execute("UPDATE team SET level = 3 WHERE id = 't'")
    try cusco.seal()
    let history = try cusco.history(table: "team", key: ["t"])
    #expect(history.map { $0.values.map(\.column) }.last == ["level"])
    #expect(history.contains { $0.values.map(\.column) == ["leader"] })
    let times = history.map(\.atMilliseconds).sorted()
    #expect(times.last.map { $0 - times[0] > 80_000_000 } == true)
  }

  @Test("what a copy wrote under numbers that are taken is passed over, and blocks nobody")
  func deadBranch() throws {
    let keys = MemorySigningKeys(seed: 9)
    let puno = try pair.replicas.make("puno", keys: keys)
    try puno.execute("INSERT INTO tag(id, label) VALUES (1, 'a')")
    try puno.send(to: centre)
    let copyPath = pair.replicas.folder.file("copy.sqlite")
    try DatabaseQueue(path: puno.path).inDatabase {
      try $0.execute(sql: "VACUUM INTO ?", arguments: [copyPath])
    }
    let copy = try pair.replicas.open("copy", keys: keys)
    for label in ["b", "c"] {
      try copy.execute("UPDATE tag SET label = '\(label)'")
      try copy.seal()
    }
    let branch = try copy.ownChangesets(after: 1, maxBytes: .max)
    // The second half of the copy's branch is known before the first.
    #expect(try centre.receive([branch[1]], skippingForks: true).held == 1)
    try puno.execute("INSERT INTO tag(id, label) VALUES (2, 'd')")
    try puno.send(to: centre)
    #expect(try centre.counts().held == 0)
    #expect(try centre.counts().incidents == 1)
    #expect(try centre.head(of: puno.identity().id)?.sequence == 2)
    #expect(try centre.digests().tables == puno.digests().tables)
  }
}
