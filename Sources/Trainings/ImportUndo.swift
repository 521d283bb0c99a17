import FoundationEssentials
public import GRDB

/// What an undo did and what it left.
public struct UndoReport: Codable, Hashable, Sendable {
  /// Something that the import wrote and that stays.
  public struct Kept: Codable, Hashable, Sendable {
    /// Why it stays.
    public enum Reason: String, Codable, Sendable {
      /// Somebody has changed it since.
      case edited

      /// Something else refers to the row.
      case referred

      /// It is in an open conflict.
      case disputed
    }

    /// The table.
    public let table: String

    /// The parts of the row's key.
    public let key: [String]

    /// Nil where the whole row stays.
    public let column: String?

    /// Why it stays.
    public let reason: Reason
  }

  /// The import.
  public let number: Int

  /// Rows that the import had inserted and that were deleted.
  public internal(set) var deleted = 0

  /// Cells and links that hold again what they held before.
  public internal(set) var restored = 0

  /// What stays.
  public internal(set) var kept: [Kept] = []
}

/// Takes an import back as a whole.
///
/// What the import wrote and nobody has touched since is put back; what somebody changed stays and is
/// listed. The changes of an undo are ordinary ones: they are captured and sync. What the import
/// remembered is put back with them, so that the file can be imported again. Undoing twice changes
/// nothing the second time, but tries again what was left.
public struct ImportUndo {
  private let record: ImportRecord
  private let conflicts: OpenConflicts
  private var report: UndoReport

  /// Rows and cells that stay, as `table⇥key` and `table⇥key⇥column`.
  private var kept: Set<String> = []

  /// The keys of attendances that are gone and of which the memory follows.
  private var gone: [String] = []

  private struct Write {
    var sequence: Int
    var key: String
    var fingerprint: Int64?
    var cells: String?
  }

  /// Undoes an import within the caller's transaction.
  ///
  /// - Throws: ``TrainingsError`` where there is none of that number.
  public static func run(
    _ number: Int, in db: Database, environment: TrainingsEnvironment = .system
  ) throws -> UndoReport {
    let record = try ImportHistory.find(number, in: db)
    var undo = ImportUndo(
      record: record, conflicts: try OpenConflicts(db), report: UndoReport(number: number))
    for table in LoggedTable.allCases where table != .link { try undo.undo(table, db) }
    try undo.forget(db)
    if record.undoneAt == nil {
      try db.execute(
        sql: "UPDATE import_run SET undone_at = ? WHERE number = ?",
        arguments: [environment.instant(), number])
    }
    return undo.report
  }

  private func writes(_ table: LoggedTable, _ db: Database) throws -> [Write] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT sequence, row_key, fingerprint, cells FROM import_write
        WHERE run = ? AND table_name = ? ORDER BY sequence DESC
        """, arguments: [record.number, table.rawValue]
    ).map { Write(sequence: $0[0], key: $0[1], fingerprint: $0[2], cells: $0[3]) }
  }

  private mutating func undo(_ table: LoggedTable, _ db: Database) throws {
    let all = try writes(table, db)
    for write in all where write.fingerprint == nil { try restore(write, table, db) }
    var links: [Substring: [Write]] = [:]
    if table == .session {
      links = Dictionary(grouping: try writes(.link, db)) { $0.key.prefix { $0 != "\t" } }
    }
    let references = try table == .attendance ? [] : References.to(table.rawValue, db)
    for write in all where write.fingerprint != nil {
      let own = links.removeValue(forKey: write.key[...]) ?? []
      if try delete(write, table, own: own, references, db) {
        try settle(own, db)
      }
    }
    for write in links.values.joined().sorted(by: { $0.sequence > $1.sequence }) {
      try undoLink(write, db)
    }
  }

  private func settle(_ writes: [Write], _ db: Database) throws {
    for write in writes {
      try db.cachedStatement(sql: "DELETE FROM import_write WHERE run = ? AND sequence = ?")
        .execute(arguments: [record.number, write.sequence])
    }
  }

  private mutating func keep(
    _ table: LoggedTable, _ key: String, column: String? = nil, _ reason: UndoReport.Kept.Reason
  ) {
    report.kept.append(
      UndoReport.Kept(
        table: table.rawValue, key: table.row(key).key, column: column, reason: reason))
    kept.insert(([table.rawValue, key] + (column.map { [$0] } ?? [])).joined(separator: "\t"))
  }

  // MARK: Rows that the import inserted

  /// Deletes a row with its own links, unless it has become somebody else's concern; whether it is gone.
  private mutating func delete(
    _ write: Write, _ table: LoggedTable, own: [Write], _ references: References, _ db: Database
  ) throws -> Bool {
    let row = table.row(write.key)
    guard let texts = try row.texts(table.fields, db) else {
      try settle([write], db)
      try forgetRow(write.key, table, db)
      return true
    }
    let isEdited =
      try Fingerprint.of(texts) != write.fingerprint || hasMore(row, table, db)
    if isEdited {
      keep(table, write.key, .edited)
      return false
    }
    if try !conflicts.columns(db, table: table.rawValue, key: row.key).isEmpty {
      keep(table, write.key, .disputed)
      return false
    }
    let links = try own.map { LoggedTable.link.row($0.key) }.filter {
      try $0.fetch(["session_id"], db) != nil
    }
    if try references.exist(to: write.key, beside: links.count, db) {
      keep(table, write.key, .referred)
      return false
    }
    for link in links { try link.delete(db) }
    try row.delete(db)
    report.deleted += 1
    try settle([write], db)
    try forgetRow(write.key, table, db)
    return true
  }

  /// Whether somebody filled a column that no import writes.
  private func hasMore(_ row: StoredRow, _ table: LoggedTable, _ db: Database) throws -> Bool {
    let known = Set(table.keyColumns + table.fields.map(\.column) + ["office_code"])
    let more = try db.columns(in: table.rawValue).map(\.name).filter { !known.contains($0) }
    guard !more.isEmpty, let values = try row.fetch(more, db) else { return false }
    return values.contains { !$0.isNull }
  }

  // MARK: Cells that the import changed

  private mutating func restore(_ write: Write, _ table: LoggedTable, _ db: Database) throws {
    let row = table.row(write.key)
    let cells = try JSONDecoder().decode(
      [String: [String?]].self, from: Data((write.cells ?? "{}").utf8))
    let columns = cells.keys.sorted()
    guard !columns.isEmpty, let stored = try row.fetch(columns, db) else {
      try settle([write], db)
      return
    }
    let disputed = try conflicts.columns(db, table: table.rawValue, key: row.key)
    var back: [(column: String, value: DatabaseValue)] = []
    var isSettled = true
    for (column, value) in zip(columns, stored) {
      guard let pair = cells[column], pair.count == 2 else { continue }
      let (old, new) = (pair[0], pair[1])
      if value.shownText == old { continue }
      if disputed.contains(column) || value.shownText != new {
        keep(table, write.key, column: column, disputed.contains(column) ? .disputed : .edited)
        isSettled = false
        continue
      }
      let field = table.fields.first { $0.column == column }
      let former = field?.stored(old ?? "") ?? .null
      // A surname may be missing, but the column cannot be NULL.
      back.append(
        (column, former.isNull && column == "paternal_surname" ? "".databaseValue : former))
    }
    try row.update(back, db)
    report.restored += back.count
    if isSettled { try settle([write], db) }
  }

  private mutating func undoLink(_ write: Write, _ db: Database) throws {
    let key = LoggedTable.link.row(write.key).key
    let exists = try LoggedTable.link.row(write.key).fetch(["session_id"], db) != nil
    if write.fingerprint != nil, exists {
      try LoggedTable.link.row(write.key).delete(db)
      report.restored += 1
    } else if write.fingerprint == nil, !exists,
      try StoredRow(table: "training_session", keyColumns: ["id"], key: [key[0]])
        .fetch(["id"], db) != nil
    {
      try LoggedTable.link.row(write.key).insert([], db)
      report.restored += 1
    }
    try settle([write], db)
  }

  // MARK: What was remembered

  /// Notes that what a row of the file said is to be forgotten, where it was new with the row.
  private mutating func forgetRow(_ key: String, _ table: LoggedTable, _ db: Database) throws {
    guard table == .attendance else { return }
    let explicit = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM import_before WHERE run = ? AND row_key = ?"),
      arguments: [record.number, key])
    if explicit == nil { gone.append(key) }
  }

  /// Forgets the rows that are gone, but not what they said of persons who stay.
  private func forgetGone(_ memory: ImportMemory, _ db: Database) throws {
    let statement = try db.makeStatement(
      sql: "DELETE FROM import_memory WHERE kind = 'attendance' AND row_key = ?")
    for key in gone {
      let stays = stays(key)
      if stays.contains(true), let now = try memory.recall(key, db).map(memory.values) {
        let values = zip(now, stays).map { $1 ? $0 : "" }
        if values.contains(where: { !$0.isEmpty }) {
          try memory.remember(memory.cells(values), key)
          continue
        }
      }
      try statement.execute(arguments: [key])
    }
  }

  private func forget(_ db: Database) throws {
    let memory = try ImportMemory(kind: record.kind, db)
    try forgetGone(memory, db)
    let rows = try Row.fetchAll(
      db, sql: "SELECT row_key, target, before, after FROM import_before WHERE run = ?",
      arguments: [record.number])
    for row in rows {
      let (key, target): (String, String) = (row[0], row[1])
      let stays = stays(target)
      if let now = try memory.recall(key, db).map(memory.values) {
        let before = try (row[2] as String?).map(memory.values) ?? now.map { _ in "" }
        let after = try memory.values(row[3])
        let values = now.indices.map { index in
          stays[index] || now[index] != after[index] ? now[index] : before[index]
        }
        if values.allSatisfy(\.isEmpty) {
          try db.execute(
            sql: "DELETE FROM import_memory WHERE kind = ? AND row_key = ?",
            arguments: [record.kind.rawValue, key])
        } else if values != now {
          try memory.remember(memory.cells(values), key)
        }
      }
      if !stays.contains(true) {
        try db.execute(
          sql: "DELETE FROM import_before WHERE run = ? AND row_key = ?",
          arguments: [record.number, key])
      }
    }
  }

  /// For each field of the file, whether what the import wrote of it stays.
  private func stays(_ target: String) -> [Bool] {
    let participant = target.split(separator: "\t").last.map(String.init) ?? ""
    return record.kind.fields.enumerated().map { index, field in
      let isPerson = record.kind == .attendance && AttendanceImport.Place.person.contains(index)
      let isShown = record.kind == .attendance && AttendanceImport.Place.attendance.contains(index)
      var places: [String] = []
      switch record.kind {
      case .sessions: places = ["\(LoggedTable.session.rawValue)\t\(target)"]
      case .deliverables: places = ["\(LoggedTable.deliverable.rawValue)\t\(target)"]
      case .attendance:
        if isPerson { places.append("participant\t\(participant)") }
        if isShown { places.append("attendance\t\(target)") }
      }
      return places.contains { kept.contains($0) || kept.contains("\($0)\t\(field.column)") }
    }
  }
}

/// The columns that refer to a table.
private struct References: ExpressibleByArrayLiteral {
  private let columns: [(table: String, column: String)]

  init(arrayLiteral elements: (table: String, column: String)...) {
    columns = elements
  }

  private init(_ columns: [(table: String, column: String)]) {
    self.columns = columns
  }

  static func to(_ table: String, _ db: Database) throws -> References {
    References(
      try Row.fetchAll(
        db,
        sql: """
          SELECT t.name, k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
          WHERE t.type = 'table' AND k."table" = ? ORDER BY 1, 2
          """, arguments: [table]
      ).map { ($0[0], $0[1]) })
  }

  /// Whether anything refers to a row beside some links to indicators.
  func exist(to key: String, beside links: Int, _ db: Database) throws -> Bool {
    try columns.contains { table, column in
      let own = table == LoggedTable.link.rawValue ? links : 0
      return try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT 1 FROM \"\(table)\" WHERE \"\(column)\" = ? LIMIT 1 OFFSET ?"),
        arguments: [key, own]) != nil
    }
  }
}
