import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport

/// A replica in the simulation with its own clock, which may be wrong.
final class SimulatedNode {
  let name: String
  let path: String
  let clock: TestClock
  let keys: MemorySigningKeys
  let isCentre: Bool
  private let identities: TestIdentities
  private(set) var replica: Replica
  /// The last place of the centre's log that was pulled.
  var pulled: Int64 = 0
  /// Writes as strangers do: foreign keys may be off, and recursive_triggers on.
  private(set) var shell: DatabaseQueue

  init(_ name: String, folder: TemporaryFolder, seed: UInt64, isCentre: Bool) throws {
    self.name = name
    self.isCentre = isCentre
    path = folder.file("\(name).sqlite")
    clock = TestClock()
    keys = MemorySigningKeys(seed: seed)
    identities = TestIdentities(seed: seed)
    replica = try Replica.create(
      at: path, office: name, label: nil, schema: TeamSchema.schema,
      environment: Self.environment(clock, identities, keys))
    shell = try DatabaseQueue(path: path)
  }

  private static func environment(
    _ clock: TestClock, _ identities: TestIdentities, _ keys: MemorySigningKeys
  ) -> ReplicaEnvironment {
    ReplicaEnvironment(
      now: { clock.now },
      newNodeID: {
        let (high, low) = identities.next()
        return NodeID(high: high, low: low)
      }, codec: ProtobufChangesetCodec(), keys: keys, durability: .off)
  }

  /// Runs statements as a stranger's program would, at this node's time.
  ///
  /// - Returns: Whether SQLite took them.
  func write(_ sql: String, recursiveTriggers: Bool) throws -> Bool {
    try shell.inDatabase { db in
      try db.execute(sql: "PRAGMA recursive_triggers = \(recursiveTriggers)")
      let last =
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(sequence), 0) FROM sync_capture") ?? 0
      do {
        try db.inTransaction(.immediate) {
          try db.execute(sql: sql)
          return .commit
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        return false
      }
      // The trigger takes the time of the machine; the simulation decides it.
      try db.execute(
        sql: "UPDATE sync_capture SET at = ? WHERE sequence > ?",
        arguments: [Double(clock.now) / 86_400_000 + 2_440_587.5, last])
      return true
    }
  }

  /// Ends the process without warning and starts it again.
  func crash() throws {
    try replica.close()
    try shell.close()
    try reopen()
  }

  private func reopen() throws {
    replica = try Replica.open(
      at: path, schema: TeamSchema.schema, environment: Self.environment(clock, identities, keys))
    shell = try DatabaseQueue(path: path)
  }

  /// A copy of the database as a backup would hold it.
  func backUp(to copy: String) throws {
    try? FileManager.default.removeItem(atPath: copy)
    try shell.inDatabase { db in try db.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
  }

  /// Puts a backup in the database's place.
  func restore(from copy: String) throws {
    try replica.close()
    try shell.close()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    try FileManager.default.copyItem(atPath: copy, toPath: path)
    try reopen()
    pulled = 0
  }
}
