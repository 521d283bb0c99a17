import FoundationEssentials
import GRDB

/// What each row of an imported file said the last time: a cell is written only where the file
/// differs from that, so that importing it again undoes no correction.
///
/// Cells are remembered as they were understood, not as they were typed, so that a file saved again
/// with other dates or decimals says nothing new. A blank leaves what was remembered before.
struct ImportMemory {
  let kind: SheetKind
  let fields: [Field]

  /// The remembered form of a row's values: a JSON object from header to text, without blanks.
  func cells(_ values: [String]) -> String {
    var json: [UInt8] = [UInt8(ascii: "{")]
    for (field, value) in zip(fields, values) where !value.isEmpty {
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      json.append(.quote)
      json.append(contentsOf: field.header.utf8)
      json.append(contentsOf: "\":\"".utf8)
      JSONText.append(value, to: &json)
      json.append(.quote)
    }
    json.append(UInt8(ascii: "}"))
    return String(decoding: json, as: UTF8.self)
  }

  /// The values that a remembered form holds, one text for each field.
  func values(_ cells: String) throws -> [String] {
    let texts = try JSONDecoder().decode([String: String].self, from: Data(cells.utf8))
    return fields.map { texts[$0.header] ?? "" }
  }

  func recall(_ key: String, _ db: Database) throws -> String? {
    let statement = try db.cachedStatement(
      sql: "SELECT cells FROM import_memory WHERE kind = ? AND row_key = ?")
    return try String.fetchOne(statement, arguments: [kind.rawValue, key])
  }

  func remember(_ cells: String, _ key: String, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO import_memory (kind, row_key, cells) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET cells = excluded.cells
        """)
    try statement.execute(arguments: [kind.rawValue, key, cells])
  }
}
