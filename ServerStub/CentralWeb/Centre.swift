internal import CentralNode
internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Indicators
internal import Replica
internal import SyncModel
internal import WebPages

/// What every page of the central web application stands on.
struct Centre: Sendable {
  let node: CentralNode
  let replica: Replica
  let figures: KeptValues
  let activity: ActivityLog
  let decisions: Decisions

  init(node: CentralNode, replica: Replica, now: @escaping @Sendable () -> Int64) {
    self.node = node
    self.replica = replica
    figures = KeptValues(replica, now: now)
    activity = ActivityLog(replica: replica)
    decisions = Decisions(replica: replica, now: now)
  }

  /// How many questions wait for a person; duplicates are nil until they were looked for once.
  func openQuestions() throws -> (conflicts: Int, duplicates: Int?) {
    let conflicts = try replica.read { db in
      try ConflictCase.open(db).count + decisions.reopened(db).count
    }
    guard figures.knows("duplicates") else { return (conflicts, nil) }
    return (conflicts, try openProposals().proposals.count)
  }
}

/// Who may do what at the centre.
///
/// Whoever may sign in may read everything but the activity log.
enum Permission {
  /// Conflicts and duplicates.
  static let decide: Set<WebRole> = [.coordinator, .meOfficer, .administrator]
  /// The quarter's close and its texts.
  static let close: Set<WebRole> = [.meOfficer, .administrator]
  /// Nodes, codes, users.
  static let administer: Set<WebRole> = [.administrator]
  /// The activity log.
  static let audit: Set<WebRole> = [.meOfficer, .administrator, .auditor]
}

/// A cut-off that a page was asked for.
struct CutOff {
  /// The last day that counts, ISO.
  var day: String
  /// The quarter that it ends, where it does.
  var quarter: String?

  /// From `?period=2020T2` or `?cut-off=2020-06-30`; else the end of the last quarter with records.
  init(_ request: PageRequest, figures: KeptValues) throws {
    if let text = request.query("cut-off"), let span = Period("\(text)/\(text)") {
      self.init(day: span.lastDay)
      return
    }
    if let text = request.query("period"), let period = Period(text) {
      self.init(day: period.lastDay)
      return
    }
    let last = try figures.value("last day") { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT max(starts_on) FROM training_session WHERE status = 'held'
            AND starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
          """) ?? ""
    }
    let today = request.today
    let day = last.isEmpty || last > today ? today : last
    self.init(day: Period(quarterOf: day)?.lastDay ?? today)
  }

  private init(day: String) {
    self.day = day
    if let period = Period(quarterOf: day), period.lastDay == day { quarter = period.description }
  }

  /// The quarters to choose from, newest first: from the first record to this day's.
  static func choices(figures: KeptValues, today: String) throws -> [Period] {
    let first = try figures.value("first day") { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT min(starts_on) FROM training_session WHERE status = 'held'
            AND starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
          """) ?? ""
    }
    guard let start = Period(quarterOf: first.isEmpty ? today : first),
      let end = Period(quarterOf: today)
    else { return [] }
    var periods: [Period] = []
    var period = end
    while period.lastDay >= start.firstDay, periods.count < 80 {
      periods.append(period)
      period = period.previous
    }
    return periods
  }

  /// What a template needs to let one choose.
  func data(_ request: PageRequest, figures: KeptValues) throws -> [String: Any] {
    let periods = try Self.choices(figures: figures, today: request.today)
    return [
      "day": day, "dayText": request.format.day(day), "quarter": quarter ?? "",
      "query": "cut-off=\(day)",
      "choices": periods.map { period -> [String: Any] in
        [
          "value": period.description, "label": period.name(spanish: request.say.isSpanish),
          "selected": period.description == quarter,
        ]
      },
    ]
  }
}
