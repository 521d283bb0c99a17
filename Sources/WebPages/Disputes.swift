internal import Foundation
package import GRDB
internal import Trainings

/// The cells of a table's rows that wait for a decision, with the page of each: open conflicts, and
/// decisions that were undone here.
package struct Disputes {
  private var found: [[String]: [String: String]] = [:]

  /// Those of the rows whose key begins with one of `firsts`; of all rows where it is nil.
  package init(_ db: Database, table: String, firsts: [String]? = nil) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT x.id, json_extract(x.key, '$[0]'), json_extract(x.key, '$[1]'), c.name
        FROM sync_conflict x JOIN sync_table t ON t.no = x.table_no AND t.name = ?1
        LEFT JOIN sync_column c ON c.table_no = x.table_no AND c.no = x.column_no
        WHERE x.state = 'open' AND (?2 IS NULL
          OR json_extract(x.key, '$[0]') IN (SELECT value FROM json_each(?2)))
        """, arguments: [table, try firsts.map(Self.json)])
    for row in rows {
      let key = [row[1] as String?, row[2] as String?].compactMap { $0 }
      let id: String = row[0]
      let column: String? = row[3]
      found[key, default: [:]][column ?? ""] = "/conflicts/\(id)"
    }
    for decision in try ReopenedDecision.all(db)
    where decision.table == table && firsts?.contains(decision.key.first ?? "") != false {
      found[decision.key, default: [:]][decision.column] = "/decisions/\(decision.no)"
    }
  }

  /// The pages of a row's cells, by column; `""` stands for the row itself.
  package subscript(_ key: [String]) -> [String: String] { found[key] ?? [:] }

  private static func json(_ texts: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
  }
}
