import GRDB

/// The definitions in force at a cut-off, in the order of reports, with their targets.
struct IndicatorCatalog {
  var definitions: [IndicatorDefinition] = []
  var retired: [IndicatorDefinition] = []
  /// By indicator id: the target with the latest `valid_from` that is not after the cut-off.
  var targets: [String: Double] = [:]
  /// By position in ``definitions``: the roles whose attendances count.
  var roles: [Set<String>] = []

  static func load(
    _ db: Database, cutOff: String, level: IndicatorLevel?
  ) throws -> IndicatorCatalog {
    var catalog = IndicatorCatalog()
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, level, code, parent, name_es, name_en, unit, computation, baseline, owner, is_key,
          retired_on IS NOT NULL AND retired_on <= ?
        FROM indicator WHERE level = coalesce(?, level)
        """, arguments: [cutOff, level?.rawValue])
    for row in rows {
      let word: String = row[1]
      let computation: String? = row[7]
      guard let level = IndicatorLevel(rawValue: word) else { continue }
      let definition = IndicatorDefinition(
        id: row[0], level: level, code: row[2], parent: row[3], nameES: row[4], nameEN: row[5],
        unit: row[6], computation: computation.flatMap(Computation.init), baseline: row[8],
        owner: row[9], isKey: row[10])
      if row[11] {
        catalog.retired.append(definition)
      } else {
        catalog.definitions.append(definition)
      }
    }
    catalog.definitions.sort(by: IndicatorDefinition.precedes)
    catalog.retired.sort(by: IndicatorDefinition.precedes)

    let targets = try Row.fetchCursor(
      db,
      sql: """
        SELECT indicator_id, target FROM indicator_target
        WHERE valid_from <= ? ORDER BY indicator_id, valid_from
        """, arguments: [cutOff])
    while let row = try targets.next() {
      let id: String = row[0]
      let target: Double? = row[1]
      catalog.targets[id] = target
    }

    var roles: [String: Set<String>] = [:]
    let pairs = try Row.fetchCursor(db, sql: "SELECT indicator_id, role_code FROM indicator_role")
    while let row = try pairs.next() { roles[row[0], default: []].insert(row[1]) }
    catalog.roles = catalog.definitions.map { roles[$0.id] ?? [] }
    return catalog
  }
}
