#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import GRDB
public import SyncModel

extension Replica {
  /// Takes a new identity, after this replica was found to be a copy or to have been restored.
  ///
  /// Unsent work under the old identity that nobody else can have stays under it; what is not sealed is
  /// sealed under the new one, with the knowledge that this copy has. No counter is used twice.
  ///
  /// - Returns: The new identity.
  public func adoptNewIdentity(reason: String) throws -> NodeFacts {
    let keys = environment.keys
    return try inEngineTransaction { db, engine in
      let old = engine.nodes[engine.ownNode]
      let node = engine.environment.newNodeID()
      let publicKey = try keys.publicKey(of: node, creating: true)
      let no = try engine.nodes.number(db, node)
      try db.execute(
        sql: "UPDATE sync_node SET office = ?, label = ?, public_key = ? WHERE no = ?",
        arguments: [old.facts.office, old.facts.label, publicKey.map { Data($0) }, no])
      try db.execute(sql: "UPDATE sync_replica SET node_no = ?", arguments: [no])
      try Settings.set(db, Self.acknowledgedSequence, nil)
      try engine.recordIncident(db, kind: "identity", detail: reason)
      try engine.reauthorUnsent(db, from: old.no, to: no)
      try engine.refresh(db)
      _ = try engine.sealIfNeeded(db)
      return engine.nodes[no].facts
    }
  }
}

extension EngineConnection {
  /// Changesets that were sealed under an identity which another copy goes on using cannot be sent: their
  /// numbers may be taken. Their rows are captured again, to be sealed under the new identity.
  func reauthorUnsent(_ db: Database, from old: Int, to new: Int) throws {
    let acknowledged = try Settings.get(db, "identity_shared_through").flatMap { Int64($0) }
    guard let acknowledged else { return }
    let unsent = try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT log_no, sequence, first_counter, header, body FROM sync_changeset
        WHERE node_no = ? AND sequence > ? ORDER BY sequence
        """, arguments: [old, acknowledged])
    for row in unsent {
      let header = try environment.codec.decodeHeader(Array(row["header"] as Data)).header
      for group in try environment.codec.decodeBody(Array(row["body"] as Data), header: header) {
        guard let table = schema.table(named: group.table) else { continue }
        for change in 0..<group.count {
          let find = try statement(
            "SELECT rowid FROM \(table.quotedName) WHERE \(table.keyCondition())")
          for (position, value) in group.key(at: change).enumerated() { find.bind(position + 1, value) }
          let shown = try find.step() ? find.integer(0) : nil
          find.reset()
          if let shown { try capture(db, table, row: shown, mask: CaptureTriggers.Mark.restate) }
        }
      }
    }
    try Settings.set(db, "identity_shared_through", nil)
  }
}
