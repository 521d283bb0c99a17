import GRDB

/// A code that an office gave to two sessions or two deliverables, as two laptops do that number on
/// without a line between them.
public struct CodeTwice: Hashable, Sendable {
  /// One of the records with the code.
  public struct Record: Hashable, Sendable {
    /// The record's id.
    public var id: String
    /// Its title.
    public var title: String
    /// The day it started or was delivered, where it is known.
    public var day: String?
    /// How many attendances a session has; nil for a deliverable.
    public var attendances: Int?
  }

  /// `training_session` or `deliverable`.
  public var table: String
  /// The office's code; nil for a deliverable of none.
  public var office: String?
  /// The code.
  public var code: String
  /// Those that bear it, at least two, in the order of their ids.
  public var records: [Record]

  /// Every code that stands twice in an office, sessions first.
  static func find(_ db: Database) throws -> [CodeTwice] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT 'training_session', s.office_code, s.code, s.id, s.title, s.starts_on,
          (SELECT count(*) FROM attendance WHERE session_id = s.id)
        FROM training_session AS s WHERE EXISTS (SELECT 1 FROM training_session
          WHERE office_code = s.office_code AND code = s.code AND id <> s.id)
        UNION ALL
        SELECT 'deliverable', d.office_code, d.code, d.id, d.title, d.delivered_on, NULL
        FROM deliverable AS d WHERE d.code <> '' AND EXISTS (SELECT 1 FROM deliverable
          WHERE office_code IS d.office_code AND code = d.code AND id <> d.id)
        ORDER BY 1 DESC, 2, 3, 4
        """)
    var found: [CodeTwice] = []
    for row in rows {
      let record = Record(id: row[3], title: row[4], day: row[5], attendances: row[6])
      let office: String? = row[1]
      if let last = found.last, last.table == row[0], last.office == office, last.code == row[2] {
        found[found.count - 1].records.append(record)
      } else {
        found.append(CodeTwice(table: row[0], office: office, code: row[2], records: [record]))
      }
    }
    return found
  }
}
