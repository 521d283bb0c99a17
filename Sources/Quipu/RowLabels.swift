import GRDB

/// What a person knows a row by: a name or a code instead of an identifier.
struct RowLabels {
  private var byKey: [[String]: String] = [:]

  init(_ db: Database, _ rows: [(table: String, key: [String])]) throws {
    for (table, key) in rows where byKey[[table] + key] == nil {
      guard let query = Self.queries[table] else { continue }
      byKey[[table] + key] = try String.fetchOne(
        db, sql: query, arguments: StatementArguments(key))
    }
  }

  /// Nil where the row is gone, or is known by its key alone.
  func label(_ table: String, _ key: [String]) -> String? {
    byKey[[table] + key]
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
