import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension EngineConnection {
  /// Whether somebody changed the schema since the triggers were last verified.
  ///
  /// One number to read.
  func triggersNeedAttention(_ db: Database) throws -> Bool {
    let cookie = try Int64.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
    let known = try Int64.fetchOne(db, sql: "SELECT schema_cookie FROM sync_replica") ?? 0
    return cookie != known
  }

  /// Makes the triggers what they should be; where they were not, finds the rows that were written
  /// without them and makes those ordinary changes.
  ///
  /// - Parameter isNew: Whether the schema was just migrated, so that a difference is no incident.
  func restoreTriggers(_ db: Database, isNew: Bool) throws {
    let fresh = try SyncedSchema.load(db, numberingColumns: true)
    let before = try CaptureTriggers.fingerprint(db, schema: fresh)
    let known = try Settings.get(db, "schema_fingerprint")
    let matches = known == String(before)
    if !matches {
      for table in fresh.tables {
        try CaptureTriggers.install(db, for: table)
      }
    }
    let former = schema
    forget()
    try load(db)
    if !isNew {
      try captureNewColumns(db, former: former)
      let found = try audit(db, mending: true)
      if !matches || !found.isEmpty {
        try recordIncident(
          db, kind: "triggers",
          detail: matches
            ? "the database was rebuilt; \(found.count) rows were written outside the log"
            : "capture triggers or columns had changed and were made anew; \(found.count) rows were written outside the log"
        )
      }
    }
    let after = try CaptureTriggers.fingerprint(db, schema: schema)
    try Settings.set(db, "schema_fingerprint", String(after))
    let cookie = try Int64.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
    try db.execute(sql: "UPDATE sync_replica SET schema_cookie = ?", arguments: [cookie])
  }

  /// What stands in a column that somebody added by hand was written without a mask that names it.
  private func captureNewColumns(_ db: Database, former: SyncedSchema) throws {
    for table in schema.tables {
      guard let known = former.table(named: table.name)?.columns.count, known < table.columns.count
      else {
        continue
      }
      for column in known..<table.columns.count {
        let name = table.columns[column].quotedDatabaseIdentifier
        try db.execute(
          sql: """
            INSERT INTO sync_capture(table_no, row, mask, at)
            SELECT ?, rowid, ?, ? FROM \(table.quotedName) WHERE \(name) IS NOT NULL
            """,
          arguments: [
            table.no, Int64(1) << Int64(column), julianDay(environment.now()),
          ])
      }
    }
  }

  func recordIncident(_ db: Database, kind: String, detail: String) throws {
    try db.execute(
      sql: "INSERT INTO sync_incident(at, kind, detail) VALUES (?, ?, ?)",
      arguments: [instant(environment.now()), kind, detail])
  }

  /// Compares every row with its hash.
  ///
  /// - Returns: What differs, leaving out rows that the capture log names.
  /// - Complexity: One scan of every synced table.
  func audit(_ db: Database, mending: Bool) throws -> [AuditFinding] {
    var findings: [AuditFinding] = []
    for (index, table) in schema.tables.enumerated() {
      let captured = Set(
        try Int64.fetchAll(
          db, sql: "SELECT row FROM sync_capture WHERE table_no = ?", arguments: [table.no]))
      let select = try statement(
        """
        SELECT t.rowid, m.hash, \(table.list(table.allColumns, prefix: "t."))
        FROM \(table.quotedName) t LEFT JOIN \(table.metaName) m ON m.row = t.rowid
        """)
      var changed: [(row: Int64, isNew: Bool)] = []
      let keyCount = table.keyColumns.count
      while try select.step() {
        let hash = select.rowHash(from: 2, keyCount: keyCount, columns: table.columns.count)
        let row = select.integer(0)
        if captured.contains(row) { continue }
        if select.isNull(1) {
          changed.append((row, true))
        } else if UInt64(bitPattern: select.integer(1)) != hash {
          changed.append((row, false))
        }
      }
      select.reset()
      let gone = try Int64.fetchAll(
        db,
        sql: """
          SELECT row FROM \(table.metaName) m
          WHERE NOT EXISTS (SELECT 1 FROM \(table.quotedName) t WHERE t.rowid = m.row)
          """
      ).filter { !captured.contains($0) }
      for (row, isNew) in changed {
        findings.append(
          AuditFinding(
            table: table.name, row: row, kind: isNew ? .unrecordedInsert : .unrecordedUpdate))
      }
      for row in gone {
        findings.append(AuditFinding(table: table.name, row: row, kind: .unrecordedDelete))
      }
      guard mending, !(changed.isEmpty && gone.isEmpty) else { continue }
      try mend(db, index, table, changed: changed.map(\.row), gone: gone)
    }
    return findings
  }

  /// Makes rows that no trigger saw ordinary changes.
  private func mend(
    _ db: Database, _ index: Int, _ table: SyncedTable, changed: [Int64], gone: [Int64]
  ) throws {
    let remembered = Set(gone)
    // A rebuilt table has its rows under other numbers: their records move along, and nothing has
    // changed.
    var byHash: [Int64: Int64] = [:]
    for row in try GRDB.Row.fetchAll(db, sql: "SELECT row, hash FROM \(table.metaName)")
    where remembered.contains(row[0]) {
      byHash[row[1]] = row[0]
    }
    var moved: Set<Int64> = []
    for row in changed {
      let hasRecord =
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM \(table.metaName) WHERE row = ?)", arguments: [row]
        )
        ?? false
      let current = try currentHash(table, row: row)
      if !hasRecord, let current, let old = byHash[current], !moved.contains(old) {
        try db.execute(
          sql: "UPDATE \(table.metaName) SET row = ? WHERE row = ?", arguments: [row, old])
        for name in ["sync_head", "sync_kept"] {
          try db.execute(
            sql: "UPDATE \(name) SET row = ? WHERE table_no = ? AND row = ?",
            arguments: [row, table.no, old])
        }
        moved.insert(old)
        continue
      }
      try capture(db, table, row: row, mask: CaptureTriggers.Mark.restate)
    }
    for row in gone where !moved.contains(row) {
      try captureUnrecordedDelete(db, index, table, row: row)
    }
  }

  private func currentHash(_ table: SyncedTable, row: Int64) throws -> Int64? {
    guard let key = try key(table, from: table.quotedName, rowColumn: "rowid", row: row) else {
      return nil
    }
    let columns = table.columns.isEmpty ? "1" : table.list(table.columns)
    let select = try statement("SELECT \(columns) FROM \(table.quotedName) WHERE rowid = ?1")
    select.bind(1, row)
    defer { select.reset() }
    guard try select.step() else { return nil }
    return Int64(
      bitPattern: RowHash.row(key: key, values: table.columns.indices.map { select.value($0) }))
  }

  func capture(_ db: Database, _ table: SyncedTable, row: Int64, mask: Int64) throws {
    try db.execute(
      sql: "INSERT INTO sync_capture(table_no, row, mask, at) VALUES (?, ?, ?, ?)",
      arguments: [table.no, row, mask, julianDay(environment.now())])
  }

  /// Makes rows that merging or sealing found changed behind the triggers' back ordinary changes:
  /// where there is one there are others.
  func adopt(_ db: Database, _ bypass: BypassedRow) throws {
    let table = schema.tables[bypass.table]
    if bypass.isGone {
      try captureUnrecordedDelete(db, bypass.table, table, row: bypass.row)
      for row in try rowsGivenAgain(db, bypass.table) {
        try captureUnrecordedDelete(db, bypass.table, table, row: row)
      }
    } else {
      try capture(db, table, row: bypass.row, mask: CaptureTriggers.Mark.restate)
    }
    let others = try audit(db, mending: true).count
    try recordIncident(
      db, kind: "bypass",
      detail:
        "a row of \(table.name) was written outside the log; \(others) others were found with it")
    _ = try seal(db)
  }
}

/// Something that the audit found.
public struct AuditFinding: Hashable, Sendable {
  /// What was done without a trigger seeing it.
  public enum Kind: String, Hashable, Sendable {
    /// A row was inserted.
    case unrecordedInsert = "unrecorded_insert"
    /// A row was changed.
    case unrecordedUpdate = "unrecorded_update"
    /// A row was deleted.
    case unrecordedDelete = "unrecorded_delete"
  }

  /// The table.
  public var table: String
  /// The rowid.
  public var row: Int64
  /// What was done.
  public var kind: Kind
}

/// What a check of the whole replica found.
public struct CheckReport: Hashable, Sendable {
  /// SQLite's own complaints; empty when it has none.
  public var integrity: [String] = []
  /// Rows whose references point nowhere, by table.
  public var danglingReferences: [String: Int] = [:]
  /// Tables whose digest does not follow from their rows.
  public var digestDiffers: [String] = []
  /// Whether the capture triggers had to be made anew.
  public var triggersRestored = false
  /// Rows written behind the triggers' back; they are ordinary changes now.
  public var audit: [AuditFinding] = []
  /// Bytes of the database file's pages.
  public var databaseBytes: Int64 = 0
  /// Bytes of changesets in the log.
  public var logBytes: Int64 = 0

  /// Whether nothing was found.
  public var isHealthy: Bool {
    integrity.isEmpty && danglingReferences.isEmpty && digestDiffers.isEmpty && !triggersRestored
      && audit.isEmpty
  }
}

extension Replica {
  /// Checks everything and mends what can be mended: triggers, and rows written without them.
  ///
  /// - Complexity: Several scans of the database.
  public func check() throws -> CheckReport {
    try inEngineTransaction { db, engine in
      var report = CheckReport()
      report.integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter {
        $0 != "ok"
      }
      for row in try GRDB.Row.fetchAll(
        db, sql: "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1")
      {
        report.danglingReferences[row[0]] = row[1]
      }
      let incidents =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_incident WHERE kind = 'triggers'") ?? 0
      if try engine.triggersNeedAttention(db) { try engine.restoreTriggers(db, isNew: false) }
      let after =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_incident WHERE kind = 'triggers'") ?? 0
      report.triggersRestored = after > incidents
      report.audit = try engine.audit(db, mending: true)
      if !report.audit.isEmpty {
        try engine.recordIncident(
          db, kind: "audit", detail: "\(report.audit.count) rows were written outside the log")
      }
      _ = try engine.sealIfNeeded(db)
      report.digestDiffers = try engine.recountDigests(db)
      report.databaseBytes =
        (try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0)
        * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
      report.logBytes =
        try Int64.fetchOne(
          db, sql: "SELECT coalesce(sum(length(body) + length(header)), 0) FROM sync_changeset")
        ?? 0
      return report
    }
  }

  /// Keeps something that happened to this replica, without values of rows.
  public func noteIncident(kind: String, detail: String) throws {
    try inEngineTransaction { db, engine in
      try engine.recordIncident(db, kind: kind, detail: detail)
    }
  }

  /// What happened to this replica that somebody should know.
  public func incidents() throws -> [(at: String, kind: String, detail: String)] {
    try read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT at, kind, detail FROM sync_incident ORDER BY no").map {
        ($0[0], $0[1], $0[2])
      }
    }
  }
}

extension EngineConnection {
  /// Computes the digests from the rows' hashes and sets right those that differ.
  func recountDigests(_ db: Database) throws -> [String] {
    var differing: [String] = []
    for table in schema.tables {
      var delta = DigestDelta()
      let hashes = try Int64.fetchCursor(db, sql: "SELECT hash FROM \(table.metaName)")
      while let hash = try hashes.next() { delta.add(UInt64(bitPattern: hash)) }
      try db.execute(
        sql: """
          UPDATE sync_table SET row_count = ?1, digest_1 = ?2, digest_2 = ?3
          WHERE no = ?4 AND (row_count, digest_1, digest_2) IS NOT (?1, ?2, ?3)
          """,
        arguments: [
          delta.count, Int64(bitPattern: delta.first), Int64(bitPattern: delta.second), table.no,
        ])
      if db.changesCount > 0 { differing.append(table.name) }
    }
    return differing
  }
}
