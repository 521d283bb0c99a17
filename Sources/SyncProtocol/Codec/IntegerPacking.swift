internal import Foundation
internal import SyncModel

/// Integers as distances from their least one, in byte planes; plain or from one to the next,
/// whichever says less.
enum IntegerPacking {
  /// As many values as tell which form is smaller.
  private static let sampleSize = 4096

  static func pack(_ values: [Int64], into sections: inout SectionWriter) -> WireIntegers {
    values.withUnsafeBufferPointer { pack($0, into: &sections) }
  }

  private static func pack(
    _ values: UnsafeBufferPointer<Int64>,
    into sections: inout SectionWriter
  ) -> WireIntegers {
    var wire = WireIntegers()
    guard let start = values.first else { return wire }
    var least = start
    var greatest = start
    var leastStep = Int64.max
    var greatestStep = Int64.min
    for index in 1..<max(1, values.count) {
      let value = values[index]
      let step = value &- values[index - 1]
      least = min(least, value)
      greatest = max(greatest, value)
      leastStep = min(leastStep, step)
      greatestStep = max(greatestStep, step)
    }
    let width = planes(from: least, to: greatest)
    let stepWidth = values.count > 1 ? planes(from: leastStep, to: greatestStep) : 8
    let count = values.count
    if prefersSteps(values, base: least, width: width, stepBase: leastStep, stepWidth: stepWidth) {
      wire.base = leastStep
      wire.width = UInt32(stepWidth)
      wire.first = start &- leastStep
      sections.append(count: count * stepWidth) { target in
        var last = start &- leastStep
        for index in 0..<count {
          var distance = UInt64(bitPattern: values[index] &- last &- leastStep)
          last = values[index]
          for plane in 0..<stepWidth {
            target[plane * count + index] = UInt8(truncatingIfNeeded: distance)
            distance >>= 8
          }
        }
      }
    } else {
      wire.base = least
      wire.width = UInt32(width)
      sections.append(count: count * width) { target in
        for index in 0..<count {
          var distance = UInt64(bitPattern: values[index] &- least)
          for plane in 0..<width {
            target[plane * count + index] = UInt8(truncatingIfNeeded: distance)
            distance >>= 8
          }
        }
      }
    }
    return wire
  }

  private static func planes(from least: Int64, to greatest: Int64) -> Int {
    (UInt64.bitWidth - UInt64(bitPattern: greatest &- least).leadingZeroBitCount + 7) / 8
  }

  private static func prefersSteps(
    _ values: UnsafeBufferPointer<Int64>,
    base: Int64,
    width: Int,
    stepBase: Int64,
    stepWidth: Int
  ) -> Bool {
    if values.count < 64 || width == 0 || stepWidth == 0 { return stepWidth < width }
    let sample = UnsafeBufferPointer(rebasing: values.prefix(sampleSize))
    let plain = entropy(sample, width: width) { values[$0] &- base }
    let steps = entropy(sample, width: stepWidth) {
      $0 == 0 ? 0 : values[$0] &- values[$0 - 1] &- stepBase
    }
    return steps < plain
  }

  /// Bits that the planes take when each is coded by how often its bytes occur (Shannon).
  private static func entropy(
    _ sample: UnsafeBufferPointer<Int64>,
    width: Int,
    distance: (Int) -> Int64
  ) -> Double {
    var counts = [Int32](repeating: 0, count: 256 * width)
    for index in sample.indices {
      var rest = UInt64(bitPattern: distance(index))
      for plane in 0..<width {
        counts[plane << 8 | Int(rest & 255)] += 1
        rest >>= 8
      }
    }
    let total = log2(Double(sample.count)) * Double(sample.count * width)
    return counts.reduce(into: total) { bits, count in
      if count > 1 { bits -= Double(count) * log2(Double(count)) }
    }
  }

  /// Takes `count` integers from the sections.
  static func unpack(
    _ wire: WireIntegers,
    count: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> [Int64] {
    guard wire.width <= 8 else { throw .malformed("integers of \(wire.width) bytes") }
    let width = Int(wire.width)
    let planes = try sections.take(count * width)
    let base = wire.base
    let hasSteps = wire.hasFirst
    let first = wire.first
    return [Int64](unsafeUninitializedCapacity: count) { target, initialized in
      for index in 0..<count {
        var distance: UInt64 = 0
        for plane in 0..<width {
          distance |= UInt64(planes[plane * count + index]) << (8 * UInt64(plane))
        }
        target.initializeElement(at: index, to: Int64(bitPattern: distance) &+ base)
      }
      if hasSteps {
        var last = first
        for index in 0..<count {
          last = last &+ target[index]
          target[index] = last
        }
      }
      initialized = count
    }
  }
}
