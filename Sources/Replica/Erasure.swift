public import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values of a row that are to be erased wherever they were written.
public struct RowErasure: Hashable, Sendable {
  /// The table.
  public var table: String
  /// The row's key, in key order.
  public var key: [CellValue]
  /// By column, what stands in the place of every value; an empty cell stays empty.
  public var replacements: [String: CellValue]

  /// An erasure of some cells.
  public init(table: String, key: [CellValue], replacements: [String: CellValue]) {
    self.table = table
    self.key = key
    self.replacements = replacements
  }
}

/// A column whose values are about a person, as `sync_personal` declares it.
public struct PersonalColumn: Hashable, Sendable {
  /// The table.
  public var table: String
  /// The column.
  public var column: String
  /// What stands in the place of an erased value; `#` stands for a number that the erasure gives.
  public var replacement: CellValue
}

/// What stands in the place of erased values: a pure function of the value, so that it does not matter
/// when a replica learns of it, or in which order changes come.
struct ErasedCells {
  private var byTable: [String: [Data: [String: CellValue]]] = [:]
  private var number: Int64 = 0

  var isEmpty: Bool {
    byTable.isEmpty
  }

  /// Reads them again where an erasure has been added.
  mutating func refresh(_ db: Database) throws {
    guard
      let last = try? Int64.fetchOne(
        db.cachedStatement(sql: "SELECT coalesce(max(number), 0) FROM sync_erasure"))
    else { return }
    guard last != number else { return }
    byTable = [:]
    for row in try GRDB.Row.fetchAll(
      db, sql: "SELECT table_name, key, column_name, value FROM sync_erased")
    {
      byTable[row[0], default: [:]][row[1], default: [:]][row[2]] = CellValue(row, 3)
    }
    number = last
  }

  /// The replacements for a row; nil where nothing of it was erased.
  func cells(_ table: String, key: [CellValue]) -> [String: CellValue]? {
    byTable[table]?[Data(DeadRow.key(key))]
  }

  func contains(_ table: String) -> Bool {
    byTable[table] != nil
  }

  /// The group with erased values replaced.
  func replacing(_ group: ChangeGroup) -> ChangeGroup {
    guard byTable[group.table] != nil else { return group }
    var hits: [(change: Int, cells: [String: CellValue])] = []
    for change in 0..<group.count {
      guard let cells = cells(group.table, key: group.key(at: change)),
        group.columns.enumerated().contains(where: { place, name in
          cells[name].map { $0 != group.values[place][change] } == true
            && group.values[place].kinds[change] != 0
        })
      else { continue }
      hits.append((change, cells))
    }
    guard !hits.isEmpty else { return group }
    let byChange = Dictionary(uniqueKeysWithValues: hits.map { ($0.change, $0.cells) })
    return group.replacing { change, column in byChange[change]?[column] }
  }
}

extension ChangeGroup {
  /// The group with other values in the place of those that are there; what is empty stays empty.
  ///
  /// - Parameter replacement: Gives the value for a change and a column, or nil where its own stays.
  func replacing(_ replacement: (_ change: Int, _ column: String) -> CellValue?) -> ChangeGroup {
    var group = self
    for (place, name) in columns.enumerated() {
      var column = ValueColumn()
      for change in 0..<count {
        if values[place].kinds[change] != ValueColumn.Kind.null.rawValue,
          let value = replacement(change, name)
        {
          column.append(value)
        } else {
          column.append(values[place], at: change)
        }
      }
      group.values[place] = column
    }
    return group
  }
}

extension Replica {
  /// The columns whose values are about a person.
  public func personalColumns() throws -> [PersonalColumn] {
    try read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT table_name, column_name, replacement FROM sync_personal
          ORDER BY table_name, column_name
          """
      ).map { PersonalColumn(table: $0[0], column: $0[1], replacement: CellValue($0, 2)) }
    }
  }

  /// The number of the last erasure carried out here; 0 when none was.
  public func lastErasure() throws -> Int64 {
    try read { db in
      try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM sync_erasure") ?? 0
    }
  }

  /// When erasures were carried out here, as ISO instants, by number.
  public func erasures() throws -> [(number: Int64, at: String)] {
    try read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT number, carried_out_at FROM sync_erasure ORDER BY 1")
        .map { ($0[0], $0[1]) }
    }
  }

  /// Whether values of a row were erased, so that whatever is written to them is erased again.
  public static func isErased(_ db: Database, table: String, key: [CellValue]) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM sync_erased WHERE table_name = ? AND key = ?)"),
      arguments: [table, Data(DeadRow.key(key))]) ?? false
  }

  /// Erasures after a number, as the centre signed them.
  public func erasures(after number: Int64) throws -> [SignedChangeset] {
    try read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: "SELECT header, signature, body FROM sync_erasure WHERE number > ? ORDER BY number",
        arguments: [number]
      ).map {
        SignedChangeset(
          header: Array($0[0] as Data), signature: Array($0[1] as Data),
          body: Array($0[2] as Data))
      }
    }
  }

  /// Orders values erased everywhere, and erases them here.
  ///
  /// For a central node: others carry out what it signed, at their next sync.
  ///
  /// - Returns: The erasure's number.
  /// - Throws: ``ReplicaError`` when a table does not sync.
  public func erase(_ rows: [RowErasure]) throws -> Int64 {
    let keys = environment.keys
    let number = try inEngineTransaction { db, engine -> Int64 in
      _ = try engine.sealIfNeeded(db)
      let groups = try engine.groups(of: rows)
      let last = try GRDB.Row.fetchOne(
        db, sql: "SELECT number, header FROM sync_erasure ORDER BY number DESC LIMIT 1")
      let number = (last?[0] as Int64? ?? 0) + 1
      let own = engine.nodes[engine.ownNode].facts
      let header = ChangesetHeader(
        node: own.id, sequence: number, firstCounter: 1,
        changeCount: groups.reduce(0) { $0 + $1.count },
        previousHash: try last.map {
          try engine.environment.codec.decodeHeader(Array($0[1] as Data)).hash
        } ?? [],
        knowledge: Knowledge(), schemaVersion: engine.program.version, clockOffsetMilliseconds: nil,
        sealedAtMilliseconds: engine.environment.now(), groupContinues: false)
      let (order, _) = try engine.environment.codec.encode(header: header, groups: groups) {
        try keys.sign(complement($0), as: own.id)
      }
      try engine.carryOut(db, order, number: number, groups: groups)
      return number
    }
    overwriteFreedPages()
    return number
  }

  /// Carries out erasures that the centre ordered; those that were before change nothing.
  ///
  /// - Returns: How many.
  /// - Throws: ``ChangesetError`` for one that no central node signed.
  public func carryOut(_ orders: [SignedChangeset]) throws -> Int {
    guard !orders.isEmpty else { return 0 }
    let done = try inEngineTransaction { db, engine -> Int in
      _ = try engine.sealIfNeeded(db)
      var done = 0
      for order in orders {
        let (header, hash) = try engine.environment.codec.decodeHeader(order.header)
        guard let no = engine.nodes.no(of: header.node), engine.nodes[no].facts.isCentral,
          let key = engine.nodes[no].facts.publicKey
        else { throw ChangesetError.unknownNode(header.node) }
        guard
          engine.environment.codec.isValid(
            signature: order.signature, hash: complement(hash), publicKey: key)
        else { throw ChangesetError.badSignature(node: header.node) }
        let last =
          try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM sync_erasure") ?? 0
        guard header.sequence > last else { continue }
        try engine.carryOut(
          db, order, number: header.sequence,
          groups: engine.environment.codec.decodeBody(order.body, header: header))
        done += 1
      }
      return done
    }
    if done > 0 { overwriteFreedPages() }
    return done
  }

  /// What was erased must not lie about in free pages or in SQLite's log.
  private func overwriteFreedPages() {
    try? inEngine { db, engine in
      engine.forget()
      try db.execute(sql: "VACUUM")
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}

/// What an order's signature is made over, so that nobody can pass one for a changeset.
private func complement(_ hash: [UInt8]) -> [UInt8] {
  hash.map { ~$0 }
}

extension EngineConnection {
  /// An order as groups of updates.
  func groups(of rows: [RowErasure]) throws -> [ChangeGroup] {
    var groups: [ChangeGroup] = []
    for row in rows where !row.replacements.isEmpty {
      guard let table = schema.table(named: row.table) else {
        throw ReplicaError(.unknownTable(row.table))
      }
      let columns = row.replacements.keys.sorted()
      if groups.last?.table != row.table || groups.last?.columns != columns {
        groups.append(
          ChangeGroup(
            table: row.table, kind: .update, keyColumns: table.keyColumns, columns: columns))
      }
      let last = groups.count - 1
      for (place, value) in row.key.enumerated() { groups[last].keys[place].append(value) }
      for (place, column) in columns.enumerated() {
        groups[last].values[place].append(row.replacements[column] ?? .null)
      }
      groups[last].timestamps.append(HybridTimestamp(milliseconds: environment.now()).rawValue)
    }
    return groups
  }

  func carryOut(
    _ db: Database, _ order: SignedChangeset, number: Int64, groups: [ChangeGroup]
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO sync_erasure(number, header, signature, body, carried_out_at)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        number, Data(order.header), Data(order.signature), Data(order.body),
        instant(environment.now()),
      ])
    for group in groups {
      for change in 0..<group.count {
        let key = Data(DeadRow.key(group.key(at: change)))
        for (place, column) in group.columns.enumerated() {
          try db.execute(
            sql: """
              INSERT OR REPLACE INTO sync_erased(table_name, key, column_name, value)
              VALUES (?, ?, ?, ?)
              """,
            arguments: [group.table, key, column, group.values[place][change].databaseValue])
        }
      }
    }
    try erased.refresh(db)
    for group in groups {
      for change in 0..<group.count { try eraseRow(db, group.table, key: group.key(at: change)) }
    }
    try flushDigests()
    try redactLog(db)
    try recordIncident(
      db, kind: "erasure",
      detail: "erasure \(number): \(groups.reduce(0) { $0 + $1.count }) rows")
  }

  /// Replaces values in a row, in what stands against them, and in the register of conflicts.
  private func eraseRow(_ db: Database, _ name: String, key: [CellValue]) throws {
    guard let index = schema.byName[name], let cells = erased.cells(name, key: key) else { return }
    let table = schema.tables[index]
    var stored = try load(index, key: key, verifying: false)
    for (column, value) in cells {
      guard let place = table.columns.firstIndex(of: column) else { continue }
      try db.execute(
        sql: """
          UPDATE sync_conflict SET
            current_value = CASE WHEN current_value IS NULL THEN NULL ELSE ?1 END,
            other_value = CASE WHEN other_value IS NULL THEN NULL ELSE ?1 END
          WHERE table_no = ?2 AND key = ?3 AND column_no = ?4
          """, arguments: [value.databaseValue, table.no, keyJSON(key), place + 1])
      for head in stored.state.cells[place + 1].indices
      where !stored.state.cells[place + 1][head].value.isNull {
        stored.state.cells[place + 1][head].value = value
      }
    }
    if stored.exists {
      stored.hadHeads = true
      try store(&stored, keep: stored.wasKept, cause: nil)
    }
    try db.execute(
      sql: "DELETE FROM sync_reserved WHERE table_name = ? AND key = ?",
      arguments: [name, Data(DeadRow.key(key))])
    try forgetBeside(db, name, key: key)
  }

  /// Erases what this replica keeps beside the synced tables of rows that were erased.
  func forgetBeside(_ db: Database) throws {
    let rows = try GRDB.Row.fetchAll(db, sql: "SELECT DISTINCT table_name, key FROM sync_erased")
    for row in rows {
      let key = try (row[1] as Data).withUnsafeBytes { try DeadRow.values(ofKey: $0) }
      try forgetBeside(db, row[0], key: key)
    }
  }

  private func forgetBeside(_ db: Database, _ table: String, key: [CellValue]) throws {
    let statements = try String.fetchAll(
      db, sql: "SELECT statement FROM sync_forget WHERE table_name = ?", arguments: [table])
    for statement in statements {
      try db.execute(sql: statement, arguments: [key[0].databaseValue])
    }
  }

  /// Replaces values in the changes of the log.
  private func redactLog(_ db: Database) throws {
    let places = try Int64.fetchAll(
      db, sql: "SELECT log_no FROM sync_changeset WHERE body IS NOT NULL ORDER BY log_no")
    for place in places {
      let row = try GRDB.Row.fetchOne(
        db, sql: "SELECT header, signature, body FROM sync_changeset WHERE log_no = ?",
        arguments: [place])
      guard let row else { continue }
      let changeset = SignedChangeset(
        header: Array(row[0] as Data), signature: Array(row[1] as Data),
        body: Array(row[2] as Data))
      let (header, hash) = try environment.codec.decodeHeader(changeset.header)
      let groups = try environment.codec.decodeBody(changeset.body, header: header)
      let (redacted, _) = try withoutErased(changeset, header: header, hash: hash, groups: groups)
      if redacted != changeset {
        try db.execute(
          sql: "UPDATE sync_changeset SET body = ? WHERE log_no = ?",
          arguments: [Data(redacted.body), place])
      }
    }
    lastRead = nil
  }

  /// A changeset and its changes without values that were erased.
  func withoutErased(
    _ changeset: SignedChangeset, header: ChangesetHeader, hash: [UInt8], groups: [ChangeGroup]
  ) throws -> (SignedChangeset, [ChangeGroup]) {
    guard !erased.isEmpty, groups.contains(where: { erased.contains($0.table) }) else {
      return (changeset, groups)
    }
    let replaced = groups.map(erased.replacing)
    guard replaced != groups else { return (changeset, groups) }
    let keys = environment.keys
    let own = nodes[ownNode].facts.id
    var redacted = changeset
    redacted.body = try environment.codec.redactedBody(
      groups: replaced, header: header, hash: hash, reserved: [], by: own
    ) { try keys.sign($0, as: own) }
    return (redacted, replaced)
  }

  /// The same for a changeset that comes in; a central node answers for what others erased in it before.
  func ownRedaction(
    _ changeset: SignedChangeset, header: ChangesetHeader, hash: [UInt8], groups: [ChangeGroup]
  ) throws -> (SignedChangeset, [ChangeGroup]) {
    let keys = environment.keys
    let own = nodes[ownNode].facts
    let (cleaned, groups) = try withoutErased(
      changeset, header: header, hash: hash, groups: groups)
    guard own.isCentral,
      let redaction = try environment.codec.redaction(of: cleaned.body, hash: hash),
      redaction.node != own.id, try keys.publicKey(of: own.id, creating: false) != nil
    else { return (cleaned, groups) }
    var signed = cleaned
    signed.body = try environment.codec.redactedBody(
      groups: groups, header: header, hash: hash, reserved: [], by: own.id
    ) { try keys.sign($0, as: own.id) }
    return (signed, groups)
  }

  /// A body that is not the author's must be the work of a central node; a central node itself, which
  /// may have lost the author's, takes what was erased from any node that it knows.
  ///
  /// - Returns: The places of changes that came without their personal values.
  func checkRedaction(
    _ changeset: SignedChangeset, header: ChangesetHeader, hash: [UInt8]
  ) throws -> [Int] {
    guard let redaction = try environment.codec.redaction(of: changeset.body, hash: hash) else {
      return []
    }
    let isCentral = nodes[ownNode].facts.isCentral && redaction.reserved.isEmpty
    guard let no = nodes.no(of: redaction.node), let key = nodes[no].facts.publicKey,
      isCentral || nodes[no].facts.isCentral,
      environment.codec.isValid(
        signature: redaction.signature, hash: redaction.signed, publicKey: key)
    else { throw ChangesetError.bodyDiffers }
    return redaction.reserved
  }

  /// What somebody writes into an erased cell is erased before it becomes a change.
  func eraseCaptured(_ db: Database) throws {
    guard !erased.isEmpty else { return }
    for (index, table) in schema.tables.enumerated() where erased.contains(table.name) {
      for (source, rowColumn, sql) in [
        (
          table.quotedName, "rowid",
          "SELECT DISTINCT row FROM sync_capture WHERE table_no = ? AND row IS NOT NULL"
        ),
        (
          table.oldName, "sync_old_row",
          "SELECT DISTINCT old FROM sync_capture WHERE table_no = ? AND old IS NOT NULL"
        ),
      ] {
        for row in try Int64.fetchAll(db, sql: sql, arguments: [table.no]) {
          guard let key = try key(table, from: source, rowColumn: rowColumn, row: row),
            let cells = erased.cells(schema.tables[index].name, key: key)
          else { continue }
          for (column, value) in cells.sorted(by: { $0.key < $1.key })
          where table.columns.contains(column) {
            let name = column.quotedDatabaseIdentifier
            try db.execute(
              sql: """
                UPDATE \(source) SET \(name) = ?
                WHERE \(rowColumn) = ? AND \(name) IS NOT NULL
                """, arguments: [value.databaseValue, row])
          }
        }
      }
    }
  }
}
