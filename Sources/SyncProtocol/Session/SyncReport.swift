/// Something out of the ordinary that a sync met and mended, to be told in one sentence.
public enum SyncEvent: String, Codable, Hashable, Sendable, CaseIterable {
  /// This replica was restored from a backup or copied: it took a new identity, and what it had not
  /// sent was written again under that.
  case newIdentity = "new_identity"
  /// The centre was restored from a backup: it was sent again what it had lost.
  case centreRestored = "centre_restored"
  /// A new replica took the centre's content at once instead of its whole history.
  case started = "started"
  /// This replica was away for longer than the centre keeps its log: it took the centre's content
  /// anew, with what it had not sent on top.
  case caughtUp = "caught_up"
  /// Changes were put aside, since this replica's office may not make them.
  case withheld = "withheld"
  /// Changes that were put aside are admitted now.
  case admitted = "admitted"
  /// Personal values were erased here, as the centre ordered.
  case erased = "erased"
}

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
  /// Changes whose personal values this replica's office may read by now, and got.
  public var disclosed = 0
  /// Rows of this replica that were not what their changes make of them, and were put right.
  public var repaired = 0
  /// What was out of the ordinary, each once, in the order in which it came up.
  public var events: [SyncEvent] = []
  /// Bytes of the bodies sent.
  public var bytesSent = 0
  /// Bytes of the bodies received.
  public var bytesReceived = 0
  /// Whether both sides were proved identical; nil when they had not received the same, so nothing
  /// follows.
  public var verified: Bool?

  /// Nothing done.
  public init() {}

  mutating func note(_ event: SyncEvent) {
    if !events.contains(event) { events.append(event) }
  }
}
