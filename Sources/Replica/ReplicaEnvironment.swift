public import SyncModel

/// What a replica takes from outside, so that a simulation can decide it.
public struct ReplicaEnvironment: Sendable {
  /// How soon a commit is on the disk.
  public enum Durability: String, Sendable {
    /// Every commit is flushed: a power cut loses nothing that was committed.
    case full = "FULL"
    /// A power cut may lose the last commits, never the database. For measuring and tests.
    case normal = "NORMAL"
    /// The operating system decides. For simulations.
    case off = "OFF"
  }

  /// The wall clock, in milliseconds since 1970.
  public var now: @Sendable () -> Int64
  /// A new identity.
  public var newNodeID: @Sendable () -> NodeID
  /// The format of changesets.
  public var codec: any ChangesetCoding
  /// Where private keys are kept.
  public var keys: any SigningKeys
  /// How soon commits reach the disk.
  public var durability: Durability

  /// An environment of all its parts.
  public init(
    now: @escaping @Sendable () -> Int64,
    newNodeID: @escaping @Sendable () -> NodeID,
    codec: any ChangesetCoding,
    keys: any SigningKeys,
    durability: Durability = .full
  ) {
    self.now = now
    self.newNodeID = newNodeID
    self.codec = codec
    self.keys = keys
    self.durability = durability
  }
}
