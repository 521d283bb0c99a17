import GRDB
import SyncModel

/// The shape of a table that syncs, as the engine works with it.
///
/// Columns outside the key are cells 1…n in the order in which they were first seen; cell 0 is the
/// row itself.
struct SyncedTable: Sendable {
  struct Reference: Sendable {
    /// Names of the referring columns, in the order of the parent's key.
    var columns: [String]
    var parent: String
  }

  let no: Int
  let name: String
  let keyColumns: [String]
  /// Names by cell number less one.
  let columns: [String]
  let policies: [MergePolicy]
  /// Of a STRICT table, the one kind of value (``ValueColumn/kinds``) that each column holds beside
  /// NULL; a column of any kind is not in it.
  let strictKinds: [String: UInt8]
  /// What this table's rows refer to.
  let references: [Reference]

  /// Names of all columns, key first.
  var allColumns: [String] {
    keyColumns + columns
  }

  var quotedName: String {
    name.quotedDatabaseIdentifier
  }

  var metaName: String {
    "sync_row_\(name)".quotedDatabaseIdentifier
  }

  var oldName: String {
    "sync_old_\(name)".quotedDatabaseIdentifier
  }

  /// `a = ?1 AND b = ?2` over the key.
  func keyCondition(prefix: String = "", first: Int = 1) -> String {
    keyColumns.enumerated().map {
      "\(prefix)\($1.quotedDatabaseIdentifier) = ?\($0 + first)"
    }.joined(separator: " AND ")
  }

  func list(_ names: [String], prefix: String = "") -> String {
    names.map { prefix + $0.quotedDatabaseIdentifier }.joined(separator: ", ")
  }
}

/// All tables that sync, and who refers to whom.
struct SyncedSchema: Sendable {
  let tables: [SyncedTable]
  let byName: [String: Int]
  let byNo: [Int: Int]
  /// For each table (by index), the tables whose rows refer to it.
  let referrers: [[(child: Int, reference: SyncedTable.Reference)]]

  init(tables: [SyncedTable]) {
    self.tables = tables
    byName = Dictionary(uniqueKeysWithValues: tables.enumerated().map { ($1.name, $0) })
    byNo = Dictionary(uniqueKeysWithValues: tables.enumerated().map { ($1.no, $0) })
    var referrers: [[(child: Int, reference: SyncedTable.Reference)]] = Array(
      repeating: [], count: tables.count)
    for (child, table) in tables.enumerated() {
      for reference in table.references {
        if let parent = byName[reference.parent] {
          referrers[parent].append((child, reference))
        }
      }
    }
    self.referrers = referrers
  }

  func table(named name: String) -> SyncedTable? {
    byName[name].map { tables[$0] }
  }

  func table(no: Int) -> SyncedTable? {
    byNo[no].map { tables[$0] }
  }

  /// Reads the declared tables, numbering columns that were not seen before.
  ///
  /// - Throws: ``ReplicaError`` when a declared table does not exist or cannot sync.
  static func load(_ db: Database, numberingColumns: Bool) throws -> SyncedSchema {
    let policies = try Row.fetchAll(
      db, sql: "SELECT table_name, column_name, policy FROM sync_policy")
    var policyByColumn: [String: MergePolicy] = [:]
    for row in policies {
      let key: String = "\(row[0] as String).\(row[1] as String)"
      policyByColumn[key] = MergePolicy(rawValue: row[2])
    }
    var tables: [SyncedTable] = []
    for row in try Row.fetchAll(db, sql: "SELECT no, name FROM sync_table ORDER BY no") {
      let no: Int = row[0]
      let name: String = row[1]
      let info = try Row.fetchAll(
        db, sql: "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", arguments: [name])
      guard !info.isEmpty else { throw ReplicaError(.cannotSync(table: name, why: .missing)) }
      let keys = info.filter { ($0["pk"] as Int) > 0 }
        .sorted { ($0["pk"] as Int) < ($1["pk"] as Int) }
      guard !keys.isEmpty else { throw ReplicaError(.cannotSync(table: name, why: .noPrimaryKey)) }
      let list = try Row.fetchOne(
        db, sql: "SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?",
        arguments: [name])
      guard list?["wr"] != 1 else {
        throw ReplicaError(.cannotSync(table: name, why: .withoutRowID))
      }
      let unique = try Row.fetchOne(
        db,
        sql: #"SELECT name, origin FROM pragma_index_list(?) WHERE "unique" AND origin <> 'pk'"#,
        arguments: [name])
      if let unique {
        let index: String? = unique["origin"] == "c" ? unique["name"] : nil
        throw ReplicaError(.cannotSync(table: name, why: .secondaryUnique(index: index)))
      }
      var columns = try String.fetchAll(
        db, sql: "SELECT name FROM sync_column WHERE table_no = ? ORDER BY no", arguments: [no])
      let known = Set(columns)
      for column in info where (column["pk"] as Int) == 0 && !known.contains(column["name"]) {
        columns.append(column["name"])
        if numberingColumns {
          try db.execute(
            sql: "INSERT INTO sync_column(table_no, no, name) VALUES (?, ?, ?)",
            arguments: [no, columns.count, column["name"] as String])
        }
      }
      guard columns.count <= 62 else {
        throw ReplicaError(.cannotSync(table: name, why: .tooManyColumns(columns.count)))
      }
      tables.append(
        SyncedTable(
          no: no, name: name, keyColumns: keys.map { $0["name"] }, columns: columns,
          policies: columns.map { policyByColumn["\(name).\($0)"] ?? .latest },
          strictKinds: list?["strict"] == 1 ? strictKinds(info) : [:],
          references: try references(db, of: name)))
    }
    return SyncedSchema(tables: tables)
  }

  private static func strictKinds(_ info: [Row]) -> [String: UInt8] {
    let kinds: [String: ValueColumn.Kind] = [
      "INT": .integer, "INTEGER": .integer, "REAL": .real, "TEXT": .text, "BLOB": .blob,
    ]
    return Dictionary(
      uniqueKeysWithValues: info.compactMap { column in
        kinds[(column["type"] as String).uppercased()].map { (column["name"], $0.rawValue) }
      })
  }

  private static func references(_ db: Database, of table: String) throws -> [SyncedTable.Reference]
  {
    let rows = try Row.fetchAll(
      db,
      sql: #"SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq"#,
      arguments: [table])
    var byID: [Int: [Row]] = [:]
    for row in rows { byID[row["id"], default: []].append(row) }
    return try byID.sorted { $0.key < $1.key }.map { _, columns in
      let parent: String = columns[0]["table"]
      let parentKey = try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
        arguments: [parent])
      let byTarget = columns.sorted { left, right in
        let leftTarget: String? = left["to"]
        let rightTarget: String? = right["to"]
        guard let leftTarget, let rightTarget else { return false }
        return (parentKey.firstIndex(of: leftTarget) ?? 0)
          < (parentKey.firstIndex(of: rightTarget) ?? 0)
      }
      return SyncedTable.Reference(columns: byTarget.map { $0["from"] }, parent: parent)
    }
  }
}
