import GRDB

/// An attendance as the sums need it.
struct Attendance {
  /// The person's number, in the order in which persons are met.
  var person: Int
  /// On the scale 0–20; nil where no test was sat.
  var pre: Double?
  /// On the scale 0–20; nil where no test was sat.
  var post: Double?
  /// Its group where the dimension is the attendance's; nil is "not recorded".
  var group: String?
  fileprivate var countingIndicators: [Bool]

  var isPaired: Bool { pre != nil && post != nil }

  /// Whether its role that day counts for the indicator at a position.
  func counts(for indicator: Int) -> Bool { countingIndicators[indicator] }
}

/// Reads the attendances of one session after the other and numbers the persons it meets.
struct AttendanceReader {
  private let statement: Statement
  private let sexOf: [String: String]?
  private let hasGroup: Bool
  private let persons: PersonGroups
  private let roles: [Set<String>]
  private var numbers: [String: Int] = [:]
  private var personCount = 0
  private var countingByRole: [String: [Bool]] = [:]

  init(
    _ db: Database, catalog: IndicatorCatalog, persons: PersonGroups,
    dimension: IndicatorDimension?
  ) throws {
    self.persons = persons
    roles = catalog.roles
    let column = dimension?.attendanceColumn
    hasGroup = column != nil
    statement = try db.makeStatement(
      sql: """
        SELECT a.participant_id, a.role_code, a.pre_score * 20 / coalesce(a.score_scale, 20),
          a.post_score * 20 / coalesce(a.score_scale, 20)\(column.map { ", nullif(\($0), '')" } ?? "")
        FROM attendance AS a WHERE a.session_id = ?
        """)
    // A search for each attendance would cost more than reading every participant once.
    if dimension == .sex {
      var sexes: [String: String] = [:]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, sex FROM participant WHERE sex <> ''")
      while let row = try rows.next() { sexes[row[0]] = row[1] }
      sexOf = sexes
    } else {
      sexOf = nil
    }
    // Growing step by step would copy the numbers often; the bound is for rowids that others gave.
    let participants = try Int.fetchOne(db, sql: "SELECT max(rowid) FROM participant") ?? 0
    numbers.reserveCapacity(min(max(participants, 0), 1 << 21))
  }

  /// Gives each attendance of a session that has a role to `body`.
  mutating func read(_ session: String, _ body: (Attendance) throws -> Void) throws {
    let rows = try Row.fetchCursor(statement, arguments: [session])
    while let row = try rows.next() {
      guard let role: String = row[1] else { continue }
      let counting = counting(role)
      guard counting.contains(true) else { continue }
      let participant: String = row[0]
      let group: String? = hasGroup ? row[4] : sexOf?[participant]
      try body(
        Attendance(
          person: number(of: participant), pre: row[2], post: row[3], group: group,
          countingIndicators: counting))
    }
  }

  /// The number of a person that was met.
  func known(_ representative: String) -> Int? { numbers[representative] }

  private mutating func counting(_ role: String) -> [Bool] {
    if let known = countingByRole[role] { return known }
    let counting = roles.map { $0.contains(role) }
    countingByRole[role] = counting
    return counting
  }

  /// A number for the person that a participant is.
  private mutating func number(of participant: String) -> Int {
    if let known = numbers[participant] { return known }
    let representative = persons.representative(of: participant)
    if representative != participant, let number = numbers[representative] {
      numbers[participant] = number
      return number
    }
    defer { personCount += 1 }
    numbers[participant] = personCount
    if representative != participant { numbers[representative] = personCount }
    return personCount
  }
}
