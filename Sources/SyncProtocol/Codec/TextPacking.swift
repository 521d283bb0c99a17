internal import SyncModel

/// Texts or blobs of one column: references to identifiers, a dictionary, or one after another.
enum TextPacking {
  /// Fewer values than this are not worth a dictionary.
  private static let dictionaryMinimum = 8
  /// After this many values it is clear whether they repeat.
  private static let dictionarySample = 512

  /// Packs the values that `spans` (offset << 32 | length) cut from `bytes`.
  static func pack(
    _ spans: [Int64],
    in bytes: UnsafeRawBufferPointer,
    identifiers: inout IdentifierDictionary,
    into sections: inout SectionWriter
  ) -> WireTexts {
    var wire = WireTexts()
    if let (form, references) = identifiers.references(to: spans, in: bytes) {
      wire.form = form == .uuid ? .uuid : .hexadecimal
      wire.references = IntegerPacking.pack(references, into: &sections)
      return wire
    }
    if let (entries, references) = dictionary(of: spans, in: bytes) {
      wire.form = .dictionary
      wire.entries = UInt32(entries.count)
      packBytes(entries, in: bytes, wire: &wire, into: &sections)
      wire.references = IntegerPacking.pack(references, into: &sections)
      return wire
    }
    packBytes(spans, in: bytes, wire: &wire, into: &sections)
    return wire
  }

  private static func packBytes(
    _ spans: [Int64],
    in bytes: UnsafeRawBufferPointer,
    wire: inout WireTexts,
    into sections: inout SectionWriter
  ) {
    let prefix = commonPrefix(of: spans, in: bytes)
    var lengths: [Int64] = []
    lengths.reserveCapacity(spans.count)
    var size = 0
    for span in spans {
      let length = Int(span & 0xffff_ffff) - prefix
      lengths.append(Int64(length))
      size += length
    }
    wire.prefix = UInt32(prefix)
    wire.size = UInt64(size)
    if prefix > 0, let first = spans.first {
      let start = Int(first >> 32)
      sections.append(UnsafeRawBufferPointer(rebasing: bytes[start..<start + prefix]))
    }
    wire.lengths = IntegerPacking.pack(lengths, into: &sections)
    sections.append(count: size) { target in
      var position = 0
      for span in spans {
        let length = Int(span & 0xffff_ffff) - prefix
        guard length > 0, let base = bytes.baseAddress else { continue }
        (target + position).withMemoryRebound(to: UInt8.self, capacity: length) { target in
          UnsafeMutableRawPointer(target)
            .copyMemory(from: base + Int(span >> 32) + prefix, byteCount: length)
        }
        position += length
      }
    }
  }

  private static func commonPrefix(of spans: [Int64], in bytes: UnsafeRawBufferPointer) -> Int {
    guard let first = spans.first, spans.count > 1 else { return 0 }
    let start = Int(first >> 32)
    var prefix = Int(first & 0xffff_ffff)
    for span in spans.dropFirst() {
      if prefix == 0 { break }
      let offset = Int(span >> 32)
      var common = 0
      let limit = min(prefix, Int(span & 0xffff_ffff))
      while common < limit, bytes[start + common] == bytes[offset + common] { common += 1 }
      prefix = common
    }
    return prefix
  }

  private static func dictionary(
    of spans: [Int64],
    in bytes: UnsafeRawBufferPointer
  ) -> (entries: [Int64], references: [Int64])? {
    guard spans.count >= dictionaryMinimum else { return nil }
    var dictionary = SpanDictionary(bytes: bytes)
    var references: [Int64] = []
    references.reserveCapacity(spans.count)
    let limit = spans.count / 2
    for (index, span) in spans.enumerated() {
      references.append(Int64(dictionary.insert(span)))
      if dictionary.entries.count > limit { return nil }
      if index == dictionarySample, dictionary.entries.count * 10 > dictionarySample * 9 {
        return nil
      }
    }
    return (dictionary.entries, references)
  }

  /// Takes `count` values.
  ///
  /// - Returns: Their spans, and the bytes these point into.
  static func unpack(
    _ wire: WireTexts,
    count: Int,
    identifiers: inout IdentifierTexts,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> (spans: [Int64], bytes: [UInt8]) {
    switch wire.form {
    case .plain:
      return try unpackBytes(wire, count: count, from: &sections)
    case .dictionary:
      guard wire.entries <= count else {
        throw .malformed("a dictionary of \(wire.entries) for \(count) values")
      }
      let (entries, bytes) = try unpackBytes(wire, count: Int(wire.entries), from: &sections)
      var spans = try references(wire, count: count, limit: entries.count, from: &sections)
      var size = 0
      for index in spans.indices {
        spans[index] = entries[Int(spans[index])]
        size += Int(spans[index] & 0xffff_ffff)
      }
      try sections.spendText(size)
      return (spans, bytes)
    case .uuid, .hexadecimal:
      let form: IdentifierDictionary.Form = wire.form == .uuid ? .uuid : .hexadecimal
      var spans = try references(wire, count: count, limit: identifiers.count, from: &sections)
      let length = Int64(form.length)
      try sections.spendText(count * form.length)
      for index in spans.indices { spans[index] = (spans[index] * length) << 32 | length }
      return (spans, identifiers.text(form))
    case .UNRECOGNIZED(let form):
      throw .malformed("texts of form \(form)")
    }
  }

  private static func references(
    _ wire: WireTexts,
    count: Int,
    limit: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> [Int64] {
    let references = try IntegerPacking.unpack(wire.references, count: count, from: &sections)
    for reference in references where reference < 0 || reference >= limit {
      throw .malformed("a reference to entry \(reference) of \(limit)")
    }
    return references
  }

  private static func unpackBytes(
    _ wire: WireTexts,
    count: Int,
    from sections: inout SectionReader
  ) throws(ChangesetError) -> (spans: [Int64], bytes: [UInt8]) {
    let prefix = try sections.take(Int(wire.prefix))
    var spans = try IntegerPacking.unpack(wire.lengths, count: count, from: &sections)
    guard let size = Int(exactly: wire.size) else {
      throw .malformed("texts of \(wire.size) bytes")
    }
    let source = try sections.take(size)
    let expanded = prefix.count.multipliedReportingOverflow(by: count)
    guard !expanded.overflow, expanded.partialValue <= CodecLimits.textSize else {
      throw .tooLarge(size: .max, limit: CodecLimits.textSize)
    }
    try sections.spendText(expanded.partialValue + size)
    var position = 0
    for index in spans.indices {
      let length = spans[index]
      guard length >= 0, length <= size - position else {
        throw .malformed("a text of \(length) bytes where \(size - position) are left")
      }
      let offset = Int64(position + index * prefix.count)
      spans[index] = offset << 32 | (length + Int64(prefix.count))
      position += Int(length)
    }
    guard position == size else { throw .malformed("\(size - position) bytes of text too many") }
    if prefix.isEmpty { return (spans, [UInt8](source)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expanded.partialValue + size)
    var start = 0
    for span in spans {
      let length = Int(span & 0xffff_ffff) - prefix.count
      bytes.append(contentsOf: prefix)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[start..<start + length]))
      start += length
    }
    return (spans, bytes)
  }
}

/// Distinct byte spans in order of first use: an open-addressed table that makes no strings.
struct SpanDictionary {
  private let bytes: UnsafeRawBufferPointer
  private(set) var entries: [Int64] = []
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 256)

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  mutating func insert(_ span: Int64) -> Int {
    if 2 * entries.count >= slots.count { grow() }
    let hash = hash(span)
    var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, isEqual(entries[index], span) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(entries.count)
    entries.append(span)
    hashes.append(hash)
    return entries.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 4 * slots.count)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }

  private func hash(_ span: Int64) -> UInt64 {
    let start = Int(span >> 32)
    let length = Int(span & 0xffff_ffff)
    var hash = UInt64(length) &* 0x9e37_79b9_7f4a_7c15
    var offset = 0
    while offset + 8 <= length {
      let word = bytes.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
      hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < length {
      rest = rest << 8 | UInt64(bytes[start + offset])
      offset += 1
    }
    hash = (hash ^ rest) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ hash >> 29
  }

  private func isEqual(_ left: Int64, _ right: Int64) -> Bool {
    let length = Int(left & 0xffff_ffff)
    guard length == Int(right & 0xffff_ffff) else { return false }
    let leftStart = Int(left >> 32)
    let rightStart = Int(right >> 32)
    return bytes[leftStart..<leftStart + length].elementsEqual(
      bytes[rightStart..<rightStart + length])
  }
}
