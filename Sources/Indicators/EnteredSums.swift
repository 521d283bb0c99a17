import GRDB

/// What deliverables add up to, by indicator id.
struct DeliverableSums {
  var totals: [String: Double] = [:]
  var groups: [String: [String?: Double]] = [:]

  /// Whether a deliverable counts at a cut-off, the one argument.
  static let counts = """
    coalesce(status, '') <> 'draft' AND substr(delivered_on, 1, 10) <= ?
      AND delivered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    """

  /// Sums quantities, a missing one being 1, of deliverables that are no drafts and were delivered
  /// by the cut-off.
  ///
  /// A status that is missing is not a draft.
  static func gather(
    _ db: Database, cutOff: String, dimension: IndicatorDimension?
  ) throws -> DeliverableSums {
    let group =
      switch dimension {
      case .office: "office_code"
      case .quarter: "substr(delivered_on, 1, 7)"
      default: "NULL"
      }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT indicator_id, nullif(\(group), '') AS part, sum(coalesce(quantity, 1))
        FROM deliverable
        WHERE \(counts)
        GROUP BY indicator_id, part ORDER BY indicator_id, part
        """, arguments: [cutOff])
    var sums = DeliverableSums()
    while let row = try rows.next() {
      let id: String = row[0]
      let amount: Double = row[2]
      var part: String? = row[1]
      if dimension == .quarter {
        part = part.flatMap { Period(quarterOf: "\($0)-01") }?.description
      }
      sums.totals[id, default: 0] += amount
      sums.groups[id, default: [:]][part, default: 0] += amount
    }
    return sums
  }
}

/// What was measured and entered, by indicator id.
struct Measurements {
  var figures: [String: IndicatorValue.Figure] = [:]

  /// The latest measurement of each indicator whose period had ended by the cut-off.
  ///
  /// Of two periods with one end, the shorter counts: it says more about that day.
  static func gather(_ db: Database, cutOff: String) throws -> Measurements {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT m.indicator_id, m.period, m.value, m.state, m.numerator, m.denominator,
          i.computation = 'ratio'
        FROM measurement AS m JOIN indicator AS i ON i.id = m.indicator_id
        ORDER BY m.indicator_id, m.period
        """)
    var measurements = Measurements()
    var latest: [String: Period] = [:]
    while let row = try rows.next() {
      let id: String = row[0]
      let text: String = row[1]
      guard let period = Period(text), period.lastDay <= cutOff else { continue }
      if let known = latest[id],
        (period.lastDay, period.firstDay) < (known.lastDay, known.firstDay)
      {
        continue
      }
      latest[id] = period
      measurements.figures[id] = figure(
        value: row[2], state: row[3], numerator: row[4], denominator: row[5],
        isRatio: row[6] ?? false)
    }
    return measurements
  }

  /// A measurement's figure.
  ///
  /// A ratio is 100 · numerator / denominator where both parts were entered: 3 of 4 recommendations
  /// is 75.
  static func figure(
    value: Double?, state: String, numerator: Double?, denominator: Double?, isRatio: Bool
  ) -> IndicatorValue.Figure {
    guard let state = IndicatorValue.State(rawValue: state) else { return .unknown }
    switch state {
    case .notDue: return .notDue
    case .unknown: return .unknown
    case .number:
      if isRatio, let numerator, let denominator, denominator != 0 {
        return .number(100 * numerator / denominator)
      }
      return value.map(IndicatorValue.Figure.number) ?? .unknown
    }
  }
}
