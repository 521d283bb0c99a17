import GRDB

/// What held sessions, their attendances and group scores add up to, for every indicator at once.
struct SessionSums {
  /// By position of the indicator.
  private(set) var counts: [Int]
  private(set) var tallies: [Tally]
  /// By position, then by number of the group.
  private var countsByGroup: [[Int: Int]]
  private var talliesByGroup: [[Int: Tally]]
  private var groups = GroupNumbers()
  private let catalog: IndicatorCatalog

  private init(catalog: IndicatorCatalog) {
    let size = catalog.definitions.count
    self.catalog = catalog
    counts = Array(repeating: 0, count: size)
    tallies = Array(repeating: Tally(), count: size)
    countsByGroup = Array(repeating: [:], count: size)
    talliesByGroup = Array(repeating: [:], count: size)
  }

  /// The sums at each of several cut-offs, in one pass over the sessions by their days.
  ///
  /// - Parameter cutOffs: Rising.
  /// - Returns: The sums, one for each cut-off, and the numbers of persons that are one only
  ///   because of an undecided shared document.
  static func gather(
    _ db: Database, catalog: IndicatorCatalog, persons: PersonGroups, cutOffs: [String],
    dimension: IndicatorDimension?
  ) throws -> (sums: [SessionSums], undecided: [Int]) {
    guard let last = cutOffs.last else { return ([], []) }
    let sessions = try Session.fetch(db, catalog: catalog, cutOff: last, dimension: dimension)
    var reader = try AttendanceReader(db, catalog: catalog, persons: persons, dimension: dimension)
    let groupScores = try GroupScore.fetch(db)
    var running = SessionSums(catalog: catalog)
    var snapshots: [SessionSums] = []
    for session in sessions {
      while snapshots.count < cutOffs.count, cutOffs[snapshots.count] < session.day {
        snapshots.append(running)
      }
      try running.add(
        session, reader: &reader, groupScores: groupScores[session.id] ?? [], dimension: dimension)
    }
    while snapshots.count < cutOffs.count { snapshots.append(running) }
    let undecided = persons.undecided.compactMap { document in
      document.participants.first.flatMap { reader.known(persons.representative(of: $0)) }
    }
    return (snapshots, undecided)
  }

  /// The parts of a count of sessions.
  func counts(at indicator: Int) -> [String?: Int] {
    Dictionary(
      countsByGroup[indicator].map { (groups.name(of: $0), $1) }, uniquingKeysWith: +)
  }

  /// The parts of a figure about people.
  func tallies(at indicator: Int) -> [String?: Tally] {
    Dictionary(
      talliesByGroup[indicator].map { (groups.name(of: $0), $1) },
      uniquingKeysWith: { first, _ in first })
  }

  private mutating func add(
    _ session: Session, reader: inout AttendanceReader, groupScores: [GroupScore],
    dimension: IndicatorDimension?
  ) throws {
    let isSessions = dimension?.belongsToSession == true
    let group = isSessions ? groups.number(of: session.group) : nil
    var counting: [Int] = []
    for indicator in session.indicators {
      let computation = catalog.definitions[indicator].computation
      if computation == .countSessions {
        counts[indicator] += 1
        if let group { countsByGroup[indicator][group, default: 0] += 1 }
      } else if computation?.countsPeople == true {
        counting.append(indicator)
      }
    }
    guard !counting.isEmpty else { return }
    var met: Set<Int> = []
    var paired: Set<Int> = []
    try reader.read(session.id) { attendance in
      for indicator in counting where attendance.counts(for: indicator) {
        met.insert(indicator)
        tallies[indicator].add(attendance)
        if attendance.isPaired { paired.insert(indicator) }
        guard dimension != nil else { continue }
        let key = group ?? groups.number(of: attendance.group)
        talliesByGroup[indicator][key, default: Tally()].add(attendance)
      }
    }
    for indicator in counting {
      let isWeighted = catalog.definitions[indicator].computation == .weightedGain
      // A session whose tests are known by person is not counted twice: its group scores are left
      // out.
      if isWeighted, !paired.contains(indicator) {
        for score in groupScores {
          tallies[indicator].add(score)
          guard let dimension else { continue }
          let named = dimension == .department ? score.department ?? session.group : session.group
          let key = isSessions ? groups.number(of: named) : groups.number(of: nil)
          talliesByGroup[indicator][key, default: Tally()].add(score)
        }
      }
      let isTested = paired.contains(indicator) || (isWeighted && !groupScores.isEmpty)
      if met.contains(indicator) || isTested { tallies[indicator].addSession(tested: isTested) }
    }
  }
}

/// A test known only by group: how many sat both tests, and the two means.
struct GroupScore {
  var department: String?
  var count: Int
  var pre: Double
  var post: Double

  /// By session.
  static func fetch(_ db: Database) throws -> [String: [GroupScore]] {
    try fetchLabelled(db).mapValues { $0.map(\.score) }
  }

  /// By session, with the groups' labels.
  static func fetchLabelled(
    _ db: Database
  ) throws -> [String: [(label: String, score: GroupScore)]] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT session_id, group_label, nullif(department, ''), n_both, pre_mean, post_mean
        FROM group_score WHERE n_both > 0 AND pre_mean IS NOT NULL AND post_mean IS NOT NULL
        ORDER BY session_id, group_label
        """)
    var scores: [String: [(String, GroupScore)]] = [:]
    while let row = try rows.next() {
      scores[row[0], default: []].append(
        (row[1], GroupScore(department: row[2], count: row[3], pre: row[4], post: row[5])))
    }
    return scores
  }
}

/// Groups by number, so that each attendance costs no text.
struct GroupNumbers {
  private var numbers: [String: Int] = [:]
  private var names: [String?] = [nil]

  /// 0 is "not recorded".
  mutating func number(of name: String?) -> Int {
    guard let name else { return 0 }
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  func name(of number: Int) -> String? { names[number] }
}
