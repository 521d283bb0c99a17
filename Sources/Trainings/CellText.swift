/// Dates and numbers as people write them in cells.
enum CellText {
  /// The ISO form of a date written `2019-05-14` or `14/5/2019`, with an optional midnight behind
  /// it; nil where the calendar has no such day.
  static func date(_ text: String) -> String? {
    var bytes = Array(text.utf8)
    if let end = bytes.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "T") }) {
      let time = bytes[end...].dropFirst()
      let isTime = time.allSatisfy {
        (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
      guard isTime else { return nil }
      bytes.removeSubrange(end...)
    }
    let separators: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")]
    guard let separator = bytes.first(where: { separators.contains($0) }) else { return nil }
    let parts = bytes.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({
        (1...4).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    if parts[0].count == 4, parts[1].count <= 2, parts[2].count <= 2 {
      return iso(year: numbers[0], month: numbers[1], day: numbers[2])
    }
    if parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4 {
      return iso(year: numbers[2], month: numbers[1], day: numbers[0])
    }
    return nil
  }

  private static func iso(year: Int, month: Int, day: Int) -> String? {
    guard (1900...2199).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let leap = (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
    let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= days[month - 1] else { return nil }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// A number with a decimal point or comma; where both stand, the last is the decimal sign.
  static func number(_ text: String) -> Double? {
    var bytes = Array(text.utf8)
    let comma = UInt8(ascii: ",")
    let point = UInt8(ascii: ".")
    if let lastComma = bytes.lastIndex(of: comma) {
      let lastPoint = bytes.lastIndex(of: point) ?? -1
      if lastComma > lastPoint {
        bytes.removeAll { $0 == point }
        guard bytes.count(where: { $0 == comma }) == 1 else { return nil }
        bytes = bytes.map { $0 == comma ? point : $0 }
      } else {
        bytes.removeAll { $0 == comma }
      }
    }
    let allowed = bytes.enumerated().allSatisfy { index, byte in
      (0x30...0x39).contains(byte) || byte == point || (index == 0 && byte == UInt8(ascii: "-"))
    }
    guard allowed, let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite
    else { return nil }
    return number
  }

  /// A number as files show it: a decimal point, whole numbers without `.0`.
  static func text(_ number: Double) -> String {
    number.rounded() == number && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
  }
}
