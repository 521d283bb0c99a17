/// `quipu status --json`, with every key of the contract.
struct StatusDocument: Decodable {
  var node: String
  var office: String
  var unsent: Int
  var rejected: Int
  var conflicts: Int
  var quarantined: Int
  var lastSync: String?
  var verified: Bool?
  var clockOffsetSeconds: Double?
  var schemaVersion: Int
}

/// `quipu import --json`.
struct ImportDocument: Decodable {
  struct Issue: Decodable {
    var file: String
    var line: Int
    var column: String
    var code: String
    var message: String
  }

  var read: Int
  var inserted: Int
  var updated: Int
  var unchanged: Int
  var rejected: Int
  var warnings: [Issue]
  var errors: [Issue]
}

/// `quipu sync --json`.
struct SyncDocument: Decodable {
  var pushed: Int
  var pulled: Int
  var conflicts: Int
  var quarantined: Int
  var bytesSent: Int
  var bytesReceived: Int
  var verified: Bool?
}

/// `quipu digest --json`.
struct DigestDocument: Decodable {
  struct Table: Decodable, Equatable {
    var rows: Int
    var digest: String
  }

  var tables: [String: Table]
}

/// One of `quipu conflicts list --json`.
struct ConflictDocument: Decodable {
  struct Side: Decodable {
    var value: Value
    var office: String
    var node: String
    var at: String
  }

  /// A string for a simple key, an array for a composite one.
  enum Key: Decodable, Equatable {
    case simple(String)
    case composite([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .simple(text)
      } else {
        self = .composite(try container.decode([String].self))
      }
    }
  }

  /// The SQL value.
  enum Value: Decodable, Equatable {
    case null
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  var id: String
  var table: String
  var key: Key
  var column: String?
  var kind: String
  var state: String
  var current: Side
  var other: Side
}
