import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What compacting frees, or would.
public struct CompactionReport: Hashable, Sendable {
  /// Changesets whose changes are dropped; who wrote them and when stays.
  public var changesets = 0
  /// Bytes of them.
  public var bytes: Int64 = 0
  /// Deleted rows that need not be remembered any more.
  public var deletedRows = 0

  /// Nothing to free.
  public init() {}
}

/// Where the space of a replica's file goes, in bytes.
public struct ReplicaSizes: Hashable, Sendable {
  /// The synced tables with their indexes.
  public var rows: Int64 = 0
  /// What the engine keeps beside the rows: origins, heads, deleted rows, conflicts.
  public var books: Int64 = 0
  /// The change log.
  public var log: Int64 = 0
  /// Tables that do not sync.
  public var other: Int64 = 0
  /// Pages that are free to be used again.
  public var free: Int64 = 0
}

extension Replica {
  /// Drops what nobody will ask for: changes that every node has seen, and the memory of rows whose
  /// deletion every node has seen.
  ///
  /// What is shown, who wrote it and which conflicts there are stays as it is.
  ///
  /// - Parameters:
  ///   - stable: What every node has seen: of changesets within it the changes are dropped.
  ///   - released: Deletions within it are forgotten: no edit that had not seen one can arrive any
  ///     more, but from a node that the administrator gave up waiting for.
  ///   - receivedBefore: Younger changesets stay, in milliseconds since 1970: a centre that is put
  ///     back from a backup will ask for them.
  ///   - dryRun: Whether only to count.
  public func compact(
    stable: Knowledge, released: Knowledge, receivedBefore: Int64, dryRun: Bool = false
  ) throws -> CompactionReport {
    let report = try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      var report = try Compaction.dropBodies(
        db, within: stable, receivedBefore: receivedBefore, engine: engine, dryRun: dryRun)
      report.deletedRows = try engine.forgetDeletions(db, within: released, dryRun: dryRun)
      if !dryRun, report != CompactionReport() {
        try engine.recordIncident(
          db, kind: "compaction",
          detail: "\(report.changesets) changesets and \(report.deletedRows) deleted rows")
      }
      return report
    }
    if !dryRun, report.bytes > 0 { shrink() }
    return report
  }

  /// Drops the changes of all changesets up to a place in the log that are not younger.
  ///
  /// For a central node, whose log others read by number.
  public func compactLog(
    through place: Int64, released: Knowledge, receivedBefore: Int64, dryRun: Bool = false
  ) throws -> CompactionReport {
    let report = try inEngineTransaction { db, engine in
      var report = try Compaction.count(db, through: place, receivedBefore: instant(receivedBefore))
      if !dryRun {
        try Compaction.dropBodies(db, through: place, receivedBefore: instant(receivedBefore))
      }
      report.deletedRows = try engine.forgetDeletions(db, within: released, dryRun: dryRun)
      if !dryRun, report != CompactionReport() {
        try engine.recordIncident(
          db, kind: "compaction",
          detail: "\(report.changesets) changesets and \(report.deletedRows) deleted rows")
      }
      return report
    }
    if !dryRun, report.bytes > 0 { shrink() }
    return report
  }

  /// Gives free pages back to the disk, unless somebody uses the file or the disk is full: then they
  /// are used again.
  private func shrink() {
    try? inEngine { db, engine in
      engine.forget()
      try db.execute(sql: "VACUUM")
    }
  }

  /// The last place of the log at or before which every changeset is older than an instant, in
  /// milliseconds since 1970.
  public func logPlace(receivedBefore milliseconds: Int64) throws -> Int64 {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT coalesce(
            (SELECT min(log_no) - 1 FROM sync_changeset WHERE received_at >= ?1),
            (SELECT max(log_no) FROM sync_changeset), 0)
          """, arguments: [instant(milliseconds)]) ?? 0
    }
  }

  /// Bytes of changesets after a place in the log.
  public func logBytes(after place: Int64) throws -> Int64 {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT coalesce(sum(length(header) + length(body)), 0) FROM sync_changeset
          WHERE log_no > ?
          """, arguments: [place]) ?? 0
    }
  }

  /// How many changesets' changes were dropped here.
  public func compactedChangesets() throws -> Int {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_changeset WHERE state = 'compacted'")
        ?? 0
    }
  }

  /// Where the file's space goes; nil where this SQLite cannot tell.
  public func sizes() throws -> ReplicaSizes? {
    try read { db in
      guard
        let rows = try? GRDB.Row.fetchAll(
          db,
          sql: """
            SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize)
            FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name
            WHERE d.aggregate = TRUE GROUP BY 1
            """)
      else { return nil }
      let synced = try Set(String.fetchAll(db, sql: "SELECT name FROM sync_table"))
      var sizes = ReplicaSizes()
      for row in rows {
        let (name, bytes) = (row[0] as String, row[1] as Int64)
        if synced.contains(name) {
          sizes.rows += bytes
        } else if name == "sync_changeset" {
          sizes.log += bytes
        } else if name.hasPrefix("sync_") {
          sizes.books += bytes
        } else {
          sizes.other += bytes
        }
      }
      sizes.free =
        (try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0)
        * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
      return sizes
    }
  }
}

/// Drops changes from the log; headers stay, since they say what their authors had seen.
enum Compaction {
  /// Changesets that can go: applied, and with no change that waits in quarantine.
  private static let condition = """
    state = 'applied' AND body IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM sync_quarantine q
      WHERE q.node_no = sync_changeset.node_no AND q.counter >= sync_changeset.first_counter
        AND q.counter < sync_changeset.first_counter + sync_changeset.change_count)
    """

  static func count(
    _ db: Database, through place: Int64, receivedBefore: String
  ) throws
    -> CompactionReport
  {
    var report = CompactionReport()
    let row = try GRDB.Row.fetchOne(
      db,
      sql: """
        SELECT count(*), coalesce(sum(length(body)), 0) FROM sync_changeset
        WHERE log_no <= ? AND received_at < ? AND \(condition)
        """, arguments: [place, receivedBefore])
    if let row { (report.changesets, report.bytes) = (row[0], row[1]) }
    return report
  }

  static func dropBodies(_ db: Database, through place: Int64, receivedBefore: String?) throws {
    try db.execute(
      sql: """
        UPDATE sync_changeset SET body = NULL, state = 'compacted'
        WHERE log_no <= ? AND received_at < ? AND \(condition)
        """, arguments: [place, receivedBefore ?? "~"])
  }

  static func dropBodies(
    _ db: Database, within stable: Knowledge, receivedBefore: Int64, engine: EngineConnection,
    dryRun: Bool
  ) throws -> CompactionReport {
    var report = CompactionReport()
    let acknowledged =
      try Settings.get(db, Replica.acknowledgedSequence).flatMap { Int64($0) } ?? 0
    for (node, counter) in stable.last.sorted(by: { $0.key < $1.key }) {
      guard let no = engine.nodes.no(of: node) else { continue }
      let rows = try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT log_no, length(body) FROM sync_changeset
          WHERE node_no = ? AND first_counter + change_count - 1 <= ? AND received_at < ?
            AND (node_no <> ? OR sequence <= ?) AND \(condition)
          """,
        arguments: [no, counter, instant(receivedBefore), engine.ownNode, acknowledged])
      report.changesets += rows.count
      report.bytes += rows.reduce(0) { $0 + ($1[1] as Int64) }
      guard !dryRun else { continue }
      let drop = try db.makeStatement(
        sql: "UPDATE sync_changeset SET body = NULL, state = 'compacted' WHERE log_no = ?")
      for row in rows { try drop.execute(arguments: [row[0] as Int64]) }
    }
    return report
  }
}

extension EngineConnection {
  /// Forgets deleted rows of which every write and every delete was seen by all.
  ///
  /// - Returns: How many.
  /// - Complexity: Reads the state of every deleted row.
  func forgetDeletions(_ db: Database, within released: Knowledge, dryRun: Bool) throws -> Int {
    guard !released.last.isEmpty else { return 0 }
    var gone: [(table: Int, key: Data)] = []
    let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT table_no, key, state FROM sync_dead")
    while let row = try rows.next() {
      let state = try (row["state"] as Data).withUnsafeBytes {
        try DeadRow.decode($0, id: nodes.id)
      }
      let isSeen =
        state.cells.joined().allSatisfy { released.contains($0.change) }
        && state.deletes.allSatisfy { released.contains($0.change) }
      if isSeen { gone.append((row["table_no"], row["key"])) }
    }
    guard !dryRun, !gone.isEmpty else { return gone.count }
    let drop = try db.makeStatement(sql: "DELETE FROM sync_dead WHERE table_no = ? AND key = ?")
    for row in gone { try drop.execute(arguments: [row.table, row.key]) }
    try refresh(db)
    return gone.count
  }
}
