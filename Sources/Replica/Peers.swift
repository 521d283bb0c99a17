import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A changeset of the log, by what a reader must know before reading it.
public struct LogEntry: Hashable, Sendable {
  /// Its place in the log.
  public var place: Int64
  /// Its size in bytes.
  public var size: Int
  /// Changes (rows) in it.
  public var changes: Int
}

extension Replica {
  /// Notes what another node has: what it said itself, or what it acknowledged.
  ///
  /// What was noted before stays where it says more.
  public func notePeer(_ peer: NodeID, has knowledge: Knowledge) throws {
    try inEngineTransaction { db, _ in
      let put = try db.cachedStatement(
        sql: """
          INSERT INTO sync_peer(peer, node, last) VALUES (?, ?, ?)
          ON CONFLICT (peer, node) DO UPDATE SET last = max(last, excluded.last)
          """)
      for (node, last) in knowledge.last.sorted(by: { $0.key < $1.key }) {
        try put.execute(arguments: [Data(peer.bytes), Data(node.bytes), last])
      }
    }
  }

  /// Forgets what another node was known to have: it lost it.
  public func forgetPeer(_ peer: NodeID) throws {
    try inEngineTransaction { db, _ in
      try db.execute(sql: "DELETE FROM sync_peer WHERE peer = ?", arguments: [Data(peer.bytes)])
    }
  }

  /// Nodes of whom it is known what they have, in ascending order.
  public func peers() throws -> [NodeID] {
    try read { db in
      try Data.fetchAll(db, sql: "SELECT DISTINCT peer FROM sync_peer ORDER BY peer")
        .compactMap { NodeID(bytes: $0) }
    }
  }

  /// What some of `peers` are not known to have, in the order of the log; a node's own changes are
  /// its own.
  ///
  /// - Returns: The entries that can be given, and how many changes were compacted away since.
  public func entries(
    missingAt peers: [NodeID]
  ) throws -> (entries: [LogEntry], compacted: Int) {
    try read { db in
      let named: String = peers.map { "(x'\(hexadecimal($0.bytes))')" }.joined(separator: ", ")
      let rows = try GRDB.Row.fetchAll(
        db,
        sql: """
          WITH peer(id) AS (VALUES \(named))
          SELECT c.log_no, c.change_count,
            length(c.header) + length(c.signature) + length(c.body) AS size
          FROM sync_changeset c JOIN sync_node n ON n.no = c.node_no
          WHERE EXISTS (
            SELECT 1 FROM peer p LEFT JOIN sync_peer s ON s.peer = p.id AND s.node = n.id
            WHERE p.id <> n.id AND c.first_counter + c.change_count - 1 > coalesce(s.last, 0))
          ORDER BY c.log_no
          """)
      var entries: [LogEntry] = []
      var compacted = 0
      for row in rows {
        if let size = row["size"] as Int? {
          entries.append(
            LogEntry(place: row["log_no"], size: size, changes: row["change_count"]))
        } else {
          compacted += row["change_count"] as Int
        }
      }
      return (entries, compacted)
    }
  }

  /// The changeset at a place of the log, or nil where it is no more.
  public func changeset(at place: Int64) throws -> SignedChangeset? {
    try read { db in
      try GRDB.Row.fetchOne(
        db,
        sql: """
          SELECT header, signature, body FROM sync_changeset
          WHERE log_no = ? AND body IS NOT NULL
          """, arguments: [place]
      ).map { row in
        SignedChangeset(
          header: Array(row["header"] as Data), signature: Array(row["signature"] as Data),
          body: Array(row["body"] as Data))
      }
    }
  }

  /// How many changes this node's changesets after one number and up to another hold.
  public func ownChanges(after sequence: Int64, through last: Int64) throws -> Int {
    try read { db in
      try Int.fetchOne(
        db,
        sql: """
          SELECT coalesce(sum(change_count), 0) FROM sync_changeset
          WHERE node_no = (SELECT node_no FROM sync_replica) AND sequence > ? AND sequence <= ?
          """, arguments: [sequence, last]) ?? 0
    }
  }
}
