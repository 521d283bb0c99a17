import FoundationEssentials
import GRDB

/// What each row of an imported file said the last time: a cell is written only where the file
/// differs from that, so that importing it again undoes no correction.
///
/// Cells are remembered as they were understood, not as they were typed, so that a file saved again
/// with other dates or decimals says nothing new. A blank leaves what was remembered before.
struct ImportMemory {
  private let kind: SheetKind
  private let fields: [Field]

  /// For each field, what stands before its value.
  private let prefixes: [[UInt8]]
  private let writing: RowStatement

  init(kind: SheetKind, _ db: Database) throws {
    self.kind = kind
    fields = kind.fields
    prefixes = kind.fields.map { Array("\(JSONText.quoted($0.header)):\"".utf8) }
    writing = try RowStatement(
      db,
      """
      INSERT INTO import_memory (kind, row_key, cells) VALUES ('\(kind.rawValue)', ?, ?)
      ON CONFLICT DO UPDATE SET cells = excluded.cells
      """)
  }

  /// The remembered form of a row's values: a JSON object from header to text, without blanks.
  func cells(_ values: [String]) -> String {
    var json: [UInt8] = []
    json.reserveCapacity(512)
    json.append(UInt8(ascii: "{"))
    for index in fields.indices where !values[index].isEmpty {
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      json.append(contentsOf: prefixes[index])
      JSONText.append(values[index], to: &json)
      json.append(.quote)
    }
    json.append(UInt8(ascii: "}"))
    return String(decoding: json, as: UTF8.self)
  }

  /// What to remember after a row: a blank leaves what was there; so does a row that repeats an
  /// earlier one of its file.
  func merge(_ values: [String], over before: [String], isRepeated: Bool) -> [String] {
    zip(values, before).map { now, then in
      (isRepeated && !then.isEmpty) || now.isEmpty ? then : now
    }
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

  func remember(_ cells: String, _ key: String) throws {
    writing.bindText(1, key)
    writing.bindText(2, cells)
    try writing.run()
  }
}
