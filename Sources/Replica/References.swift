import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a row refers to and finds missing.
struct MissingParent {
  let reference: SyncedTable.Reference
  let parent: Int
  let key: [CellValue]

  /// What is missing, for whoever reads the quarantine.
  var detail: String {
    "\(reference.columns.joined(separator: ", ")) refers to no row of \(reference.parent)"
  }
}

/// A change that makes its row refer to a row that is not there.
struct DanglingChange {
  let table: Int
  let key: [CellValue]
  let change: Origin
  let parent: MissingParent
}

extension EngineConnection {
  /// The parents of a row that are not shown.
  func missingParents(_ index: Int, values: [String: CellValue]) throws -> [MissingParent] {
    var missing: [MissingParent] = []
    for reference in schema.tables[index].references {
      guard let parent = schema.byName[reference.parent] else { continue }
      let key = reference.columns.map { values[$0] ?? .null }
      if key.contains(.null) { continue }
      if try !isShown(parent, key: key) {
        missing.append(MissingParent(reference: reference, parent: parent, key: key))
      }
    }
    return missing
  }

  /// The values of a row by column name, or nil when it is not shown.
  func shownValues(_ index: Int, key: [CellValue]) throws -> [String: CellValue]? {
    let table = schema.tables[index]
    let select = try statement(
      "SELECT \(table.list(table.allColumns)) FROM \(table.quotedName) WHERE \(table.keyCondition())"
    )
    for (position, value) in key.enumerated() { select.bind(position + 1, value) }
    defer { select.reset() }
    guard try select.step() else { return nil }
    return Dictionary(
      uniqueKeysWithValues: table.allColumns.enumerated().map { ($1, select.value($0)) })
  }

  func isShown(_ index: Int, key: [CellValue]) throws -> Bool {
    let select = try plan(index).exists
    for (position, value) in key.enumerated() { select.bind(position + 1, value) }
    defer { select.reset() }
    return try select.step()
  }

  /// Brings a deleted row back because a living row refers to it, and what it refers to itself.
  ///
  /// - Returns: Whether it could be: false when nothing is known of it.
  func keepParent(_ missing: MissingParent, cause: ChangeID?) throws -> Bool {
    var stored = try load(missing.parent, key: missing.key)
    if stored.row != nil { return true }
    guard stored.wasDead else { return false }
    let table = schema.tables[missing.parent]
    for grand in try missingParents(missing.parent, values: try values(of: stored, table: table)) {
      guard try keepParent(grand, cause: cause) else { return false }
    }
    stored.hadHeads = true
    try store(&stored, keep: true, cause: cause)
    return true
  }

  func values(of stored: StoredRow, table: SyncedTable) throws -> [String: CellValue] {
    var values = Dictionary(uniqueKeysWithValues: zip(table.keyColumns, stored.key))
    for (column, name) in table.columns.enumerated() {
      let heads = stored.state.cells[column + 1]
      values[name] = heads.isEmpty ? .null : table.policies[column].outcome(of: heads).value
    }
    return values
  }

  /// Whether some shown row refers to the row under `key`.
  func isReferredTo(_ index: Int, key: [CellValue]) throws -> Bool {
    for (child, reference) in schema.referrers[index] {
      let table = schema.tables[child]
      let condition: String = reference.columns.enumerated().map {
        "\($1.quotedDatabaseIdentifier) = ?\($0 + 1)"
      }.joined(separator: " AND ")
      let select = try statement("SELECT 1 FROM \(table.quotedName) WHERE \(condition) LIMIT 1")
      for (position, value) in key.enumerated() { select.bind(position + 1, value) }
      defer { select.reset() }
      if try select.step() { return true }
    }
    return false
  }

  /// A living row keeps what it refers to: rows that died in this transaction come back while
  /// something refers to them, and rows kept so far go when nothing does any more.
  func settleReferences(_ db: Database, cause: ChangeID?) throws {
    for (index, key) in died where !schema.referrers[index].isEmpty {
      if try isReferredTo(index, key: key) {
        _ = try keepParent(
          MissingParent(
            reference: SyncedTable.Reference(columns: [], parent: schema.tables[index].name),
            parent: index, key: key), cause: cause)
      }
    }
    died = []
    var goesOn = true
    while goesOn {
      goesOn = false
      let kept = try GRDB.Row.fetchAll(
        db.cachedStatement(sql: "SELECT table_no, row FROM sync_kept"))
      for entry in kept {
        guard let index = schema.byNo[entry[0]] else { continue }
        let table = schema.tables[index]
        guard let key = try key(table, from: table.quotedName, rowColumn: "rowid", row: entry[1])
        else {
          continue
        }
        if try isReferredTo(index, key: key) { continue }
        var stored = try load(index, key: key)
        try store(&stored, keep: false, cause: cause)
        goesOn = true
      }
    }
  }
}

/// Finds sealed rows whose references point nowhere: a shell that has foreign keys off writes such.
struct ReferenceCheck {
  private let engine: EngineConnection
  private var verified: [Int: Set<UInt64>] = [:]
  private var dangling: [DanglingChange] = []

  init(engine: EngineConnection) {
    self.engine = engine
  }

  /// Looks at one row that was just sealed.
  ///
  /// Parents that were found are remembered by the hash of their key.
  mutating func check(_ index: Int, _ group: ChangeGroup, origin: Origin) throws {
    let table = engine.schema.tables[index]
    let last = group.count
    for (number, reference) in table.references.enumerated() {
      guard let parent = engine.schema.byName[reference.parent] else { continue }
      var hash: UInt64 = 0
      var isNull = false
      var columns: [ValueColumn] = []
      for name in reference.columns {
        let column: ValueColumn
        if let place = group.keyColumns.firstIndex(of: name) {
          column = group.keys[place]
        } else if let place = group.columns.firstIndex(of: name) {
          column = group.values[place]
        } else {
          isNull = true
          break
        }
        if column.kinds[last] == ValueColumn.Kind.null.rawValue { isNull = true }
        hash = RowHash.key(hash, adding: column.hash(at: last))
        columns.append(column)
      }
      if isNull || verified[index &* 64 &+ number]?.contains(hash) == true { continue }
      let key = columns.map { $0[last] }
      if try engine.isShown(parent, key: key) {
        verified[index &* 64 &+ number, default: []].insert(hash)
      } else {
        dangling.append(
          DanglingChange(
            table: index, key: group.keys.map { $0[last] }, change: origin,
            parent: MissingParent(reference: reference, parent: parent, key: key)))
      }
    }
  }

  /// Puts changes whose rows refer to nothing into quarantine, at their author as everywhere else,
  /// and with a row that goes those that refer to it.
  ///
  /// After the last changeset of a seal: rows yet to be sealed are read as they were written.
  mutating func settle(_ db: Database) throws {
    if dangling.isEmpty { return }
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    let lost = try dangling.filter { entry in
      try !engine.keepParent(entry.parent, cause: engine.change(entry.change))
    }
    try engine.withdraw(db, lost)
    dangling = []
    try engine.withdrawDangling(db)
  }
}

extension ValueColumn {
  @inline(__always)
  func hash(at index: Int) -> UInt64 {
    let kind = kinds[index]
    if kind < 3 {
      return RowHash.value(
        kind: kind, word: words[index], bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    }
    let span = span(at: index)
    return bytes.withUnsafeBytes {
      RowHash.value(kind: kind, word: 0, bytes: UnsafeRawBufferPointer(rebasing: $0[span]))
    }
  }
}
