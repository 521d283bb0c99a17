import GRDB

/// Takes rows that are records of their own, known by office and code: sessions and deliverables.
struct RecordImport: RowImporter {
  private let kind: SheetKind
  private let office: String
  private let fields: [Field]
  private let memory: ImportMemory
  private let conflicts: OpenConflicts
  private let log: ImportLog
  private let table: LoggedTable
  private var seen: Set<String> = []

  init(_ kind: SheetKind, office: String, log: ImportLog, _ db: Database) throws {
    self.kind = kind
    self.log = log
    table = kind == .deliverables ? .deliverable : .session
    self.office = office
    fields = kind.fields
    memory = try ImportMemory(kind: kind, db)
    conflicts = try OpenConflicts(db)
  }

  mutating func check(_ reading: inout RowReading) {}

  mutating func finish(_ db: Database) throws {}

  mutating func take(
    _ values: [String], _ db: Database, notice: (_ field: Int, ImportReason) -> Void
  ) throws -> RowOutcome {
    let code = values[0]
    let key = "\(office)/\(code)"
    let isRepeated = !seen.insert(code).inserted
    let cells = memory.cells(values)
    let remembered = try memory.recall(key, db)
    let (row, exists) = try locate(code, db)
    if remembered == cells {
      if !exists { notice(0, .deletedSince) }
      return .unchanged
    }
    let before = try remembered.map(memory.values)
    var changed = fields.indices.filter { !values[$0].isEmpty && values[$0] != before?[$0] }
    if isRepeated, let before {
      let contradicts = changed.contains { !before[$0].isEmpty }
      if contradicts { notice(0, .duplicateRow) }
      changed.removeAll { !before[$0].isEmpty }
    }
    let outcome = try write(
      row, exists: exists, values, changed: changed, before: before, db, notice: notice)
    let merged = before.map { memory.merge(values, over: $0, isRepeated: isRepeated) } ?? values
    let mergedCells = memory.cells(merged)
    if mergedCells != remembered {
      try memory.remember(mergedCells, key)
      try log.remember(key, target: row.key[0], before: remembered, after: mergedCells)
    }
    return outcome
  }

  private func locate(_ code: String, _ db: Database) throws -> (StoredRow, exists: Bool) {
    let derived: String
    let table: String
    switch kind {
    case .deliverables:
      table = "deliverable"
      derived = Identity.deliverable(office: office, code: code)
    default:
      table = "training_session"
      derived = Identity.session(office: office, code: code)
    }
    // A row with the code wins over one that bore it once.
    let statement = try db.cachedStatement(
      sql: """
        SELECT id FROM \(table) WHERE (office_code = ?1 AND code = ?2) OR id = ?3
        ORDER BY (office_code = ?1 AND code = ?2) DESC, id = ?3 DESC, id LIMIT 1
        """)
    let id = try String.fetchOne(statement, arguments: [office, code, derived])
    return (StoredRow(table: table, keyColumns: ["id"], key: [id ?? derived]), id != nil)
  }

  private func write(
    _ row: StoredRow, exists: Bool, _ values: [String], changed: [Int], before: [String]?,
    _ db: Database, notice: (_ field: Int, ImportReason) -> Void
  ) throws -> RowOutcome {
    let links = fields.firstIndex { if case .indicators = $0.form { true } else { false } }
    guard exists else {
      let cells = fields.indices.filter { $0 != links }.map {
        (column: fields[$0].column, value: fields[$0].stored(values[$0]))
      }
      try row.insert([("office_code", office.databaseValue)] + cells, db)
      try log.insert(table, row.key[0], cells.map { $0.value.shownText ?? "" })
      if let links { try link(row.key[0], add: list(values[links]), remove: [], db) }
      return .inserted
    }
    var cells = changed.filter { $0 != links }.map {
      (field: $0, column: fields[$0].column, value: fields[$0].stored(values[$0]))
    }
    if changed.contains(0), try row.fetch(["code"], db) != [values[0].databaseValue] {
      notice(0, .codeKept)
      cells.removeAll { $0.field == 0 }
    }
    var isUpdated =
      try !cells.isEmpty
      && row.write(
        cells, sparing: conflicts, log, as: table, fields: fields, db, notice: notice) == true
    if let links, changed.contains(links) {
      let now = list(values[links])
      let then = before.map { list($0[links]) } ?? []
      let isLinked = try link(
        row.key[0], add: now.filter { !then.contains($0) },
        remove: then.filter { !now.contains($0) },
        db)
      if isLinked { log.show(fields[links].header, from: before?[links], to: values[links]) }
      isUpdated = isUpdated || isLinked
    }
    return isUpdated ? .updated : .unchanged
  }

  private func list(_ text: String) -> [String] {
    text.split(separator: ";").map(String.init)
  }

  @discardableResult
  private func link(
    _ session: String, add: [String], remove: [String], _ db: Database
  ) throws -> Bool {
    try SessionIndicators.change(session, add: add, remove: remove, log: log, db)
  }
}

/// Which indicators a session counts for.
enum SessionIndicators {
  /// Adds and removes links, those only that are missing or there; whether any was.
  static func change(
    _ session: String, add: [String], remove: [String], log: ImportLog? = nil, _ db: Database
  ) throws -> Bool {
    let linked = try Set(
      String.fetchAll(
        db.cachedStatement(sql: "SELECT indicator_id FROM session_indicator WHERE session_id = ?"),
        arguments: [session]))
    let new = add.filter { !linked.contains($0) }
    for id in new {
      try db.cachedStatement(
        sql: "INSERT INTO session_indicator (session_id, indicator_id) VALUES (?, ?)"
      ).execute(arguments: [session, id])
      try log?.insert(.link, "\(session)\t\(id)", [])
    }
    let old = remove.filter { linked.contains($0) }
    for id in old {
      try db.cachedStatement(
        sql: "DELETE FROM session_indicator WHERE session_id = ? AND indicator_id = ?"
      ).execute(arguments: [session, id])
      try log?.remove(.link, "\(session)\t\(id)")
    }
    return !new.isEmpty || !old.isEmpty
  }
}
