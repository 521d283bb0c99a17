internal import Replica

/// The names under which a replica keeps what it knows of its centre.
public enum SyncSettings {
  /// The centre's epoch.
  public static let epoch = "central_epoch"
  /// How far the centre's log was read.
  public static let logNumber = "central_log_number"
  /// The last own changeset that the centre acknowledged.
  public static let acknowledgedSequence: String = Replica.acknowledgedSequence
  /// When every row was last compared with its hash: milliseconds since 1970 by this machine's
  /// clock.
  public static let lastAudit = "last_audit"
  /// What every node that syncs has seen, as the centre said at the last hello: hexadecimal digits of
  /// an encoded knowledge.
  public static let stable = "stable_knowledge"
  /// What the centre has compacted up to, in the same form.
  public static let released = "released_knowledge"
  /// `true` where the centre gives personal values to their readers alone.
  public static let readingReserved = "reading_reserved"
  /// What was out of the ordinary at the last sync: names of ``SyncEvent``, with commas between.
  public static let lastEvents = "last_sync_events"
  /// When the last sync ended well: milliseconds since 1970 by this machine's clock.
  public static let lastSync = "last_sync"
  /// What the last comparison of digests came to: `true`, `false`, or nothing where none was
  /// possible.
  public static let verified = "last_sync_verified"
}
