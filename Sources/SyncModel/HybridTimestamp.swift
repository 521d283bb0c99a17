/// A hybrid logical clock value: milliseconds since 1970 in the upper 48 bits, a counter in the
/// lower 16.
///
/// It follows the wall clock where that moves on and counts where it does not, so a node's own
/// values grow even when its clock stands still or runs back (Kulkarni et al., "Logical Physical
/// Clocks", 2014).
public struct HybridTimestamp: Hashable, Sendable, Comparable {
  /// Both parts in one integer, which orders as the timestamp does.
  public let rawValue: Int64

  /// A timestamp from its stored form.
  public init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  /// The first timestamp of a millisecond since 1970.
  public init(milliseconds: Int64) {
    rawValue = milliseconds << 16
  }

  /// Milliseconds since 1970.
  public var milliseconds: Int64 {
    rawValue >> 16
  }

  /// The next timestamp for an event at `milliseconds`: greater than this one.
  public func advanced(toMilliseconds milliseconds: Int64) -> HybridTimestamp {
    HybridTimestamp(rawValue: max(rawValue + 1, milliseconds << 16))
  }

  /// Earlier before later.
  public static func < (left: HybridTimestamp, right: HybridTimestamp) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What decides between concurrent writes: the timestamp, below every measured one where the
/// author's clock was never compared with the centre's.
///
/// So a laptop whose clock runs a year ahead and that never met the centre wins over nobody whose
/// clock is known.
public struct WriteRank: Hashable, Sendable, Comparable {
  private static let unmeasuredShift: Int64 = 1 << 62

  /// The rank in one integer: negative for an unmeasured clock.
  public let rawValue: Int64

  /// A rank from its stored form.
  public init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  /// The rank of a write at `timestamp`.
  ///
  /// A time before 1970 or beyond what 62 bits hold, which only a broken or hostile author means,
  /// counts as the nearest that can be.
  public init(_ timestamp: HybridTimestamp, clockIsMeasured: Bool) {
    let time = min(max(timestamp.rawValue, 0), Self.unmeasuredShift - 1)
    rawValue = clockIsMeasured ? time : time - Self.unmeasuredShift
  }

  /// The rank of rows that came with the schema: below everything.
  public static let ground = WriteRank(rawValue: .min)

  /// The write's timestamp.
  public var timestamp: HybridTimestamp {
    HybridTimestamp(
      rawValue: rawValue < 0 && rawValue != .min
        ? rawValue + Self.unmeasuredShift : max(0, rawValue))
  }

  /// Weaker before stronger.
  public static func < (left: WriteRank, right: WriteRank) -> Bool {
    left.rawValue < right.rawValue
  }
}
