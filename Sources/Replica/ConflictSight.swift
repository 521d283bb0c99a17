import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the author of one side of a conflict had seen of the other side's author.
public struct ConflictSight: Hashable, Sendable {
  /// When the last changeset of the other that had arrived was sealed, in milliseconds since 1970;
  /// nil where none had.
  public var seenUntil: Int64?
}

extension Replica {
  /// What each side of a conflict had seen of the other: why both could write without knowing.
  ///
  /// Nil for a side whose changeset is no longer in the log.
  ///
  /// - Complexity: Reads the headers of four changesets, by index.
  public func sight(
    of conflict: ReplicaConflict
  ) throws -> (current: ConflictSight?, other: ConflictSight?) {
    let codec = environment.codec
    func look(
      _ db: Database, _ side: ReplicaConflict.Side, _ counterpart: ReplicaConflict.Side
    ) throws -> ConflictSight? {
      let end = HybridTimestamp(milliseconds: side.atMilliseconds + 1).rawValue
      let bytes = try Data.fetchOne(
        db,
        sql: """
          SELECT c.header FROM sync_changeset c JOIN sync_node n ON n.no = c.node_no
          WHERE n.id = ? AND c.first_hlc < ? ORDER BY c.sequence DESC LIMIT 1
          """, arguments: [Data(side.node.bytes), end])
      guard let bytes else { return nil }
      let header = try codec.decodeHeader(Array(bytes)).header
      let last = header.knowledge.last[counterpart.node, default: 0]
      guard last > 0 else { return ConflictSight(seenUntil: nil) }
      let seen = try Data.fetchOne(
        db,
        sql: """
          SELECT c.header FROM sync_changeset c JOIN sync_node n ON n.no = c.node_no
          WHERE n.id = ? AND c.first_counter <= ? ORDER BY c.first_counter DESC LIMIT 1
          """, arguments: [Data(counterpart.node.bytes), last])
      guard let seen else { return nil }
      return ConflictSight(
        seenUntil: try codec.decodeHeader(Array(seen)).header.sealedAtMilliseconds)
    }
    return try read { db in
      (
        try look(db, conflict.current, conflict.other),
        try look(db, conflict.other, conflict.current)
      )
    }
  }
}
