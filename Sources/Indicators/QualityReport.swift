public import GRDB
import Trainings

/// What is missing or doubtful in the records, by office.
public struct QualityReport: Sendable {
  /// A record with a gap.
  public struct Item: Hashable, Sendable {
    /// Key values in the table's order.
    public var key: [String]
    /// What a person knows the record by: a code or a name, never a document's number.
    public var label: String
  }

  /// The records of one office that a check found.
  public struct Finding: Hashable, Sendable {
    /// What was looked for.
    public var check: QualityCheck
    /// Nil where no office stands behind the records, e.g.
    ///
    /// for persons who never attended.
    public var office: String?
    /// What was found.
    public var items: [Item]

    /// The stable code of the check.
    public var code: String { check.rawValue }
    /// How many were found.
    public var count: Int { items.count }
    /// The command that mends the first of them.
    public func command(spanish: Bool) -> String {
      check.mend(for: items.first?.key ?? []).text(spanish: spanish)
    }
  }

  /// The day that counted as today, ISO.
  public let today: String
  /// Ordered by office, then by check; only what was found.
  public let findings: [Finding]

  /// Looks at every record.
  ///
  /// - Complexity: a few passes over attendances, sessions, participants and deliverables.
  public static func compute(_ db: Database, today: String) throws -> QualityReport {
    var findings: [Finding] = []
    let persons = try PersonGroups.load(db)
    for check in QualityCheck.allCases {
      var offices: [String?] = []
      var items: [String?: [Item]] = [:]
      for (office, item) in try rows(of: check, db, persons, today: today) {
        if items[office] == nil { offices.append(office) }
        items[office, default: []].append(item)
      }
      findings += offices.map { Finding(check: check, office: $0, items: items[$0] ?? []) }
    }
    findings.sort { QualityCheck.precedes(($0.check, $0.office), ($1.check, $1.office)) }
    return QualityReport(today: today, findings: findings)
  }

  static func rows(
    of check: QualityCheck, _ db: Database, _ persons: PersonGroups, today: String
  ) throws -> [(office: String?, item: Item)] {
    switch check {
    case .documentTwice: try sharedDocuments(db, persons)
    case .decisionsContradict: try contradictions(db, persons)
    case .measurementPeriodUnknown: try unreadablePeriods(db)
    default: try run(check.sql, db, today: today)
    }
  }

  private static func run(
    _ sql: String?, _ db: Database, today: String
  ) throws -> [(String?, Item)] {
    guard let sql else { return [] }
    return try Row.fetchAll(
      db, sql: "WITH day(today) AS (VALUES (?)) \(sql)", arguments: [today]
    ).map { row in
      let key: [String?] = [row[1], row[2]]
      return (row[0], Item(key: key.compactMap(\.self), label: row[3] ?? ""))
    }
  }

  /// Ids with one document that nobody has decided about, by each office where one of them was.
  private static func sharedDocuments(
    _ db: Database, _ persons: PersonGroups
  ) throws -> [(String?, Item)] {
    try persons.undecided.flatMap { document in
      let label = "\(document.type) \(IdentityDocument.masked(document.number))"
      return try byOffice(Item(key: document.participants, label: label), db)
    }
  }

  private static func contradictions(
    _ db: Database, _ persons: PersonGroups
  ) throws -> [(String?, Item)] {
    try persons.contradictions.flatMap { contradiction in
      let label = try DuplicateList.person(contradiction.participants[0], db)?.name
      return try byOffice(Item(key: contradiction.participants, label: label ?? ""), db)
    }
  }

  /// An item about participants, once for each office where one of them was.
  private static func byOffice(_ item: Item, _ db: Database) throws -> [(String?, Item)] {
    let offices = try db.cachedStatement(
      sql: """
        SELECT DISTINCT s.office_code FROM attendance AS a
        JOIN training_session AS s ON s.id = a.session_id WHERE a.participant_id = ?
        """)
    let found = try Set(item.key.flatMap { try String.fetchAll(offices, arguments: [$0]) })
    return found.isEmpty ? [(nil, item)] : found.sorted().map { ($0, item) }
  }

  private static func unreadablePeriods(_ db: Database) throws -> [(String?, Item)] {
    try Row.fetchAll(
      db, sql: "SELECT indicator_id, period FROM measurement ORDER BY indicator_id, period"
    ).compactMap { row in
      let indicator: String = row[0]
      let period: String = row[1]
      guard Period(period) == nil else { return nil }
      return ("central", Item(key: [indicator, period], label: "\(indicator) \(period)"))
    }
  }
}
