import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Replica {
  /// Writes a consistent copy of the content, with the change log, for a new replica to start from.
  ///
  /// What belongs to this replica alone is left out.
  ///
  /// - Parameters:
  ///   - path: A file that does not exist.
  ///   - privateTables: Tables beside the engine's that stay here.
  /// - Complexity: Copies the file once.
  public func writeSnapshot(to path: String, leavingOut privateTables: [String] = []) throws {
    try seal()
    try inEngine { db, _ in
      try db.execute(sql: "VACUUM INTO ?", arguments: [path])
    }
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
      try EngineConnection.turnTriggersOff(db)
    }
    let copy = try DatabaseQueue(path: path, configuration: configuration)
    try copy.write { db in
      let synced = try Set(String.fetchAll(db, sql: "SELECT name FROM sync_table"))
      let own = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_schema
          WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sync_%'
          """
      ).filter { !synced.contains($0) }
      for table in own + ["sync_setting", "sync_incident", "sync_capture"]
      where !privateTables.contains(table) {
        try db.execute(sql: "DELETE FROM \(table.quotedDatabaseIdentifier)")
      }
      for table in privateTables {
        try db.execute(sql: "DROP TABLE IF EXISTS \(table.quotedDatabaseIdentifier)")
      }
    }
    try copy.close()
  }

  /// Replaces the content by a snapshot's, keeping this replica's identity, settings and local
  /// tables.
  ///
  /// One transaction, page by page: about the speed of copying the file.
  ///
  /// - Throws: ``ReplicaError`` with `unsentChanges` when something written here is not in the
  ///   snapshot; then nothing was changed.
  public func loadSnapshot(from path: String) throws {
    let waiting = try inEngineTransaction { db, engine -> Int in
      _ = try engine.sealIfNeeded(db)
      return try Int.fetchOne(
        db, sql: "SELECT coalesce(sum(change_count), 0) FROM sync_changeset WHERE node_no = ?",
        arguments: [engine.ownNode]) ?? 0
    }
    let identity = try self.identity()
    let snapshot = try DatabaseQueue(path: path)
    try snapshot.write { db in
      guard try db.tableExists("sync_replica") else {
        throw ReplicaError(.notAReplica(path: path, what: "it is no snapshot"))
      }
      let pending = try Migrator.pending(db, schema: schema)
      guard pending.isEmpty else {
        throw ReplicaError(
          .notAReplica(path: path, what: "its schema is older than this program's"))
      }
      let known =
        try Int64.fetchOne(
          db, sql: "SELECT last_counter FROM sync_node WHERE id = ?",
          arguments: [Data(identity.id.bytes)]) ?? 0
      let own =
        try read {
          try Int64.fetchOne(
            $0,
            sql: "SELECT last_counter FROM sync_node WHERE no = (SELECT node_no FROM sync_replica)")
        } ?? 0
      guard waiting == 0 || known >= own else {
        throw ReplicaError(.unsentChanges(Int(own - known)))
      }
      try NodeDirectory.learn(db, [identity])
      try db.execute(
        sql:
          "UPDATE sync_replica SET node_no = (SELECT no FROM sync_node WHERE id = ?), created_at = ?, schema_cookie = 0, clock_offset_ms = ?",
        arguments: [
          Data(identity.id.bytes),
          try read { try String.fetchOne($0, sql: "SELECT created_at FROM sync_replica") },
          try read { try Int64.fetchOne($0, sql: "SELECT clock_offset_ms FROM sync_replica") },
        ])
      try copyLocalTables(into: db)
    }
    try inEngine { db, engine in
      engine.forget()
      try snapshot.inDatabase { source in try source.backup(to: db) }
      engine.attach(db)
      try engine.load(db)
      try db.inTransaction(.immediate) {
        try engine.restoreTriggers(db, isNew: true)
        return .commit
      }
    }
    try snapshot.close()
  }

  /// Copies the tables that do not sync: each replica's own.
  private func copyLocalTables(into target: Database) throws {
    let synced = try Set(read { try String.fetchAll($0, sql: "SELECT name FROM sync_table") })
    let local =
      try read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sync_%'
            """)
      }.filter { !synced.contains($0) } + ["sync_setting", "sync_incident"]
    for table in local where try target.tableExists(table) {
      let quoted = table.quotedDatabaseIdentifier
      try read { db in
        let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT * FROM \(quoted)")
        while let row = try rows.next() {
          let marks: String = Array(repeating: "?", count: row.count).joined(separator: ", ")
          try target.execute(
            sql: "INSERT OR REPLACE INTO \(quoted) VALUES (\(marks))",
            arguments: StatementArguments(row.databaseValues))
        }
      }
    }
  }
}
