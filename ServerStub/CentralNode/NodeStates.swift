internal import GRDB
internal import Replica
internal import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where a node stood when it was last heard of, in its own words.
public struct NodeState: Hashable, Sendable {
  /// The last hello, in milliseconds since 1970.
  public var helloAt: Int64
  /// This machine's clock less the node's, in milliseconds.
  public var clockOffsetMilliseconds: Int64
  /// The node's schema version.
  public var schemaVersion: Int
  /// Changesets that the node had sealed and the centre did not have, at the hello.
  public var unsentChangesets: Int64
  /// What it said at the end of its last sync; nil where it has never come so far.
  public var report: Report?

  /// A state of all its parts.
  public init(
    helloAt: Int64, clockOffsetMilliseconds: Int64, schemaVersion: Int, unsentChangesets: Int64,
    report: Report? = nil
  ) {
    self.helloAt = helloAt
    self.clockOffsetMilliseconds = clockOffsetMilliseconds
    self.schemaVersion = schemaVersion
    self.unsentChangesets = unsentChangesets
    self.report = report
  }

  /// What a node said at the end of a sync.
  public struct Report: Hashable, Sendable {
    /// When, in milliseconds since 1970.
    public var at: Int64
    /// Whether both had the same rows; nil where they could not be compared.
    public var verified: Bool?
    /// The last time both had the same rows: when, and how many.
    public var lastProof: (at: Int64, rows: Int64)? {
      proofAt.map { ($0, proofRows ?? 0) }
    }
    var proofAt: Int64?
    var proofRows: Int64?
    /// Changes that had not been sent.
    public var unsent: Int
    /// Open conflicts.
    public var conflicts: Int
    /// Changes in quarantine there.
    public var quarantined: Int
    /// The program.
    public var program: String?
  }
}

extension AccessRegister {
  /// Keeps what a hello says.
  func noteState(
    _ access: NodeAccess, clockMilliseconds: Int64, schemaVersion: Int, unsentChangesets: Int64
  ) throws {
    let time = now()
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO central_node_state
            (token_hash, hello_at, clock_offset_ms, schema_version, unsent_changesets)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (token_hash) DO UPDATE SET hello_at = excluded.hello_at,
            clock_offset_ms = excluded.clock_offset_ms, schema_version = excluded.schema_version,
            unsent_changesets = excluded.unsent_changesets
          """,
        arguments: [
          Data(access.tokenHash), time, time.subtractingReportingOverflow(clockMilliseconds).0,
          schemaVersion, unsentChangesets,
        ])
    }
  }

  /// Keeps what a node said at the end of a sync; the last proof of equality outlives later reports.
  func noteReport(_ report: NodeReport, from access: NodeAccess) throws {
    let time = now()
    let isProof = report.verified == true
    try replica.write { db in
      try db.execute(
        sql: """
          UPDATE central_node_state SET report_at = ?, verified = ?,
            verified_at = coalesce(?, verified_at), verified_rows = coalesce(?, verified_rows),
            unsent = ?, conflicts = ?, quarantined = ?, program = ?
          WHERE token_hash = ?
          """,
        arguments: [
          time, report.verified, isProof ? time : nil, isProof ? report.rows : nil, report.unsent,
          report.conflicts, report.quarantined, report.program.map { String($0.prefix(80)) },
          Data(access.tokenHash),
        ])
    }
  }

  /// What is known of each credential that has said hello, by the hash of its token.
  public func states() throws -> [NodeAccess: NodeState] {
    let accesses = try all()
    let rows = try replica.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM central_node_state")
    }
    let states = Dictionary(
      rows.map { (Array($0["token_hash"] as Data), Self.state($0)) },
      uniquingKeysWith: { first, _ in first })
    return Dictionary(
      accesses.compactMap { access in states[access.tokenHash].map { (access, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func state(_ row: Row) -> NodeState {
    var state = NodeState(
      helloAt: row["hello_at"], clockOffsetMilliseconds: row["clock_offset_ms"],
      schemaVersion: row["schema_version"], unsentChangesets: row["unsent_changesets"])
    if let at: Int64 = row["report_at"] {
      state.report = NodeState.Report(
        at: at, verified: row["verified"], proofAt: row["verified_at"],
        proofRows: row["verified_rows"], unsent: row["unsent"] ?? 0,
        conflicts: row["conflicts"] ?? 0, quarantined: row["quarantined"] ?? 0,
        program: row["program"])
    }
    return state
  }
}
