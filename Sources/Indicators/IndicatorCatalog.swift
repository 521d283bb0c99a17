import GRDB

/// The definitions of a level, or of both, in the order of reports, with the history of their
/// targets.
struct IndicatorCatalog {
  /// Retired ones included.
  var definitions: [IndicatorDefinition] = []
  /// By position in ``definitions``: the roles whose attendances count.
  var roles: [Set<String>] = []
  /// By position: the day from which each target holds, in order.
  private var targets: [[(validFrom: String, target: Double?)]] = []

  static func load(_ db: Database, level: IndicatorLevel?) throws -> IndicatorCatalog {
    var catalog = IndicatorCatalog()
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, level, code, parent, name_es, name_en, unit, computation, baseline, owner, is_key,
          retired_on
        FROM indicator WHERE level = coalesce(?, level)
        """, arguments: [level?.rawValue])
    for row in rows {
      let word: String = row[1]
      let computation: String? = row[7]
      guard let level = IndicatorLevel(rawValue: word) else { continue }
      catalog.definitions.append(
        IndicatorDefinition(
          id: row[0], level: level, code: row[2], parent: row[3], nameES: row[4], nameEN: row[5],
          unit: row[6], computation: computation.flatMap(Computation.init), baseline: row[8],
          owner: row[9], isKey: row[10], retiredOn: row[11]))
    }
    catalog.definitions.sort(by: IndicatorDefinition.precedes)

    var targets: [String: [(String, Double?)]] = [:]
    let history = try Row.fetchCursor(
      db, sql: "SELECT indicator_id, valid_from, target FROM indicator_target ORDER BY 1, 2")
    while let row = try history.next() { targets[row[0], default: []].append((row[1], row[2])) }
    catalog.targets = catalog.definitions.map { targets[$0.id] ?? [] }

    var roles: [String: Set<String>] = [:]
    let pairs = try Row.fetchCursor(db, sql: "SELECT indicator_id, role_code FROM indicator_role")
    while let row = try pairs.next() { roles[row[0], default: []].insert(row[1]) }
    catalog.roles = catalog.definitions.map { roles[$0.id] ?? [] }
    return catalog
  }

  /// The target of the indicator at a position: the one with the latest day that is not after the
  /// cut-off.
  func target(at position: Int, on cutOff: String) -> Double? {
    targets[position].last { $0.validFrom <= cutOff }?.target
  }

  /// The whole history of targets of the indicator at a position, oldest first.
  func targets(at position: Int) -> [(validFrom: String, target: Double?)] {
    targets[position]
  }

  /// What tells one version of the definitions from another: indicators, whose roles count, and
  /// targets.
  ///
  /// Made to notice a change, not to withstand somebody who looks for two versions of one name.
  ///
  /// - SeeAlso: Fowler, Noll and Vo, the 64-bit variant 1a.
  static func version(_ db: Database) throws -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for sql in [
      """
      SELECT id, level, code, parent, unit, computation, filter, baseline, baseline_state, retired_on
      FROM indicator ORDER BY id
      """,
      "SELECT indicator_id, role_code FROM indicator_role ORDER BY 1, 2",
      "SELECT indicator_id, valid_from, target FROM indicator_target ORDER BY 1, 2",
    ] {
      let rows = try Row.fetchCursor(db, sql: sql)
      while let row = try rows.next() {
        for value in row.databaseValues {
          for byte in "\(value)\u{1f}".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
