public import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How far a replica had come: for each node the last of its changesets that was applied.
public typealias LogPosition = [NodeID: Int64]

/// A change of a row that came after a position in the log.
public struct LaterChange: Hashable, Sendable {
  /// Who wrote.
  public var author: NodeFacts
  /// When, by the author's corrected clock, in milliseconds since 1970.
  public var atMilliseconds: Int64
  /// When it came here, an ISO instant; for an own change when it was sealed.
  public var arrivedAt: String
  /// The table.
  public var table: String
  /// The key's values as text, in key order.
  public var key: [String]
  /// What was done.
  public var kind: ChangeKind
  /// The columns written; empty for a deletion.
  public var columns: [String]
}

extension Replica {
  /// How far this replica has come, in a transaction of the caller's.
  public static func position(_ db: Database) throws -> LogPosition {
    var position: LogPosition = [:]
    for entry in try NodeDirectory(db).entries where entry.lastSequence > 0 {
      position[entry.facts.id] = entry.lastSequence
    }
    return position
  }

  /// The number of the last changeset in the log; at the central node its sequence number.
  public static func lastLogNumber(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(log_no) FROM sync_changeset") ?? 0
  }

  /// Whether something was written that is not in the log yet.
  public static func hasUnsealedWrites(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sync_capture)") ?? false
  }

  /// What changesets beyond a position changed in some tables, in the order of their arrival.
  ///
  /// What is not sealed yet, waits for others, or was compacted is left out.
  ///
  /// - Complexity: Decodes the changesets beyond the position.
  public func changes(
    after position: LogPosition, in tables: Set<String>, _ db: Database
  ) throws -> [LaterChange] {
    let nodes = try NodeDirectory(db)
    var changes: [LaterChange] = []
    let log = try GRDB.Row.fetchCursor(
      db,
      sql: """
        SELECT node_no, sequence, header, body, received_at FROM sync_changeset
        WHERE body IS NOT NULL AND state = 'applied' ORDER BY log_no
        """)
    while let row = try log.next() {
      let author = nodes[row["node_no"]].facts
      let sequence: Int64 = row["sequence"]
      guard sequence > position[author.id] ?? 0 else { continue }
      let header = try environment.codec.decodeHeader(Array(row["header"] as Data)).header
      let groups = try environment.codec.decodeBody(Array(row["body"] as Data), header: header)
      for group in groups where tables.contains(group.table) {
        for change in 0..<group.count {
          let written = group.columns.indices.filter {
            group.kind == .update || group.values[$0].kinds[change] != 0
          }
          changes.append(
            LaterChange(
              author: author,
              atMilliseconds: HybridTimestamp(rawValue: group.timestamps[change]).milliseconds,
              arrivedAt: row["received_at"], table: group.table,
              key: group.keys.map { $0[change].text }, kind: group.kind,
              columns: written.map { group.columns[$0] }))
        }
      }
    }
    return changes
  }
}
