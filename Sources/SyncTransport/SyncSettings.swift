internal import Replica

/// The names under which a replica keeps what it knows of its centre.
public enum SyncSettings {
  /// The centre's epoch.
  public static let epoch = "central_epoch"
  /// How far the centre's log was read.
  public static let logNumber = "central_log_number"
  /// The last own changeset that the centre acknowledged.
  public static let acknowledgedSequence: String = Replica.acknowledgedSequence
  /// When the last sync ended well: milliseconds since 1970 by this machine's clock.
  public static let lastSync = "last_sync"
  /// What the last comparison of digests came to: `true`, `false`, or nothing where none was
  /// possible.
  public static let verified = "last_sync_verified"
}
