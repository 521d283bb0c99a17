import GRDB

/// A held session as the sums need it.
struct Session {
  /// Its id.
  var id: String
  /// The ISO day on which it started.
  var day: String
  /// Positions of its indicators in the catalog.
  var indicators: [Int] = []
  /// Its group where the dimension is the session's; nil is "not recorded".
  var group: String?

  /// Whether `s` counts at a cut-off, the one argument.
  ///
  /// A date in another form than ISO never does: the quality report lists it.
  static let counts = """
    s.status = 'held' AND substr(s.starts_on, 1, 10) <= ?
      AND s.starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    """

  /// Held sessions with an indicator, by the day they started.
  static func fetch(
    _ db: Database, catalog: IndicatorCatalog, cutOff: String, dimension: IndicatorDimension?
  ) throws -> [Session] {
    let positions = Dictionary(
      catalog.definitions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let group =
      switch dimension {
      case .office: "s.office_code"
      case .department: "s.department"
      case .modality: "s.modality"
      case .quarter: "s.starts_on"
      default: "NULL"
      }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.id, substr(s.starts_on, 1, 10) AS day, l.indicator_id, nullif(\(group), '')
        FROM training_session AS s JOIN session_indicator AS l ON l.session_id = s.id
        WHERE \(counts) ORDER BY day, s.rowid, l.indicator_id
        """, arguments: [cutOff])
    var sessions: [Session] = []
    while let row = try rows.next() {
      guard let position = positions[row[2]] else { continue }
      let id: String = row[0]
      if sessions.last?.id != id {
        var group: String? = row[3]
        if dimension == .quarter { group = group.flatMap(Period.init(quarterOf:))?.description }
        sessions.append(Session(id: id, day: row[1], group: group))
      }
      sessions[sessions.count - 1].indicators.append(position)
    }
    return sessions
  }
}

/// ``Session/counts``, where another `Session` is nearer.
let heldSessionCounts = Session.counts
