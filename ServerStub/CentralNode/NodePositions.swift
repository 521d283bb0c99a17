internal import GRDB
internal import Replica
public import SyncModel
internal import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// How far a node has come, as it said at its last hello.
public struct NodePosition: Hashable, Sendable {
  /// The centre's epoch that it knew.
  public var epoch: String
  /// How far it had read that epoch's log.
  public var logNumber: Int64
  /// Its own last changeset, sent or not.
  public var lastSequence: Int64
  /// What it had seen.
  public var knowledge: Knowledge
  /// The last erasure carried out there.
  public var erasure: Int64
  /// When, in milliseconds since 1970.
  public var saidAt: Int64
  /// When an administrator said that compaction need not wait for it; nil while it is waited for.
  public var lapsedAt: Int64?
}

extension AccessRegister {
  /// Keeps what a hello says of how far its node has come; who is back is waited for again.
  func note(_ hello: Hello, epoch: String) throws {
    let time = now()
    let knowledge = Data(try hello.knowledge.encoded())
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO central_node_position
            (node, epoch, log_number, last_sequence, knowledge, erasure, said_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (node) DO UPDATE SET epoch = excluded.epoch,
            log_number = excluded.log_number, last_sequence = excluded.last_sequence,
            knowledge = excluded.knowledge, erasure = excluded.erasure, said_at = excluded.said_at,
            lapsed_at = NULL
          """,
        arguments: [
          Data(hello.node.bytes), hello.epoch, hello.logNumber, hello.lastSequence, knowledge,
          hello.erasure, time,
        ])
    }
  }

  /// How far each node has come that ever said hello.
  public func positions() throws -> [NodeID: NodePosition] {
    let rows = try replica.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM central_node_position")
    }
    var positions: [NodeID: NodePosition] = [:]
    for row in rows {
      guard let node = NodeID(bytes: row["node"] as Data) else { continue }
      positions[node] = NodePosition(
        epoch: row["epoch"], logNumber: row["log_number"], lastSequence: row["last_sequence"],
        knowledge: try Knowledge(decoding: Array(row["knowledge"] as Data)),
        erasure: row["erasure"], saidAt: row["said_at"], lapsedAt: row["lapsed_at"])
    }
    return positions
  }

  /// Says whether compaction waits for a node.
  ///
  /// One that it does not wait for can come back: it sends what it has not sent, and takes the
  /// centre's content anew.
  ///
  /// - Returns: Whether the node has ever said hello.
  public func setLapsed(_ node: NodeID, _ isLapsed: Bool) throws -> Bool {
    let time = now()
    return try replica.write { db in
      try db.execute(
        sql: "UPDATE central_node_position SET lapsed_at = ? WHERE node = ?",
        arguments: [isLapsed ? time : nil, Data(node.bytes)])
      return db.changesCount > 0
    }
  }

  /// The positions of the nodes that sync; nil where one of them has synced and not said where it
  /// stands, so that nothing is known.
  func activePositions() throws -> [NodeID: NodePosition]? {
    let positions = try positions()
    var active: [NodeID: NodePosition] = [:]
    for access in try all() where access.revokedAt == nil {
      if let position = positions[access.node] {
        if position.lapsedAt == nil { active[access.node] = position }
      } else if access.lastSeenAt != nil {
        return nil
      }
    }
    return active
  }
}
