import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a row's office is found.
enum RowOwner {
  /// A column names it.
  case column(String)
  /// It is that of the row referred to.
  case reference(SyncedTable.Reference)

  /// What `sync_owner` declares, by index of table.
  static func load(_ db: Database, schema: SyncedSchema) throws -> [Int: RowOwner] {
    // A database that is about to be migrated has none yet.
    guard try db.tableExists("sync_owner") else { return [:] }
    let declared = try GRDB.Row.fetchAll(db, sql: "SELECT table_name, via FROM sync_owner")
    let names = Set(declared.map { $0[0] as String })
    var owners: [Int: RowOwner] = [:]
    for row in declared {
      guard let index = schema.byName[row[0]] else { continue }
      let via: String = row[1]
      let reference = schema.tables[index].references.first {
        $0.columns == [via] && names.contains($0.parent)
      }
      owners[index] = reference.map(RowOwner.reference) ?? .column(via)
    }
    return owners
  }
}

extension Replica {
  /// The name of the setting that holds, at a central node, the tables whose rows only their own
  /// office may write.
  static let restrictedTables = "restricted_tables"

  /// The tables whose rows belong to an office, each with those that belong to it: what can be
  /// restricted.
  public func ownedTables() throws -> [(table: String, with: [String])] {
    try inEngine { _, engine in
      engine.owners.compactMap { index, owner in
        guard case .column = owner else { return nil }
        let name = engine.schema.tables[index].name
        return (name, engine.tables(ownedThrough: index).filter { $0 != name }.sorted())
      }.sorted { $0.table < $1.table }
    }
  }

  /// The tables whose rows only their own office may write, as ``restrict(to:)`` was told.
  public func restricted() throws -> [String] {
    try setting(Self.restrictedTables)?.split(separator: ",").map(String.init) ?? []
  }

  /// Keeps the writing of rows of these tables to the rows' own office and the central node.
  ///
  /// For a central node: what it lets pass all take in. Changes that wait and are in scope now are
  /// applied; what was applied before stays.
  ///
  /// - Parameter tables: All restricted tables, with those that belong to them.
  /// - Returns: How many changes left the quarantine.
  /// - Throws: ``ReplicaError`` when a table has no office.
  public func restrict(to tables: [String]) throws -> Int {
    try inEngineTransaction { db, engine in
      _ = try engine.sealIfNeeded(db)
      for table in tables {
        guard let index = engine.schema.byName[table], engine.owners[index] != nil else {
          throw ReplicaError(.unknownTable(table))
        }
      }
      try Settings.set(
        db, Self.restrictedTables, tables.isEmpty ? nil : tables.sorted().joined(separator: ","))
      try engine.refresh(db)
      let freed = try engine.retryQuarantine(db, reasons: [.scope])
      return try freed + engine.retryQuarantine(db, reasons: [.reference])
    }
  }

  /// All changes here that their author's office may not make.
  public func withheld() throws -> [WithheldChange] {
    try read { db in
      try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT n.id, q.counter, q.detail FROM sync_quarantine q JOIN sync_node n ON n.no = q.node_no
          WHERE q.reason = 'scope' ORDER BY q.node_no, q.counter
          """
      ).compactMap { row in
        NodeID(bytes: row[0] as Data).map {
          WithheldChange(change: ChangeID(node: $0, counter: row[1]), detail: row[2])
        }
      }
    }
  }

  /// Follows what the centre lets pass and what it does not: puts changes that are here into
  /// quarantine and takes back what they did, and applies those that it names no more.
  ///
  /// - Parameter all: Every change that the centre does not let pass.
  /// - Returns: How many went into quarantine, and how many left it.
  /// - Complexity: Merges the whole log once where something has to be taken back.
  public func follow(_ all: [WithheldChange]) throws -> (withheld: Int, admitted: Int) {
    let wanted = Dictionary(
      all.map { ($0.change, $0.detail) }, uniquingKeysWith: { first, _ in first })
    let (fresh, admitted) = try inEngineTransaction { db, engine -> (Int, Int) in
      _ = try engine.sealIfNeeded(db)
      let waiting = Set(
        try GRDB.Row.fetchAll(
          db, sql: "SELECT node_no, counter FROM sync_quarantine WHERE reason = 'scope'"
        ).map { Origin(node: $0[0], counter: $0[1]) })
      let freed = waiting.filter { wanted[engine.change($0)] == nil }
      var admitted = 0
      if !freed.isEmpty {
        admitted = try engine.retryQuarantine(
          db, reasons: [.scope], only: Set(freed.map(\.packed)))
        admitted += try engine.retryQuarantine(db, reasons: [.reference])
      }
      var fresh = 0
      for (change, detail) in wanted.sorted(by: { $0.key < $1.key }) {
        guard let no = engine.nodes.no(of: change.node) else { continue }
        let origin = Origin(node: no, counter: change.counter)
        guard change.counter <= engine.nodes[no].lastCounter, !waiting.contains(origin),
          let (_, group, place) = try engine.change(of: origin)
        else { continue }
        try engine.quarantine(
          origin, table: group.table, key: group.key(at: place), reason: .scope, detail: detail)
        fresh += 1
      }
      return (fresh, admitted)
    }
    // Rows are a pure function of the changes that count: without these they are built anew.
    if fresh > 0 { _ = try repair(as: "scope") }
    return (fresh, admitted)
  }
}

extension EngineConnection {
  func tables(ownedThrough index: Int) -> [String] {
    [schema.tables[index].name]
      + owners.flatMap { child, owner -> [String] in
        guard case .reference(let reference) = owner,
          reference.parent == schema.tables[index].name
        else { return [] }
        return tables(ownedThrough: child)
      }
  }

  /// The office of a row as it stands here, shown or deleted; nil where it has none or is not here.
  func office(ofRow index: Int, key: [CellValue]) throws -> String? {
    if let values = try shownValues(index, key: key) { return try office(index, values: values) }
    guard let dead = try loadDead(index, key: key) else { return nil }
    return try office(index, values: values(of: dead, table: schema.tables[index]))
  }

  /// The office that a row of these values belongs to.
  func office(_ index: Int, values: [String: CellValue]) throws -> String? {
    switch owners[index] {
    case .column(let name):
      if case .text(let office)? = values[name] { return office }
      return nil
    case .reference(let reference):
      guard let parent = schema.byName[reference.parent] else { return nil }
      let key = reference.columns.map { values[$0] ?? .null }
      return key.contains(.null) ? nil : try office(ofRow: parent, key: key)
    case nil: return nil
    }
  }

  /// Which changes of a changeset are withheld, by counter.
  func withheld(of header: ChangesetHeader) -> [Int64: ChangeApplier.Bar] {
    guard !withheld.isEmpty else { return [:] }
    var found: [Int64: ChangeApplier.Bar] = [:]
    for (change, detail) in withheld
    where change.node == header.node && change.counter >= header.firstCounter
      && change.counter <= header.lastCounter
    {
      found[change.counter] = ChangeApplier.Bar(reason: .scope, detail: detail)
    }
    return found
  }
}
