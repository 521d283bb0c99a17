internal import GRDB
public import Replica
internal import SyncModel
internal import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension TestReplicas {
  /// Changes rows together with their books but without a change: what no audit can find.
  ///
  /// `sql` runs on a copy of the replica as an ordinary writer; rows and books of the copy are then
  /// put under the replica's own change log.
  public func forge(_ replica: Replica, _ sql: String) throws {
    let name = "forged"
    let copy = folder.file("\(name).sqlite")
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: copy + suffix)
    }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: replica.path, configuration: configuration)
    try queue.inDatabase { db in try db.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
    let keys = MemorySigningKeys(seed: 1)
    _ = try keys.publicKey(of: try replica.identity().id, creating: true)
    let forged = try open(name, keys: keys)
    try forged.execute(sql)
    try forged.seal()
    try forged.close()
    try queue.inDatabase { db in
      try db.execute(sql: "ATTACH ? AS forged", arguments: [copy])
      let synced = try String.fetchAll(db, sql: "SELECT name FROM sync_table")
      for table in synced.flatMap({ [$0, "sync_row_\($0)"] }) + ["sync_table"] {
        let columns: String = try db.columns(in: table).map(\.name).joined(separator: ", ")
        try db.execute(
          sql: """
            DELETE FROM main.\(table);
            INSERT INTO main.\(table)(rowid, \(columns)) SELECT rowid, \(columns) FROM forged.\(table)
            """)
      }
      for table in synced { try db.execute(sql: "DELETE FROM sync_old_\(table)") }
      try db.execute(sql: "DELETE FROM sync_capture; DETACH forged")
    }
    try queue.close()
  }
}
