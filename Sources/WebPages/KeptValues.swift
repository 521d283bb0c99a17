package import GRDB
internal import NIOPosix
package import Replica
internal import Synchronization

/// What takes a pass over the records, kept until the records change.
///
/// A page is answered from memory as long as nobody wrote; the first after a write computes again.
/// Any thread may ask; two that ask at once may both compute.
package final class KeptValues: Sendable {
  /// What a kept result was computed from: see ``version(_:)``.
  private typealias Version = [DatabaseValue]

  private struct Recent {
    var version: Version
    var value: any Sendable
    var computedAt: ContinuousClock.Instant
    var at: Int64
    var took: Duration
  }

  /// A value that may be older than the records.
  package struct Known<Value: Sendable>: Sendable {
    package let value: Value
    /// Whether nobody has written since it was computed.
    package let isCurrent: Bool
    /// When it was computed, milliseconds since 1970.
    package let at: Int64
  }

  /// What took less is computed anew at once: nobody notices, and nothing is shown that is older.
  private static let unnoticed = Duration.milliseconds(40)

  private struct Kept {
    var version: Version?
    var values: [String: any Sendable] = [:]
    /// What may be shown though it is older, and what it was computed from.
    var recent: [String: Recent] = [:]
    var underway: Set<String> = []
  }

  /// More tables than people look at in a day are not kept.
  private static let limit = 64

  private let replica: Replica
  private let now: @Sendable () -> Int64
  private let kept = Mutex(Kept())

  /// Values computed from `replica`; `now` is milliseconds since 1970.
  package init(_ replica: Replica, now: @escaping @Sendable () -> Int64) {
    self.replica = replica
    self.now = now
  }

  /// A value that was computed since the last write, or is now.
  package func value<Value: Sendable>(
    _ name: String, _ compute: (Database) throws -> Value
  ) throws -> Value {
    try replica.read { db in
      let version = try Self.version(db)
      let found = kept.withLock { kept -> Value? in
        if kept.version != version || kept.values.count > Self.limit {
          kept.version = version
          kept.values = [:]
        }
        // Asked first: nothing kept would pass for a kept nil where the value is an optional.
        guard let value = kept.values[name] else { return nil }
        return value as? Value
      }
      if let found { return found }
      let value = try compute(db)
      kept.withLock { kept in
        if kept.version == version { kept.values[name] = value }
      }
      return value
    }
  }

  /// The last known value at once, computed anew in the background where it is older than the
  /// records; computed now where there is none, or where that takes no time worth speaking of.
  ///
  /// In the background, computing takes at most a twentieth of the time, however often somebody
  /// writes.
  package func recent<Value: Sendable>(
    _ name: String, _ compute: @escaping @Sendable (Database) throws -> Value
  ) throws -> Known<Value> {
    let version = try replica.read { db in try Self.version(db) }
    let (found, isUnderway) = kept.withLock { ($0.recent[name], $0.underway.contains(name)) }
    guard let found, let value = found.value as? Value else { return try refresh(name, compute) }
    if found.version == version { return Known(value: value, isCurrent: true, at: found.at) }
    if found.took < Self.unnoticed { return try refresh(name, compute) }
    let pause = ContinuousClock.now - found.computedAt
    if !isUnderway, pause > found.took * 20 {
      kept.withLock { _ = $0.underway.insert(name) }
      NIOThreadPool.singleton.submit { _ in
        _ = try? self.refresh(name, compute)
        self.kept.withLock { _ = $0.underway.remove(name) }
      }
    }
    return Known(value: value, isCurrent: false, at: found.at)
  }

  /// Whether ``recent(_:_:)`` would answer at once.
  package func knows(_ name: String) -> Bool {
    kept.withLock { $0.recent[name] != nil }
  }

  private func refresh<Value: Sendable>(
    _ name: String, _ compute: (Database) throws -> Value
  ) throws -> Known<Value> {
    let (start, at) = (ContinuousClock.now, now())
    let (version, value) = try replica.read { db in (try Self.version(db), try compute(db)) }
    let end = ContinuousClock.now
    kept.withLock {
      $0.recent[name] = Recent(
        version: version, value: value, computedAt: end, at: at, took: end - start)
      if $0.recent.count > Self.limit,
        let oldest = $0.recent.min(by: { $0.value.computedAt < $1.value.computedAt })?.key
      {
        $0.recent[oldest] = nil
      }
    }
    return Known(value: value, isCurrent: true, at: at)
  }

  /// Changes with every write that anybody makes to a synced table, sealed or not, and with what was
  /// sent, received or put aside.
  private static func version(_ db: Database) throws -> Version {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT (SELECT max(sequence) FROM sync_capture), (SELECT max(log_no) FROM sync_changeset),
            (SELECT sum(digest_1 >> 8) FROM sync_table), (SELECT sum(last_sequence) FROM sync_node),
            (SELECT count(*) FROM sync_conflict WHERE state = 'open'),
            (SELECT max(undone_at) FROM web_decision), (SELECT max(settled_at) FROM web_decision),
            (SELECT count(*) FROM sync_quarantine), (SELECT clock_offset_ms FROM sync_replica),
            (SELECT value FROM sync_setting WHERE name = 'acknowledged_sequence')
          """))
    return row.map { Array($0.databaseValues) } ?? []
  }
}
