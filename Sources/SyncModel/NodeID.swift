/// The permanent identity of a participant in sync: 128 random bits, never used twice.
///
/// A replica that was restored from a backup or copied to another machine takes a new one.
public struct NodeID: Hashable, Sendable, Comparable {
  /// The first eight bytes, big-endian.
  public let high: UInt64

  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// An identity from its two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The author of rows that came with the schema: everybody has seen them.
  public static let ground = NodeID(high: 0, low: 0)

  /// A new identity from `generator`.
  public static func random(using generator: inout some RandomNumberGenerator) -> NodeID {
    NodeID(high: generator.next(), low: generator.next())
  }

  /// The order used to break ties between equal timestamps.
  public static func < (left: NodeID, right: NodeID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// An identity from 16 bytes, or nil when there are more or fewer.
  public init?(bytes: some Sequence<UInt8>) {
    var halves: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in bytes {
      if count < 8 {
        halves.0 = halves.0 << 8 | UInt64(byte)
      } else {
        halves.1 = halves.1 << 8 | UInt64(byte)
      }
      count += 1
    }
    guard count == 16 else { return nil }
    self.init(high: halves.0, low: halves.1)
  }

  /// The 16 bytes, big-endian.
  public var bytes: [UInt8] {
    [high, low].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) }
    }
  }
}

extension NodeID: LosslessStringConvertible {
  /// An identity from its 32 hexadecimal digits.
  public init?(_ description: String) {
    guard description.utf8.count == 32,
      let high = UInt64(description.prefix(16), radix: 16),
      let low = UInt64(description.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// 32 lowercase hexadecimal digits.
  public var description: String {
    hexadecimal(bytes)
  }
}

/// Two lowercase hexadecimal digits a byte.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
