public import GRDB

/// What persons do with deliverables, beside importing them.
///
/// A deliverable is named by its identifier, by `office/code`, or by its code alone, which means the
/// given office's before another's.
public enum Deliverables {
  /// The identifier of the deliverable that a text names.
  public static func find(_ name: String, office: String?, in db: Database) throws -> String {
    let byID = try String.fetchOne(
      db, sql: "SELECT id FROM deliverable WHERE id = ?", arguments: [name])
    if let byID { return byID }
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    var found: [String] = []
    if parts.count == 2 {
      found = try String.fetchAll(
        db, sql: "SELECT id FROM deliverable WHERE office_code = ? AND code = ? ORDER BY id",
        arguments: StatementArguments(parts))
    }
    if found.isEmpty {
      found = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM deliverable WHERE code = ?1 COLLATE NOCASE
            AND (office_code = ?2 OR NOT EXISTS
              (SELECT 1 FROM deliverable WHERE code = ?1 COLLATE NOCASE AND office_code = ?2))
          """, arguments: [name, office])
    }
    guard let id = found.first else { throw TrainingsError(.unknownDeliverable(name)) }
    if found.count > 1 { throw TrainingsError(.ambiguousDeliverable(name)) }
    return id
  }

  /// Deliverables, or one office's or indicator's, by office and code.
  public static func list(
    office: String? = nil, indicator: String? = nil, in db: Database
  ) throws -> [RecordEntry] {
    try RecordEntry.fetch(
      db,
      """
      SELECT id, office_code, code, indicator_id, title, status, delivered_on, quantity, evidence
      FROM deliverable
      WHERE (?1 IS NULL OR office_code = ?1) AND (?2 IS NULL OR indicator_id = ?2)
      ORDER BY office_code, code, id
      """, [office, indicator], masking: true)
  }

  /// Everything about one deliverable.
  public static func show(_ name: String, office: String?, in db: Database) throws -> RecordEntry {
    let id = try find(name, office: office, in: db)
    let entries = try RecordEntry.fetch(
      db, "SELECT * FROM deliverable WHERE id = ?", [id], masking: true)
    guard let entry = entries.first else { throw TrainingsError(.unknownDeliverable(name)) }
    return entry
  }

  /// Adds a deliverable; its identifier is random, since two laptops may invent the same code.
  public static func add(
    _ values: [String: String], office: String, in db: Database, environment: TrainingsEnvironment
  ) throws -> String {
    let isOffice = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
    guard isOffice == true else { throw TrainingsError(.unknownOffice(office)) }
    let entered = try EnteredValues(
      values, for: Field.deliverables, over: nil, codes: CatalogCodes(db))
    try refuseUsedCode(entered["code"], office: office, but: nil, db)
    let id = environment.newID()
    try row(id).insert([("office_code", office.databaseValue)] + entered.cells(all: true), db)
    return id
  }

  /// Writes the values that differ; whether any did.
  @discardableResult
  public static func edit(
    _ name: String, _ values: [String: String], office: String?, in db: Database
  ) throws -> Bool {
    let id = try find(name, office: office, in: db)
    let entered = try EnteredValues(
      values, for: Field.deliverables, over: row(id).texts(Field.deliverables, db),
      codes: CatalogCodes(db))
    if let place = Field.deliverables.firstIndex(where: { $0.column == "code" }),
      entered.entered.contains(place)
    {
      try refuseUsedCode(entered["code"], by: id, db)
    }
    return try row(id).change(entered.cells(all: false), db)
  }

  /// Deletes a deliverable.
  public static func delete(_ name: String, office: String?, in db: Database) throws {
    try db.execute(
      sql: "DELETE FROM deliverable WHERE id = ?",
      arguments: [try find(name, office: office, in: db)])
  }

  private static func row(_ id: String) -> StoredRow {
    StoredRow(table: "deliverable", keyColumns: ["id"], key: [id])
  }

  /// Refuses a code that another deliverable of the deliverable's office bears.
  static func refuseUsedCode(_ code: String, by id: String, _ db: Database) throws {
    let owner = try String.fetchOne(
      db, sql: "SELECT office_code FROM deliverable WHERE id = ?", arguments: [id])
    try refuseUsedCode(code, office: owner, but: id, db)
  }

  private static func refuseUsedCode(
    _ code: String, office: String?, but id: String?, _ db: Database
  ) throws {
    let isUsed = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM deliverable
          WHERE office_code IS ? AND code = ? AND id IS NOT ?)
        """, arguments: [office, code, id])
    if isUsed == true { throw TrainingsError(.codeInUse(code)) }
  }
}
