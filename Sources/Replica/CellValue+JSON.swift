public import SyncModel

extension CellValue {
  /// The value as JSON: number, string or null; a blob as a string of hexadecimal digits, and bytes
  /// that are no UTF-8 as U+FFFD.
  public var json: String {
    switch self {
    case .null: "null"
    case .integer(let integer): "\(integer)"
    case .real(let real): real.isFinite ? "\(real)" : "null"
    case .text, .malformedText: jsonString(text)
    case .blob(let blob): jsonString(hexadecimal(blob))
    }
  }
}

/// A JSON string literal, escaped as RFC 8259 demands and no further.
public func jsonString(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case "\n": literal += "\\n"
    case "\r": literal += "\\r"
    case "\t": literal += "\\t"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}
