import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Replica {
  /// Writes a consistent copy of the content for a new replica to start from.
  ///
  /// What belongs to this replica alone is left out.
  ///
  /// - Parameters:
  ///   - path: A file that does not exist.
  ///   - privateTables: Tables beside the engine's that stay here.
  ///   - keepingLog: Whether the changes themselves come along. Without them the copy is smaller;
  ///     its reader knows who wrote what is shown, not what was written before. Changes that wait
  ///     come along always.
  /// - Complexity: Copies the file once; twice without the log.
  public func writeSnapshot(
    to path: String, leavingOut privateTables: [String] = [], keepingLog: Bool = true
  ) throws {
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
      if !keepingLog {
        try Compaction.dropBodies(db, through: .max, receivedBefore: nil)
      }
    }
    if !keepingLog { try copy.writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
    try copy.close()
  }

  /// Replaces the content by a snapshot's, keeping this replica's identity, settings and local
  /// tables, and what is here and not in the snapshot.
  ///
  /// The snapshot is checked first: each row against its hash, and the rows against the digests.
  /// Then, in one transaction, its content takes the place of this replica's, and changesets that it
  /// lacks are merged on top: nothing that was not sent is lost. Where such a change touches or
  /// refers to a row that the others have deleted and forgotten, the row is written again whole, as
  /// an ordinary change.
  ///
  /// - Returns: How many rows were written again.
  /// - Throws: ``ReplicaError`` when it is no snapshot, is damaged or of a later schema, or is older
  ///   than what was compacted here; then nothing was changed.
  /// - Complexity: About that of copying the rows.
  @discardableResult
  public func loadSnapshot(from path: String) throws -> Int {
    try Snapshot.verify(path, schema: schema)
    try inEngine { db, _ in
      try db.execute(sql: "ATTACH ? AS snapshot", arguments: [path])
    }
    defer {
      try? inEngine { db, engine in
        engine.forget()
        try db.execute(sql: "DETACH snapshot")
      }
    }
    // Copying is twice as fast while references are not followed; merging needs them to be.
    do {
      return try replaceContent(followingReferences: false)
    } catch is ReferencesNeeded {
      return try replaceContent(followingReferences: true)
    }
  }

  private struct ReferencesNeeded: Error {}

  private func replaceContent(followingReferences: Bool) throws -> Int {
    try setReferences(followed: followingReferences)
    defer { try? setReferences(followed: true) }
    return try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      let lacking = try Snapshot.lacking(db)
      guard lacking.isEmpty || followingReferences else { throw ReferencesNeeded() }
      if followingReferences { try db.execute(sql: "PRAGMA defer_foreign_keys = ON") }
      let waiting = try Set(
        GRDB.Row.fetchAll(
          db,
          sql: """
            SELECT counter FROM sync_quarantine
            WHERE node_no = (SELECT node_no FROM sync_replica)
            """
        ).map { $0[0] as Int64 })
      try Snapshot.copyNodes(db)
      try Snapshot.copyContent(db, tables: engine.schema.tables)
      engine.forget()
      try engine.refresh(db)
      for changeset in lacking { try engine.hold(changeset) }
      var none: (sequence: Int64, author: Int, groups: [ChangeGroup])?
      _ = try engine.applyHeld(db, fresh: &none)
      let restored = try self.read { before in
        try engine.restoreForgotten(db, besides: waiting, as: before)
      }
      try engine.forgetBeside(db)
      if !engine.exceptions.isEmpty {
        _ = try engine.retryQuarantine(db, reasons: [.unknownTable, .unknownColumn])
      }
      if !followingReferences {
        let dangling =
          try Int.fetchOne(db, sql: "SELECT count(*) FROM pragma_foreign_key_check") ?? 0
        guard dangling == 0 else { throw Snapshot.unusable("rows of it refer to none") }
      }
      try engine.recordIncident(
        db, kind: "snapshot",
        detail: restored == 0
          ? "the centre's content was loaded"
          : "the centre's content was loaded; \(restored) rows were written again with what was not sent"
      )
      return restored
    }
  }

  private func setReferences(followed: Bool) throws {
    try inEngine { db, engine in
      engine.forget()
      try db.execute(sql: "PRAGMA foreign_keys = \(followed ? "ON" : "OFF")")
    }
  }
}

/// The parts of loading a snapshot that is attached as `snapshot`.
enum Snapshot {
  static func unusable(_ what: String) -> ReplicaError {
    ReplicaError(.notAReplica(path: "snapshot", what: what))
  }

  /// Reads all rows: what the file says of them must follow from them.
  static func verify(_ path: String, schema: ReplicaSchema) throws {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    do {
      try queue.read { db in try verify(db, schema: schema) }
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      throw unusable("it is damaged")
    }
  }

  private static func verify(_ db: Database, schema: ReplicaSchema) throws {
    guard try db.tableExists("sync_replica") else { throw unusable("it is no snapshot") }
    _ = try Migrator.pending(db, schema: schema)
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_capture") == 0 else {
      throw unusable("it holds writes that nobody has signed")
    }
    if let fault = try Books.fault(db) { throw unusable(fault) }
  }

  /// The changesets that are here and not in the snapshot, in order of arrival.
  static func lacking(_ db: Database) throws -> [SignedChangeset] {
    let rows = try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT c.header, c.signature, c.body
        FROM main.sync_changeset c JOIN main.sync_node n ON n.no = c.node_no
        LEFT JOIN snapshot.sync_node s ON s.id = n.id
        WHERE c.sequence > coalesce(s.last_sequence, 0)
          AND NOT EXISTS (
            SELECT 1 FROM snapshot.sync_changeset h
            WHERE h.node_no = s.no AND h.sequence = c.sequence)
        ORDER BY c.log_no
        """)
    return try rows.map { row in
      guard let body = row["body"] as Data? else {
        throw unusable("it is older than what was compacted here")
      }
      return SignedChangeset(
        header: Array(row["header"] as Data), signature: Array(row["signature"] as Data),
        body: Array(body))
    }
  }

  /// Takes over the snapshot's numbers of nodes, since everything in it names nodes by them.
  static func copyNodes(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE sync_node_before AS SELECT * FROM main.sync_node;
        CREATE TEMP TABLE sync_own AS
          SELECT n.id FROM main.sync_node n JOIN main.sync_replica r ON r.node_no = n.no;
        UPDATE main.sync_replica SET node_no = 0;
        DELETE FROM main.sync_node;
        INSERT INTO main.sync_node(no, id, office, label, public_key, last_sequence, last_counter, last_hash)
          SELECT no, id, office, label, public_key, last_sequence, last_counter, last_hash
          FROM snapshot.sync_node;
        INSERT INTO main.sync_node(no, id, office, label, public_key)
          SELECT (SELECT max(no) FROM main.sync_node) + row_number() OVER (ORDER BY b.no),
            b.id, b.office, b.label, b.public_key
          FROM sync_node_before b WHERE b.id NOT IN (SELECT id FROM snapshot.sync_node);
        UPDATE main.sync_node SET
          public_key = coalesce(public_key,
            (SELECT b.public_key FROM sync_node_before b WHERE b.id = sync_node.id))
          WHERE public_key IS NULL;
        UPDATE main.sync_replica SET
          node_no = (SELECT no FROM main.sync_node WHERE id = (SELECT id FROM sync_own));
        DROP TABLE sync_node_before;
        DROP TABLE sync_own;
        """)
  }

  static func copyContent(_ db: Database, tables: [SyncedTable]) throws {
    let known = try Dictionary(
      uniqueKeysWithValues: GRDB.Row.fetchAll(db, sql: "SELECT name, no FROM snapshot.sync_table")
        .map { ($0[0] as String, $0[1] as Int) })
    for table in tables {
      for name in [table.quotedName, table.metaName, table.oldName] {
        try db.execute(sql: "DELETE FROM main.\(name)")
      }
      guard let no = known[table.name] else {
        try db.execute(
          sql: "UPDATE sync_table SET row_count = 0, digest_1 = 0, digest_2 = 0 WHERE no = ?",
          arguments: [table.no])
        continue
      }
      let columns = try String.fetchAll(
        db, sql: "SELECT name FROM snapshot.sync_column WHERE table_no = ? ORDER BY no",
        arguments: [no])
      guard no == table.no, columns == Array(table.columns.prefix(columns.count)) else {
        throw unusable("the columns of \(table.name) are not in the order of this replica")
      }
      // The rowid is what the books name a row by.
      let names = table.list(table.keyColumns + columns)
      try db.execute(
        sql: """
          INSERT INTO main.\(table.quotedName)(rowid, \(names))
            SELECT rowid, \(names) FROM snapshot.\(table.quotedName);
          INSERT INTO main.\(table.metaName)(row, origin, rank, hash, cells)
            SELECT row, origin, rank, hash, cells FROM snapshot.\(table.metaName);
          """)
      try db.execute(
        sql: """
          UPDATE main.sync_table SET (row_count, digest_1, digest_2) =
            (SELECT row_count, digest_1, digest_2 FROM snapshot.sync_table WHERE no = ?1)
          WHERE no = ?1
          """, arguments: [no])
    }
    for table in [
      "sync_changeset", "sync_head", "sync_dead", "sync_kept", "sync_quarantine", "sync_conflict",
      "sync_erasure", "sync_erased",
    ] {
      try copyBook(db, table)
    }
  }

  /// Copies one of the engine's tables, those columns that both have.
  private static func copyBook(_ db: Database, _ table: String) throws {
    let columns = { (schema: String) in
      try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info(?, ?) ORDER BY cid",
        arguments: [table, schema])
    }
    let theirs = try Set(columns("snapshot"))
    // A centre of an older program lacks the table; what stands here stays.
    if theirs.isEmpty { return }
    let shared: String = try columns("main").filter(theirs.contains).map {
      $0.quotedDatabaseIdentifier
    }.joined(separator: ", ")
    try db.execute(
      sql: """
        DELETE FROM main.\(table);
        INSERT INTO main.\(table)(\(shared)) SELECT \(shared) FROM snapshot.\(table);
        """)
  }
}

extension EngineConnection {
  /// Puts a changeset that was taken in before into the log, to be merged.
  func hold(_ changeset: SignedChangeset) throws {
    let header = try environment.codec.decodeHeader(changeset.header).header
    guard let author = nodes.no(of: header.node) else {
      throw ChangesetError.unknownNode(header.node)
    }
    let hash = try environment.codec.decodeHeader(changeset.header).hash
    let (changeset, groups) = try withoutErased(
      changeset, header: header, hash: hash,
      groups: environment.codec.decodeBody(changeset.body, header: header))
    try appendToLog(
      changeset, header: header, author: author, state: "held",
      firstHLC: groups.first?.timestamps.first ?? 0)
  }

  /// Writes again whole, as they stood `before`, the rows that this node's own changes touch or refer
  /// to and that the others have deleted and forgotten.
  ///
  /// - Parameter waiting: Counters of own changes that waited already.
  /// - Returns: How many rows.
  func restoreForgotten(
    _ db: Database, besides waiting: Set<Int64>, as before: Database
  ) throws
    -> Int
  {
    let stuck = try GRDB.Row.fetchAll(
      db, sql: "SELECT counter FROM sync_quarantine WHERE node_no = ? AND reason = ?",
      arguments: [ownNode, QuarantineReason.reference.rawValue]
    ).map { $0[0] as Int64 }.filter { !waiting.contains($0) }
    var restored = 0
    for counter in stuck.sorted() {
      guard let (_, group, place) = try change(of: Origin(node: ownNode, counter: counter)),
        let index = schema.byName[group.table]
      else { continue }
      if group.kind == .insert {
        let values = Dictionary(
          uniqueKeysWithValues: zip(
            group.keyColumns + group.columns,
            group.key(at: place) + group.values.map { $0[place] }))
        for parent in try missingParents(index, values: values) {
          restored += try restore(db, parent.parent, key: parent.key, as: before)
        }
      } else if group.kind == .update {
        restored += try restore(db, index, key: group.key(at: place), as: before)
      }
    }
    guard restored > 0 else { return 0 }
    _ = try seal(db)
    _ = try retryQuarantine(db, reasons: [.reference])
    return restored
  }

  private func restore(
    _ db: Database, _ index: Int, key: [CellValue], as before: Database
  ) throws -> Int {
    if try isShown(index, key: key) { return 0 }
    let table = schema.tables[index]
    let row = try GRDB.Row.fetchOne(
      before,
      sql: """
        SELECT \(table.list(table.allColumns)) FROM \(table.quotedName)
        WHERE \(table.keyCondition())
        """, arguments: StatementArguments(key.map(\.databaseValue)))
    guard let row else { return 0 }
    let values = table.allColumns.indices.map { CellValue(row, $0) }
    let named = Dictionary(uniqueKeysWithValues: zip(table.allColumns, values))
    var restored = 1
    for parent in try missingParents(index, values: named) {
      restored += try restore(db, parent.parent, key: parent.key, as: before)
    }
    let insert = try statement(insertSQL(into: table.quotedName, table.allColumns))
    for (position, value) in values.enumerated() { insert.bind(position + 1, value) }
    try insert.run()
    try capture(db, table, row: lastInsertedRow, mask: CaptureTriggers.Mark.insert)
    return restored
  }
}
