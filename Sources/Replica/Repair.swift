import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What putting a replica right came to.
public struct RepairReport: Hashable, Sendable {
  /// Rows that were not what the changes make of them, and are now.
  public var rows = 0
  /// Writes that no trigger had seen; they are ordinary changes now.
  public var recorded = 0
  /// Whether the change log holds every change, so that the rows could be held against it.
  public var logIsWhole = true

  /// Nothing was wrong.
  public init() {}
}

extension Replica {
  /// Compares every row with its stored hash; what was written behind the triggers' back becomes an
  /// ordinary change.
  ///
  /// - Returns: What was found.
  /// - Complexity: One scan of every synced table.
  @discardableResult
  public func audit() throws -> [AuditFinding] {
    try inEngineTransaction { db, engine in
      let found = try engine.audit(db, mending: true)
      if !found.isEmpty {
        try engine.recordIncident(
          db, kind: "audit", detail: "\(found.count) rows were written outside the log")
      }
      _ = try engine.sealIfNeeded(db)
      return found
    }
  }

  /// Holds every row against the change log and puts right those that do not follow from it.
  ///
  /// Rows are a pure function of the changes, so a second replica is built from the log in a file
  /// beside this one and the two are compared: that tells which rows differ, and which of two
  /// replicas that disagree is the wrong one. What was written behind the triggers' back becomes a
  /// change first, so nothing that anybody wrote is lost.
  ///
  /// - Parameter kind: The kind of incident to note.
  /// - Complexity: Merges the whole log once.
  public func repair(as kind: String = "repair") throws -> RepairReport {
    var report = RepairReport()
    report.recorded = try check().audit.count
    report.logIsWhole = try logIsWhole()
    guard report.logIsWhole else { return report }
    let path = self.path + ".rebuilt"
    Self.removeDatabase(path)
    defer { Self.removeDatabase(path) }
    let rebuilt = try rebuild(at: path)
    // Somebody may write while the log is read.
    for _ in 0..<3 {
      let differing = try rowsDiffering(from: path)
      if differing.isEmpty { break }
      if let rows = try adopt(differing, from: rebuilt, kind: kind) {
        report.rows += rows
        break
      }
      try copyLog(to: rebuilt)
    }
    try rebuilt.close()
    return report
  }

  private static func removeDatabase(_ path: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  private func logIsWhole() throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT NOT EXISTS (
            SELECT 1 FROM sync_node n
            WHERE n.last_sequence <> (
              SELECT count(*) FROM sync_changeset c
              WHERE c.node_no = n.no AND c.sequence <= n.last_sequence
                AND c.state = 'applied' AND c.body IS NOT NULL))
          """) ?? false
    }
  }

  /// A replica that holds what the log says and nothing else.
  private func rebuild(at path: String) throws -> Replica {
    var environment = self.environment
    environment.keys = NoKeys()
    environment.durability = .off
    let rebuilt = try Replica.create(
      at: path, office: NodeFacts.centralOffice, label: nil, schema: schema,
      environment: environment)
    try copyLog(to: rebuilt)
    return rebuilt
  }

  private func copyLog(to other: Replica) throws {
    let withheld = try self.withheld()
    try other.learn(try nodes().filter { $0.publicKey != nil })
    var place: Int64 = 0
    while true {
      let page = try log(after: place, maxBytes: 4 << 20, leavingOut: nil)
      _ = try other.receive(page.changesets, skippingForks: true, withheld: withheld)
      if page.last >= page.end || page.last <= place { return }
      place = page.last
    }
  }

  /// Keys of rows that are shown here and not there, there and not here, or differently.
  private func rowsDiffering(from path: String) throws -> [RowKey] {
    let tables = try inEngine { _, engine in engine.schema.tables }
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.inDatabase { db in
      try db.execute(sql: "ATTACH ? AS here", arguments: [self.path])
      var rows: [RowKey] = []
      for table in tables {
        let keys: String = table.list(table.keyColumns, prefix: "t.")
        let shown = { (database: String) -> String in
          """
          SELECT \(keys), m.hash FROM \(database).\(table.quotedName) t
          JOIN \(database).\(table.metaName) m ON m.row = t.rowid
          """
        }
        var seen: Set<[CellValue]> = []
        for (left, right) in [("here", "main"), ("main", "here")] {
          let found = try GRDB.Row.fetchAll(db, sql: "\(shown(left)) EXCEPT \(shown(right))")
          for row in found {
            let key = table.keyColumns.indices.map { CellValue(row[$0] as DatabaseValue) }
            if seen.insert(key).inserted { rows.append(RowKey(table: table.name, key: key)) }
          }
        }
      }
      return rows
    }
  }

  /// Takes over the state that rows have in `rebuilt`.
  ///
  /// - Returns: How many; nil when something came in meanwhile, so that the two cannot be compared.
  private func adopt(_ rows: [RowKey], from rebuilt: Replica, kind: String) throws -> Int? {
    let truth = try rebuilt.rowStates(rows)
    let known = try rebuilt.knowledge()
    let own = try rebuilt.identity().id
    let quarantine = try rebuilt.waiting()
    return try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      guard Self.sameChanges(engine.knowledge, known, besides: own) else { return nil }
      try engine.takeOver(db, quarantine)
      try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
      var unseen = 0
      for found in truth {
        let written = try engine.valuesOfNoChange(found)
        try engine.replace(db, found)
        if try engine.writeUnseen(db, found.row, written) { unseen += 1 }
      }
      try engine.settleReferences(db, cause: nil)
      try engine.flushDigests()
      if unseen > 0 {
        try engine.recordIncident(
          db, kind: "bypass", detail: "\(unseen) rows had values that were written outside the log")
        _ = try engine.seal(db)
      }
      let tables = Dictionary(grouping: rows, by: \.table).sorted { $0.key < $1.key }
      for (table, rows) in tables {
        try engine.recordIncident(
          db, kind: kind,
          detail: "\(rows.count) rows of \(table) were not what their changes make of them")
      }
      return rows.count
    }
  }

  private static func sameChanges(
    _ left: Knowledge, _ right: Knowledge, besides node: NodeID
  )
    -> Bool
  {
    let counters = { (knowledge: Knowledge) in
      knowledge.last.filter { $0.key != node && $0.value > 0 }
    }
    return counters(left) == counters(right)
  }

  private func waiting() throws -> [WaitingChange] {
    try read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT n.id, q.counter, q.table_name, q.key, q.reason, q.detail
          FROM sync_quarantine q JOIN sync_node n ON n.no = q.node_no
          """
      ).compactMap { row in
        NodeID(bytes: row[0] as Data).map {
          WaitingChange(
            change: ChangeID(node: $0, counter: row[1]), table: row[2], key: row[3],
            reason: row[4], detail: row[5])
        }
      }
    }
  }

  private func rowStates(_ rows: [RowKey]) throws -> [FoundState] {
    try inEngineTransaction { _, engine in
      try rows.map { row in
        guard let index = engine.schema.byName[row.table] else {
          throw ReplicaError(.damaged("table \(row.table) vanished while it was compared"))
        }
        let stored = try engine.load(index, key: row.key, verifying: false)
        let columns = engine.schema.tables[index].columns
        let named = columns.enumerated().map { ($1, stored.state.cells[$0 + 1]) }
        return FoundState(
          row: row, exists: stored.exists, isKept: stored.wasKept, rowHeads: stored.state.cells[0],
          heads: Dictionary(uniqueKeysWithValues: named), deletes: stored.state.deletes)
      }
    }
  }
}

private struct WaitingChange {
  var change: ChangeID
  var table: String
  var key: String
  var reason: String
  var detail: String
}

/// A row by name.
struct RowKey: Hashable {
  var table: String
  var key: [CellValue]
}

/// A row's state with columns by name, since their numbers are each replica's own.
private struct FoundState {
  var row: RowKey
  var exists: Bool
  var isKept: Bool
  var rowHeads: [CellHead]
  var heads: [String: [CellHead]]
  var deletes: [RowState.DeleteMark]
}

/// A replica that only reads what others signed needs no key.
private struct NoKeys: SigningKeys {
  func publicKey(of node: NodeID, creating: Bool) -> [UInt8]? { nil }

  func sign(_ hash: [UInt8], as node: NodeID) throws -> [UInt8] {
    throw ReplicaError(.damaged("a replica without a key was asked to sign"))
  }
}

extension EngineConnection {
  /// Values shown here that the changes which this replica names for them did not write: written behind
  /// the triggers' back, then sealed over with another column of the row.
  fileprivate func valuesOfNoChange(_ found: FoundState) throws -> [Int: CellValue] {
    guard let index = schema.byName[found.row.table] else { return [:] }
    let stored = try load(index, key: found.row.key, verifying: false)
    guard stored.row != nil else { return [:] }
    var values: [Int: CellValue] = [:]
    let table = schema.tables[index]
    for (column, name) in table.columns.enumerated() {
      let there = found.heads[name] ?? []
      guard Set(stored.state.cells[column + 1].map(\.change)) == Set(there.map(\.change)) else {
        continue
      }
      let meant = there.isEmpty ? .null : table.policies[column].outcome(of: there).value
      if stored.shown[column] != meant { values[column] = stored.shown[column] }
    }
    return values
  }

  /// Writes values into a row and captures them as a trigger would have.
  ///
  /// - Returns: Whether there was anything to write.
  fileprivate func writeUnseen(
    _ db: Database, _ row: RowKey, _ values: [Int: CellValue]
  ) throws -> Bool {
    guard !values.isEmpty, let index = schema.byName[row.table],
      let place = try load(index, key: row.key, verifying: false).row
    else { return false }
    let table = schema.tables[index]
    var mask: Int64 = 0
    for (column, value) in values {
      let update = try statement(
        "UPDATE \(table.quotedName) SET \(table.columns[column].quotedDatabaseIdentifier) = ?2 WHERE rowid = ?1"
      )
      update.bind(1, place)
      update.bind(2, value)
      try update.run()
      mask |= 1 << Int64(column)
    }
    try capture(db, table, row: place, mask: mask)
    return true
  }

  /// What waits follows from the log as rows do: what waits there waits here, nothing else.
  fileprivate func takeOver(_ db: Database, _ quarantine: [WaitingChange]) throws {
    let wanted = Set(quarantine.map { origin($0.change).packed })
    for packed in exceptions.subtracting(wanted) {
      let origin = Origin(packed: packed)
      try db.execute(
        sql: "DELETE FROM sync_quarantine WHERE node_no = ? AND counter = ?",
        arguments: [origin.node, origin.counter])
    }
    for waiting in quarantine where !exceptions.contains(origin(waiting.change).packed) {
      let origin = origin(waiting.change)
      try db.execute(
        sql: """
          INSERT INTO sync_quarantine(node_no, counter, table_name, key, reason, detail, since)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          origin.node, origin.counter, waiting.table, waiting.key, waiting.reason, waiting.detail,
          instant(environment.now()),
        ])
    }
    exceptions = wanted
  }

  fileprivate func replace(_ db: Database, _ found: FoundState) throws {
    guard let index = schema.byName[found.row.table] else { return }
    let table = schema.tables[index]
    var stored = try load(index, key: found.row.key, verifying: false)
    if let row = stored.row {
      // What the books say of it may be what is wrong.
      try dropHeads(table, row: row)
      try db.execute(
        sql: "DELETE FROM sync_kept WHERE table_no = ? AND row = ?", arguments: [table.no, row])
      stored.wasKept = false
    }
    guard found.exists else {
      if let row = stored.row {
        try db.execute(sql: "DELETE FROM \(table.quotedName) WHERE rowid = ?", arguments: [row])
        try dropMeta(table, row: row, hadHeads: false)
        digestDeltas[index].remove(stored.hash)
      }
      try dropDead(index, key: found.row.key)
      return
    }
    stored.state.cells = [found.rowHeads] + table.columns.map { found.heads[$0] ?? [] }
    stored.state.deletes = found.deletes
    stored.hadHeads = true
    try store(&stored, keep: found.isKept, cause: nil)
  }
}
