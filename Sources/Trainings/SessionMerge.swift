public import GRDB

extension Sessions {
  /// What became of the attendances of a session that was another one.
  public struct Merged: Hashable, Sendable {
    /// Attendances that went over as they were.
    public var moved = 0
    /// Persons who stood in both, whose missing values were filled in.
    public var completed = 0
    /// Persons who stood in both with different values: the kept session's hold, the other's stand in
    /// the notes of the attendance.
    public var contradicting = 0
  }

  /// Makes one session of two that were registered twice: attendances, group scores and indicators
  /// of the second go to the first, and the second is deleted.
  ///
  /// Nothing is lost: a value that stands against one of the kept session is put into the
  /// attendance's notes.
  public static func merge(
    _ kept: String, _ other: String, office: String?, in db: Database
  ) throws -> Merged {
    let kept = try find(kept, office: office, in: db)
    let other = try find(other, office: office, in: db)
    guard kept != other else { throw TrainingsError(.ambiguousSession(kept)) }
    var merged = Merged()
    let fields = Field.attendanceRecord
    let persons = try String.fetchAll(
      db, sql: "SELECT participant_id FROM attendance WHERE session_id = ? ORDER BY 1",
      arguments: [other])
    for person in persons {
      func row(_ session: String) -> StoredRow {
        StoredRow(
          table: "attendance", keyColumns: ["session_id", "participant_id"], key: [session, person])
      }
      let theirs = try row(other).texts(fields, db) ?? []
      if let mine = try row(kept).texts(fields, db) {
        let (texts, contradicts) = joined(mine, theirs, fields)
        let cells = zip(fields, texts).map { (column: $0.column, value: $0.stored($1)) }
        _ = try row(kept).change(cells, db)
        if contradicts { merged.contradicting += 1 } else { merged.completed += 1 }
      } else {
        let cells = zip(fields, theirs).map { (column: $0.column, value: $0.stored($1)) }
        try row(kept).insert(cells, db)
        merged.moved += 1
      }
    }
    try db.execute(
      sql: """
        INSERT INTO group_score (session_id, group_label, department, n_both, pre_mean, post_mean)
        SELECT ?1, group_label, department, n_both, pre_mean, post_mean FROM group_score AS g
        WHERE session_id = ?2 AND NOT EXISTS (SELECT 1 FROM group_score
          WHERE session_id = ?1 AND group_label = g.group_label)
        """, arguments: [kept, other])
    let indicators = try String.fetchAll(
      db, sql: "SELECT indicator_id FROM session_indicator WHERE session_id = ?", arguments: [other]
    )
    _ = try SessionIndicators.change(kept, add: indicators, remove: [], db)
    try complete(kept, from: other, db)
    try delete(other, office: office, cascade: true, in: db)
    return merged
  }

  /// Fills what the kept session lacks.
  private static func complete(_ kept: String, from other: String, _ db: Database) throws {
    let fields = Field.sessions.filter { !["code", "indicators"].contains($0.column) }
    func row(_ id: String) -> StoredRow {
      StoredRow(table: "training_session", keyColumns: ["id"], key: [id])
    }
    guard let mine = try row(kept).texts(fields, db), let theirs = try row(other).texts(fields, db)
    else { return }
    let cells = fields.indices.filter { mine[$0].isEmpty && !theirs[$0].isEmpty }
      .map { (column: fields[$0].column, value: fields[$0].stored(theirs[$0])) }
    _ = try row(kept).change(cells, db)
  }

  private static func joined(
    _ mine: [String], _ theirs: [String], _ fields: [Field]
  ) -> (texts: [String], contradicts: Bool) {
    var texts = mine
    var notes: [String] = []
    for (place, field) in fields.enumerated() where mine[place] != theirs[place] {
      if mine[place].isEmpty {
        texts[place] = theirs[place]
      } else if !theirs[place].isEmpty {
        if field.column == "notes" {
          texts[place] += "\n" + theirs[place]
        } else if field.column != "score_scale" {
          notes.append("\(field.header): \(theirs[place])")
        }
      }
    }
    if let place = fields.firstIndex(where: { $0.column == "notes" }), !notes.isEmpty {
      texts[place] += (texts[place].isEmpty ? "" : "\n") + notes.joined(separator: "; ")
    }
    return (texts, !notes.isEmpty)
  }
}
