/// What a sync did.
///
/// Counts are changes (rows).
public struct SyncReport: Codable, Hashable, Sendable {
  /// Own changes that the centre acknowledged.
  public var pushed = 0
  /// Changes that came from the centre and were taken in.
  public var pulled = 0
  /// Conflicts that opened here.
  public var conflicts = 0
  /// Changes that went into quarantine here.
  public var quarantined = 0
  /// Rows of this replica that were not what their changes make of them, and were put right.
  public var repaired = 0
  /// Bytes of the bodies sent.
  public var bytesSent = 0
  /// Bytes of the bodies received.
  public var bytesReceived = 0
  /// Whether both sides were proved identical; nil when they had not received the same, so nothing
  /// follows.
  public var verified: Bool?

  /// Nothing done.
  public init() {}
}
