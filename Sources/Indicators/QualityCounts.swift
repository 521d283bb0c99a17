import GRDB

/// How many records each check finds in each office: ``QualityReport`` without the records.
struct QualityCounts {
  struct Count: Hashable {
    var check: QualityCheck
    var office: String?
    var count: Int
  }

  /// Ordered by office, then by check; only what was found.
  let counts: [Count]

  /// Counts what ``QualityReport/compute(_:today:)`` lists.
  ///
  /// - Complexity: one pass over the attendances for all checks of them; the other checks as there.
  static func compute(
    _ db: Database, persons: PersonGroups, today: String
  ) throws -> QualityCounts {
    var found: [Count] = []
    let conditions = QualityCheck.allCases.compactMap { check in
      check.attendanceCondition.map { (check, $0) }
    }
    let sums: String = conditions.map { "sum(\($0.1))" }.joined(separator: ", ")
    let any: String = conditions.map { "(\($0.1))" }.joined(separator: " OR ")
    let offices = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.office_code, \(sums)
        FROM attendance AS a CROSS JOIN training_session AS s ON s.id = a.session_id
        WHERE \(any) GROUP BY 1
        """)
    while let row = try offices.next() {
      for (column, (check, _)) in conditions.enumerated() {
        let count: Int? = row[column + 1]
        found.append(Count(check: check, office: row[0], count: count ?? 0))
      }
    }
    for check in QualityCheck.allCases where check.attendanceCondition == nil {
      found += try others(check, db, persons, today: today)
    }
    return QualityCounts(
      counts: found.filter { $0.count > 0 }.sorted {
        QualityCheck.precedes(($0.check, $0.office), ($1.check, $1.office))
      })
  }

  private static func others(
    _ check: QualityCheck, _ db: Database, _ persons: PersonGroups, today: String
  ) throws -> [Count] {
    guard let sql = check.sql else {
      let offices = try QualityReport.rows(of: check, db, persons, today: today).map(\.office)
      return Dictionary(grouping: offices) { $0 }.map {
        Count(check: check, office: $0, count: $1.count)
      }
    }
    return try Row.fetchAll(
      db,
      sql: """
        WITH day(today) AS (VALUES (?)), found(office, key_1, key_2, label) AS (\(sql))
        SELECT office, count(*) FROM found GROUP BY 1
        """, arguments: [today]
    ).map { Count(check: check, office: $0[0], count: $0[1]) }
  }
}
