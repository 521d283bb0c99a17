import GRDB

extension Catalog {
  /// A catalog that a cell may refer to.
  enum Reference: CaseIterable, Sendable {
    case institution, role, partner, indicator
  }
}

/// The codes of the catalogs, in memory while a file is read.
struct CatalogCodes {
  private var codes: [Catalog.Reference: [String: String]] = [:]

  init(_ db: Database) throws {
    for reference in Catalog.Reference.allCases {
      let sql =
        switch reference {
        case .institution: "SELECT code FROM institution ORDER BY code"
        case .role: "SELECT code FROM role ORDER BY code"
        case .partner: "SELECT code FROM partner ORDER BY code"
        case .indicator: "SELECT id FROM indicator ORDER BY id"
        }
      var known: [String: String] = [:]
      for code in try String.fetchAll(db, sql: sql) {
        known[code] = code
        let folded = Self.folded(code)
        known[folded] = known[folded] ?? code
      }
      codes[reference] = known
    }
  }

  /// The code that a text means, whatever its capitals, tildes and blanks.
  func code(_ text: String, in reference: Catalog.Reference) -> String? {
    let known = codes[reference, default: [:]]
    return known[text] ?? known[Self.folded(text)]
  }

  private static func folded(_ code: String) -> String {
    String(PersonName.folded(code).map { $0 == " " ? "_" : $0 })
  }
}
