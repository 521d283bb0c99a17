public import GRDB
import Schema
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings a database to the program's schema, one numbered file at a time.
enum Migrator {
  /// The steps that the database has not had.
  ///
  /// - Throws: ``ReplicaError`` when it has had one that this program does not know.
  static func pending(_ db: Database, schema: ReplicaSchema) throws -> [Migration] {
    let all = Migrations.engine + schema.migrations
    guard try db.tableExists("sync_migration") else { return all }
    let applied = try Set(String.fetchAll(db, sql: "SELECT name FROM sync_migration"))
    if let unknown = applied.subtracting(all.map(\.name)).min() {
      throw ReplicaError(.newerSchema(found: unknown))
    }
    return all.filter { !applied.contains($0.name) }
  }

  /// Copies from before migrations that stay beside the database.
  private static let keptCopies = 3

  /// Leaves a consistent copy of the database beside it, reads the copy again, and drops the oldest
  /// of such copies.
  static func backUp(path: String, from queue: DatabaseQueue, at milliseconds: Int64) throws {
    let stamp = instant(milliseconds).filter { $0.isNumber }.prefix(14)
    let target = "\(path).before-\(stamp).sqlite"
    guard !FileManager.default.fileExists(atPath: target) else { return }
    do {
      _ = FileManager.default.createFile(
        atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
      let expected = try queue.inDatabase { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [target])
        return try content(db)
      }
      var configuration = Configuration()
      configuration.readonly = true
      let copy = try DatabaseQueue(path: target, configuration: configuration)
      let isWhole = try copy.read { db in
        try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"] && content(db) == expected
      }
      try copy.close()
      guard isWhole else {
        throw ReplicaError(.damaged("the copy from before the migration differs from it"))
      }
    } catch {
      try? FileManager.default.removeItem(atPath: target)
      throw error
    }
    prune(path)
  }

  private static func content(_ db: Database) throws -> [GRDB.Row] {
    try GRDB.Row.fetchAll(
      db, sql: "SELECT name, row_count, digest_1, digest_2 FROM sync_table ORDER BY name")
  }

  private static func prune(_ path: String) {
    let url = URL(filePath: path)
    let folder = url.deletingLastPathComponent().path()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let copies = names.filter {
      $0.hasPrefix(url.lastPathComponent + ".before-") && $0.hasSuffix(".sqlite")
    }
    // Their names sort as their times do.
    for name in copies.sorted().dropLast(keptCopies) {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  /// Applies `migrations` and, in a new database, makes the identity and the ground rows.
  static func run(
    _ migrations: [Migration], _ db: Database, schema: ReplicaSchema,
    environment: ReplicaEnvironment, office: String?, label: String?
  ) throws {
    let now = instant(environment.now())
    for migration in migrations {
      try db.execute(sql: migration.sql)
      try db.execute(
        sql: "INSERT INTO sync_migration(name, applied_at) VALUES (?, ?)",
        arguments: [migration.name, now])
    }
    if !migrations.isEmpty {
      for table in try SyncedSchema.load(db, numberingColumns: true).tables {
        try CaptureTriggers.install(db, for: table)
      }
    }
    guard let office else { return }
    let node = environment.newNodeID()
    let publicKey = try environment.keys.publicKey(of: node, creating: true)
    try db.execute(
      sql: "INSERT INTO sync_node(no, id, office, label, public_key) VALUES (1, ?, ?, ?, ?)",
      arguments: [Data(node.bytes), office, label, publicKey.map { Data($0) }])
    try db.execute(
      sql: "INSERT INTO sync_replica(only_row, node_no, created_at) VALUES (1, 1, ?)",
      arguments: [now])
    try schema.loadGround(db)
    try Ground.adopt(db, schema: try SyncedSchema.load(db, numberingColumns: false))
  }
}

/// Rows that came with the schema: written by nobody, seen by everybody.
enum Ground {
  /// Gives every row of the synced tables the origin that all have seen, and counts it into the
  /// digests.
  static func adopt(_ db: Database, schema: SyncedSchema) throws {
    for table in schema.tables {
      var count: Int64 = 0
      var sums: (UInt64, UInt64) = (0, 0)
      let insert = try db.makeStatement(
        sql: "INSERT INTO \(table.metaName)(row, origin, rank, hash) VALUES (?, 0, ?, ?)")
      let rows = try GRDB.Row.fetchCursor(
        db, sql: "SELECT rowid, \(table.list(table.allColumns)) FROM \(table.quotedName)")
      while let row = try rows.next() {
        let hash = RowHash.row(
          key: table.keyColumns.indices.map { CellValue(row, $0 + 1) },
          values: table.columns.indices.map { CellValue(row, $0 + 1 + table.keyColumns.count) })
        try insert.execute(
          arguments: [row[0] as Int64, WriteRank.ground.rawValue, Int64(bitPattern: hash)])
        count += 1
        sums.0 &+= hash
        sums.1 &+= RowHash.second(hash)
      }
      try db.execute(
        sql: "UPDATE sync_table SET row_count = ?, digest_1 = ?, digest_2 = ? WHERE no = ?",
        arguments: [count, Int64(bitPattern: sums.0), Int64(bitPattern: sums.1), table.no])
    }
    try db.execute(sql: "DELETE FROM sync_capture")
  }
}

extension RowHash {
  /// The hash of a whole row.
  static func row(key: [CellValue], values: [CellValue]) -> UInt64 {
    let keyHash = key.reduce(0) { self.key($0, adding: value($1)) }
    return values.enumerated().reduce(keyHash) { sum, cell in
      sum &+ self.cell(key: keyHash, column: cell.offset + 1, value: value(cell.element))
    }
  }
}

extension CellValue {
  /// A column of a GRDB row.
  init(_ row: GRDB.Row, _ index: Int) {
    self.init(row[index] as DatabaseValue)
  }

  /// GRDB's form of the same value.
  public init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let integer): self = .integer(integer)
    case .double(let real): self = .real(real)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob(Array(data))
    }
  }

  /// GRDB's form of the value.
  public var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let integer): integer.databaseValue
    case .real(let real): real.databaseValue
    case .text(let text): text.databaseValue
    // GRDB has no such text.
    case .malformedText: text.databaseValue
    case .blob(let blob): Data(blob).databaseValue
    }
  }
}
