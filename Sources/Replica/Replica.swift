public import GRDB
import Schema
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A node's copy of the data: an SQLite file that anybody may write, and the change log of what was
/// written.
///
/// Two connections work on the file. The application's carries the capture triggers like everybody
/// else's; the engine's has triggers switched off, so that what it merges is not captured again,
/// and no mark of that can survive a crash. Safe to use from any thread; writers wait for each
/// other.
public final class Replica: Sendable {
  /// The file.
  public let path: String

  /// Where a central node keeps copies of its content for new replicas.
  public var snapshotFolder: String { path + ".snapshots" }

  let environment: ReplicaEnvironment
  let schema: ReplicaSchema
  private let application: DatabasePool
  private let engineQueue: DatabaseQueue
  private let engine: EngineConnection

  private init(path: String, schema: ReplicaSchema, environment: ReplicaEnvironment) throws {
    self.path = path
    self.schema = schema
    self.environment = environment
    do {
      engineQueue = try DatabaseQueue(
        path: path,
        configuration: Self.configuration(environment, label: "quipu.engine", triggers: false))
      try engineQueue.inDatabase { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        try Self.beginLog(db, path: path)
      }
      application = try DatabasePool(
        path: path,
        configuration: Self.configuration(environment, label: "quipu.application", triggers: true))
      // A pool sets NORMAL when it turns to WAL: a power cut would take commits back.
      try application.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = \(environment.durability.rawValue)")
      }
      engine = EngineConnection(environment: environment, program: schema)
    } catch let error as DatabaseError {
      throw Self.explain(error, path: path)
    }
  }

  private static func configuration(
    _ environment: ReplicaEnvironment, label: String, triggers: Bool
  ) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.busyMode = .timeout(30)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = \(environment.durability.rawValue)")
      // Overwriting what is freed doubles the cost of emptying the capture log; FAST does it where
      // it is free.
      try db.execute(sql: "PRAGMA secure_delete = FAST; PRAGMA cache_size = -16384")
      if triggers {
        // Reports read the whole file: without a map a fifth of their time is copying pages.
        try db.execute(sql: "PRAGMA mmap_size = 1073741824")
      } else {
        try EngineConnection.turnTriggersOff(db)
      }
    }
    return configuration
  }

  /// Writes something harmless where the write-ahead log is empty: a pool would make and drop a table
  /// there, which looks like a change of the schema, and every opening would audit all rows.
  private static func beginLog(_ db: Database, path: String) throws {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    guard (log?[.size] as? Int ?? 0) == 0 else { return }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }

  private static func explain(_ error: DatabaseError, path: String) -> any Error {
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      ReplicaError(.notAReplica(path: path, what: "it is not an SQLite database"))
    case _ where error.meansFullDisk: ReplicaError(.diskFull(path: path))
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
      ReplicaError(
        .inaccessible(
          path: path,
          what: isReadOnly(path)
            ? "the file or its folder is read-only" : error.message ?? "\(error.resultCode)"))
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      ReplicaError(.inaccessible(path: path, what: "another program holds it locked"))
    default: error
    }
  }

  /// SQLite writes a log beside the file: both must admit it.
  private static func isReadOnly(_ path: String) -> Bool {
    [path, URL(filePath: path).deletingLastPathComponent().path()].contains {
      FileManager.default.fileExists(atPath: $0) && !FileManager.default.isWritableFile(atPath: $0)
    }
  }

  /// Opens an existing replica, bringing it to the program's schema first; a copy of the older
  /// database is left beside it.
  ///
  /// - Throws: ``ReplicaError`` when there is no replica, or it belongs to a later program.
  public static func open(
    at path: String, schema: ReplicaSchema, environment: ReplicaEnvironment
  ) throws -> Replica {
    guard FileManager.default.fileExists(atPath: path) else {
      throw ReplicaError(.notFound(path: path))
    }
    try checkIsReplica(path)
    let replica = try Replica(path: path, schema: schema, environment: environment)
    do {
      try replica.prepare(office: nil, label: nil)
    } catch let error as DatabaseError {
      throw explain(error, path: path)
    }
    return replica
  }

  /// Makes a new replica with its own identity and the rows that come with the schema.
  ///
  /// - Throws: ``ReplicaError`` when there is a file already; then nothing was changed.
  public static func create(
    at path: String, office: String, label: String?, schema: ReplicaSchema,
    environment: ReplicaEnvironment
  ) throws -> Replica {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw ReplicaError(.exists(path: path))
    }
    do {
      // It will hold personal data: for its owner alone, unless somebody says otherwise.
      _ = FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      let replica = try Replica(path: path, schema: schema, environment: environment)
      try replica.prepare(office: office, label: label)
      return replica
    } catch {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      if let error = error as? DatabaseError { throw explain(error, path: path) }
      throw error
    }
  }

  /// Looks before opening for writing, since switching a stranger's database to WAL would change
  /// it.
  private static func checkIsReplica(_ path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let isReplica = try DatabaseQueue(path: path, configuration: configuration).read { db in
        try db.tableExists("sync_replica")
      }
      guard isReplica else {
        throw ReplicaError(
          .notAReplica(path: path, what: "it is an SQLite database without our tables"))
      }
    } catch let error as DatabaseError {
      // Leftovers of a crash can only be read by a connection that may write.
      if error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY { return }
      throw explain(error, path: path)
    }
  }

  private func prepare(office: String?, label: String?) throws {
    let pending = try inEngine { db, _ in try Migrator.pending(db, schema: schema) }
    if office == nil, !pending.isEmpty {
      try Migrator.backUp(path: path, from: engineQueue, at: environment.now())
    }
    try inEngine { db, engine in
      try db.inTransaction(.immediate) {
        try Migrator.run(
          pending, db, schema: schema, environment: environment, office: office, label: label)
        return .commit
      }
      try engine.load(db)
    }
    if try inEngine({ db, engine in try engine.triggersNeedAttention(db) }) {
      try inEngineTransaction { db, engine in
        try engine.restoreTriggers(db, isNew: office != nil || !pending.isEmpty)
      }
    }
    if !pending.isEmpty, office == nil {
      try inEngineTransaction { db, engine in
        // What was written here had not seen what is applied now.
        _ = try engine.sealIfNeeded(db)
        _ = try engine.retryQuarantine(db)
      }
    }
  }

  /// Runs `body` on the engine's connection, one at a time.
  func inEngine<T>(_ body: (Database, EngineConnection) throws -> T) throws -> T {
    try engineQueue.inDatabase { db in
      engine.attach(db)
      return try body(db, engine)
    }
  }

  /// Runs `body` in one immediate transaction on the engine's connection.
  ///
  /// A row that was found changed behind the triggers becomes an ordinary change first; then `body`
  /// runs again.
  func inEngineTransaction<T>(_ body: (Database, EngineConnection) throws -> T) throws -> T {
    var bypass: BypassedRow?
    for _ in 0..<1000 {
      do {
        if let found = bypass {
          try inOneEngineTransaction { db, engine in try engine.adopt(db, found) }
          bypass = nil
        }
        return try inOneEngineTransaction(body)
      } catch let found as BypassedRow {
        bypass = found
      }
    }
    throw ReplicaError(.damaged("rows change behind the triggers all the time"))
  }

  private func inOneEngineTransaction<T>(
    _ body: (Database, EngineConnection) throws -> T
  ) throws -> T {
    try inEngine { db, engine in
      var result: T?
      do {
        try db.inTransaction(.immediate) {
          try engine.refresh(db)
          result = try body(db, engine)
          return .commit
        }
      } catch {
        engine.forget()
        throw error
      }
      guard let result else { preconditionFailure("a committed transaction has a result") }
      return result
    }
  }

  /// Reads in one snapshot of the data.
  public func read<T>(_ body: (Database) throws -> T) throws -> T {
    try application.read(body)
  }

  /// Writes in one transaction, captured like any other writer's.
  public func write<T>(_ body: (Database) throws -> T) throws -> T {
    try application.write(body)
  }

  /// Closes both connections.
  ///
  /// The replica cannot be used afterwards.
  public func close() throws {
    engineQueue.inDatabase { _ in engine.forget() }
    try application.close()
    try engineQueue.close()
  }

  /// The schema version of this program.
  public var schemaVersion: Int {
    schema.version
  }

  /// This replica's node.
  public func identity() throws -> NodeFacts {
    try read { db in try NodeDirectory.own(db) }
  }

  /// A fact kept by name, or nil.
  public func setting(_ name: String) throws -> String? {
    try read { db in try Settings.get(db, name) }
  }

  /// Keeps a fact by name, or drops it.
  public func set(_ name: String, _ value: String?) throws {
    try application.write { db in try Settings.set(db, name, value) }
  }
}

/// Small facts by name, in `sync_setting`.
enum Settings {
  static func get(_ db: Database, _ name: String) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT CAST(value AS TEXT) FROM sync_setting WHERE name = ?"),
      arguments: [name])
  }

  static func set(_ db: Database, _ name: String, _ value: String?) throws {
    if let value {
      try db.execute(
        sql: """
          INSERT INTO sync_setting(name, value) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value
          """, arguments: [name, value])
    } else {
      try db.execute(sql: "DELETE FROM sync_setting WHERE name = ?", arguments: [name])
    }
  }
}
