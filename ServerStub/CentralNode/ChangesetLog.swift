public import Replica
public import SyncModel

/// The numbered log of changesets that a central node keeps.
///
/// What it took is durable.
///
/// The boundary behind which the log can move to a database that several central nodes share; each
/// then has
/// a replica of its own that follows the log.
public protocol ChangesetLog: Sendable {
  /// Takes changesets in; returns when they are on the disk.
  func append(_ changesets: [SignedChangeset], skippingForks: Bool) throws -> MergeReport

  /// The log after a number, as much as fits; at least one changeset if there is any.
  func page(after number: Int64, maxBytes: Int, leavingOut node: NodeID?) throws -> LogPage

  /// The last number.
  func end() throws -> Int64

  /// The last changeset of a node.
  func head(of node: NodeID) throws -> (sequence: Int64, counter: Int64, hash: [UInt8])?

  /// What has been received.
  func knowledge() throws -> Knowledge
}

/// The log in the replica's own SQLite file: one machine, nothing else to install.
public struct SQLiteChangesetLog: ChangesetLog {
  private let replica: Replica

  /// The log of `replica`.
  public init(_ replica: Replica) {
    self.replica = replica
  }

  /// Takes changesets in, each group in one transaction.
  public func append(_ changesets: [SignedChangeset], skippingForks: Bool) throws -> MergeReport {
    try replica.receive(changesets, skippingForks: skippingForks)
  }

  /// Part of the log, with what was written at the centre itself.
  public func page(
    after number: Int64,
    maxBytes: Int,
    leavingOut node: NodeID?
  ) throws -> LogPage {
    _ = try replica.seal()
    return try replica.log(after: number, maxBytes: maxBytes, leavingOut: node)
  }

  /// The last number.
  public func end() throws -> Int64 {
    try replica.log(after: .max, maxBytes: 0, leavingOut: nil).end
  }

  /// The last changeset of a node.
  public func head(of node: NodeID) throws -> (sequence: Int64, counter: Int64, hash: [UInt8])? {
    try replica.head(of: node)
  }

  /// What has been received.
  public func knowledge() throws -> Knowledge {
    try replica.knowledge()
  }
}
