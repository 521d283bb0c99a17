public import GRDB

extension PersonGroups {
  /// Reads decisions and shared documents.
  ///
  /// - Complexity: one pass over the index of document numbers, then only rows that share one.
  public static func load(_ db: Database) throws -> PersonGroups {
    let links = try Row.fetchAll(
      db, sql: "SELECT id, participant_id, same_as, decision = 'same', decided_at FROM person_link"
    ).map { row in
      Link(
        id: row[0], participant: row[1], sameAs: row[2], isSame: row[3], decidedAt: row[4])
    }
    return PersonGroups(links: links, documents: try sharedDocuments(db))
  }

  /// Documents, type and number alike, that stand on more than one id.
  ///
  /// A number of zeros alone is nobody's: it stands for one that was not known.
  static func sharedDocuments(_ db: Database) throws -> [SharedDocument] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT document_type, document_number, id FROM participant
        WHERE document_number IN (
          SELECT document_number FROM participant WHERE document_number <> ''
          GROUP BY document_number HAVING count(*) > 1)
        AND document_type IS NOT NULL AND document_number GLOB '*[^0]*'
        ORDER BY document_number, document_type, id
        """)
    var documents: [SharedDocument] = []
    var ids: [String] = []
    for (index, row) in rows.enumerated() {
      let type: String = row[0]
      let number: String = row[1]
      ids.append(row[2])
      let isLast =
        index + 1 == rows.count || rows[index + 1][0] != type || rows[index + 1][1] != number
      guard isLast else { continue }
      if ids.count > 1 {
        documents.append(SharedDocument(type: type, number: number, participants: ids))
      }
      ids = []
    }
    return documents
  }
}
