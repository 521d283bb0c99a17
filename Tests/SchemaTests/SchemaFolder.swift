import Foundation
import GRDB
import Schema

/// The folder `Schema`, as it lies beside this file's package.
enum SchemaFolder {
  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Schema").path

  /// The bytes of a file in it.
  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// Names of the files in a folder of it, in order.
  static func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  /// A new database in memory with every migration, catalogs not loaded.
  static func freshDatabase() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { db in
      for migration in Migrations.engine + Migrations.trainings {
        try db.execute(sql: migration.sql)
      }
      try db.execute(sql: CentralTables.sql)
    }
    return queue
  }

  /// Names of the tables that sync.
  static func syncedTables(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT name FROM sync_table ORDER BY name")
  }
}
