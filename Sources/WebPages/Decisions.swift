internal import Foundation
package import GRDB
package import Replica
package import SyncModel
internal import Trainings

/// Decisions on conflicts made in the web application: carried out by the engine, remembered here
/// so that they can be undone.
///
/// Both deciding and undoing are ordinary changes that sync. An undone decision puts back the value
/// that was shown before and stands in the queue again.
package struct Decisions: Sendable {
  /// A decision as it was kept.
  package struct Entry: Sendable {
    package var no: Int64
    package var conflict: String
    package var table: String
    package var key: [CellValue]
    package var column: String?
    package var kind: String
    package var decision: String
    package var before: CellValue
    package var after: CellValue
    package var other: CellValue
    package var officeBefore: String?
    package var officeOther: String?
    package var by: String
    package var at: Int64
    package var undoneBy: String?
    package var undoneAt: Int64?
    package var isSettled: Bool
  }

  /// What came of an attempt to decide.
  package enum Outcome: Equatable {
    case decided(no: Int64)
    /// Somebody else decided, or the record changed: how the register closed it, and when.
    case closed
    /// Another value has come since the page was shown.
    case changed
    case unknown
    /// The record's table cannot hold the value.
    case impossible
  }

  private let replica: Replica
  private let now: @Sendable () -> Int64

  /// Decisions kept in this replica alone.
  package init(replica: Replica, now: @escaping @Sendable () -> Int64) {
    self.replica = replica
    self.now = now
  }

  /// Decides a case that was seen as `fingerprint` says.
  ///
  /// - Parameter choice: The conflict id of the value chosen and whether it is the current one; nil
  ///   for `value`.
  package func decide(
    _ id: String, seen fingerprint: String, _ decision: ConflictDecision, by user: String
  ) throws -> Outcome {
    // What was written since the last seal may have closed or changed it.
    _ = try replica.seal()
    guard let known = try replica.conflicts(id: id).first else { return .unknown }
    guard known.isOpen else { return .closed }
    let cases = try replica.read { db in try ConflictCase.open(db) }
    guard
      let conflict = cases.first(where: { $0.choices.contains { $0.conflict == id } }),
      conflict.fingerprint == fingerprint
    else { return .changed }
    do {
      try replica.decide(id, decision)
    } catch let error as ReplicaError where error.code == "conflict_closed" {
      return .closed
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      return .impossible
    }
    let (word, after): (String, CellValue) =
      switch decision {
      case .current: ("current", known.current.value)
      case .other: ("other", known.other.value)
      case .value(let value): ("value", value)
      }
    let no = try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO web_decision(conflict_id, table_name, key, column_name, kind, decision,
            value_before, value_after, value_other, office_before, office_other, decided_by,
            decided_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, known.table, Self.json(known.key), known.column, known.kind.rawValue, word,
          known.current.value.databaseValue, after.databaseValue,
          known.other.value.databaseValue, known.current.office, known.other.office, user, now(),
        ])
      return db.lastInsertedRowID
    }
    return .decided(no: no)
  }

  /// Another value for a cell, as a person typed it.
  ///
  /// - Throws: `EnteredCell.Refusal` where it is none that may stand there.
  package func value(
    _ typed: String, table: String, column: String, key: [CellValue]
  ) throws -> CellValue {
    try replica.read { db in
      CellValue(
        try EnteredCell.value(
          typed, table: table, column: column, key: key.map(\.text), in: db))
    }
  }

  /// Whether a decision can be undone: only of a cell, and only while its value still stands.
  package func undo(_ no: Int64, by user: String) throws -> UndoOutcome {
    guard let entry = try entry(no) else { return .unknown }
    guard entry.undoneAt == nil else { return .alreadyUndone }
    guard let column = entry.column else { return .deletion }
    let time = now()
    return try replica.write { db in
      guard let cell = try Cell(db, table: entry.table, column: column, key: entry.key),
        let stands = try cell.value(db)
      else { return .changed }
      guard stands.agrees(with: entry.after) else { return .changed }
      try cell.set(db, entry.before)
      try db.execute(
        sql: "UPDATE web_decision SET undone_by = ?, undone_at = ? WHERE no = ?",
        arguments: [user, time, no])
      return .undone
    }
  }

  package enum UndoOutcome: Equatable {
    case undone, alreadyUndone, changed, deletion, unknown
  }

  /// Decides again what was undone.
  package func settle(_ no: Int64, _ value: CellValue, by user: String) throws -> UndoOutcome {
    guard let entry = try entry(no), let column = entry.column else { return .unknown }
    guard entry.undoneAt != nil, !entry.isSettled else { return .alreadyUndone }
    let time = now()
    return try replica.write { db in
      guard let cell = try Cell(db, table: entry.table, column: column, key: entry.key),
        let stands = try cell.value(db), stands.agrees(with: entry.before)
      else { return .changed }
      try cell.set(db, value)
      try db.execute(
        sql: """
          UPDATE web_decision SET settled_at = ?, undone_by = ?, undone_at = undone_at
          WHERE no = ?
          """, arguments: [time, user, no])
      return .undone
    }
  }

  /// The latest decisions, newest first.
  package func recent(_ limit: Int) throws -> [Entry] {
    try replica.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM web_decision WHERE undone_at IS NULL ORDER BY no DESC LIMIT ?
          """, arguments: [limit]
      ).map(Self.entry)
    }
  }

  /// Decisions that were undone and whose cell nobody has written since.
  package func reopened(_ db: Database) throws -> [Entry] {
    try ReopenedDecision.all(db).compactMap { decision in
      try Row.fetchOne(
        db, sql: "SELECT * FROM web_decision WHERE no = ?", arguments: [decision.no]
      ).map(Self.entry)
    }
  }

  package func entry(_ no: Int64) throws -> Entry? {
    try replica.read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM web_decision WHERE no = ?", arguments: [no])
        .map(Self.entry)
    }
  }

  /// The latest decision here on a conflict.
  package func latest(of conflict: String) throws -> Entry? {
    try replica.read { db in
      try Row.fetchOne(
        db, sql: "SELECT * FROM web_decision WHERE conflict_id = ? ORDER BY no DESC LIMIT 1",
        arguments: [conflict]
      ).map(Self.entry)
    }
  }

  private static func entry(_ row: Row) -> Entry {
    Entry(
      no: row["no"], conflict: row["conflict_id"], table: row["table_name"],
      key: keyValues(json: row["key"]), column: row["column_name"], kind: row["kind"],
      decision: row["decision"], before: CellValue(row["value_before"] as DatabaseValue),
      after: CellValue(row["value_after"] as DatabaseValue),
      other: CellValue(row["value_other"] as DatabaseValue), officeBefore: row["office_before"],
      officeOther: row["office_other"], by: row["decided_by"], at: row["decided_at"],
      undoneBy: row["undone_by"], undoneAt: row["undone_at"],
      isSettled: row["settled_at"] != nil)
  }

  private static func json(_ key: [CellValue]) throws -> String {
    String(decoding: try JSONEncoder().encode(key.map(\.text)), as: UTF8.self)
  }

  private static func keyValues(json: String) -> [CellValue] {
    ((try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []).map { .text($0) }
  }
}
