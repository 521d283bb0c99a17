internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#endif

/// Whether there is room beside a database, tried by writing and not by asking: quotas, limits and
/// read-only disks answer only to that.
final class StorageProbe: Sendable {
  /// What keeps a central node from writing.
  enum Trouble: String {
    case full = "disk full"
    case unwritable = "cannot write"
  }

  /// As much as a small push needs in the write-ahead log.
  private static let size = 256 << 10
  /// In milliseconds: anybody may ask, and each try costs a flush.
  private static let interval: Int64 = 5000

  private let path: String
  private let now: @Sendable () -> Int64
  private let last = Mutex<(at: Int64, trouble: Trouble?)?>(nil)

  /// A probe beside the database at `path`; `now` is milliseconds since 1970.
  init(beside path: String, now: @escaping @Sendable () -> Int64) {
    self.path = path + ".probe"
    self.now = now
  }

  /// What is wrong, as of the last few seconds; nil where everything is well.
  func trouble() -> Trouble? {
    let time = now()
    return last.withLock { last in
      if let last, (0..<Self.interval).contains(time - last.at) { return last.trouble }
      let trouble = attempt()
      last = (time, trouble)
      return trouble
    }
  }

  private func attempt() -> Trouble? {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return Self.trouble(errno) }
    defer {
      close(file)
      unlink(path)
    }
    let bytes = [UInt8](repeating: 0, count: Self.size)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return Self.trouble(errno) }
      written += count
    }
    return fsync(file) == 0 ? nil : Self.trouble(errno)
  }

  private static func trouble(_ code: Int32) -> Trouble {
    [ENOSPC, EDQUOT, EFBIG].contains(code) ? .full : .unwritable
  }
}
