import GRDB
import Replica

/// The cells with a conflict that nobody has resolved: an import leaves them alone.
struct OpenConflicts {
  /// Whether there is any, asked once for each import.
  private let hasAny: Bool

  init(_ db: Database) throws {
    hasAny =
      try Int.fetchOne(db, sql: "SELECT 1 FROM sync_conflict WHERE state = 'open' LIMIT 1") != nil
  }

  func columns(_ db: Database, table: String, key: [String]) throws -> Set<String> {
    hasAny ? try openConflictColumns(db, table: table, key: key) : []
  }
}
