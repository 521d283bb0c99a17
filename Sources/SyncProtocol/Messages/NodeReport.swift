/// What a replica says of itself at the end of a sync, so that the centre can show it.
///
/// JSON. It changes nothing in what syncs.
public struct NodeReport: Codable, Hashable, Sendable {
  /// 16 KiB.
  public static let sizeLimit = 16 << 10

  /// Whether the digests were equal; nil where the two could not be compared.
  public var verified: Bool?
  /// How many rows the synced tables have.
  public var rows: Int64
  /// Changes (rows) that the centre has not acknowledged.
  public var unsent: Int
  /// Open conflicts.
  public var conflicts: Int
  /// Changes in quarantine.
  public var quarantined: Int
  /// The program that syncs.
  public var program: String?

  /// A report of all its parts.
  public init(
    verified: Bool?,
    rows: Int64,
    unsent: Int,
    conflicts: Int,
    quarantined: Int,
    program: String?
  ) {
    self.verified = verified
    self.rows = rows
    self.unsent = unsent
    self.conflicts = conflicts
    self.quarantined = quarantined
    self.program = program
  }
}
