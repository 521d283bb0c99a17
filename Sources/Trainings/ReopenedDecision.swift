internal import Foundation
package import GRDB
internal import Replica
internal import SyncModel

/// A decision on a conflict that was undone here: its question is open again.
///
/// The register of conflicts does not know it, since undoing is an ordinary edit in sight of
/// everything. It is open as long as nobody has written the cell since.
package struct ReopenedDecision: Sendable {
  package let no: Int64
  package let table: String
  package let key: [String]
  package let column: String

  /// All that are open.
  package static func all(_ db: Database) throws -> [ReopenedDecision] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT no, table_name, key, column_name, value_before FROM web_decision
        WHERE undone_at IS NOT NULL AND settled_at IS NULL AND column_name IS NOT NULL ORDER BY no
        """
    ).compactMap { row -> ReopenedDecision? in
      let key: String = row[2]
      let decision = ReopenedDecision(
        no: row[0], table: row[1],
        key: (try? JSONDecoder().decode([String].self, from: Data(key.utf8))) ?? [],
        column: row[3])
      let cell = try Cell(
        db, table: decision.table, column: decision.column, key: decision.key.map { .text($0) })
      let stands = try cell?.value(db)
      return stands?.agrees(with: CellValue(row[4] as DatabaseValue)) == true ? decision : nil
    }
  }
}
