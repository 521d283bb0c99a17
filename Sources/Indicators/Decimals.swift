/// Numbers as reports print them: the same in every language.
enum Decimals {
  /// Up to four decimals, `.` between, without trailing zeros: `20.8668`, `20.159`, `268`.
  static func text(_ value: Double) -> String {
    let rounded = rounded(value)
    if let whole = Int(exactly: rounded) { return String(whole) }
    let parts = (rounded.magnitude * 10_000).rounded()
    guard let units = Int(exactly: parts) else { return String(rounded) }
    var fraction = String(units % 10_000 + 10_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(rounded < 0 ? "-" : "")\(units / 10_000).\(fraction)"
  }

  /// The nearest number with four decimals.
  static func rounded(_ value: Double) -> Double {
    // Beyond this a double holds no four decimals.
    guard value.magnitude < 1e11 else { return value }
    return (value * 10_000).rounded() / 10_000
  }
}

/// A field of a CSV line, quoted where it must be.
func csvField(_ text: String) -> String {
  guard text.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return text }
  return "\""
    + text.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}
