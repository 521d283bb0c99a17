import CentralNode
import Foundation
import GRDB
import Replica
import Schema
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

@Suite("Schema versions apart")
struct MixedSchemaTests {
  /// The schema one version later: a column and a table more.
  static let later = ReplicaSchema(
    migrations: TeamSchema.schema.migrations + [
      Migration(
        name: "v0003_more",
        sql: """
          ALTER TABLE team ADD COLUMN motto TEXT;
          CREATE TABLE room(
            id TEXT NOT NULL PRIMARY KEY,
            team_id TEXT REFERENCES team(id) DEFERRABLE INITIALLY DEFERRED, seats INTEGER
          ) STRICT;
          CREATE INDEX room_by_team ON room(team_id);
          INSERT INTO sync_table(name) VALUES ('room');
          """)
    ], loadGround: TeamSchema.schema.loadGround)

  func client(_ replica: Replica, _ network: Network) -> SyncClient {
    let file = CredentialFile(besideReplica: replica.path)
    return network.client(file, FileSigningKeys(file: file), clock: network.replicas.clock)
  }

  func office(_ name: String, _ schema: ReplicaSchema, _ network: Network) throws -> Replica {
    let path = network.replicas.folder.file("\(name).sqlite")
    let keys = FileSigningKeys(file: CredentialFile(besideReplica: path))
    let environment = network.environment(keys, clock: network.replicas.clock)
    return FileManager.default.fileExists(atPath: path)
      ? try Replica.open(at: path, schema: schema, environment: environment)
      : try Replica.create(
        at: path, office: name, label: nil, schema: schema, environment: environment)
  }

  @Test(
    "an office one version behind or ahead syncs both ways; what it cannot read waits, and is applied after the upgrade",
    arguments: [true, false])
  func apart(centreIsAhead: Bool) async throws {
    let network = try Network()
    let (ahead, behind) = (Self.later, TeamSchema.schema)
    let path = network.replicas.folder.file("central.sqlite")
    let clock = network.replicas.clock
    let centralSchema = centreIsAhead ? ahead : behind
    let environment = network.replicas.environment(keys: network.centralKeys)
    let central = try Replica.create(
      at: path, office: "central", label: nil, schema: centralSchema, environment: environment)
    let node = try CentralNode(
      replica: central, codec: network.codec, keys: network.centralKeys, now: { clock.now })
    let later = try office("later", ahead, network)
    var older = try office("older", behind, network)
    try await network.serving(node) { [older] url in
      for replica in [later, older] {
        let code = try node.register.makeCode(
          office: try replica.identity().office, label: nil)
        try await client(replica, network).enroll(replica, at: url, code: code)
      }
      try later.execute(
        """
        INSERT INTO team(id, name, motto) VALUES ('l', 'L', 'Plus ultra');
        INSERT INTO team(id, name) VALUES ('plain', 'Plain');
        INSERT INTO room(id, team_id, seats) VALUES ('r', 'plain', 9);
        """)
      try older.execute("INSERT INTO team(id, name) VALUES ('o', 'O')")
      for _ in 0..<2 {
        for replica in [later, older] { _ = try await client(replica, network).sync(replica) }
      }
      #expect(
        try older.quarantine().allSatisfy { [.unknownTable, .unknownColumn].contains($0.reason) })
      #expect(try !older.quarantine().isEmpty)
      #expect(try older.dump("team").contains { $0.contains("\"O\"") })
      #expect(try later.dump("team").contains { $0.contains("\"O\"") })
      if centreIsAhead { #expect(try central.dump("room").count == 1) }
    }
    // Everybody is upgraded: opening applies what waited.
    try older.close()
    try central.close()
    older = try office("older", ahead, network)
    let upgraded = try Replica.open(at: path, schema: ahead, environment: environment)
    let again = try CentralNode(
      replica: upgraded, codec: network.codec, keys: network.centralKeys, now: { clock.now })
    #expect(try older.quarantine().isEmpty)
    #expect(try upgraded.quarantine().isEmpty)
    try await network.serving(again) { [older] url in
      for _ in 0..<2 {
        for replica in [later, older] {
          _ = try await client(replica, network).sync(replica, url: url)
        }
      }
      for replica in [later, older] {
        #expect(try await client(replica, network).sync(replica, url: url).verified == true)
        for table in ["team", "room"] {
          #expect(try replica.dump(table) == upgraded.dump(table), "\(table)")
        }
      }
    }
  }
}
