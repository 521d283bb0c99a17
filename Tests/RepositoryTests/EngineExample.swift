import Foundation
import GRDB
import Replica
import Schema
import SyncModel
import SyncProtocol

/// Two laptops keep the same notes, apart and then together.
func keepNotes(in folder: String) throws -> [ReplicaConflict] {
  let schema = ReplicaSchema(migrations: [
    Migration(
      name: "v0002_note",
      sql: """
        CREATE TABLE note(id TEXT NOT NULL PRIMARY KEY, title TEXT, stars INTEGER) STRICT;
        INSERT INTO sync_table(name) VALUES ('note');
        INSERT INTO sync_policy(table_name, column_name, policy) VALUES ('note', 'stars', 'max');
        """)
  ])
  func make(_ name: String) throws -> Replica {
    let path = "\(folder)/\(name).sqlite"
    return try Replica.create(
      at: path, office: name, label: nil, schema: schema,
      environment: ReplicaEnvironment(
        now: { Int64(Date().timeIntervalSince1970 * 1000) },
        newNodeID: {
          var generator = SystemRandomNumberGenerator()
          return NodeID.random(using: &generator)
        },
        codec: ProtobufChangesetCodec(),
        keys: FileSigningKeys(file: CredentialFile(besideReplica: path))))
  }
  func give(_ source: Replica, _ target: Replica) throws {
    try source.seal()  // What anybody wrote to the file becomes signed changesets.
    try target.learn(source.nodes())
    _ = try target.receive(
      source.log(after: 0, maxBytes: 1 << 20, leavingOut: target.identity().id).changesets)
  }

  let (lima, puno) = (try make("lima"), try make("puno"))
  try lima.write { try $0.execute(sql: "INSERT INTO note VALUES ('n1', 'Quipu', 3)") }
  try give(lima, puno)
  try lima.write { try $0.execute(sql: "UPDATE note SET title = 'Khipu', stars = 4") }
  try puno.write { try $0.execute(sql: "UPDATE note SET title = 'Kipu', stars = 5") }
  try give(lima, puno)
  try give(puno, lima)
  return try lima.conflicts()  // One, of the title; 5 stars on both.
}
