public import GRDB

/// The logical framework at a cut-off: components with their products and results, and where each
/// stands.
public struct Framework: Codable, Hashable, Sendable {
  /// A product or a result.
  public struct Item: Codable, Hashable, Sendable {
    /// Whether it is a product or a result.
    public var level: String
    /// Its code; some codes name a product and a result.
    public var code: String
    /// What it is.
    public var name: BothLanguages
    /// Who answers for it.
    public var owner: String?
    /// Where it stands: an ``IndicatorStatus``.
    public var status: IndicatorStatus
    /// Its indicators' ids.
    public var indicators: [String]
    /// How many of them reached their target.
    public var met: Int
    /// How many others are on their way.
    public var underway: Int
  }

  /// A component of the project.
  public struct Component: Codable, Hashable, Sendable {
    /// Its code.
    public var code: String
    /// What it is.
    public var name: BothLanguages
    /// Its products, then its results.
    public var items: [Item]

    /// How many of its items of a level have each status, in the order of ``IndicatorStatus``.
    public func counts(_ level: IndicatorLevel) -> [(status: IndicatorStatus, count: Int)] {
      IndicatorStatus.allCases.compactMap { status in
        let count = items.count { $0.level == level.rawValue && $0.status == status }
        return count == 0 ? nil : (status, count)
      }
    }
  }

  /// In the order of their codes; products that belong to no component stand in one without a name.
  public var components: [Component]

  /// All items of a level.
  public func items(_ level: IndicatorLevel) -> [Item] {
    components.flatMap { component in component.items.filter { $0.level == level.rawValue } }
  }

  /// Rolls indicators up to products, results and components.
  ///
  /// A product: all indicators met, at least one with progress, or neither. A result: all achieved,
  /// at least one with progress, none with progress but not all measured, or none.
  ///
  /// - Parameter table: Both levels, else one of them is empty.
  public static func rollUp(_ table: IndicatorTable, _ db: Database) throws -> Framework {
    var byParent: [String: [IndicatorValue]] = [:]
    for value in table.values {
      guard let parent = value.definition.parent else { continue }
      byParent["\(value.level.rawValue) \(parent)", default: []].append(value)
    }
    var items: [String: [Item]] = [:]
    for level in IndicatorLevel.allCases {
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT code, name_es, name_en, parent, \(level == .product ? "owner" : "NULL")
          FROM \(level.rawValue)
          """)
      for row in rows.sorted(by: { Self.precedes($0[0], $1[0]) }) {
        let code: String = row[0]
        let name = BothLanguages(row[1], row[2])
        let component: String? = row[3]
        let values = byParent["\(level.rawValue) \(code)"] ?? []
        items[component ?? "", default: []].append(
          Item(
            level: level.rawValue, code: code, name: name, owner: row[4],
            status: level == .product
              ? IndicatorStatus(ofProduct: values) : IndicatorStatus(ofResult: values),
            indicators: values.map(\.id),
            met: values.count { $0.status == .delivered || $0.status == .achieved },
            underway: values.count { $0.status == .inProgress || $0.status == .advancing }))
      }
    }
    var components = try Row.fetchAll(db, sql: "SELECT code, name_es, name_en FROM component")
      .map { row in
        Component(
          code: row[0], name: BothLanguages(row[1], row[2]),
          items: items.removeValue(forKey: row[0]) ?? [])
      }
    components.sort { precedes($0.code, $1.code) }
    for key in items.keys.sorted() {
      components.append(
        Component(
          code: key, name: BothLanguages("Sin componente", "Without a component"),
          items: items[key] ?? []))
    }
    return Framework(components: components)
  }

  /// By the numbers of the codes: 1.2.10 after 1.2.9.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    let mine = left.split(separator: ".").map { Int($0) ?? 0 }
    let theirs = right.split(separator: ".").map { Int($0) ?? 0 }
    return mine == theirs ? left < right : mine.lexicographicallyPrecedes(theirs)
  }
}
