import GRDB

/// Sessions of a period and who came to them.
struct PeriodActivity {
  var sessions: [QuarterReport.Session] = []
  var trend: [QuarterReport.Trend] = []
  var participation: QuarterReport.Participation

  /// How many periods the trend shows.
  private static let trendLength = 8

  static func gather(
    _ db: Database, persons: PersonGroups, span: QuarterReport.Span, period: Period
  ) throws -> PeriodActivity {
    var sessions = try fetch(
      db, where: "day BETWEEN ? AND ?", arguments: [span.firstDay, span.cutOff])
    var numbers: [String: Int] = [:]
    func number(_ participant: String) -> Int {
      let person = persons.representative(of: participant)
      if let known = numbers[person] { return known }
      numbers[person] = numbers.count
      return numbers.count - 1
    }
    var all = GroupTally()
    var groups: [[String?: GroupTally]] = Array(repeating: [:], count: 4)
    let statement = try db.makeStatement(
      sql: """
        SELECT a.participant_id, nullif(p.sex, ''), nullif(a.institution_code, ''),
          nullif(r.authority_type, '')
        FROM attendance AS a LEFT JOIN participant AS p ON p.id = a.participant_id
        LEFT JOIN role AS r ON r.code = a.role_code
        WHERE a.session_id = ?
        """)
    for index in sessions.indices where sessions[index].session.status == "held" {
      var (came, women): (PersonList, PersonList) = ([], [])
      let rows = try Row.fetchCursor(statement, arguments: [sessions[index].id])
      while let row = try rows.next() {
        let person = number(row[0])
        let sex: String? = row[1]
        came.insert(person)
        if sex == "F" { women.insert(person) }
        all.add(person, sex: sex)
        let keys: [String?] = [sex, sessions[index].session.office, row[2], row[3]]
        for (dimension, key) in keys.enumerated() {
          groups[dimension][key, default: GroupTally()].add(person, sex: sex)
        }
      }
      sessions[index].session.persons = came.count
      sessions[index].session.women = women.count
    }
    func labelled(_ position: Int, _ dimension: IndicatorDimension) throws -> [QuarterReport.Group]
    {
      let labels = try GroupLabels.load(db, for: dimension)
      return groups[position].map { key, tally in
        QuarterReport.Group(
          code: key, name: labels.name(of: key), persons: tally.persons.count,
          attendances: tally.attendances, bySex: tally.bySex)
      }.sorted { left, right in
        guard let mine = left.code else { return false }
        guard let theirs = right.code else { return true }
        return dimension == .institution || dimension == .authorityType
          ? (right.attendances, mine) < (left.attendances, theirs) : mine < theirs
      }
    }
    return PeriodActivity(
      sessions: sessions.map(\.session), trend: try trend(db, span: span, period: period),
      participation: QuarterReport.Participation(
        persons: all.persons.count, attendances: all.attendances, sexes: try labelled(0, .sex),
        offices: try labelled(1, .office), institutions: try labelled(2, .institution),
        authorityTypes: try labelled(3, .authorityType)))
  }

  /// What is planned for the next period, what is planned without a day, and what should have taken
  /// place in this one and was not recorded as held; older ones stand in the quality report.
  static func plan(
    _ db: Database, after span: QuarterReport.Span, next: Period
  ) throws -> [QuarterReport.Session] {
    try fetch(
      db,
      where: "status IN ('planned', 'postponed') AND (day IS NULL OR day BETWEEN ? AND ?)",
      arguments: [span.firstDay, next.lastDay]
    ).map(\.session)
  }

  /// Sessions with their day: that of their start, or, while they are not held, the planned one.
  private static func fetch(
    _ db: Database, where condition: String, arguments: StatementArguments
  ) throws -> [(id: String, session: QuarterReport.Session)] {
    try Row.fetchAll(
      db,
      sql: """
        WITH dated AS (
          SELECT id, office_code, code, title, nullif(status, '') AS status,
            nullif(modality, '') AS modality, nullif(department, '') AS department,
            substr(CASE
              WHEN starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN starts_on
              WHEN status IS NOT 'held'
                AND planned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
              THEN planned_on END, 1, 10) AS day
          FROM training_session)
        SELECT d.id, d.office_code, d.code, d.title, d.day, d.status, d.modality, d.department,
          (SELECT group_concat(indicator_id, ' ') FROM (
            SELECT indicator_id FROM session_indicator WHERE session_id = d.id ORDER BY 1))
        FROM dated AS d WHERE \(condition) ORDER BY d.day IS NULL, d.day, d.office_code, d.code, d.id
        """, arguments: arguments
    ).map { row in
      let indicators: String? = row[8]
      return (
        row[0],
        QuarterReport.Session(
          office: row[1], code: row[2], title: row[3], day: row[4], status: row[5],
          modality: row[6], department: row[7],
          indicators: indicators?.split(separator: " ").map(String.init) ?? [], persons: 0,
          women: 0)
      )
    }
  }

  private static func trend(
    _ db: Database, span: QuarterReport.Span, period: Period
  ) throws -> [QuarterReport.Trend] {
    var periods = [period]
    while periods.count < trendLength, let first = periods.first {
      periods.insert(first.previous, at: 0)
    }
    let statement = try db.makeStatement(
      sql: """
        SELECT count(*), coalesce(sum(
          (SELECT count(*) FROM attendance AS a WHERE a.session_id = s.id)), 0)
        FROM training_session AS s WHERE \(Session.counts) AND substr(s.starts_on, 1, 10) >= ?
        """)
    let lines = try periods.map { period in
      let row = try Row.fetchOne(
        statement, arguments: [min(period.lastDay, span.cutOff), period.firstDay])
      return QuarterReport.Trend(
        period: period.description, sessions: row?[0] ?? 0, attendances: row?[1] ?? 0)
    }
    // Quarters before the first session say nothing.
    let first = lines.firstIndex { $0.sessions > 0 } ?? max(lines.count - 1, 0)
    return Array(lines[first...])
  }
}

private typealias PersonList = Set<Int>

/// Sums over the attendances of a group.
private struct GroupTally {
  var persons: PersonList = []
  var attendances = 0
  /// Women, men, others, not recorded.
  var bySex = [0, 0, 0, 0]

  mutating func add(_ person: Int, sex: String?) {
    persons.insert(person)
    attendances += 1
    switch sex {
    case "F": bySex[0] += 1
    case "M": bySex[1] += 1
    case nil: bySex[3] += 1
    default: bySex[2] += 1
    }
  }
}
