public import GRDB
import Trainings

/// The records behind a figure: the persons, sessions, deliverables or measurements it counts.
public struct IndicatorEvidence: Sendable {
  /// A person at a session.
  public struct Attendance: Hashable, Sendable, Encodable {
    /// Stands for the person; the same in all rows of one person.
    public var person: String
    /// Surnames and given names.
    public var name: String
    /// Masked unless it was asked for.
    public var document: String?
    /// The session's office.
    public var office: String
    /// The session's code.
    public var session: String
    /// The ISO day it started.
    public var day: String
    /// The role of that day.
    public var role: String
    /// The institution of that day.
    public var institution: String?
    /// On the scale 0–20.
    public var pre: Double?
    /// On the scale 0–20.
    public var post: Double?
  }

  /// A session.
  public struct Session: Hashable, Sendable, Encodable {
    /// Its office.
    public var office: String
    /// Its code.
    public var code: String
    /// What it is called.
    public var title: String
    /// The ISO day it started.
    public var day: String
    /// Where.
    public var department: String?
    /// How.
    public var modality: String?
  }

  /// A deliverable.
  public struct Deliverable: Hashable, Sendable, Encodable {
    /// The office's own number.
    public var code: String?
    /// Its office.
    public var office: String?
    /// What it is called.
    public var title: String
    /// The ISO day.
    public var day: String
    /// Its status.
    public var status: String?
    /// A missing quantity counts as 1.
    public var quantity: Double
    /// Where to see it.
    public var evidence: String?
  }

  /// A measurement.
  public struct Measurement: Hashable, Sendable, Encodable {
    /// Its period.
    public var period: String
    /// The value, if there is one.
    public var value: Double?
    /// `number`, `not_due` or `unknown`.
    public var state: String
    /// The parts of a ratio.
    public var numerator: Double?
    /// The parts of a ratio.
    public var denominator: Double?
    /// Where it comes from.
    public var source: String?
  }

  /// A test known only by group.
  public struct GroupTest: Hashable, Sendable, Encodable {
    /// The session's office.
    public var office: String
    /// The session's code.
    public var session: String
    /// What the group is called.
    public var group: String
    /// How many sat both tests.
    public var count: Int
    /// Mean of the entry tests.
    public var preMean: Double
    /// Mean of the exit tests.
    public var postMean: Double
  }

  /// The figure, with what is known of it.
  public var value: IndicatorValue
  /// The last day that counts, ISO.
  public var cutOff: String
  /// By office, session and name.
  public var attendances: [Attendance] = []
  /// By day.
  public var sessions: [Session] = []
  /// By day.
  public var deliverables: [Deliverable] = []
  /// The latest that counts first.
  public var measurements: [Measurement] = []
  /// Group scores, of sessions without tests by person.
  public var groupTests: [GroupTest] = []

  /// How many persons stand in ``attendances``.
  public var persons: Int { Set(attendances.map(\.person)).count }

  /// The records behind an indicator's figure; nil where there is no such indicator in force.
  ///
  /// - Parameters:
  ///   - part: One group of a dimension, nil being "not recorded"; without it all.
  ///   - unmasked: Whether documents are shown in full.
  public static func gather(
    _ db: Database, indicator: String, cutOff: String,
    part: (dimension: IndicatorDimension, group: String?)? = nil, unmasked: Bool = false
  ) throws -> IndicatorEvidence? {
    let table = try IndicatorTable.compute(db, cutOff: cutOff)
    guard let value = table.values.first(where: { $0.id == indicator }) else { return nil }
    var evidence = IndicatorEvidence(value: value, cutOff: cutOff)
    switch value.definition.computation {
    case .countSessions:
      evidence.sessions = try sessions(db, indicator, cutOff).filter { line in
        matches(line.group(part?.dimension), part)
      }.map(\.session)
    case .countDeliverables:
      evidence.deliverables = try deliverables(db, indicator, cutOff).filter { item in
        switch part?.dimension {
        case .office: matches(item.office, part)
        case .quarter: matches(Period(quarterOf: item.day)?.description, part)
        case nil: true
        default: false
        }
      }
    case .countDistinctParticipants, .knowledgeGain, .weightedGain:
      try evidence.addPeople(db, indicator, part: part, unmasked: unmasked)
    case .ratio, .measurement, nil:
      evidence.measurements = try measurements(db, indicator, cutOff)
    }
    return evidence
  }

  private static func matches(
    _ group: String?, _ part: (dimension: IndicatorDimension, group: String?)?
  ) -> Bool {
    guard let part else { return true }
    return group == part.group
  }

  private struct SessionLine {
    var id: String
    var session: Session

    func group(_ dimension: IndicatorDimension?) -> String? {
      switch dimension {
      case .office: session.office
      case .department: session.department
      case .modality: session.modality
      case .quarter: Period(quarterOf: session.day)?.description
      default: nil
      }
    }
  }

  private static func sessions(
    _ db: Database, _ indicator: String, _ cutOff: String
  ) throws -> [SessionLine] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT s.id, s.office_code, s.code, s.title, substr(s.starts_on, 1, 10) AS day,
          nullif(s.department, ''), nullif(s.modality, '')
        FROM training_session AS s JOIN session_indicator AS l ON l.session_id = s.id
        WHERE \(heldSessionCounts) AND l.indicator_id = ?
        ORDER BY day, s.office_code, s.code, s.id
        """, arguments: [cutOff, indicator]
    ).map { row in
      SessionLine(
        id: row[0],
        session: Session(
          office: row[1], code: row[2], title: row[3], day: row[4], department: row[5],
          modality: row[6]))
    }
  }

  private mutating func addPeople(
    _ db: Database, _ indicator: String, part: (dimension: IndicatorDimension, group: String?)?,
    unmasked: Bool
  ) throws {
    let persons = try PersonGroups.load(db)
    let statement = try db.makeStatement(
      sql: """
        SELECT a.participant_id, p.paternal_surname, p.maternal_surname, p.given_names,
          p.document_type, p.document_number, a.role_code, nullif(a.institution_code, ''),
          a.pre_score * 20 / coalesce(a.score_scale, 20),
          a.post_score * 20 / coalesce(a.score_scale, 20), nullif(p.sex, ''),
          nullif(r.authority_type, '')
        FROM attendance AS a JOIN indicator_role AS i
          ON i.indicator_id = ? AND i.role_code = a.role_code
        LEFT JOIN participant AS p ON p.id = a.participant_id
        LEFT JOIN role AS r ON r.code = a.role_code
        WHERE a.session_id = ?
        ORDER BY p.paternal_surname, p.maternal_surname, p.given_names, a.participant_id
        """)
    let scores = try GroupScore.fetchLabelled(db)
    let isWeighted = value.definition.computation == .weightedGain
    for line in try Self.sessions(db, indicator, cutOff) {
      let isOfPart = part.map {
        !$0.dimension.belongsToSession || line.group($0.dimension) == $0.group
      }
      var isPaired = false
      for row in try Row.fetchAll(statement, arguments: [indicator, line.id]) {
        let surname: String? = row[1]
        let maternal: String? = row[2]
        let given: String? = row[3]
        let type: String? = row[4]
        let number: String? = row[5]
        let role: String = row[6]
        let attendance = Attendance(
          person: persons.representative(of: row[0]),
          name: [[surname, maternal].compactMap(\.self).joined(separator: " "), given ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ", "),
          document: number.map { number in
            "\(type.map { "\($0) " } ?? "")\(unmasked ? number : IdentityDocument.masked(number))"
          }, office: line.session.office, session: line.session.code, day: line.session.day,
          role: role, institution: row[7], pre: row[8], post: row[9])
        isPaired = isPaired || (attendance.pre != nil && attendance.post != nil)
        let group: String? =
          switch part?.dimension {
          case .sex: row[10]
          case .institution: row[7]
          case .role: role
          case .authorityType: row[11]
          default: part?.group
          }
        if isOfPart != false, Self.matches(group, part) { attendances.append(attendance) }
      }
      guard isWeighted, !isPaired else { continue }
      for (label, score) in scores[line.id] ?? [] {
        if let part {
          var group = part.dimension.belongsToSession ? line.group(part.dimension) : nil
          if part.dimension == .department { group = score.department ?? group }
          guard Self.matches(group, part) else { continue }
        }
        groupTests.append(
          GroupTest(
            office: line.session.office, session: line.session.code, group: label,
            count: score.count, preMean: score.pre, postMean: score.post))
      }
    }
  }

  private static func deliverables(
    _ db: Database, _ indicator: String, _ cutOff: String
  ) throws -> [Deliverable] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT code, nullif(office_code, ''), title, substr(delivered_on, 1, 10) AS day, status,
          coalesce(quantity, 1), nullif(evidence, '')
        FROM deliverable WHERE indicator_id = ? AND \(DeliverableSums.counts)
        ORDER BY day, office_code, code, id
        """, arguments: [indicator, cutOff]
    ).map { row in
      Deliverable(
        code: row[0], office: row[1], title: row[2], day: row[3], status: row[4],
        quantity: row[5], evidence: row[6])
    }
  }

  /// Of a period that had ended, the latest end first.
  private static func measurements(
    _ db: Database, _ indicator: String, _ cutOff: String
  ) throws -> [Measurement] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT period, value, state, numerator, denominator, nullif(source, '') FROM measurement
        WHERE indicator_id = ?
        """, arguments: [indicator]
    ).compactMap { row -> (Period, Measurement)? in
      let text: String = row[0]
      guard let period = Period(text), period.lastDay <= cutOff else { return nil }
      return (
        period,
        Measurement(
          period: text, value: row[1], state: row[2], numerator: row[3], denominator: row[4],
          source: row[5])
      )
    }.sorted { ($1.0.lastDay, $1.0.firstDay) < ($0.0.lastDay, $0.0.firstDay) }.map(\.1)
  }
}
