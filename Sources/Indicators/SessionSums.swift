import GRDB

/// What held sessions, their attendances and group scores add up to, for every indicator at once.
struct SessionSums {
  /// By position of the indicator.
  var counts: [Int]
  var countsByGroup: [[String?: Int]]
  var tallies: [Tally]
  var talliesByGroup: [[String?: Tally]]
  /// Numbers of the persons that are one only because of an undecided shared document.
  var undecidedPersons: [Int] = []

  private let catalog: IndicatorCatalog
  private let persons: PersonGroups
  private var numbers: [String: Int] = [:]
  private var personCount = 0

  private init(catalog: IndicatorCatalog, persons: PersonGroups) {
    let size = catalog.definitions.count
    self.catalog = catalog
    self.persons = persons
    counts = Array(repeating: 0, count: size)
    countsByGroup = Array(repeating: [:], count: size)
    tallies = Array(repeating: Tally(), count: size)
    talliesByGroup = Array(repeating: [:], count: size)
  }

  static func gather(
    _ db: Database, catalog: IndicatorCatalog, persons: PersonGroups, cutOff: String,
    dimension: IndicatorDimension?
  ) throws -> SessionSums {
    var sums = SessionSums(catalog: catalog, persons: persons)
    let sessions = try Session.fetch(db, catalog: catalog, cutOff: cutOff, dimension: dimension)
    for session in sessions.values {
      for indicator in session.indicators
      where catalog.definitions[indicator].computation == .countSessions {
        sums.counts[indicator] += 1
        if dimension?.belongsToSession == true {
          sums.countsByGroup[indicator][session.group, default: 0] += 1
        }
      }
    }
    // Growing step by step would copy the numbers often; the bound is for rowids that others gave.
    let participants = try Int.fetchOne(db, sql: "SELECT max(rowid) FROM participant") ?? 0
    sums.numbers.reserveCapacity(min(max(participants, 0), 1 << 21))
    let paired = try sums.addAttendances(
      db, sessions: sessions, cutOff: cutOff, dimension: dimension)
    try sums.addGroupScores(db, sessions: sessions, paired: paired, dimension: dimension)
    sums.undecidedPersons = persons.undecided.compactMap { document in
      document.participants.first.flatMap { sums.numbers[persons.representative(of: $0)] }
    }
    return sums
  }

  /// Adds every attendance to the indicators of its session that count its role.
  ///
  /// - Returns: For each session, the indicators that found a pair of tests in it.
  private mutating func addAttendances(
    _ db: Database, sessions: [Int64: Session], cutOff: String, dimension: IndicatorDimension?
  ) throws -> [Int64: Set<Int>] {
    let counting = catalog.definitions.map { $0.computation?.countsPeople == true }
    var roles = RoleNumbers(catalog)
    var paired: [Int64: Set<Int>] = [:]
    let group = dimension?.attendanceColumn
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.rowid, a.participant_id, a.role_code,
          a.pre_score * 20 / coalesce(a.score_scale, 20),
          a.post_score * 20 / coalesce(a.score_scale, 20)\(group.map { ", nullif(\($0), '')" } ?? "")
        FROM training_session AS s CROSS JOIN attendance AS a ON a.session_id = s.id
        WHERE \(Session.counts) AND s.id IN (
          SELECT l.session_id FROM session_indicator AS l JOIN indicator AS i ON i.id = l.indicator_id
          WHERE i.computation IN
            ('count_distinct_participants', 'pct_increase_pre_post', 'weighted_pct_increase'))
        """, arguments: [cutOff])
    var number = Int64.min
    var session = Session()
    while let row = try rows.next() {
      if row[0] != number {
        number = row[0]
        session = sessions[number] ?? Session()
      }
      guard let code: String = row[2] else { continue }
      let role = roles.number(of: code)
      var person: Int?
      for indicator in session.indicators
      where counting[indicator] && roles.counts(role, for: indicator) {
        let found = person ?? self.number(of: row[1])
        person = found
        let pre: Double? = row[3]
        let post: Double? = row[4]
        tallies[indicator].add(person: found, pre: pre, post: post)
        if dimension != nil {
          let key: String? = group == nil ? session.group : row[5]
          talliesByGroup[indicator][key, default: Tally()].add(person: found, pre: pre, post: post)
        }
        if pre != nil, post != nil, catalog.definitions[indicator].computation == .weightedGain {
          paired[number, default: []].insert(indicator)
        }
      }
    }
    return paired
  }

  /// Adds tests known only by group to the weighted gains.
  ///
  /// A session whose tests are known by person too is not counted twice: its group scores are left
  /// out.
  private mutating func addGroupScores(
    _ db: Database, sessions: [Int64: Session], paired: [Int64: Set<Int>],
    dimension: IndicatorDimension?
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.rowid, g.n_both, g.pre_mean, g.post_mean, nullif(g.department, '')
        FROM group_score AS g JOIN training_session AS s ON s.id = g.session_id
        WHERE g.n_both > 0 AND g.pre_mean IS NOT NULL AND g.post_mean IS NOT NULL
        ORDER BY g.session_id, g.group_label
        """)
    while let row = try rows.next() {
      let number: Int64 = row[0]
      guard let session = sessions[number] else { continue }
      for indicator in session.indicators
      where catalog.definitions[indicator].computation == .weightedGain
        && paired[number]?.contains(indicator) != true
      {
        let count: Int = row[1]
        let pre: Double = row[2]
        let post: Double = row[3]
        tallies[indicator].add(group: count, pre: pre, post: post)
        guard let dimension else { continue }
        var key = dimension.belongsToSession ? session.group : nil
        if dimension == .department { key = row[4] ?? key }
        talliesByGroup[indicator][key, default: Tally()].add(group: count, pre: pre, post: post)
      }
    }
  }

  /// A number for the person that a participant is.
  private mutating func number(of participant: String) -> Int {
    if let known = numbers[participant] { return known }
    let representative = persons.representative(of: participant)
    let number = representative == participant ? nil : numbers[representative]
    if let number {
      numbers[participant] = number
      return number
    }
    defer { personCount += 1 }
    numbers[participant] = personCount
    if representative != participant { numbers[representative] = personCount }
    return personCount
  }
}

/// Roles by number, and which indicator counts which.
private struct RoleNumbers {
  private var numbers: [String: Int] = [:]
  private var table: [[Bool]] = []
  private let roles: [Set<String>]

  init(_ catalog: IndicatorCatalog) {
    roles = catalog.roles
  }

  mutating func number(of code: String) -> Int {
    if let known = numbers[code] { return known }
    numbers[code] = table.count
    table.append(roles.map { $0.contains(code) })
    return table.count - 1
  }

  func counts(_ role: Int, for indicator: Int) -> Bool {
    table[role][indicator]
  }
}
