public import GRDB

/// What persons do with sessions, beside importing them.
///
/// A session is named by its identifier, by `office/code`, or by its code alone, which means the
/// given office's before another's. Values are given by column or by header.
public enum Sessions {
  /// The identifier of the session that a text names.
  public static func find(_ name: String, office: String?, in db: Database) throws -> String {
    let byID = try String.fetchOne(
      db, sql: "SELECT id FROM training_session WHERE id = ?", arguments: [name])
    if let byID { return byID }
    if let slash = name.firstIndex(of: "/") {
      let own = try String.fetchAll(
        db, sql: "SELECT id FROM training_session WHERE office_code = ? AND code = ? ORDER BY id",
        arguments: [String(name[..<slash]), String(name[name.index(after: slash)...])])
      if own.count == 1 { return own[0] }
      if own.count > 1 { throw TrainingsError(.ambiguousSession(name)) }
    }
    let found = try String.fetchAll(
      db,
      sql: """
        SELECT id FROM training_session WHERE code = ?1 COLLATE NOCASE
          AND (office_code = ?2 OR NOT EXISTS
            (SELECT 1 FROM training_session WHERE code = ?1 COLLATE NOCASE AND office_code = ?2))
        """, arguments: [name, office])
    guard let id = found.first else { throw TrainingsError(.unknownSession(name)) }
    if found.count > 1 { throw TrainingsError(.ambiguousSession(name)) }
    return id
  }

  /// All sessions, or one office's, in order of time.
  public static func list(office: String? = nil, in db: Database) throws -> [RecordEntry] {
    try RecordEntry.fetch(
      db,
      """
      SELECT id, office_code, code, title, kind, modality, status, starts_on, ends_on,
        \(indicators) AS indicators,
        (SELECT COUNT(*) FROM attendance WHERE session_id = s.id) AS attendances
      FROM training_session s WHERE ?1 IS NULL OR office_code = ?1
      ORDER BY starts_on, office_code, code, id
      """, [office], masking: true)
  }

  /// Everything about one session.
  public static func show(_ name: String, office: String?, in db: Database) throws -> RecordEntry {
    let id = try find(name, office: office, in: db)
    let entries = try RecordEntry.fetch(
      db,
      """
      SELECT s.*, \(indicators) AS indicators,
        (SELECT COUNT(*) FROM attendance WHERE session_id = s.id) AS attendances
      FROM training_session s WHERE id = ?
      """, [id], masking: true)
    guard let entry = entries.first else { throw TrainingsError(.unknownSession(name)) }
    return entry
  }

  private static let indicators = """
    (SELECT group_concat(indicator_id, ';') FROM
      (SELECT indicator_id FROM session_indicator WHERE session_id = s.id ORDER BY 1))
    """

  /// Adds a session; its identifier is random, since two laptops may invent the same code.
  public static func add(
    _ values: [String: String], office: String, in db: Database, environment: TrainingsEnvironment
  ) throws -> String {
    let isOffice = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
    guard isOffice == true else { throw TrainingsError(.unknownOffice(office)) }
    let entered = try EnteredValues(
      values, for: Field.sessions, over: nil, codes: CatalogCodes(db))
    try refuseUsedCode(entered["code"], office: office, but: nil, db)
    let id = environment.newID()
    try row(id).insert(
      [("office_code", office.databaseValue)] + entered.cells(all: true), db)
    _ = try SessionIndicators.change(id, add: list(entered["indicators"]), remove: [], db)
    return id
  }

  /// Writes the values that differ; whether any did.
  @discardableResult
  public static func edit(
    _ name: String, _ values: [String: String], office: String?, in db: Database
  ) throws -> Bool {
    let id = try find(name, office: office, in: db)
    let entered = try EnteredValues(
      values, for: Field.sessions, over: row(id).texts(Field.sessions, db),
      codes: CatalogCodes(db))
    let codes = Field.sessions.firstIndex { $0.column == "code" }
    if let codes, entered.entered.contains(codes) {
      try refuseUsedCode(entered["code"], by: id, db)
    }
    var isChanged = try row(id).change(entered.cells(all: false), db)
    let links = Field.sessions.firstIndex { $0.column == "indicators" }
    if let links, entered.entered.contains(links) {
      let now = list(entered["indicators"])
      let then = try String.fetchAll(
        db, sql: "SELECT indicator_id FROM session_indicator WHERE session_id = ?", arguments: [id])
      let isLinked = try SessionIndicators.change(
        id, add: now, remove: then.filter { !now.contains($0) }, db)
      isChanged = isChanged || isLinked
    }
    return isChanged
  }

  /// Deletes a session with its links to indicators.
  ///
  /// - Parameter cascade: Whether its attendances and group scores go too; without it, a session
  ///   that has any is refused.
  public static func delete(
    _ name: String, office: String?, cascade: Bool = false, in db: Database
  ) throws {
    let id = try find(name, office: office, in: db)
    let count = try Int.fetchOne(
      db,
      sql: """
        SELECT (SELECT COUNT(*) FROM attendance WHERE session_id = ?1)
          + (SELECT COUNT(*) FROM group_score WHERE session_id = ?1)
        """, arguments: [id])
    if let count, count > 0, !cascade { throw TrainingsError(.sessionHasAttendances(count)) }
    for table in ["attendance", "group_score", "session_indicator"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE session_id = ?", arguments: [id])
    }
    try db.execute(sql: "DELETE FROM training_session WHERE id = ?", arguments: [id])
  }

  private static func row(_ id: String) -> StoredRow {
    StoredRow(table: "training_session", keyColumns: ["id"], key: [id])
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ";").map(String.init)
  }

  /// Refuses a code that another session of the session's office bears.
  static func refuseUsedCode(_ code: String, by id: String, _ db: Database) throws {
    let owner = try String.fetchOne(
      db, sql: "SELECT office_code FROM training_session WHERE id = ?", arguments: [id])
    try refuseUsedCode(code, office: owner ?? "", but: id, db)
  }

  private static func refuseUsedCode(
    _ code: String, office: String, but id: String?, _ db: Database
  ) throws {
    let isUsed = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM training_session
          WHERE office_code = ? AND code = ? AND id IS NOT ?)
        """, arguments: [office, code, id])
    if isUsed == true { throw TrainingsError(.codeInUse(code)) }
  }
}
