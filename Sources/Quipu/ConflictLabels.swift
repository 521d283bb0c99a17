import GRDB
import Replica
import SyncModel

/// What a person knows the row of a conflict by: a name or a code instead of an identifier.
struct ConflictLabels {
  private var byKey: [[CellValue]: String] = [:]

  init(_ db: Database, _ conflicts: [ReplicaConflict]) throws {
    for conflict in conflicts where byKey[conflict.key] == nil {
      guard let query = Self.queries[conflict.table] else { continue }
      let keys = conflict.key.map { ConflictOutput.text($0) }
      byKey[conflict.key] = try String.fetchOne(
        db, sql: query, arguments: StatementArguments(keys))
    }
  }

  /// Nil where the row is gone, or is known by its key alone.
  func label(_ conflict: ReplicaConflict) -> String? {
    byKey[conflict.key]
  }

  private static let queries = [
    "participant": """
    SELECT trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', ' || given_names
    FROM participant WHERE id = ?
    """,
    "attendance": """
    SELECT s.code || ', ' || trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, ''))
      || ', ' || p.given_names
    FROM training_session s, participant p WHERE s.id = ? AND p.id = ?
    """,
    "training_session": "SELECT office_code || ' ' || code FROM training_session WHERE id = ?",
    "deliverable": """
    SELECT coalesce(office_code || ' ', '') || coalesce(code, title) FROM deliverable WHERE id = ?
    """,
  ]
}
