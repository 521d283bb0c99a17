import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Replica {
  /// Takes a new identity, after this replica was found to be a copy or to have been restored.
  ///
  /// Its changesets that the others do not have cannot be sent under the old one: their numbers may
  /// be taken. They are written again under the new identity, change by change, with the knowledge
  /// they had, as is what was not sealed yet. No counter is used twice.
  ///
  /// - Parameters:
  ///   - reason: What was noticed; kept as an incident.
  ///   - sharedThrough: The last of this node's changesets that the centre has too, hash for hash;
  ///     where that is not known, the last one acknowledged.
  /// - Returns: The new identity.
  public func adoptNewIdentity(reason: String, sharedThrough: Int64? = nil) throws -> NodeFacts {
    let keys = environment.keys
    return try inEngineTransaction { db, engine in
      // Sealed first, so that there is one thing to write again; nobody will see this signature.
      engine.signs = false
      defer { engine.signs = true }
      _ = try engine.sealIfNeeded(db)
      engine.signs = true
      let old = engine.nodes[engine.ownNode]
      let node = engine.environment.newNodeID()
      let publicKey = try keys.publicKey(of: node, creating: true)
      let no = try engine.nodes.number(db, node)
      try db.execute(
        sql: "UPDATE sync_node SET office = ?, label = ?, public_key = ? WHERE no = ?",
        arguments: [old.facts.office, old.facts.label, publicKey.map { Data($0) }, no])
      try db.execute(sql: "UPDATE sync_replica SET node_no = ?", arguments: [no])
      let acknowledged = try Settings.get(db, Self.acknowledgedSequence).flatMap { Int64($0) } ?? 0
      try Settings.set(db, Self.acknowledgedSequence, nil)
      try engine.recordIncident(db, kind: "identity", detail: reason)
      try engine.refresh(db)
      try engine.writeAgain(db, after: sharedThrough ?? acknowledged, of: old.no)
      return engine.nodes[no].facts
    }
  }
}

extension EngineConnection {
  /// Writes the changesets of a former identity after `shared` again as this node's.
  func writeAgain(_ db: Database, after shared: Int64, of old: Int) throws {
    let forked = try GRDB.Row.fetchAll(
      db,
      sql: """
        SELECT header, body FROM sync_changeset WHERE node_no = ? AND sequence > ? ORDER BY sequence
        """, arguments: [old, shared])
    guard !forked.isEmpty else { return }
    try db.execute(
      sql: "DELETE FROM sync_changeset WHERE node_no = ? AND sequence > ?",
      arguments: [old, shared])
    var former = nodes[old]
    let last = try Data.fetchOne(
      db, sql: "SELECT header FROM sync_changeset WHERE node_no = ? AND sequence = ?",
      arguments: [old, shared]
    ).map { try environment.codec.decodeHeader(Array($0)) }
    former.lastSequence = shared
    former.lastCounter = last?.header.lastCounter ?? 0
    former.lastHash = last?.hash ?? []
    try saveNode(former)

    let keys = environment.keys
    var renamings: [Renaming] = []
    var touched: [RowKey] = []
    var known: Set<RowKey> = []
    for row in forked {
      let (header, _) = try environment.codec.decodeHeader(Array(row["header"] as Data))
      let groups = try environment.codec.decodeBody(Array(row["body"] as Data), header: header)
      var own = nodes[ownNode]
      var copy = header
      copy.node = own.facts.id
      copy.sequence = own.lastSequence + 1
      copy.firstCounter = own.lastCounter + 1
      copy.previousHash = own.lastHash
      var seen = header.knowledge.last
      seen[header.node] = former.lastCounter
      copy.knowledge = Knowledge(
        last: seen, exceptions: Set(header.knowledge.exceptions.map(renamings.renamed)))
      let (changeset, hash) = try environment.codec.encode(header: copy, groups: groups) {
        try keys.sign($0, as: copy.node)
      }
      try appendToLog(
        changeset, header: copy, author: ownNode, state: "applied",
        firstHLC: groups.first?.timestamps.first ?? 0)
      own.lastSequence = copy.sequence
      own.lastCounter = copy.lastCounter
      own.lastHash = hash
      try saveNode(own)
      try db.execute(
        sql: """
          UPDATE sync_quarantine SET node_no = ?, counter = counter - ? + ?
          WHERE node_no = ? AND counter BETWEEN ? AND ?
          """,
        arguments: [
          ownNode, header.firstCounter, copy.firstCounter, old, header.firstCounter,
          header.lastCounter,
        ])
      renamings.append(
        Renaming(
          from: header.node, counters: header.firstCounter...header.lastCounter, to: copy.node,
          by: copy.firstCounter - header.firstCounter))
      for group in groups {
        for change in 0..<group.count {
          let row = RowKey(table: group.table, key: group.key(at: change))
          if known.insert(row).inserted { touched.append(row) }
        }
      }
    }
    // Numbers of the log were given anew.
    forgetSeen()
    for row in touched {
      guard let index = schema.byName[row.table] else { continue }
      var stored = try load(index, key: row.key, verifying: false)
      guard stored.exists else { continue }
      for cell in stored.state.cells.indices {
        for head in stored.state.cells[cell].indices {
          stored.state.cells[cell][head].change = renamings.renamed(
            stored.state.cells[cell][head].change)
        }
      }
      for delete in stored.state.deletes.indices {
        stored.state.deletes[delete].change = renamings.renamed(stored.state.deletes[delete].change)
      }
      try store(&stored, keep: stored.wasKept, cause: nil)
    }
    exceptions = Set(
      try GRDB.Row.fetchAll(db, sql: "SELECT node_no, counter FROM sync_quarantine").map {
        Origin(node: $0[0], counter: $0[1]).packed
      })
    try flushDigests()
  }
}

/// Changes that were written again under another number.
private struct Renaming {
  let from: NodeID
  let counters: ClosedRange<Int64>
  let to: NodeID
  let by: Int64
}

extension [Renaming] {
  fileprivate func renamed(_ change: ChangeID) -> ChangeID {
    for renaming in self
    where renaming.from == change.node && renaming.counters.contains(change.counter) {
      return ChangeID(node: renaming.to, counter: change.counter + renaming.by)
    }
    return change
  }
}
