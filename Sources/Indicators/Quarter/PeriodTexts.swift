public import GRDB

/// The narrative texts of a period's report, written by the centre and the offices.
public enum PeriodTexts {
  /// Keeps a text, or drops it where it is empty.
  ///
  /// - Parameters:
  ///   - office: Whose text it is.
  ///   - language: `es` or `en`.
  public static func set(
    _ db: Database, period: Period, section: ReportSection, office: String, language: String,
    body: String
  ) throws {
    if body.allSatisfy(\.isWhitespace) {
      try db.execute(
        sql: """
          DELETE FROM period_text
          WHERE period = ? AND section = ? AND office_code = ? AND language = ?
          """, arguments: [period.description, section.rawValue, office, language])
    } else {
      try db.execute(
        sql: """
          INSERT INTO period_text (period, section, office_code, language, body)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body
          """, arguments: [period.description, section.rawValue, office, language, body])
    }
  }

  /// A period's texts by section, the centre's first.
  public static func list(_ db: Database, period: Period) throws -> [QuarterReport.Text] {
    let texts = try Row.fetchAll(
      db,
      sql: """
        SELECT section, office_code, language, body FROM period_text
        WHERE period = ? AND body <> ''
        ORDER BY office_code <> 'central', office_code, language DESC
        """, arguments: [period.description]
    ).map { row in
      QuarterReport.Text(section: row[0], office: row[1], language: row[2], body: row[3])
    }
    let order = ReportSection.allCases.map(\.rawValue)
    func rank(_ text: QuarterReport.Text) -> Int {
      order.firstIndex(of: text.section) ?? order.count
    }
    return texts.enumerated()
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }
}
