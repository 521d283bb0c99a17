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
    var found: [(place: Int, count: Count)] = []
    let checks = Array(QualityCheck.allCases.enumerated())
    let conditions = checks.compactMap { place, check in
      check.attendanceCondition.map { (place, check, $0) }
    }
    let sums: String = conditions.map { "sum(\($0.2))" }.joined(separator: ", ")
    let any: String = conditions.map { "(\($0.2))" }.joined(separator: " OR ")
    let offices = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.office_code, \(sums)
        FROM attendance AS a CROSS JOIN training_session AS s ON s.id = a.session_id
        WHERE \(any) GROUP BY 1
        """)
    while let row = try offices.next() {
      for (column, (place, check, _)) in conditions.enumerated() {
        let count: Int? = row[column + 1]
        found.append((place, Count(check: check, office: row[0], count: count ?? 0)))
      }
    }
    for (place, check) in checks where check.attendanceCondition == nil {
      found += try others(check, db, persons, today: today).map { (place, $0) }
    }
    return QualityCounts(
      counts: found.filter { $0.count.count > 0 }.sorted { left, right in
        if left.count.office != right.count.office {
          guard let mine = left.count.office else { return false }
          return right.count.office.map { mine < $0 } ?? true
        }
        return left.place < right.place
      }.map(\.count))
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
