public import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a replica holds of changes whose personal values the centre has kept from it.
extension Replica {
  /// Whether a row's personal values, or some of them, are not given to this replica.
  public static func isReserved(_ db: Database, table: String, key: [CellValue]) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM sync_reserved WHERE table_name = ? AND key = ?)"),
      arguments: [table, Data(DeadRow.key(key))]) ?? false
  }

  /// The keys of rows whose personal values are not here: erased, or not given to this replica.
  ///
  /// Of tables whose key is one text.
  public static func keysWithoutValues(_ db: Database, table: String) throws -> Set<String> {
    let keys = try Data.fetchAll(
      db,
      sql: """
        SELECT key FROM sync_reserved WHERE table_name = ?1
        UNION SELECT key FROM sync_erased WHERE table_name = ?1
        """, arguments: [table])
    return try Set(
      keys.compactMap { key in
        guard case .text(let text)? = try key.withUnsafeBytes(DeadRow.values(ofKey:)).first else {
          return nil
        }
        return text
      })
  }

  /// How many changes are here without their personal values.
  public func reservedChanges() throws -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_reserved") ?? 0 }
  }

  /// Changesets of which more may be read here by now.
  ///
  /// - Parameter all: Whether nothing is reserved any more.
  /// - Complexity: One look-up for each change that is here without its values.
  public func disclosable(all: Bool) throws -> [ChangesetName] {
    guard try reservedChanges() > 0 else { return [] }
    return try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      let office = engine.nodes[engine.ownNode].facts.office
      let tables = Set(engine.personal.keys.filter { !engine.ownedReferrers(of: $0).isEmpty })
      var names: [ChangesetName] = []
      var asked: Set<ChangesetName> = []
      let rows = try GRDB.Row.fetchCursor(
        db,
        sql: """
          SELECT node_no, sequence, table_name, key FROM sync_reserved ORDER BY node_no, counter
          """)
      while let row = try rows.next() {
        let name = ChangesetName(node: engine.nodes.id(row[0]), sequence: row[1])
        guard !asked.contains(name), let index = engine.schema.byName[row[2]] else { continue }
        let key = try (row[3] as Data).withUnsafeBytes { try DeadRow.values(ofKey: $0) }
        let subject = try engine.subject(index, key: key, among: tables)
        guard
          try all
            || subject.map({ try engine.mayRead($0.table, key: $0.key, office: office) }) == true
        else { continue }
        asked.insert(name)
        names.append(name)
      }
      return names
    }
  }

  /// What the content comes to without personal values, which count as empty.
  ///
  /// - Complexity: Reads the tables that have any.
  public func digestsLeavingOutPersonal() throws -> (
    knowledge: Knowledge, unsealed: Int, tables: [TableDigest]
  ) {
    try inEngineTransaction { db, engine in
      var (knowledge, unsealed, tables) = try Self.digests(db)
      for (index, columns) in engine.personal {
        let table = engine.schema.tables[index]
        var sum = EngineConnection.DigestDelta()
        let select = try engine.statement(
          "SELECT \(table.list(table.allColumns)) FROM \(table.quotedName)")
        defer { select.reset() }
        let keyCount = table.keyColumns.count
        while try select.step() {
          sum.add(
            RowHash.row(
              key: (0..<keyCount).map { select.value($0) },
              values: table.columns.enumerated().map { place, name in
                columns[name] == nil ? select.value(keyCount + place) : .null
              }))
        }
        guard let place = tables.firstIndex(where: { $0.table == table.name }) else { continue }
        tables[place] = TableDigest(
          table: table.name, rowCount: sum.count,
          digest: digestText(Int64(bitPattern: sum.first), Int64(bitPattern: sum.second)))
      }
      return (knowledge, unsealed, tables)
    }
  }
}

extension EngineConnection {
  /// Notes which changes of a changeset came without their personal values.
  func noteReserved(
    _ places: [Int], of header: ChangesetHeader, author: Int, groups: [ChangeGroup]
  ) throws {
    guard !places.isEmpty else { return }
    let put = try statement(
      """
      INSERT OR REPLACE INTO sync_reserved(node_no, counter, sequence, table_name, key)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """)
    var first = 0
    var wanted = places[...]
    for group in groups {
      while let place = wanted.first, place < first + group.count {
        put.bind(1, Int64(author))
        put.bind(2, header.firstCounter + Int64(place))
        put.bind(3, header.sequence)
        put.bind(4, .text(group.table))
        put.bind(5, .blob(DeadRow.key(group.key(at: place - first))))
        try put.run()
        wanted.removeFirst()
      }
      first += group.count
    }
    hasReserved = true
  }

  /// Takes in what a changeset that is here lacked.
  ///
  /// - Returns: How many changes it brought values for.
  func disclose(
    _ db: Database, _ changeset: SignedChangeset, header: ChangesetHeader, hash: [UInt8],
    author: Int
  ) throws -> Int {
    guard hasReserved else { return 0 }
    let lacking = try Set(
      Int64.fetchAll(
        db, sql: "SELECT counter FROM sync_reserved WHERE node_no = ? AND sequence = ?",
        arguments: [author, header.sequence]))
    let stillReserved = try Set(
      checkRedaction(changeset, header: header, hash: hash).map {
        header.firstCounter + Int64($0)
      })
    let disclosed = lacking.subtracting(stillReserved)
    // A body in which more is reserved than here was made for somebody else, or earlier.
    guard !disclosed.isEmpty, stillReserved.isSubset(of: lacking) else { return 0 }
    let (changeset, groups) = try ownRedaction(
      changeset, header: header, hash: hash,
      groups: environment.codec.decodeBody(changeset.body, header: header))
    try db.execute(
      sql: """
        UPDATE sync_changeset SET body = ? WHERE node_no = ? AND sequence = ? AND body IS NOT NULL
        """,
      arguments: [Data(changeset.body), author, header.sequence])
    lastRead = nil
    var counter = header.firstCounter
    for group in groups {
      for change in 0..<group.count {
        if disclosed.contains(counter) {
          try disclose(group, change, Origin(node: author, counter: counter))
        }
        counter += 1
      }
    }
    let forget = try statement("DELETE FROM sync_reserved WHERE node_no = ?1 AND counter = ?2")
    for counter in disclosed {
      forget.bind(1, Int64(author))
      forget.bind(2, counter)
      try forget.run()
    }
    try flushDigests()
    return disclosed.count
  }

  /// Gives a change's heads the values that it wrote.
  private func disclose(_ group: ChangeGroup, _ change: Int, _ origin: Origin) throws {
    guard let index = schema.byName[group.table] else { return }
    let table = schema.tables[index]
    var stored = try load(index, key: group.key(at: change), verifying: false)
    guard stored.exists else { return }
    let id = self.change(origin)
    var isShown = false
    for (place, name) in group.columns.enumerated() {
      guard let cell = table.columns.firstIndex(of: name).map({ $0 + 1 }) else { continue }
      for head in stored.state.cells[cell].indices
      where stored.state.cells[cell][head].change == id {
        let value = group.values[place][change]
        stored.state.cells[cell][head].value = value
        stored.state.cells[cell][head].isInsertNull = group.kind == .insert && value.isNull
        isShown = true
      }
    }
    guard isShown else { return }
    stored.hadHeads = true
    try store(&stored, keep: stored.wasKept, cause: nil)
  }

  /// The changes of a row that nobody here has read: what is written over them has not seen them.
  ///
  /// - Parameter columns: The columns that are written; nil for the whole row.
  func unread(_ index: Int, key: [CellValue], columns: [String]?) throws -> Set<ChangeID> {
    guard hasReserved, let personal = personal[index],
      columns?.contains(where: { personal[$0] != nil }) ?? true
    else { return [] }
    let find = try statement(
      "SELECT node_no, counter FROM sync_reserved WHERE table_name = ?1 AND key = ?2")
    find.bind(1, .text(schema.tables[index].name))
    find.bind(2, .blob(DeadRow.key(key)))
    defer { find.reset() }
    var found: Set<ChangeID> = []
    while try find.step() {
      found.insert(change(Origin(node: Int(find.integer(0)), counter: find.integer(1))))
    }
    return found
  }
}
