public import GRDB

/// Where a replica stands, in numbers.
public struct ReplicaCounts: Hashable, Sendable {
  /// Changes (rows) that the centre has not acknowledged, sealed or not.
  public var unsent: Int
  /// Changesets that wait for others.
  public var held: Int
  /// Open conflicts.
  public var conflicts: Int
  /// Changes in quarantine.
  public var quarantined: Int
  /// Central clock less this machine's, in milliseconds; nil where it was never measured.
  public var clockOffsetMilliseconds: Int64?
  /// Incidents on record.
  public var incidents: Int
}

extension Replica {
  /// The name of the setting that holds the last of this node's changesets that the centre has
  /// acknowledged.
  public static let acknowledgedSequence = "acknowledged_sequence"

  /// The name of the setting that holds a central node's own epoch; where it is missing, a new epoch
  /// begins.
  public static let ownEpoch = "own_epoch"

  /// The name of the setting that holds when a backup was last made and verified: milliseconds since
  /// 1970.
  public static let lastBackup = "last_backup"

  /// Where the replica stands.
  public func counts() throws -> ReplicaCounts {
    try read { db in try Self.counts(db) }
  }

  /// Where the replica stands, in a transaction of the caller's.
  public static func counts(_ db: Database) throws -> ReplicaCounts {
    let acknowledged = try Settings.get(db, acknowledgedSequence).flatMap { Int64($0) } ?? 0
    let sealed =
      try Int.fetchOne(
        db,
        sql: """
          SELECT coalesce(sum(change_count), 0) FROM sync_changeset
          WHERE node_no = (SELECT node_no FROM sync_replica) AND sequence > ?
          """, arguments: [acknowledged]) ?? 0
    // A row written several times since the last seal becomes one change.
    let captured =
      try Int.fetchOne(
        db,
        sql:
          "SELECT count(*) FROM (SELECT DISTINCT table_no, row FROM sync_capture WHERE mask <> -3)")
      ?? 0
    return ReplicaCounts(
      unsent: sealed + captured,
      held: try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_changeset WHERE state = 'held'")
        ?? 0,
      conflicts: try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sync_conflict WHERE state = 'open'") ?? 0,
      quarantined: try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_quarantine") ?? 0,
      clockOffsetMilliseconds: try Int64.fetchOne(
        db, sql: "SELECT clock_offset_ms FROM sync_replica"),
      incidents: try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_incident") ?? 0)
  }
}
