internal import SyncModel

/// Hybrid timestamps as milliseconds and logical counts, the latter as what differs from counting
/// on.
enum TimestampPacking {
  static func pack(
    _ timestamps: [Int64],
    into sections: inout SectionWriter
  ) -> (milliseconds: WireIntegers, logical: WireIntegers) {
    var milliseconds: [Int64] = []
    var logical: [Int64] = []
    milliseconds.reserveCapacity(timestamps.count)
    logical.reserveCapacity(timestamps.count)
    var expected = Expectation()
    for timestamp in timestamps {
      let millisecond = timestamp >> 16
      let count = timestamp & 0xffff
      milliseconds.append(millisecond)
      logical.append(count - expected.count(at: millisecond))
      expected.note(millisecond, count)
    }
    return (
      IntegerPacking.pack(milliseconds, into: &sections),
      IntegerPacking.pack(logical, into: &sections)
    )
  }

  static func unpack(
    milliseconds: WireIntegers,
    logical: WireIntegers,
    count: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> [Int64] {
    var timestamps = try IntegerPacking.unpack(milliseconds, count: count, from: &sections)
    let differences = try IntegerPacking.unpack(logical, count: count, from: &sections)
    var expected = Expectation()
    for index in timestamps.indices {
      let millisecond = timestamps[index]
      guard millisecond >= Int64.min >> 16, millisecond <= Int64.max >> 16 else {
        throw .malformed("a timestamp of \(millisecond) ms")
      }
      let sum = differences[index].addingReportingOverflow(expected.count(at: millisecond))
      guard !sum.overflow, (0...0xffff).contains(sum.partialValue) else {
        throw .malformed("a timestamp's count outside 16 bits")
      }
      timestamps[index] = millisecond << 16 | sum.partialValue
      expected.note(millisecond, sum.partialValue)
    }
    return timestamps
  }

  private struct Expectation {
    private var last: (millisecond: Int64, count: Int64)?

    func count(at millisecond: Int64) -> Int64 {
      guard let last, last.millisecond == millisecond else { return 0 }
      return last.count + 1
    }

    mutating func note(_ millisecond: Int64, _ count: Int64) {
      last = (millisecond, count)
    }
  }
}
