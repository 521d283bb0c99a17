import Replica
import SyncModel

/// A JSON document whose objects keep the order in which they were written.
indirect enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  static func integer(_ integer: Int) -> JSONValue {
    .integer(Int64(integer))
  }

  static func optional(_ text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }

  init(_ value: CellValue) {
    switch value {
    case .null: self = .null
    case .integer(let integer): self = .integer(integer)
    case .real(let real): self = .number(real)
    case .text, .malformedText: self = .string(value.text)
    case .blob(let blob): self = .string(hexadecimal(blob))
    }
  }

  /// On one line.
  var compact: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): "\(integer)"
    case .number(let number): Self.text(number)
    case .string(let text): jsonString(text)
    case .array(let items): "[" + items.map(\.compact).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(jsonString($0.key)):\($0.value.compact)" }.joined(separator: ",") + "}"
    }
  }

  /// With a line for each item of the outermost array, or member of the outermost object.
  var document: String {
    switch self {
    case .array(let items) where !items.isEmpty:
      "[\n  " + items.map(\.compact).joined(separator: ",\n  ") + "\n]"
    case .object(let members) where !members.isEmpty:
      "{\n  "
        + members.map { "\(jsonString($0.key)): \($0.value.compact)" }.joined(separator: ",\n  ")
        + "\n}"
    default: compact
    }
  }

  /// Whole numbers without `.0`.
  private static func text(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}
