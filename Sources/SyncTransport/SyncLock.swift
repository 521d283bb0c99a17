#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Keeps a second process from syncing the same replica at the same time.
///
/// Ends with the process, however it ends.
final class SyncLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock beside a replica.
  ///
  /// - Throws: ``SyncError`` `busy` when another process holds it, `unwritable` when no lock can be
  ///   put there.
  init(replica path: String) throws(SyncError) {
    descriptor = open(path + ".sync-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .busy(path: path)
    }
  }

  deinit {
    close(descriptor)
  }
}
