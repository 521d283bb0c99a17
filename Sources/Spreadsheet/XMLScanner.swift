/// Reads the elements of an XML document in UTF-8, one event at a time.
///
/// Knows what spreadsheets need and no more: names without their prefixes, attributes, text, the five
/// entities and characters by number. A document that declares anything of its own is refused, so
/// that no entity can multiply. Linear in the document's size.
struct XMLScanner {
  enum Event {
    case open, close, text, end
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0
  private var isClosePending = false
  private var attributes = 0..<0
  private var content = 0..<0
  private var isLiteral = false

  /// The bytes of the element's name that was opened or closed, without a prefix.
  private(set) var name = 0..<0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  mutating func next() throws(SpreadsheetError) -> Event {
    if isClosePending {
      isClosePending = false
      depth -= 1
      return .close
    }
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        content = start..<position
        isLiteral = false
        return .text
      }
      guard position + 1 < bytes.count else { break }
      switch bytes[position + 1] {
      case UInt8(ascii: "?"):
        try skip(past: "?>", from: position + 2)
      case UInt8(ascii: "!"):
        if starts(with: "<!--") {
          try skip(past: "-->", from: position + 4)
        } else if starts(with: "<![CDATA[") {
          let start = position + 9
          try skip(past: "]]>", from: start)
          content = start..<position - 3
          isLiteral = true
          return .text
        } else {
          throw SpreadsheetError(.unsafe)
        }
      case UInt8(ascii: "/"):
        let start = position + 2
        try skip(past: ">", from: start)
        takeName(in: start..<position - 1)
        depth -= 1
        guard depth >= 0 else { throw SpreadsheetError(.damaged) }
        return .close
      default:
        try openElement()
        return .open
      }
    }
    guard depth == 0, position >= bytes.count else { throw SpreadsheetError(.damaged) }
    return .end
  }

  func isNamed(_ text: StaticString) -> Bool {
    matches(name, text)
  }

  /// The value of an attribute by its name without a prefix.
  func attribute(_ name: StaticString) -> String? {
    value(name).map { Self.decoded(bytes[$0]) }
  }

  /// The bytes of an attribute's value, undecoded.
  func rawAttribute(_ name: StaticString) -> ArraySlice<UInt8>? {
    value(name).map { bytes[$0] }
  }

  /// The text that was just read.
  var text: String {
    isLiteral
      ? String(decoding: bytes[content], as: UTF8.self) : Self.decoded(bytes[content])
  }

  // MARK: Parts

  private mutating func openElement() throws(SpreadsheetError) {
    let start = position + 1
    var index = start
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      index += 1
    }
    guard index < bytes.count else { throw SpreadsheetError(.damaged) }
    position = index + 1
    depth += 1
    guard depth <= 256 else { throw SpreadsheetError(.unsafe) }
    isClosePending = bytes[index - 1] == UInt8(ascii: "/")
    let end = isClosePending ? index - 1 : index
    guard start < end else { throw SpreadsheetError(.damaged) }
    takeName(in: start..<end)
    attributes = name.upperBound..<end
  }

  private mutating func takeName(in range: Range<Int>) {
    var start = range.lowerBound
    var end = start
    while end < range.upperBound, bytes[end] > UInt8(ascii: " ") {
      if bytes[end] == UInt8(ascii: ":") { start = end + 1 }
      end += 1
    }
    name = start..<end
  }

  private func value(_ name: StaticString) -> Range<Int>? {
    var index = attributes.lowerBound
    while index < attributes.upperBound {
      if bytes[index] <= UInt8(ascii: " ") {
        index += 1
        continue
      }
      var start = index
      while index < attributes.upperBound, bytes[index] != UInt8(ascii: "=") {
        if bytes[index] == UInt8(ascii: ":") { start = index + 1 }
        index += 1
      }
      var end = index
      while end > start, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
      index += 1
      while index < attributes.upperBound, bytes[index] <= UInt8(ascii: " ") { index += 1 }
      guard index < attributes.upperBound else { return nil }
      let quote = bytes[index]
      let first = index + 1
      index = first
      while index < attributes.upperBound, bytes[index] != quote { index += 1 }
      if matches(start..<end, name) { return first..<index }
      index += 1
    }
    return nil
  }

  private func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count
    where bytes[range.lowerBound + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  private func starts(with text: StaticString) -> Bool {
    let end = position + text.utf8CodeUnitCount
    return end <= bytes.count && matches(position..<end, text)
  }

  private mutating func skip(
    past text: StaticString, from start: Int
  ) throws(SpreadsheetError) {
    let length = text.utf8CodeUnitCount
    var index = start
    while index + length <= bytes.count {
      if matches(index..<index + length, text) {
        position = index + length
        return
      }
      index += 1
    }
    throw SpreadsheetError(.damaged)
  }

  /// The text that bytes spell; what looks like an entity and is none stays as it is.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "&"),
        let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(bytes[(index + 1)..<end])
      {
        decoded.append(contentsOf: String(scalar).utf8)
        index = end + 1
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func scalar(_ name: ArraySlice<UInt8>) -> UnicodeScalar? {
    let text = String(decoding: name, as: UTF8.self)
    switch text {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard text.hasPrefix("#") else { return nil }
    let isHexadecimal = text.hasPrefix("#x") || text.hasPrefix("#X")
    let digits = text.dropFirst(isHexadecimal ? 2 : 1)
    return UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(UnicodeScalar.init)
  }
}
