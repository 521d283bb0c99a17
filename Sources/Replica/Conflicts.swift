public import GRDB
public import SyncModel

/// Values that stand against each other in one cell, or a deletion against an edit or a reference.
public struct ReplicaConflict: Hashable, Sendable {
  /// One side.
  public struct Side: Hashable, Sendable {
    /// What was written; NULL for a deletion and for the row that stands against it.
    public var value: CellValue
    /// Where.
    public var office: String
    /// By which node.
    public var node: NodeID
    /// When, by the author's corrected clock, in milliseconds since 1970.
    public var atMilliseconds: Int64
  }

  /// What kind of disagreement.
  public enum Kind: String, Hashable, Sendable {
    /// Two values of a cell.
    case edit
    /// A deletion, and an edit that it had not seen: the row lives.
    case delete
    /// A deletion of a row that a living row refers to: the row stays.
    case reference
  }

  /// The same on every replica.
  public var id: String
  /// The table.
  public var table: String
  /// The row's key, in key order.
  public var key: [CellValue]
  /// The column; nil for deletions.
  public var column: String?
  /// The column's policy; nil for deletions.
  public var policy: MergePolicy?
  /// What kind of disagreement.
  public var kind: Kind
  /// Whether nobody has decided yet.
  public var isOpen: Bool
  /// What is shown.
  public var current: Side
  /// What stands against it.
  public var other: Side
  /// When it was closed here, as an ISO instant, and how: `superseded` by a later write or
  /// decision, `gone` with its row.
  public var closed: (at: String, how: String)? {
    closedAt.map { ($0, closedHow ?? "") }
  }
  var closedAt: String?
  var closedHow: String?
}

/// A person's decision on a conflict.
public enum ConflictDecision: Hashable, Sendable {
  /// What is shown is right.
  case current
  /// What stands against it is right; for a deletion: the row goes.
  case other
  /// Neither is.
  case value(CellValue)
}

extension Replica {
  /// The register of conflicts, open ones first, then by table and key.
  ///
  /// - Parameter id: Only this one.
  public func conflicts(id: String? = nil, openOnly: Bool = false) throws -> [ReplicaConflict] {
    try read { db in try Self.conflicts(db, id: id, openOnly: openOnly) }
  }

  /// The register of conflicts in a transaction of the caller's.
  public static func conflicts(
    _ db: Database, id: String? = nil, openOnly: Bool = false
  ) throws -> [ReplicaConflict] {
    let nodes = try NodeDirectory(db)
    func side(_ row: GRDB.Row, _ prefix: String) -> ReplicaConflict.Side {
      let no = (row["\(prefix)_node"] as Int?) ?? 0
      return ReplicaConflict.Side(
        value: CellValue(row["\(prefix)_value"] as DatabaseValue),
        office: no < nodes.entries.count ? nodes[no].facts.office : "", node: nodes.id(no),
        atMilliseconds: row["\(prefix)_at"] ?? 0)
    }
    return try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT x.*, t.name AS table_name, c.name AS column_name, p.policy
        FROM sync_conflict x
        JOIN sync_table t ON t.no = x.table_no
        LEFT JOIN sync_column c ON c.table_no = x.table_no AND c.no = x.column_no
        LEFT JOIN sync_policy p ON p.table_name = t.name AND p.column_name = c.name
        WHERE (?1 IS NULL OR x.id = ?1) AND (NOT ?2 OR x.state = 'open')
        ORDER BY x.state, t.name, x.key, c.name, x.id
        """, arguments: [id, openOnly]
    ).map { row in
      let column: String? = row["column_name"]
      return ReplicaConflict(
        id: row["id"], table: row["table_name"], key: keyValues(json: row["key"]), column: column,
        policy: column.map { _ in MergePolicy(rawValue: row["policy"] ?? "") ?? .latest },
        kind: ReplicaConflict.Kind(rawValue: row["kind"]) ?? .edit,
        isOpen: row["state"] as String == "open", current: side(row, "current"),
        other: side(row, "other"), closedAt: row["resolved_at"], closedHow: row["resolution"])
    }
  }

  /// Carries out a person's decision: an ordinary change that has seen both sides, so that it wins
  /// everywhere.
  ///
  /// - Throws: ``ReplicaError`` when there is no such conflict, it is closed, or the decision
  ///   cannot be carried out; SQLite's error when the value breaks a constraint.
  public func decide(_ id: String, _ decision: ConflictDecision) throws {
    // What was written since the last seal may have closed it.
    try seal()
    let now = julianDay(environment.now())
    try write { db in
      // Read where it is decided: nothing comes in between.
      guard let conflict = try Self.conflicts(db, id: id).first else {
        throw ReplicaError(.unknownConflict(id))
      }
      guard conflict.isOpen else { throw ReplicaError(.conflictClosed(id)) }
      guard
        let table = try SyncedSchema.load(db, numberingColumns: false).table(named: conflict.table)
      else { throw ReplicaError(.unknownTable(conflict.table)) }
      let condition: String = table.keyCondition()
      let key = conflict.key.map(\.databaseValue)
      let row = try Int64.fetchOne(
        db, sql: "SELECT rowid FROM \(table.quotedName) WHERE \(condition)",
        arguments: StatementArguments(key))
      guard let row else { throw ReplicaError(.unknownRow(table: conflict.table)) }
      var mask = CaptureTriggers.Mark.restate
      if let column = conflict.column, let number = table.columns.firstIndex(of: column) {
        mask = 1 << Int64(number)
        let value: CellValue? =
          switch decision {
          case .current: nil
          case .other: conflict.other.value
          case .value(let value): value
          }
        if let value {
          try db.execute(
            sql: """
              UPDATE \(table.quotedName) SET \(column.quotedDatabaseIdentifier) = ?\(key.count + 1)
              WHERE \(condition)
              """, arguments: StatementArguments(key + [value.databaseValue]))
        }
      } else {
        switch decision {
        case .current: break
        case .other:
          if conflict.kind == .reference {
            throw ReplicaError(
              .cannotDecide(
                "other rows refer to this one; delete those first, then it goes by itself"))
          }
          try db.execute(
            sql: "DELETE FROM \(table.quotedName) WHERE \(condition)",
            arguments: StatementArguments(key))
          return
        case .value:
          throw ReplicaError(
            .cannotDecide("a deletion is answered with current or other, not with a value"))
        }
      }
      // Keeping what is shown changes no row, so no trigger would see the decision.
      try db.execute(
        sql: "INSERT INTO sync_capture(table_no, row, mask, at) VALUES (?, ?, ?, ?)",
        arguments: [table.no, row, mask, now])
    }
    try seal()
  }
}

/// The values of a key that was kept as JSON.
func keyValues(json: String) -> [CellValue] {
  var parser = KeyParser(bytes: Array(json.utf8))
  return parser.values()
}

/// Reads what ``keyJSON(_:)`` writes: a flat array of numbers, strings and nulls.
private struct KeyParser {
  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func values() -> [CellValue] {
    var values: [CellValue] = []
    offset = 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "]") {
      if bytes[offset] == UInt8(ascii: ",") { offset += 1 }
      values.append(value())
    }
    return values
  }

  private mutating func value() -> CellValue {
    guard bytes[offset] == UInt8(ascii: "\"") else {
      let start = offset
      while offset < bytes.count, bytes[offset] != UInt8(ascii: ","),
        bytes[offset] != UInt8(ascii: "]")
      {
        offset += 1
      }
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      if let integer = Int64(text) { return .integer(integer) }
      return Double(text).map { .real($0) } ?? .null
    }
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count {
        offset += 1
        switch bytes[offset] {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
          let digits = String(decoding: bytes[(offset + 1)...].prefix(4), as: UTF8.self)
          text.append(UInt8(digits, radix: 16) ?? 63)
          offset += 4
        default: text.append(bytes[offset])
        }
      } else {
        text.append(bytes[offset])
      }
      offset += 1
    }
    offset += 1
    return .text(String(decoding: text, as: UTF8.self))
  }
}
