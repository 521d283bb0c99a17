public import GRDB

/// An import that wrote something.
public struct ImportRecord: Codable, Hashable, Sendable, FetchableRecord {
  /// What it is called by, on this machine.
  public let number: Int

  /// What the file was.
  public let kind: SheetKind

  /// The office whose file it was.
  public let office: String

  /// The file's name, without its folder.
  public let file: String

  /// The instant in UTC.
  public let takenAt: String

  /// Rows that were not blank.
  public let read: Int

  /// Rows that were new.
  public let inserted: Int

  /// Rows of which something was written.
  public let updated: Int

  /// Rows of which nothing was new.
  public let unchanged: Int

  /// Rows that were not taken.
  public let rejected: Int

  /// The instant in UTC of its undo; nil where it stands.
  public let undoneAt: String?

  /// How many of its writes can be undone: none after its undo, or when many imports have followed.
  public let pending: Int
}

/// The imports of this machine.
public enum ImportHistory {
  private static let query = """
    SELECT number, kind, office_code AS office, file, taken_at AS takenAt, read, inserted, updated,
      unchanged, rejected, undone_at AS undoneAt,
      (SELECT COUNT(*) FROM import_write WHERE run = number) AS pending
    FROM import_run
    """

  /// All imports that wrote something, the last one first.
  public static func list(in db: Database) throws -> [ImportRecord] {
    try ImportRecord.fetchAll(db, sql: query + " ORDER BY number DESC")
  }

  /// One import.
  ///
  /// - Throws: ``TrainingsError`` where there is none of that number.
  public static func find(_ number: Int, in db: Database) throws -> ImportRecord {
    let found = try ImportRecord.fetchOne(db, sql: query + " WHERE number = ?", arguments: [number])
    guard let found else { throw TrainingsError(.unknownImport(number)) }
    return found
  }
}
