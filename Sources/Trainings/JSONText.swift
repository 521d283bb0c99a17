/// Texts as JSON writes them.
enum JSONText {
  static func quoted(_ text: String) -> String {
    var json: [UInt8] = [.quote]
    append(text, to: &json)
    json.append(.quote)
    return String(decoding: json, as: UTF8.self)
  }

  /// Appends the text without its quotes.
  static func append(_ text: String, to json: inout [UInt8]) {
    let needsEscapes = text.utf8.contains {
      $0 < .space || $0 == .quote || $0 == UInt8(ascii: "\\")
    }
    if !needsEscapes {
      json.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      if byte == .quote || byte == UInt8(ascii: "\\") {
        json.append(UInt8(ascii: "\\"))
        json.append(byte)
      } else if byte < .space {
        let digits = Array("0123456789abcdef".utf8)
        json.append(contentsOf: "\\u00".utf8)
        json.append(digits[Int(byte >> 4)])
        json.append(digits[Int(byte & 15)])
      } else {
        json.append(byte)
      }
    }
  }
}
