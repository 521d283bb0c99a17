public import GRDB
import SyncModel

extension EngineConnection {
  private struct Finding {
    var id: String
    var column: Int?
    var kind: String
    var currentValue: CellValue
    var current: (change: ChangeID, rank: WriteRank)?
    var otherValue: CellValue
    var other: (change: ChangeID, rank: WriteRank)
  }

  /// Brings the register in line with a row's state: opens what stands against each other now,
  /// closes what no longer does.
  ///
  /// Each replica's own account; the open ones are the same everywhere.
  func refreshConflicts(_ stored: StoredRow, isAlive: Bool, isShown: Bool, cause: ChangeID?) throws
  {
    let table = schema.tables[stored.table]
    let contested = stored.state.cells.contains { $0.count > 1 } || !stored.state.deletes.isEmpty
    guard contested || stored.hadHeads else { return }
    let key = keyJSON(stored.key)
    let findings =
      isShown ? try self.findings(stored, table: table, key: key, isAlive: isAlive) : []
    let now = instant(environment.now())

    let select = try statement(
      "SELECT id FROM sync_conflict WHERE table_no = ?1 AND key = ?2 AND state = 'open'")
    select.bind(1, Int64(table.no))
    select.bind(2, .text(key))
    var open: Set<String> = []
    while try select.step() { open.insert(select.text(0)) }
    select.reset()

    let close = try statement(
      """
      UPDATE sync_conflict SET state = 'resolved', resolved_at = ?2, resolved_node = ?3, resolution = ?4
      WHERE id = ?1
      """)
    for id in open.subtracting(findings.map(\.id)).sorted() {
      close.bind(1, .text(id))
      close.bind(2, .text(now))
      if let cause { close.bind(3, Int64(origin(cause).node)) } else { close.bindNull(3) }
      close.bind(4, .text(isShown ? "superseded" : "gone"))
      try close.run()
    }
    let write = try statement(
      """
      INSERT INTO sync_conflict(id, table_no, key, column_no, kind, state, current_value, current_node,
        current_at, other_value, other_node, other_at, opened_at)
      VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      ON CONFLICT (id) DO UPDATE SET state = 'open', kind = excluded.kind, current_value = excluded.current_value,
        current_node = excluded.current_node, current_at = excluded.current_at,
        other_value = excluded.other_value, resolved_at = NULL, resolved_node = NULL, resolution = NULL
      """)
    for finding in findings {
      if !open.contains(finding.id) { conflictsOpened += 1 }
      write.bind(1, .text(finding.id))
      write.bind(2, Int64(table.no))
      write.bind(3, .text(key))
      if let column = finding.column { write.bind(4, Int64(column)) } else { write.bindNull(4) }
      write.bind(5, .text(finding.kind))
      write.bind(6, finding.currentValue)
      if let current = finding.current {
        write.bind(7, Int64(origin(current.change).node))
        write.bind(8, current.rank.timestamp.milliseconds)
      } else {
        write.bindNull(7)
        write.bindNull(8)
      }
      write.bind(9, finding.otherValue)
      write.bind(10, Int64(origin(finding.other.change).node))
      write.bind(11, finding.other.rank.timestamp.milliseconds)
      write.bind(12, .text(now))
      try write.run()
    }
  }

  private func findings(
    _ stored: StoredRow, table: SyncedTable, key: String, isAlive: Bool
  ) throws -> [Finding] {
    var findings: [Finding] = []
    for (column, policy) in table.policies.enumerated() {
      let heads = stored.state.cells[column + 1]
      guard heads.count > 1 else { continue }
      let outcome = policy.outcome(of: heads)
      for head in outcome.against {
        findings.append(
          Finding(
            id: conflictID(table, key, table.columns[column], head.change), column: column + 1,
            kind: "edit", currentValue: outcome.value,
            current: (outcome.shown.change, outcome.shown.rank), otherValue: head.value,
            other: (head.change, head.rank)))
      }
    }
    for delete in stored.state.deletes {
      let unseen = stored.state.cells.joined().filter {
        !((try? hasSeen(delete.change, $0.change)) ?? false)
      }
      let shown =
        unseen.max { ($0.rank, $0.change) < ($1.rank, $1.change) } ?? stored.state.strongestHead
      findings.append(
        Finding(
          id: conflictID(table, key, "", delete.change), column: nil,
          kind: isAlive ? "delete" : "reference", currentValue: .null,
          current: shown.map { ($0.change, $0.rank) }, otherValue: .null,
          other: (delete.change, delete.rank)))
    }
    return findings
  }

  /// The same on every replica: it hashes what stands against the current value.
  private func conflictID(
    _ table: SyncedTable, _ key: String, _ column: String, _ change: ChangeID
  ) -> String {
    var hash = RowHash.value(.text("\(table.name)\u{0}\(key)\u{0}\(column)"))
    hash = RowHash.key(hash, adding: RowHash.value(.blob(change.node.bytes)))
    hash = RowHash.key(hash, adding: RowHash.value(.integer(change.counter)))
    return "c"
      + String(
        hexadecimal((0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) }).prefix(12))
  }
}

/// A key as JSON: an array of its values in key order.
func keyJSON(_ key: [CellValue]) -> String {
  "[" + key.map(\.json).joined(separator: ",") + "]"
}

/// The columns of a row on which an open conflict stands; writers that are not persons leave them
/// alone.
///
/// - Parameter key: The key's values in key order.
public func openConflictColumns(_ db: Database, table: String, key: [String]) throws -> Set<String>
{
  try Set(
    String.fetchAll(
      db,
      sql: """
        SELECT c.name FROM sync_conflict x
        JOIN sync_table t ON t.no = x.table_no
        JOIN sync_column c ON c.table_no = x.table_no AND c.no = x.column_no
        WHERE t.name = ? AND x.key = ? AND x.state = 'open'
        """, arguments: [table, keyJSON(key.map { .text($0) })]))
}
