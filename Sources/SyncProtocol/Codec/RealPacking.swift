internal import SyncModel

/// Doubles as integers of hundredths where that is what they are, else as bit patterns.
///
/// Always exact.
enum RealPacking {
  /// The greatest integer below which every integer is a double.
  private static let exactLimit = 0x1p53

  /// Packs doubles given as bit patterns.
  static func pack(_ patterns: [Int64], into sections: inout SectionWriter) -> WireReals {
    var wire = WireReals()
    for scale in [1, 10, 100, 1000] {
      guard let scaled = scaled(patterns, by: Double(scale)) else { continue }
      wire.scale = UInt32(scale)
      wire.integers = IntegerPacking.pack(scaled, into: &sections)
      return wire
    }
    wire.integers = IntegerPacking.pack(patterns, into: &sections)
    return wire
  }

  private static func scaled(_ patterns: [Int64], by scale: Double) -> [Int64]? {
    var scaled: [Int64] = []
    scaled.reserveCapacity(patterns.count)
    for pattern in patterns {
      let value = Double(bitPattern: UInt64(bitPattern: pattern))
      let product = (value * scale).rounded()
      guard product.magnitude < exactLimit,
        Int64(bitPattern: (product / scale).bitPattern) == pattern,
        !(product == 0 && product.sign == .minus)
      else { return nil }
      scaled.append(Int64(product))
    }
    return scaled
  }

  /// Takes `count` doubles, as bit patterns.
  static func unpack(
    _ wire: WireReals,
    count: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> [Int64] {
    guard [0, 1, 10, 100, 1000].contains(wire.scale) else {
      throw .malformed("reals scaled by \(wire.scale)")
    }
    var patterns = try IntegerPacking.unpack(wire.integers, count: count, from: &sections)
    if wire.scale != 0 {
      let scale = Double(wire.scale)
      for index in patterns.indices {
        patterns[index] = Int64(bitPattern: (Double(patterns[index]) / scale).bitPattern)
      }
    }
    return patterns
  }
}
