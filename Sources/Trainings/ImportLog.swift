import GRDB

/// The tables that an import writes, in the order in which an undo goes through them.
enum LoggedTable: String, CaseIterable {
  case attendance
  case link = "session_indicator"
  case session = "training_session"
  case deliverable, participant

  var keyColumns: [String] {
    switch self {
    case .attendance: ["session_id", "participant_id"]
    case .link: ["session_id", "indicator_id"]
    default: ["id"]
    }
  }

  /// The columns that an import writes beside the key.
  var fields: [Field] {
    switch self {
    case .attendance: AttendanceImport.Place.attendance.map { Field.attendance[$0] }
    case .participant: Array(Field.attendance[AttendanceImport.Place.person])
    case .session: Field.sessions.filter { $0.column != "indicators" }
    case .deliverable: Field.deliverables
    case .link: []
    }
  }

  func row(_ key: String) -> StoredRow {
    StoredRow(
      table: rawValue, keyColumns: keyColumns,
      key: key.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
  }
}

/// What one import writes, noted while it writes, so that it can be undone as a whole.
///
/// Costs one narrow insert for each row of a table that is inserted or changed. Rows that stay as
/// they were cost nothing, so that importing a file again writes nothing.
final class ImportLog {
  /// The imports whose writes are kept; older ones can no longer be undone.
  static let keptRuns = 100

  /// What persons call the import by.
  let number: Int
  private(set) var preview: PreviewCollector

  private let writing: RowStatement
  private let before: RowStatement
  private var sequence = 0
  private var hasEntries = false
  private var inserted: [LoggedTable: Set<String>] = [:]

  /// Rows that were inserted and changed later on.
  private var changedAgain: [(table: LoggedTable, key: String)] = []

  init(preview limit: Int, _ db: Database) throws {
    number = try (Int.fetchOne(db, sql: "SELECT max(number) FROM import_run") ?? 0) + 1
    preview = PreviewCollector(limit: limit)
    writing = try RowStatement(
      db,
      """
      INSERT INTO import_write (run, sequence, table_name, row_key, fingerprint, cells)
      VALUES (\(number), ?, ?, ?, ?, ?)
      """)
    before = try RowStatement(
      db,
      """
      INSERT INTO import_before (run, row_key, target, before, after)
      VALUES (\(number), ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET after = excluded.after
      """)
  }

  func isInserted(_ table: LoggedTable, _ key: String) -> Bool {
    inserted[table]?.contains(key) == true
  }

  /// Notes a row that is new, with one text for each of the table's fields.
  func insert(_ table: LoggedTable, _ key: String, _ texts: [String]) throws {
    inserted[table, default: []].insert(key)
    try write(table, key, fingerprint: Fingerprint.of(texts), cells: nil)
  }

  /// Notes what a row held and holds now.
  func update(
    _ table: LoggedTable, _ key: String, _ cells: [(column: String, old: String?, new: String?)]
  ) throws {
    guard !cells.isEmpty else { return }
    if isInserted(table, key) {
      changedAgain.append((table, key))
      return
    }
    let members: [String] = cells.map { cell in
      let values = [cell.old, cell.new].map { $0.map(JSONText.quoted) ?? "null" }
      return "\(JSONText.quoted(cell.column)):[\(values.joined(separator: ","))]"
    }
    try write(table, key, fingerprint: nil, cells: "{\(members.joined(separator: ","))}")
  }

  /// Notes a row that is gone.
  func remove(_ table: LoggedTable, _ key: String) throws {
    try write(table, key, fingerprint: nil, cells: "{}")
  }

  /// Notes what a row of a file said before.
  func remember(_ rowKey: String, target: String, before earlier: String?, after: String) throws {
    before.bindText(1, rowKey)
    before.bindText(2, target)
    before.bind(3, earlier ?? "")
    before.bindText(4, after)
    try before.run()
    hasEntries = true
  }

  private func write(
    _ table: LoggedTable, _ key: String, fingerprint: Int64?, cells: String?
  ) throws {
    sequence += 1
    writing.bindInteger(1, Int64(sequence))
    writing.bindText(2, table.rawValue)
    writing.bindText(3, key)
    writing.bindInteger(4, fingerprint)
    writing.bind(5, cells ?? "")
    try writing.run()
    hasEntries = true
  }

  /// Ends the import's notes; its number, or nil where it wrote nothing.
  func finish(
    kind: SheetKind, office: String, file: String, at instant: String, _ report: ImportReport,
    _ db: Database
  ) throws -> Int? {
    guard hasEntries else { return nil }
    for (table, key) in changedAgain {
      guard let texts = try table.row(key).texts(table.fields, db) else { continue }
      try db.execute(
        sql:
          "UPDATE import_write SET fingerprint = ? WHERE run = ? AND row_key = ? AND table_name = ?",
        arguments: [Fingerprint.of(texts), number, key, table.rawValue])
    }
    try db.execute(
      sql: """
        INSERT INTO import_run
          (number, kind, office_code, file, taken_at, read, inserted, updated, unchanged, rejected)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        number, kind.rawValue, office, file, instant, report.read, report.inserted, report.updated,
        report.unchanged, report.rejected,
      ])
    for table in ["import_write", "import_before"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE run <= ?", arguments: [number - Self.keptRuns])
    }
    return number
  }

  // MARK: Preview

  /// Shows a cell that changes in the row that is being taken.
  func show(_ header: String, from old: String?, to new: String) {
    preview.change(header, from: old, to: new)
  }

  func finishRow(line: Int, _ outcome: RowOutcome, _ values: [String], _ fields: [Field]) {
    preview.finishRow(line: line, outcome, values, fields)
  }
}

/// A hash of a row's values that is the same in every process.
enum Fingerprint {
  /// FNV-1a of 64 bits over the texts, each with an end.
  static func of(_ texts: [String]) -> Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in texts {
      for byte in text.utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    return Int64(bitPattern: hash)
  }
}

extension DatabaseValue {
  /// As files show it; nil for NULL.
  var shownText: String? {
    switch storage {
    case .null, .blob: nil
    case .int64(let number): "\(number)"
    case .double(let number): CellText.text(number)
    case .string(let text): text
    }
  }
}
