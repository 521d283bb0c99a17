/// The 16-byte identifiers of a changeset, each once, in order of first use.
///
/// Random bytes are what nothing can compress: a participant inserted and then named by an
/// attendance pays for
/// its identifier once.
struct IdentifierDictionary {
  /// How an identifier is written.
  enum Form {
    /// 36 characters: 8-4-4-4-12 lowercase hexadecimal digits.
    case uuid
    /// 32 lowercase hexadecimal digits.
    case hexadecimal

    init?(length: Int) {
      switch length {
      case 36: self = .uuid
      case 32: self = .hexadecimal
      default: return nil
      }
    }

    var length: Int {
      self == .uuid ? 36 : 32
    }
  }

  private static let notADigit: UInt8 = 0xff
  private static let digits = Array("0123456789abcdef".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: notADigit, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  private var high: [UInt64] = []
  private var low: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 64)

  var count: Int {
    high.count
  }

  /// The identifiers, 16 bytes each, big-endian.
  func append(to sections: inout SectionWriter) {
    sections.append(count: 16 * count) { target in
      for index in 0..<count {
        for byte in 0..<8 {
          target[16 * index + byte] = UInt8(truncatingIfNeeded: high[index] >> (56 - 8 * byte))
          target[16 * index + 8 + byte] = UInt8(truncatingIfNeeded: low[index] >> (56 - 8 * byte))
        }
      }
    }
  }

  /// References to the identifiers that `spans` are, or nil when one of them is none.
  ///
  /// Nothing is added then but what came before it.
  mutating func references(to spans: [Int64], in bytes: UnsafeRawBufferPointer) -> (Form, [Int64])?
  {
    guard let first = spans.first, let form = Form(length: Int(first & 0xffff_ffff)) else {
      return nil
    }
    let length = Int64(form.length)
    var parsed: [(UInt64, UInt64)] = []
    parsed.reserveCapacity(spans.count)
    for span in spans {
      guard span & 0xffff_ffff == length,
        let value = Self.parse(bytes, at: Int(span >> 32), as: form)
      else { return nil }
      parsed.append(value)
    }
    var references: [Int64] = []
    references.reserveCapacity(spans.count)
    for value in parsed { references.append(Int64(insert(value))) }
    return (form, references)
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer,
    at offset: Int,
    as form: Form
  ) -> (UInt64, UInt64)? {
    var halves: (UInt64, UInt64) = (0, 0)
    var invalid: UInt8 = 0
    var position = offset
    return values.withUnsafeBufferPointer { values in
      for digit in 0..<32 {
        if form == .uuid, digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          if bytes[position] != UInt8(ascii: "-") { invalid = notADigit }
          position += 1
        }
        let value = values[Int(bytes[position])]
        position += 1
        invalid |= value
        if digit < 16 {
          halves.0 = halves.0 << 4 | UInt64(value & 15)
        } else {
          halves.1 = halves.1 << 4 | UInt64(value & 15)
        }
      }
      return invalid & 0xf0 == 0 ? halves : nil
    }
  }

  private mutating func insert(_ value: (UInt64, UInt64)) -> Int {
    if 2 * count >= slots.count { grow() }
    var slot = Self.hash(value) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if high[index] == value.0, low[index] == value.1 { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    high.append(value.0)
    low.append(value.1)
    return count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 4 * slots.count)
    for index in 0..<count {
      var slot = Self.hash((high[index], low[index])) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }

  private static func hash(_ value: (UInt64, UInt64)) -> Int {
    let mixed = (value.0 ^ (value.1 &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 24)
  }
}

/// The identifiers of a changeset that is read, written out at most once in each form and then
/// shared by all columns that refer to them.
struct IdentifierTexts {
  let count: Int
  private let raw: UnsafeRawBufferPointer
  private var uuids: [UInt8]?
  private var hexadecimals: [UInt8]?

  init(raw: UnsafeRawBufferPointer) {
    self.raw = raw
    count = raw.count / 16
  }

  mutating func text(_ form: IdentifierDictionary.Form) -> [UInt8] {
    switch form {
    case .uuid:
      let text = uuids ?? written(form)
      uuids = text
      return text
    case .hexadecimal:
      let text = hexadecimals ?? written(form)
      hexadecimals = text
      return text
    }
  }

  private func written(_ form: IdentifierDictionary.Form) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [UInt8](unsafeUninitializedCapacity: count * form.length) { target, initialized in
      var position = 0
      for index in 0..<count {
        for byte in 0..<16 {
          if form == .uuid, byte == 4 || byte == 6 || byte == 8 || byte == 10 {
            target.initializeElement(at: position, to: UInt8(ascii: "-"))
            position += 1
          }
          let value = Int(raw[16 * index + byte])
          target.initializeElement(at: position, to: digits[value >> 4])
          target.initializeElement(at: position + 1, to: digits[value & 15])
          position += 2
        }
      }
      initialized = position
    }
  }
}
