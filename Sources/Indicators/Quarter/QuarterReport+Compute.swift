public import GRDB
public import Replica
import SyncModel
import Trainings

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension QuarterReport {
  /// Computes the report on a period from the records as they are.
  ///
  /// - Parameters:
  ///   - cutOff: The last day that counts, ISO; nil for the period's last day.
  ///   - madeAt: The present instant.
  /// - Complexity: one pass over the attendances for all indicators at both ends of the period, one
  ///   over those of the period, and the passes of the quality report.
  public static func compute(
    _ replica: Replica, _ db: Database, period: Period, cutOff: String? = nil, madeAt: Date
  ) throws -> QuarterReport {
    let span = Span(
      name: period.description, firstDay: period.firstDay, lastDay: period.lastDay,
      cutOff: cutOff ?? period.lastDay)
    let catalog = try IndicatorCatalog.load(db, level: nil)
    let roles = Dictionary(
      zip(catalog.definitions.map(\.id), catalog.roles), uniquingKeysWith: { first, _ in first })
    let persons = try PersonGroups.load(db)
    let tables = try IndicatorTable.compute(
      db, cutOffs: [ISODay.before(period.firstDay), span.cutOff], persons: persons)
    guard tables.count == 2 else { preconditionFailure("two cut-offs have two tables") }
    let before = Dictionary(
      tables[0].values.map { ($0.id, $0.figure) }, uniquingKeysWith: { first, _ in first })
    let activity = try PeriodActivity.gather(db, persons: persons, span: span, period: period)
    let offices = try OfficeStates.gather(replica, db)
    return QuarterReport(
      span: span, madeAt: Self.instant(madeAt),
      definitionsVersion: try IndicatorCatalog.version(db),
      indicators: tables[1].values.map {
        Indicator($0, before: before[$0.id] ?? .unknown, roles: (roles[$0.id] ?? []).sorted())
      },
      retired: tables[1].retired.map(\.id),
      framework: try Framework.rollUp(tables[1], db),
      sessions: activity.sessions, trend: activity.trend, participation: activity.participation,
      deliverables: try deliverables(db, span: span),
      adjustments: try Adjustments.sinceLastClose(replica, db, before: span),
      offices: offices,
      doubts: try Self.doubts(db, persons),
      findings: try QualityCounts.compute(
        db, persons: persons, today: String(Self.instant(madeAt).prefix(10))
      )
      .counts.map { finding in
        Finding(
          check: finding.check.rawValue,
          message: BothLanguages(
            finding.check.message(spanish: true), finding.check.message(spanish: false)),
          office: finding.office, count: finding.count)
      },
      plan: try PeriodActivity.plan(db, after: span, next: period.next),
      texts: try PeriodTexts.list(db, period: period),
      position: Dictionary(
        try Replica.position(db).map { ($0.description, $1) }, uniquingKeysWith: max))
  }

  static func instant(_ date: Date) -> String {
    Date.ISO8601FormatStyle().format(date)
  }

  private static func deliverables(_ db: Database, span: Span) throws -> [Deliverable] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT code, office_code, indicator_id, title, status, substr(delivered_on, 1, 10), quantity,
          nullif(evidence, '')
        FROM deliverable WHERE substr(delivered_on, 1, 10) BETWEEN ? AND ?
        ORDER BY indicator_id, 6, code, id
        """, arguments: [span.firstDay, span.cutOff]
    ).map { row in
      Deliverable(
        code: row[0], office: row[1], indicator: row[2], title: row[3], status: row[4],
        deliveredOn: row[5], quantity: row[6], evidence: row[7])
    }
  }

  private static func doubts(_ db: Database, _ persons: PersonGroups) throws -> Doubts {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), count(CASE
          WHEN n.name IN ('pre_score', 'post_score', 'pre_mean', 'post_mean') THEN 1 END)
        FROM sync_conflict AS c
        LEFT JOIN sync_column AS n ON n.table_no = c.table_no AND n.no = c.column_no
        WHERE c.state = 'open'
        """)
    let reopened = try ReopenedDecision.all(db).map(\.column)
    let scores = reopened.count {
      ["pre_score", "post_score", "pre_mean", "post_mean"].contains($0)
    }
    return Doubts(
      openConflicts: (row?[0] ?? 0) + reopened.count, disputedScores: (row?[1] ?? 0) + scores,
      duplicateDocuments: persons.undecided.count,
      quarantined: try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_quarantine") ?? 0)
  }
}

extension QuarterReport.Indicator {
  fileprivate init(_ value: IndicatorValue, before: IndicatorValue.Figure, roles: [String]) {
    let definition = value.definition
    self.init(
      id: value.id, level: value.level.rawValue,
      name: BothLanguages(definition.nameES, definition.nameEN), unit: definition.unit,
      computation: definition.computation?.rawValue, roles: roles, baseline: definition.baseline,
      owner: definition.owner, target: value.target, figure: .init(value.figure),
      before: .init(before), progress: value.progress, status: value.status,
      persons: value.persons, attendances: value.attendances,
      tests: value.tests.flatMap { tests in
        value.coverage.map { coverage in
          QuarterReport.Tests(
            paired: coverage.paired, trained: coverage.trained,
            testedSessions: tests.testedSessions, sessions: tests.sessions,
            preMean: tests.preMean, postMean: tests.postMean)
        }
      },
      openConflicts: value.provisional.openConflicts,
      disputedScores: value.provisional.disputedScores,
      duplicateDocuments: value.provisional.duplicateDocuments)
  }
}

/// Days as ISO texts.
enum ISODay {
  /// The day before a day; the text itself where it is no day.
  static func before(_ day: String) -> String {
    CivilDay(day).map { CivilDay(number: $0.number - 1).description } ?? day
  }
}
