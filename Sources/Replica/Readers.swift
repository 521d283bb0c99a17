import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which personal values an office may read, where a central node keeps them to the offices that
/// trained the person.
extension Replica {
  /// The name of the setting that holds, at a central node, the tables whose personal values only
  /// their readers are given; elsewhere, whether the centre has any.
  static let reservedTables = "reserved_tables"

  /// The tables whose personal values can be reserved: rows that belong to an office refer to them.
  public func reservableTables() throws -> [String] {
    try inEngine { _, engine in
      engine.personal.keys.filter { !engine.ownedReferrers(of: $0).isEmpty }
        .map { engine.schema.tables[$0].name }.sorted()
    }
  }

  /// The tables whose personal values are reserved, as ``reserve(_:)`` was told.
  public func reserved() throws -> [String] {
    try setting(Self.reservedTables)?.split(separator: ",").map(String.init) ?? []
  }

  /// Keeps the personal values of these tables' rows, and of rows that refer to them, to their
  /// readers: the offices of rows that refer to them, and those that wrote the values.
  ///
  /// For a central node. What an office has read before, it keeps.
  ///
  /// - Parameter tables: All reserved tables.
  /// - Throws: ``ReplicaError`` when nobody could be told to be a reader.
  public func reserve(_ tables: [String]) throws {
    let known = try reservableTables()
    for table in tables where !known.contains(table) {
      throw ReplicaError(.unknownTable(table))
    }
    try set(Self.reservedTables, tables.isEmpty ? nil : tables.sorted().joined(separator: ","))
  }

  /// Changesets as an office may read them: reserved values replaced, and signed for by this node.
  public func changesets(
    _ changesets: [SignedChangeset], asReadBy office: String
  ) throws -> [SignedChangeset] {
    guard try !reserved().isEmpty else { return changesets }
    return try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      return try changesets.map { try engine.changeset($0, asReadBy: office) }
    }
  }

  /// The changesets of these names as an office may read them, from the first, as many as fit; at
  /// least one if there is any.
  public func changesets(
    named names: [ChangesetName], asReadBy office: String, maxBytes: Int
  ) throws -> [SignedChangeset] {
    try changesets(changesets(named: names, maxBytes: maxBytes).found, asReadBy: office)
  }

  /// Changesets of which this replica lacks personal values that others may have: after a central node
  /// was put back from a backup.
  public func lacking(limit: Int) throws -> [ChangesetName] {
    try read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT DISTINCT n.id, r.sequence FROM sync_reserved r JOIN sync_node n ON n.no = r.node_no
          ORDER BY r.node_no, r.sequence LIMIT ?
          """, arguments: [limit]
      ).compactMap { row in
        NodeID(bytes: row[0] as Data).map { ChangesetName(node: $0, sequence: row[1]) }
      }
    }
  }

  /// The changesets of these names that are here with all their values, as many as fit; at least one
  /// if there is any.
  ///
  /// - Returns: They, and how many names were looked at.
  public func changesets(
    named names: [ChangesetName], maxBytes: Int, inFull: Bool = false
  ) throws -> (found: [SignedChangeset], looked: Int) {
    try read { db in
      var found: [SignedChangeset] = []
      var size = 0
      for (place, name) in names.enumerated() {
        let row = try GRDB.Row.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT header, signature, body FROM sync_changeset c
              WHERE node_no = (SELECT no FROM sync_node WHERE id = ?1) AND sequence = ?2
                AND body IS NOT NULL AND (NOT ?3 OR NOT EXISTS (
                  SELECT 1 FROM sync_reserved r WHERE r.node_no = c.node_no
                    AND r.counter BETWEEN c.first_counter AND c.first_counter + c.change_count - 1))
              """), arguments: [Data(name.node.bytes), name.sequence, inFull])
        guard let row else { continue }
        let changeset = SignedChangeset(
          header: Array(row[0] as Data), signature: Array(row[1] as Data),
          body: Array(row[2] as Data))
        size += changeset.size
        if !found.isEmpty, size > maxBytes { return (found, place) }
        found.append(changeset)
      }
      return (found, names.count)
    }
  }
}

extension EngineConnection {
  /// What stands in the place of personal values that a reader may not have, by table and column.
  static func loadPersonal(
    _ db: Database, schema: SyncedSchema
  ) throws -> [Int: [String: CellValue]] {
    // A database that is about to be migrated has none yet.
    guard try db.tableExists("sync_personal"),
      try db.columns(in: "sync_personal").contains(where: { $0.name == "reserved" })
    else { return [:] }
    var personal: [Int: [String: CellValue]] = [:]
    for row in try GRDB.Row.fetchAll(
      db, sql: "SELECT table_name, column_name, reserved FROM sync_personal")
    {
      guard let index = schema.byName[row[0]] else { continue }
      personal[index, default: [:]][row[1]] = CellValue(row, 2)
    }
    return personal
  }

  /// The tables of rows that refer to this one's and belong to an office.
  func ownedReferrers(of index: Int) -> [(child: Int, reference: SyncedTable.Reference)] {
    schema.referrers[index].filter { owners[$0.child] != nil && $0.reference.columns.count == 1 }
  }

  /// Whether an office is a reader of a row's personal values.
  func mayRead(_ index: Int, key: [CellValue], office: String) throws -> Bool {
    for (child, reference) in ownedReferrers(of: index) {
      guard let owned = ownedRows(child) else { continue }
      let select = try statement(
        """
        SELECT 1 FROM \(owned.from)
        WHERE t0.\(reference.columns[0].quotedDatabaseIdentifier) = ?1 AND \(owned.office) = ?2
        LIMIT 1
        """)
      select.bind(1, key[0])
      select.bind(2, .text(office))
      defer { select.reset() }
      if try select.step() { return true }
    }
    let stored = try load(index, key: key, verifying: false)
    let columns = schema.tables[index].columns
    return stored.state.cells.enumerated().contains { cell, heads in
      cell > 0 && personal[index]?[columns[cell - 1]] != nil
        && heads.contains { nodes.no(of: $0.change.node).map { nodes[$0].facts.office } == office }
    }
  }

  /// The rows of a table, as `t0`, joined with what says whose they are.
  private func ownedRows(_ index: Int) -> (from: String, office: String)? {
    var from: String = "\(schema.tables[index].quotedName) t0"
    var (place, depth) = (index, 0)
    while let owner = owners[place], depth < schema.tables.count {
      switch owner {
      case .column(let name):
        return (from, "t\(depth).\(name.quotedDatabaseIdentifier)")
      case .reference(let reference):
        guard let parent = schema.byName[reference.parent], reference.columns.count == 1 else {
          return nil
        }
        let table = schema.tables[parent]
        from += """
           JOIN \(table.quotedName) t\(depth + 1)
          ON t\(depth + 1).\(table.keyColumns[0].quotedDatabaseIdentifier)
            = t\(depth).\(reference.columns[0].quotedDatabaseIdentifier)
          """
        (place, depth) = (parent, depth + 1)
      }
    }
    return nil
  }

  /// The row whose readers may read the personal values of this one: itself, or the one it refers to.
  func subject(
    _ index: Int, key: [CellValue], among tables: Set<Int>
  ) throws -> (table: Int, key: [CellValue])? {
    if tables.contains(index) { return (index, key) }
    let table = schema.tables[index]
    for reference in table.references {
      guard let parent = schema.byName[reference.parent], tables.contains(parent) else { continue }
      let byKey = Dictionary(uniqueKeysWithValues: zip(table.keyColumns, key))
      let values =
        reference.columns.allSatisfy { byKey[$0] != nil }
        ? byKey : try shownValues(index, key: key) ?? [:]
      let named = reference.columns.map { values[$0] ?? .null }
      if !named.contains(.null) { return (parent, named) }
    }
    return nil
  }

  func changeset(
    _ changeset: SignedChangeset, asReadBy office: String
  ) throws -> SignedChangeset {
    let (header, hash) = try environment.codec.decodeHeader(changeset.header)
    if nodes.no(of: header.node).map({ nodes[$0].facts.office }) == office { return changeset }
    let groups = try environment.codec.decodeBody(changeset.body, header: header)
    let lacking = try environment.codec.redaction(of: changeset.body, hash: hash)?.reserved ?? []
    var reserved: [Int] = []
    var place = 0
    let replaced = try groups.map { group in
      defer { place += group.count }
      return try keepingFrom(office, group, at: place, reserved: &reserved)
    }
    guard !reserved.isEmpty else { return changeset }
    let keys = environment.keys
    let own = nodes[ownNode].facts.id
    var answer = changeset
    answer.body = try environment.codec.redactedBody(
      groups: replaced, header: header, hash: hash,
      reserved: Set(reserved).union(lacking).sorted(), by: own
    ) { try keys.sign($0, as: own) }
    return answer
  }

  private func keepingFrom(
    _ office: String, _ group: ChangeGroup, at place: Int, reserved: inout [Int]
  ) throws -> ChangeGroup {
    guard let index = schema.byName[group.table], let columns = personal[index],
      group.columns.contains(where: { columns[$0] != nil })
    else { return group }
    var byChange: [Int: [String: CellValue]] = [:]
    for change in 0..<group.count {
      let isEmpty = group.columns.enumerated().allSatisfy {
        columns[$1] == nil || group.values[$0].kinds[change] == ValueColumn.Kind.null.rawValue
      }
      let key = group.key(at: change)
      guard !isEmpty, erased.cells(group.table, key: key) == nil,
        let subject = try subject(index, key: key, among: reading),
        try !mayRead(subject.table, key: subject.key, office: office)
      else { continue }
      byChange[change] = columns.mapValues { standIn($0, key: key) }
    }
    guard !byChange.isEmpty else { return group }
    reserved.append(contentsOf: byChange.keys.sorted().map { place + $0 })
    return group.replacing { change, column in byChange[change]?[column] }
  }

  /// What stands in the place of a row's value, its own digits where those are asked for.
  private func standIn(_ declared: CellValue, key: [CellValue]) -> CellValue {
    guard case .text(let text) = declared, text.hasSuffix("#") else { return declared }
    let digits = String(RowHash.row(key: key, values: []), radix: 16)
    return .text(text + digits)
  }
}
