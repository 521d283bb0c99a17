public import GRDB
public import Replica
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Adjustments {
  /// What arrived for a closed period since; nil where it is not closed.
  public static func compute(
    _ replica: Replica, _ db: Database, period: Period
  ) throws -> Adjustments? {
    guard let closed = try PeriodClosing.load(db, period: period) else { return nil }
    return try compute(replica, db, since: closed)
  }

  /// What arrived for the last period that was closed with an earlier cut-off; nil where none was.
  static func sinceLastClose(
    _ replica: Replica, _ db: Database, before span: QuarterReport.Span
  ) throws -> Adjustments? {
    let period = try String.fetchOne(
      db,
      sql: """
        SELECT period FROM period_close WHERE cut_off < ? AND result IS NOT NULL
        ORDER BY cut_off DESC, period DESC LIMIT 1
        """, arguments: [span.cutOff])
    guard let period = period.flatMap({ Period($0) }) else { return nil }
    return try compute(replica, db, period: period)
  }

  private static func compute(
    _ replica: Replica, _ db: Database, since closed: QuarterReport
  ) throws -> Adjustments {
    let now = try IndicatorTable.compute(db, cutOff: closed.span.cutOff)
    return Adjustments(
      period: closed.span.name, cutOff: closed.span.cutOff, closedAt: closed.closing?.closedAt,
      closedBy: closed.closing?.closedBy,
      definitionsChanged: try IndicatorCatalog.version(db) != closed.definitionsVersion,
      differences: differences(closed.indicators, now.values),
      changes: try changes(replica, db, since: closed))
  }

  /// Figures that differ by more than rounding, in the order of reports.
  static func differences(
    _ closed: [QuarterReport.Indicator], _ now: [IndicatorValue]
  ) -> [Difference] {
    let present = Dictionary(now.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let past = Dictionary(closed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let dropped = closed.filter { present[$0.id] == nil }.map {
      Difference(indicator: $0.id, name: $0.name, closed: $0.figure, now: nil)
    }
    return now.compactMap { value in
      let figure = QuarterReport.Figure(value.figure)
      let name = BothLanguages(value.definition.nameES, value.definition.nameEN)
      guard let before = past[value.id] else {
        return Difference(indicator: value.id, name: name, closed: nil, now: figure)
      }
      let isSame =
        before.figure.state == figure.state
        && abs((before.figure.value ?? 0) - (figure.value ?? 0)) < 1e-9
      return isSame
        ? nil : Difference(indicator: value.id, name: name, closed: before.figure, now: figure)
    } + dropped
  }

  private static let tables: Set<String> = [
    "training_session", "session_indicator", "attendance", "group_score", "deliverable",
    "measurement", "person_link", "participant", "indicator", "indicator_role", "indicator_target",
  ]

  private static func changes(
    _ replica: Replica, _ db: Database, since closed: QuarterReport
  ) throws -> [Change] {
    var position: LogPosition = [:]
    for (node, sequence) in closed.position {
      if let id = NodeID(node) { position[id] = sequence }
    }
    var subjects = try ChangedRecords(db, cutOff: closed.span.cutOff)
    var found: [ChangeKey: Change] = [:]
    for later in try replica.changes(after: position, in: tables, db) {
      guard let subject = try subjects.subject(of: later) else { continue }
      let key = ChangeKey(subject: subject.key, node: later.author.id)
      let at = QuarterReport.instant(
        Date(timeIntervalSince1970: Double(later.atMilliseconds / 1000)))
      var change =
        found[key]
        ?? Change(
          kind: subject.kind, code: subject.code, title: subject.title, day: subject.day,
          office: later.author.office, label: later.author.label,
          node: String(later.author.id.description.prefix(8)), inserted: 0, updated: 0, deleted: 0,
          firstAt: at, lastAt: at, arrivedAt: later.arrivedAt, indicators: subject.indicators)
      switch later.kind {
      case .insert: change.inserted += 1
      case .update: change.updated += 1
      case .delete: change.deleted += 1
      }
      change.firstAt = min(change.firstAt, at)
      change.lastAt = max(change.lastAt, at)
      change.arrivedAt = max(change.arrivedAt, later.arrivedAt)
      found[key] = change
    }
    return found.values.sorted { left, right in
      (left.office, left.kind, left.code, left.title, left.node)
        < (right.office, right.kind, right.code, right.title, right.node)
    }
  }
}

private struct ChangeKey: Hashable {
  var subject: String
  var node: NodeID
}

/// The records that changes are about, looked up once each.
private struct ChangedRecords {
  struct Subject {
    var key: String
    var kind: String
    var code = ""
    var title = ""
    var day: String?
    var indicators: [String] = []
  }

  private let db: Database
  private let cutOff: String
  private var sessions: [String: Subject?] = [:]
  private var deliverables: [String: Subject?] = [:]

  init(_ db: Database, cutOff: String) throws {
    self.db = db
    self.cutOff = cutOff
  }

  /// The record that a change is about; nil where the closed period cannot count it.
  ///
  /// A session or deliverable without a day may belong to the period, and so may one that is gone.
  mutating func subject(of change: LaterChange) throws -> Subject? {
    guard let first = change.key.first else { return nil }
    switch change.table {
    case "training_session", "session_indicator", "attendance", "group_score":
      return try session(first)
    case "deliverable":
      return try deliverable(first)
    case "measurement":
      guard change.key.count == 2, let period = Period(change.key[1]), period.lastDay <= cutOff
      else { return nil }
      return Subject(
        key: "m \(change.key.joined(separator: " "))", kind: "measurement", code: first,
        title: change.key[1], day: period.lastDay, indicators: [first])
    case "participant":
      // Names and telephones are behind no figure.
      let counted: Set = ["document_type", "document_number"]
      guard change.kind == .update, !counted.isDisjoint(with: change.columns) else { return nil }
      return Subject(key: "p", kind: "person")
    case "person_link":
      return Subject(key: "p", kind: "person")
    default:
      return Subject(key: "i \(first)", kind: "definition", code: first, indicators: [first])
    }
  }

  private mutating func session(_ id: String) throws -> Subject? {
    if let known = sessions[id] { return known }
    var subject: Subject? = Subject(key: "s \(id)", kind: "session")
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT code, title, substr(coalesce(starts_on, planned_on), 1, 10),
          (SELECT group_concat(indicator_id, ' ') FROM (
            SELECT indicator_id FROM session_indicator WHERE session_id = s.id ORDER BY 1))
        FROM training_session AS s WHERE id = ?
        """, arguments: [id])
    if let row {
      let indicators: String? = row[3]
      subject?.code = row[0]
      subject?.title = row[1]
      subject?.day = row[2]
      subject?.indicators = indicators?.split(separator: " ").map(String.init) ?? []
      if let day = subject?.day, day > cutOff { subject = nil }
    }
    sessions[id] = .some(subject)
    return subject
  }

  private mutating func deliverable(_ id: String) throws -> Subject? {
    if let known = deliverables[id] { return known }
    var subject: Subject? = Subject(key: "d \(id)", kind: "deliverable")
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT coalesce(code, ''), title, substr(delivered_on, 1, 10), indicator_id
        FROM deliverable WHERE id = ?
        """, arguments: [id])
    if let row {
      subject?.code = row[0]
      subject?.title = row[1]
      subject?.day = row[2]
      subject?.indicators = [row[3]]
      if let day = subject?.day, day > cutOff { subject = nil }
    }
    deliverables[id] = .some(subject)
    return subject
  }
}
