internal import Synchronization

/// Slows down whoever tries passwords: after some failures for a name or from an address, each
/// further one doubles the wait.
///
/// Kept in memory; at most some thousand entries.
final class SignInThrottle: Sendable {
  private struct Record {
    var failures: Int
    var last: Int64
  }

  private static let free = 5
  private static let longest: Int64 = 15 * 60 * 1000
  private static let capacity = 4096
  private let records = Mutex<[String: Record]>([:])

  /// Seconds until one of the keys may try again; 0 when all may.
  func wait(_ keys: [String], now: Int64) -> Int {
    records.withLock { records in
      keys.map { key in
        guard let record = records[key], record.failures >= Self.free else { return 0 }
        let pause = min(Self.longest, 1000 << Int64(min(record.failures - Self.free, 20)))
        return Int((max(0, record.last + pause - now) + 999) / 1000)
      }.max() ?? 0
    }
  }

  func fail(_ keys: [String], now: Int64) {
    records.withLock { records in
      if records.count > Self.capacity {
        records = records.filter { now - $0.value.last < Self.longest }
        if records.count > Self.capacity { records.removeAll() }
      }
      for key in keys {
        records[key] = Record(failures: (records[key]?.failures ?? 0) + 1, last: now)
      }
    }
  }

  func succeed(_ key: String) {
    records.withLock { _ = $0.removeValue(forKey: key) }
  }
}
