internal import SyncModel

/// A column of values, kind by kind.
enum ColumnPacking {
  private static let kindCount = 5

  static func pack(
    _ column: ValueColumn,
    identifiers: inout IdentifierDictionary,
    into sections: inout SectionWriter
  ) throws(ChangesetError) -> WireColumn {
    var wire = WireColumn()
    var counts = [Int](repeating: 0, count: kindCount)
    for kind in column.kinds {
      guard kind < kindCount else { throw .malformed("a value of kind \(kind)") }
      counts[Int(kind)] += 1
    }
    let present = (1..<kindCount).filter { counts[$0] > 0 }
    guard let kind = present.first, let wireKind = WireValueKind(rawValue: kind) else {
      return wire
    }
    if present.count > 1 {
      wire.kinds = .mixed
      column.kinds.withUnsafeBytes { sections.append($0) }
    } else {
      wire.kind = wireKind
      if counts[0] > 0 {
        wire.kinds = .nullable
        packNulls(column.kinds, into: &sections)
      }
    }
    for kind in present {
      let words = words(of: UInt8(kind), count: counts[kind], in: column)
      column.bytes.withUnsafeBytes { bytes in
        switch kind {
        case 1: wire.integers = IntegerPacking.pack(words, into: &sections)
        case 2: wire.reals = RealPacking.pack(words, into: &sections)
        case 3:
          wire.texts = TextPacking.pack(
            words, in: bytes, identifiers: &identifiers, into: &sections)
        default:
          wire.blobs = TextPacking.pack(
            words, in: bytes, identifiers: &identifiers, into: &sections)
        }
      }
    }
    return wire
  }

  private static func packNulls(_ kinds: [UInt8], into sections: inout SectionWriter) {
    sections.append(count: (kinds.count + 7) / 8) { target in
      for (index, kind) in kinds.enumerated() where kind == 0 {
        target[index >> 3] |= 1 << UInt8(index & 7)
      }
    }
  }

  private static func words(of kind: UInt8, count: Int, in column: ValueColumn) -> [Int64] {
    if count == column.count { return column.words }
    var words: [Int64] = []
    words.reserveCapacity(count)
    for index in 0..<column.count where column.kinds[index] == kind {
      words.append(column.words[index])
    }
    return words
  }

  static func unpack(
    _ wire: WireColumn,
    count: Int,
    identifiers: inout IdentifierTexts,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> ValueColumn {
    guard (0..<kindCount).contains(wire.kind.rawValue) else {
      throw .malformed("a value of kind \(wire.kind.rawValue)")
    }
    let kinds = try unpackKinds(wire, count: count, from: &sections)
    var counts = [Int](repeating: 0, count: kindCount)
    for kind in kinds { counts[Int(kind)] += 1 }
    var words: [[Int64]] = Array(repeating: [], count: kindCount)
    var bytes: [UInt8] = []
    if counts[1] > 0 {
      words[1] = try IntegerPacking.unpack(wire.integers, count: counts[1], from: &sections)
    }
    if counts[2] > 0 {
      words[2] = try RealPacking.unpack(wire.reals, count: counts[2], from: &sections)
    }
    for (kind, texts) in [(3, wire.texts), (4, wire.blobs)] where counts[kind] > 0 {
      let unpacked = try TextPacking.unpack(
        texts, count: counts[kind], identifiers: &identifiers, from: &sections)
      words[kind] = unpacked.spans
      if bytes.isEmpty {
        bytes = unpacked.bytes
      } else {
        let shift = Int64(bytes.count) << 32
        for index in words[kind].indices { words[kind][index] += shift }
        bytes.append(contentsOf: unpacked.bytes)
      }
    }
    if let kind = (0..<kindCount).first(where: { counts[$0] == count }) {
      let all = kind == 0 ? [Int64](repeating: 0, count: count) : words[kind]
      return ValueColumn(kinds: kinds, words: all, bytes: bytes)
    }
    return ValueColumn(kinds: kinds, words: interleaved(words, by: kinds), bytes: bytes)
  }

  private static func unpackKinds(
    _ wire: WireColumn,
    count: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> [UInt8] {
    let kind = UInt8(wire.kind.rawValue)
    switch wire.kinds {
    case .uniform:
      return [UInt8](repeating: kind, count: count)
    case .nullable:
      let bits = try sections.take((count + 7) / 8)
      return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
        for index in 0..<count {
          let isNull = bits[index >> 3] >> UInt8(index & 7) & 1 == 1
          target.initializeElement(at: index, to: isNull ? 0 : kind)
        }
        initialized = count
      }
    case .mixed:
      let kinds = [UInt8](try sections.take(count))
      for kind in kinds where kind >= kindCount { throw .malformed("a value of kind \(kind)") }
      return kinds
    case .UNRECOGNIZED(let form):
      throw .malformed("kinds of form \(form)")
    }
  }

  private static func interleaved(_ words: [[Int64]], by kinds: [UInt8]) -> [Int64] {
    var next = [Int](repeating: 0, count: kindCount)
    return [Int64](unsafeUninitializedCapacity: kinds.count) { target, initialized in
      for (index, kind) in kinds.enumerated() {
        let kind = Int(kind)
        target.initializeElement(at: index, to: kind == 0 ? 0 : words[kind][next[kind]])
        next[kind] += 1
      }
      initialized = kinds.count
    }
  }
}
