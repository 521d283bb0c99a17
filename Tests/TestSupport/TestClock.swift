import Synchronization

/// A wall clock that tests set: milliseconds since 1970.
public final class TestClock: Sendable {
  private let value: Mutex<Int64>

  /// A clock that stands at `milliseconds`; 1 January 2026 unless said.
  public init(_ milliseconds: Int64 = 1_767_225_600_000) {
    value = Mutex(milliseconds)
  }

  /// What it shows.
  public var now: Int64 {
    value.withLock { $0 }
  }

  /// Moves it, back if negative.
  public func advance(_ milliseconds: Int64) {
    value.withLock { $0 += milliseconds }
  }
}

/// Identities in order, decided by a seed.
public final class TestIdentities: Sendable {
  private let generator: Mutex<SeededGenerator>

  /// The identities of `seed`.
  public init(seed: UInt64) {
    generator = Mutex(SeededGenerator(seed: seed))
  }

  /// The next two halves of an identity.
  public func next() -> (UInt64, UInt64) {
    generator.withLock { ($0.next(), $0.next()) }
  }
}
