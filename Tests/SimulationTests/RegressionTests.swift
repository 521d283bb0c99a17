import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@testable import Simulation

/// What the simulation found, each as the shortest story that shows it.
@Suite("Found by simulation")
struct RegressionTests {
  private let replicas: TestReplicas
  private let keys = MemorySigningKeys(seed: 1)
  private let lima: Replica
  private let cusco: Replica

  init() throws {
    replicas = try TestReplicas()
    lima = try replicas.make("lima", keys: keys)
    cusco = try replicas.make("cusco")
  }

  private func upgraded(_ replica: Replica) throws -> Replica {
    try replica.close()
    return try Replica.open(
      at: replica.path, schema: WorldSchema.later, environment: replicas.environment(keys: keys))
  }

  @Test("a table that got a column by a migration keeps what is deleted from it")
  func columnOfKeptRows() throws {
    try lima.execute("INSERT INTO member(id, title) VALUES ('m', 'one'), ('n', 'two')")
    let later = try upgraded(lima)
    try later.execute("UPDATE member SET grade = 'g' WHERE id = 'm'")
    try later.execute("INSERT OR REPLACE INTO member(id, grade) VALUES ('m', 'h')")
    try later.execute("DELETE FROM member WHERE id = 'n'")
    try later.seal()
    #expect(try later.check().isHealthy)
    #expect(try later.dump("member").count == 1)
  }

  @Test("what was written before an upgrade has not seen what the upgrade applies")
  func upgradeSealsFirst() throws {
    let new = try Replica.create(
      at: replicas.folder.file("new.sqlite"), office: "new", label: nil, schema: WorldSchema.later,
      environment: replicas.environment(keys: MemorySigningKeys(seed: 2)))
    try lima.execute("INSERT INTO member(id, title) VALUES ('m', 'one')")
    try lima.send(to: new)
    try new.execute("UPDATE member SET title = 'theirs', grade = 'g' WHERE id = 'm'")
    try new.send(to: lima)
    #expect(try lima.counts().quarantined == 1)
    try lima.execute("UPDATE member SET title = 'ours' WHERE id = 'm'")
    let later = try upgraded(lima)
    #expect(try later.counts().quarantined == 0)
    #expect(try later.conflicts(openOnly: true).map(\.column) == ["title"])
  }

  @Test("a row written here frees the changes of others that refer to it")
  func freedByOwnWrite() throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let shell = try DatabaseQueue(path: lima.path, configuration: configuration)
    try shell.inDatabase {
      try $0.execute(sql: "INSERT INTO member(id, team_id) VALUES ('m', 'x')")
    }
    try shell.close()
    try lima.send(to: cusco)
    #expect(try cusco.counts().quarantined == 1)
    try cusco.execute("INSERT INTO team(id, name) VALUES ('x', 'found')")
    try cusco.seal()
    #expect(try cusco.counts().quarantined == 0)
    #expect(try cusco.dump("member").count == 1)
  }

  @Test("a replica opens although rows were changed behind the triggers meanwhile")
  func opensAfterBypass() throws {
    try lima.execute("INSERT INTO team(id, name) VALUES ('t', 'Ana')")
    try lima.execute("INSERT INTO member(id, team_id, title) VALUES ('m', 't', 'one')")
    try lima.seal()
    try lima.write { db in
      try db.execute(sql: "DROP TRIGGER sync_capture_member_update")
      try db.execute(sql: "UPDATE member SET title = 'unseen' WHERE id = 'm'")
    }
    let later = try upgraded(lima)
    try later.seal()
    #expect(try later.check().audit.count <= 1)
    #expect(try later.check().isHealthy)
    #expect(try later.dump("member").first?.contains("unseen") == true)
  }

  @Test("replicas of two versions that hold the same are not said to differ")
  func digestsOfTwoVersions() throws {
    let new = try Replica.create(
      at: replicas.folder.file("new.sqlite"), office: "new", label: nil, schema: WorldSchema.later,
      environment: replicas.environment(keys: MemorySigningKeys(seed: 2)))
    try lima.execute("INSERT INTO member(id, title) VALUES ('m', 'one')")
    try lima.send(to: new)
    func answer(_ replica: Replica) throws -> DigestAnswer {
      let (knowledge, unsealed, tables) = try replica.digests()
      return DigestAnswer(knowledge: knowledge, unsealed: unsealed, tables: tables)
    }
    #expect(try answer(lima).agrees(with: answer(new)) == true)
  }

  @Test("what the application writes is flushed at every commit, as the engine's writes are")
  func applicationIsDurable() throws {
    var environment = replicas.environment(keys: keys)
    environment.durability = .full
    let replica = try Replica.create(
      at: replicas.folder.file("full.sqlite"), office: "full", label: nil,
      schema: TeamSchema.schema, environment: environment)
    #expect(try replica.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
  }
}
