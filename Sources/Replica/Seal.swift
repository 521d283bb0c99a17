import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What sealing did.
public struct SealReport: Hashable, Sendable {
  /// Changesets written.
  public var changesets = 0
  /// Changes (rows) in them.
  public var changes = 0

  /// Nothing sealed.
  public init() {}
}

extension Replica {
  /// Turns what was captured since the last time into signed changesets.
  ///
  /// One transaction. Nothing remote can come in between a write and its seal, so the knowledge in
  /// the changeset is exactly what this replica had when the writes were made.
  ///
  /// - Returns: What was sealed; nothing when nothing was written.
  /// - Complexity: O(*n* log *n*) in the writes since the last seal.
  @discardableResult
  public func seal() throws -> SealReport {
    try inEngineTransaction { db, engine in try engine.sealAndFree(db) }
  }
}

extension EngineConnection {
  /// The most captured writes that are folded at once where they can be told apart by row.
  static let writesPerBatch: Int64 = 100_000

  func seal(_ db: Database) throws -> SealReport {
    if try triggersNeedAttention(db) { try restoreTriggers(db, isNew: false) }
    try eraseCaptured(db)
    let batches = try captureBatches()
    guard !batches.isEmpty else { return SealReport() }
    var writer = try ChangesetWriter(engine: self, db)
    var hasKept: Set<Int> = []
    for batch in batches {
      let changes = try netChanges(batch, &hasKept)
      for position in Self.order(changes) {
        try writer.add(db, changes[position].table, changes[position].change)
      }
    }
    let report = try writer.finish(db)
    try settleReferences(db, cause: nil)
    try flushDigests()
    try statement("DELETE FROM sync_capture").run()
    for index in hasKept { try db.execute(sql: "DELETE FROM \(schema.tables[index].oldName)") }
    return report
  }

  /// What of the capture log is folded at once: some tables whole, or of one table the rows of a
  /// range.
  private struct CaptureBatch {
    var tables: Set<Int>
    var rows: ClosedRange<Int64> = .min ... .max
  }

  /// The capture log in batches.
  ///
  /// Folding holds some 200 bytes a write. A long log is folded a range of rows at a time, where that
  /// changes nothing: in tables of which no row was deleted or replaced, rows have no common history.
  private func captureBatches() throws -> [CaptureBatch] {
    let read = try statement(
      """
      SELECT table_no, count(*), min(row), max(row), total(mask IN (?1, ?2)) FROM sync_capture
      GROUP BY table_no
      """)
    read.bind(1, CaptureTriggers.Mark.delete)
    read.bind(2, CaptureTriggers.Mark.replace)
    defer { read.reset() }
    var whole: Set<Int> = []
    var parts: [CaptureBatch] = []
    while try read.step() {
      guard let index = schema.byNo[Int(read.integer(0))] else { continue }
      let count = read.integer(1)
      let (first, last) = (read.integer(2), read.integer(3))
      let (span, isHuge) = last.subtractingReportingOverflow(first)
      guard count > Self.writesPerBatch, read.real(4) == 0, !isHuge else {
        whole.insert(index)
        continue
      }
      let width = span / ((count + Self.writesPerBatch - 1) / Self.writesPerBatch) + 1
      for start in stride(from: first, through: last, by: Int(width)) {
        parts.append(
          CaptureBatch(tables: [index], rows: start...min(last, start &+ (width - 1))))
      }
    }
    return (whole.isEmpty ? [] : [CaptureBatch(tables: whole)]) + parts
  }

  /// - Parameter hasKept: Tables with values that triggers kept are added.
  private func netChanges(
    _ batch: CaptureBatch, _ hasKept: inout Set<Int>
  ) throws -> [(table: Int, change: NetChange)] {
    var writes: [[CapturedWrite]] = Array(repeating: [], count: schema.tables.count)
    let read = try statement(
      "SELECT table_no, row, mask, at, old FROM sync_capture WHERE row BETWEEN ?1 AND ?2 ORDER BY sequence"
    )
    read.bind(1, batch.rows.lowerBound)
    read.bind(2, batch.rows.upperBound)
    while try read.step() {
      guard let index = schema.byNo[Int(read.integer(0))], batch.tables.contains(index) else {
        continue
      }
      writes[index].append(
        CapturedWrite(
          row: read.integer(1), mask: read.integer(2), at: read.real(3), old: read.integer(4)))
    }
    read.reset()
    var changes: [(table: Int, change: NetChange)] = []
    for index in writes.indices where !writes[index].isEmpty {
      let table = schema.tables[index]
      if writes[index].contains(where: { $0.old != 0 }) { hasKept.insert(index) }
      let folded = try CaptureFold.changes(
        writes[index],
        keyOfOld: {
          try self.encodedKey(table, from: table.oldName, rowColumn: "sync_old_row", row: $0) ?? []
        },
        keyOfRow: { try self.encodedKey(index, row: $0) })
      writes[index] = []
      changes.append(contentsOf: folded.map { (index, $0) })
    }
    // A rowid may have been given to another key since: old lives leave it first.
    for (index, change) in changes where change.old != 0 { try putAwayGone(index, change) }
    changes.removeAll { $0.change.kind == .forget }
    return changes
  }

  /// The places of changes in groups of one shape, the earlier of a key first.
  private static func order(_ changes: [(table: Int, change: NetChange)]) -> [Int] {
    changes.indices.sorted { left, right in
      let (l, r) = (changes[left], changes[right])
      if l.change.round != r.change.round { return l.change.round < r.change.round }
      if l.table != r.table { return l.table < r.table }
      if l.change.kind != r.change.kind { return l.change.kind.rawValue < r.change.kind.rawValue }
      if l.change.mask != r.change.mask { return l.change.mask < r.change.mask }
      return left < right
    }
  }

  private func encodedKey(
    _ table: SyncedTable, from source: String, rowColumn: String, row: Int64
  ) throws -> [UInt8]? {
    try key(table, from: source, rowColumn: rowColumn, row: row).map(DeadRow.key)
  }

  /// The key of a row that is there.
  private func encodedKey(_ index: Int, row: Int64) throws -> [UInt8]? {
    let select = try plan(index).selectKey
    select.bind(1, row)
    defer { select.reset() }
    guard try select.step() else { return nil }
    return DeadRow.key(schema.tables[index].keyColumns.indices.map { select.value($0) })
  }

  func key(
    _ table: SyncedTable, from source: String, rowColumn: String, row: Int64
  ) throws -> [CellValue]? {
    let select = try statement(
      "SELECT \(table.list(table.keyColumns)) FROM \(source) WHERE \(rowColumn) = ?1")
    select.bind(1, row)
    defer { select.reset() }
    guard try select.step() else { return nil }
    return table.keyColumns.indices.map { select.value($0) }
  }

  /// Takes a row that is no longer in its table out of the engine's books for living rows.
  private func putAwayGone(_ index: Int, _ change: NetChange) throws {
    let table = schema.tables[index]
    guard let values = try goneValues(index, old: change.old) else { return }
    let read = try statement(
      "SELECT origin, rank, hash, cells FROM \(table.metaName) WHERE row = ?1")
    read.bind(1, change.row)
    guard try read.step() else {
      read.reset()
      return
    }
    let meta = RowMeta(
      origin: read.integer(0), rank: read.integer(1), hash: read.integer(2), bytes: read.bytes(3))
    read.reset()
    var stored = StoredRow(
      table: index, key: values.key, state: RowState(columnCount: table.columns.count),
      row: change.row, shown: values.shown, hash: meta.hash, hadHeads: false, wasKept: false,
      wasDead: false)
    try fill(&stored, from: meta, table: table, row: change.row)
    try dropMeta(table, row: change.row, hadHeads: stored.hadHeads)
    digestDeltas[index].remove(meta.hash)
    try keepDead(index, key: values.key, state: stored.state)
  }

  private func goneValues(
    _ index: Int, old: Int64
  ) throws -> (key: [CellValue], shown: [CellValue])? {
    let table = schema.tables[index]
    let select = try statement(
      "SELECT \(table.list(table.allColumns)) FROM \(table.oldName) WHERE sync_old_row = ?1")
    select.bind(1, old)
    defer { select.reset() }
    guard try select.step() else { return nil }
    let keyCount = table.keyColumns.count
    return (
      table.keyColumns.indices.map { select.value($0) },
      table.columns.indices.map { select.value(keyCount + $0) }
    )
  }

  /// The row whose last values a trigger kept.
  func loadGone(_ index: Int, change: NetChange) throws -> StoredRow? {
    guard let values = try goneValues(index, old: change.old) else { return nil }
    var stored =
      try loadDead(index, key: values.key)
      ?? StoredRow(
        table: index, key: values.key,
        state: RowState(columnCount: schema.tables[index].columns.count), row: nil, shown: [],
        hash: 0, hadHeads: true, wasKept: false, wasDead: false)
    stored.shown = values.shown
    stored.hadHeads = true
    return stored
  }
}
