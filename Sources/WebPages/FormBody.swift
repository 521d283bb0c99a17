internal import Foundation

/// What a form sent: fields in their order, and files.
public struct FormBody: Sendable {
  /// A file that was chosen.
  public struct File: Sendable {
    /// Its name without folders; shown, never used as a path.
    public var name: String
    /// Its content.
    public var bytes: [UInt8]
  }

  private(set) var fields: [(name: String, value: String)] = []
  private(set) var files: [(name: String, file: File)] = []

  /// An empty form.
  public init() {}

  /// The value of a field, `""` where there is none.
  public subscript(_ name: String) -> String {
    fields.first { $0.name == name }?.value ?? ""
  }

  /// The value of a field, trimmed; nil where there is none or it is blank.
  public func text(_ name: String) -> String? {
    let text = self[name].trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? nil : text
  }

  /// Whether the field was sent, even if blank.
  public func has(_ name: String) -> Bool {
    fields.contains { $0.name == name }
  }

  /// All values of a field, as of checkboxes.
  public func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The fields whose names begin so, without the beginning.
  public func prefixed(_ prefix: String) -> [String: String] {
    Dictionary(
      fields.filter { $0.name.hasPrefix(prefix) }.map {
        (String($0.name.dropFirst(prefix.count)), $0.value)
      }, uniquingKeysWith: { _, last in last })
  }

  /// The file of a field; nil where none was chosen.
  public func file(_ name: String) -> File? {
    files.first { $0.name == name }?.file
  }

  /// All files of a field.
  public func allFiles(_ name: String) -> [File] {
    files.filter { $0.name == name }.map(\.file)
  }
}

extension FormBody {
  /// Reads a body; nil where its type is none of a form's or it is broken.
  init?(_ body: [UInt8], contentType: String) {
    let type = contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    switch type {
    case "application/x-www-form-urlencoded", "":
      for pair in body.split(separator: UInt8(ascii: "&")) {
        let parts = pair.split(
          separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        fields.append((Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : ""))
      }
    case "multipart/form-data":
      guard let boundary = Self.parameter("boundary", of: contentType),
        readParts(body, boundary: boundary)
      else { return nil }
    default: return nil
    }
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "+") {
        text.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), index + 1 < bytes.endIndex,
        let high = digit(bytes[index]), let low = digit(bytes[index + 1])
      {
        text.append(high << 4 | low)
        index += 2
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// A parameter of a header's value, as `boundary=…` or `name="…"`.
  private static func parameter(_ name: String, of value: String) -> String? {
    guard let range = value.range(of: "\(name)=") else { return nil }
    let rest = value[range.upperBound...]
    if rest.hasPrefix("\"") { return String(rest.dropFirst().prefix { $0 != "\"" }) }
    return String(rest.prefix { $0 != ";" && $0 != " " })
  }

  private mutating func readParts(_ body: [UInt8], boundary: String) -> Bool {
    let data = Data(body)
    let delimiter = Data("--\(boundary)".utf8)
    let lineEnd = Data("\r\n".utf8)
    guard var found = data.range(of: delimiter) else { return false }
    while true {
      let start = found.upperBound
      if data[start...].starts(with: Data("--".utf8)) { return true }
      guard data[start...].starts(with: lineEnd),
        let next = data.range(of: Data("\r\n--\(boundary)".utf8), in: start..<data.endIndex),
        let headEnd = data.range(of: Data("\r\n\r\n".utf8), in: start..<next.lowerBound)
      else { return false }
      let head = String(decoding: data[start..<headEnd.lowerBound], as: UTF8.self)
      let content = [UInt8](data[headEnd.upperBound..<max(headEnd.upperBound, next.lowerBound)])
      let disposition = head.split(whereSeparator: \.isNewline).first {
        $0.lowercased().hasPrefix("content-disposition:")
      }
      if let disposition, let name = Self.parameter(" name", of: String(disposition)) {
        if let path = Self.parameter("filename", of: String(disposition)) {
          let file = path.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
          if !file.isEmpty { files.append((name, File(name: file, bytes: content))) }
        } else {
          fields.append((name, String(decoding: content, as: UTF8.self)))
        }
      }
      found = (next.lowerBound + 2)..<next.upperBound
    }
  }
}
