/// How the bytes of a file spell text.
enum TextEncoding: Equatable {
  case utf8, utf8WithMark, windows1252, utf16

  /// Cells of a workbook.
  case workbook

  /// The file's text in UTF-8 without a byte order mark, and how it was written.
  static func decode(_ bytes: [UInt8]) throws(TrainingsError) -> (utf8: [UInt8], Self) {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      return (Array(bytes.dropFirst(3)), .utf8WithMark)
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      return (utf16(bytes), .utf16)
    }
    if let format = binaryFormat(bytes) { throw TrainingsError(.notText(format)) }
    if isUTF8(bytes) { return (bytes, .utf8) }
    return (windows1252(bytes), .windows1252)
  }

  private static func binaryFormat(_ bytes: [UInt8]) -> TrainingsError.FileFormat? {
    if bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) { return .workbook }
    if bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) { return .oldWorkbook }
    if bytes.starts(with: Array("%PDF".utf8)) { return .pdf }
    return bytes.contains(0) ? .binary : nil
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }

  private static func utf16(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes[0] == 0xff
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      isLittle
        ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
        : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func windows1252(_ bytes: [UInt8]) -> [UInt8] {
    var utf8: [UInt8] = []
    utf8.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      if byte < 0x80 {
        utf8.append(byte)
        continue
      }
      let code = byte < 0xa0 ? upperControls[Int(byte) - 0x80] : UInt16(byte)
      if code < 0x800 {
        utf8.append(0xc0 | UInt8(code >> 6))
      } else {
        utf8.append(0xe0 | UInt8(code >> 12))
        utf8.append(0x80 | UInt8(code >> 6 & 0x3f))
      }
      utf8.append(0x80 | UInt8(code & 0x3f))
    }
    return utf8
  }

  /// What Windows-1252 puts where Latin-1 has control characters; the five bytes it leaves open
  /// stay as they are.
  private static let upperControls: [UInt16] = [
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
  ]
}
