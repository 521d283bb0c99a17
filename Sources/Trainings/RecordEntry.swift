import GRDB

/// A record to be shown: named values in their order.
public struct RecordEntry: Encodable, Hashable, Sendable {
  /// A value of a record.
  public enum Value: Hashable, Sendable {
    case none
    case text(String)
    case number(Double)
  }

  /// A name with its value.
  public struct Item: Hashable, Sendable {
    /// The column's name.
    public let name: String
    /// What stands there.
    public let value: Value
  }

  /// The values in the order of the columns.
  public let items: [Item]

  /// The value of a name; ``Value/none`` where there is none.
  public subscript(_ name: String) -> Value {
    items.first { $0.name == name }?.value ?? .none
  }

  init(_ row: Row, masking: Bool) {
    items = row.map { name, value in
      let shown: Value =
        switch value.storage {
        case .null, .blob: .none
        case .int64(let number): .number(Double(number))
        case .double(let number): .number(number)
        case .string(let text):
          .text(masking && name == "document_number" ? IdentityDocument.masked(text) : text)
        }
      return Item(name: name, value: shown)
    }
  }

  /// One object, with the names in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for item in items {
      let name = Name(stringValue: item.name)
      switch item.value {
      case .none: try container.encodeNil(forKey: name)
      case .text(let text): try container.encode(text, forKey: name)
      case .number(let number):
        if let whole = Int64(exactly: number) {
          try container.encode(whole, forKey: name)
        } else {
          try container.encode(number, forKey: name)
        }
      }
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension RecordEntry.Value: CustomStringConvertible {
  /// The value as a table shows it.
  public var description: String {
    switch self {
    case .none: ""
    case .text(let text): text
    case .number(let number): CellText.text(number)
    }
  }
}

extension RecordEntry {
  static func fetch(
    _ db: Database, _ sql: String, _ arguments: StatementArguments, masking: Bool
  ) throws -> [RecordEntry] {
    try Row.fetchAll(db, sql: sql, arguments: arguments).map { RecordEntry($0, masking: masking) }
  }
}
