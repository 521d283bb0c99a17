/// A changeset of a node's log by its number and hash: equal marks have equal logs before them.
public struct LogMark: Hashable, Sendable {
  /// Its number in its author's log, from 1.
  public var sequence: Int64
  /// Its hash, 32 bytes.
  public var hash: [UInt8]

  /// The changeset `sequence` with `hash`.
  public init(sequence: Int64, hash: [UInt8]) {
    self.sequence = sequence
    self.hash = hash
  }
}
