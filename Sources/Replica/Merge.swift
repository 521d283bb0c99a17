import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Replica {
  /// Takes in changesets, from whomever, in any order, any number of times.
  ///
  /// Each is applied in one transaction with its group, or kept until what it has seen is here.
  /// What was written here since the last seal is sealed first. On return everything taken is on
  /// the disk.
  ///
  /// - Parameters:
  ///   - skippingForks: Whether a changeset that another of the same author and number contradicts is
  ///     passed over and recorded as an incident, not refused: so a clone's forgery of numbers,
  ///     carried by hand, does not block what others send.
  ///   - withheld: Changes that the centre does not let pass: they go into quarantine.
  /// - Returns: What was done.
  /// - Throws: ``ChangesetError`` for one that is malformed, unsigned or breaks its author's chain;
  ///   those before it are kept.
  public func receive(
    _ changesets: [SignedChangeset], skippingForks: Bool = false,
    withheld: [WithheldChange] = []
  ) throws -> MergeReport {
    var report = MergeReport()
    for changeset in changesets {
      report += try inEngineTransaction { db, engine in
        _ = try engine.sealIfNeeded(db)
        engine.withheld = Dictionary(
          withheld.map { ($0.change, $0.detail) }, uniquingKeysWith: { first, _ in first })
        defer { engine.withheld = [:] }
        return try engine.receive(db, changeset, skippingForks: skippingForks)
      }
    }
    return report
  }
}

extension EngineConnection {
  func sealIfNeeded(_ db: Database) throws -> SealReport {
    let any = try statement("SELECT 1 FROM sync_capture LIMIT 1")
    let isNeeded = try any.step()
    any.reset()
    if try isNeeded || triggersNeedAttention(db) { return try sealAndFree(db) }
    return SealReport()
  }

  /// Seals, and applies others' changes that waited for a row that was written here.
  func sealAndFree(_ db: Database) throws -> SealReport {
    let report = try seal(db)
    if report.changes > 0 { _ = try retryQuarantine(db, reasons: [.reference]) }
    return report
  }

  func receive(
    _ db: Database, _ changeset: SignedChangeset, skippingForks: Bool
  ) throws -> MergeReport {
    var report = MergeReport()
    let (header, hash) = try environment.codec.decodeHeader(changeset.header)
    guard let author = nodes.no(of: header.node), let key = nodes[author].facts.publicKey else {
      throw ChangesetError.unknownNode(header.node)
    }
    if let stored = try storedHash(author: author, sequence: header.sequence) {
      guard stored == hash else {
        if skippingForks {
          try recordFork(db, header)
          report.known = 1
          return report
        }
        throw ChangesetError.brokenChain(
          node: header.node, sequence: header.sequence, expected: nodes[author].lastSequence + 1)
      }
      report.known = 1
      report.disclosed = try disclose(db, changeset, header: header, hash: hash, author: author)
      return report
    }
    guard header.sequence > nodes[author].lastSequence, author != ownNode else {
      throw ChangesetError.brokenChain(
        node: header.node, sequence: header.sequence, expected: nodes[author].lastSequence + 1)
    }
    guard environment.codec.isValid(signature: changeset.signature, hash: hash, publicKey: key)
    else {
      throw ChangesetError.badSignature(node: header.node)
    }
    // Checked before it is kept: nothing that cannot be read later may be acknowledged.
    let reserved = try checkRedaction(changeset, header: header, hash: hash)
    let (changeset, groups) = try ownRedaction(
      changeset, header: header, hash: hash,
      groups: environment.codec.decodeBody(changeset.body, header: header))
    for node in header.knowledge.last.keys.sorted() { _ = try nodes.number(db, node) }
    try noteReserved(reserved, of: header, author: author, groups: groups)
    try appendToLog(
      changeset, header: header, author: author, state: "held",
      firstHLC: groups.first?.timestamps.first ?? 0)
    var fresh: (sequence: Int64, author: Int, groups: [ChangeGroup])? = (
      header.sequence, author, groups
    )
    report += try applyHeld(db, fresh: &fresh)
    let waits = try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*) FROM sync_changeset WHERE node_no = ? AND sequence = ? AND state = 'held'
          """), arguments: [author, header.sequence])
    report.held = waits ?? 0
    return report
  }

  private func storedHash(author: Int, sequence: Int64) throws -> [UInt8]? {
    let find = try statement(
      "SELECT header FROM sync_changeset WHERE node_no = ?1 AND sequence = ?2")
    find.bind(1, Int64(author))
    find.bind(2, sequence)
    defer { find.reset() }
    guard try find.step() else { return nil }
    return try environment.codec.decodeHeader(Array(find.bytes(0))).hash
  }

  func appendToLog(
    _ changeset: SignedChangeset, header: ChangesetHeader, author: Int, state: String,
    firstHLC: Int64
  ) throws {
    let put = try statement(
      """
      INSERT INTO sync_changeset(node_no, sequence, first_counter, change_count, first_hlc, state, header,
        signature, body, received_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """)
    put.bind(1, Int64(author))
    put.bind(2, header.sequence)
    put.bind(3, header.firstCounter)
    put.bind(4, Int64(header.changeCount))
    put.bind(5, firstHLC)
    put.bind(6, .text(state))
    put.bind(7, .blob(changeset.header))
    put.bind(8, .blob(changeset.signature))
    put.bind(9, .blob(changeset.body))
    put.bind(10, .text(instant(environment.now())))
    try put.run()
  }

  func saveNode(_ entry: NodeDirectory.Entry) throws {
    nodes[entry.no] = entry
    let save = try statement(
      "UPDATE sync_node SET last_sequence = ?2, last_counter = ?3, last_hash = ?4 WHERE no = ?1")
    save.bind(1, Int64(entry.no))
    save.bind(2, entry.lastSequence)
    save.bind(3, entry.lastCounter)
    save.bind(4, .blob(entry.lastHash))
    try save.run()
  }

  /// Applies what can be applied of the changesets that wait: whole groups whose knowledge is here.
  func applyHeld(
    _ db: Database, fresh: inout (sequence: Int64, author: Int, groups: [ChangeGroup])?
  ) throws -> MergeReport {
    var report = MergeReport()
    var progress = true
    while progress {
      progress = false
      let authors = try Int.fetchAll(
        db.cachedStatement(
          sql: "SELECT DISTINCT node_no FROM sync_changeset WHERE state = 'held' ORDER BY node_no"))
      for author in authors {
        while let count = try nextRun(db, author: author) {
          report += try applyRun(db, author: author, count: count, fresh: &fresh)
          progress = true
        }
        try dropDeadBranch(db, author: author)
      }
    }
    if report.applied > 0, !exceptions.isEmpty {
      let quarantined = quarantinedNow
      _ = try retryQuarantine(db, reasons: [.reference])
      quarantinedNow = quarantined
      try flushDigests()
    }
    report.conflictsOpened = conflictsOpened
    report.quarantined = quarantinedNow
    return report
  }

  /// Drops what waits of `author` and contradicts what is here of it: a copy of it wrote them under
  /// the same numbers.
  ///
  /// The copy has what they say, and writes it again under a name of its own once it meets the centre.
  private func dropDeadBranch(_ db: Database, author: Int) throws {
    let entry = nodes[author]
    var sequence = entry.lastSequence + 1
    var dead: [UInt8]?
    let held = try db.cachedStatement(
      sql: "SELECT header FROM sync_changeset WHERE node_no = ? AND sequence = ? AND state = 'held'"
    )
    while let header = try Data.fetchOne(held, arguments: [author, sequence]) {
      let (header, hash) = try environment.codec.decodeHeader(Array(header))
      let isDead =
        dead.map { header.previousHash == $0 } ?? (header.previousHash != entry.lastHash)
      guard isDead else { return }
      if dead == nil { try recordFork(db, header) }
      dead = hash
      try db.execute(
        sql: "DELETE FROM sync_changeset WHERE node_no = ? AND sequence = ?",
        arguments: [author, sequence])
      sequence += 1
    }
    if dead != nil { forgetSeen() }
  }

  private func recordFork(_ db: Database, _ header: ChangesetHeader) throws {
    try recordIncident(
      db, kind: "fork",
      detail:
        "node \(header.node) wrote two changesets \(header.sequence); a copy of it is in use")
  }

  /// How many changesets of `author` can be applied next: one complete group, or nil.
  private func nextRun(_ db: Database, author: Int) throws -> Int? {
    let entry = nodes[author]
    let select = try statement(
      """
      SELECT sequence, header FROM sync_changeset
      WHERE node_no = ?1 AND sequence > ?2 AND state = 'held' ORDER BY sequence
      """)
    select.bind(1, Int64(author))
    select.bind(2, entry.lastSequence)
    defer { select.reset() }
    var count = 0
    let here = knowledge
    while try select.step() {
      count += 1
      guard select.integer(0) == entry.lastSequence + Int64(count) else { return nil }
      let header = try environment.codec.decodeHeader(Array(select.bytes(1))).header
      // One that does not follow what is here: its author's numbers were used twice.
      if count == 1, header.previousHash != entry.lastHash || !here.hasReceived(header.knowledge) {
        return nil
      }
      if !header.groupContinues { return count }
    }
    return nil
  }

  /// Applies the next `count` changesets of `author` together.
  private func applyRun(
    _ db: Database, author: Int, count: Int,
    fresh: inout (sequence: Int64, author: Int, groups: [ChangeGroup])?
  ) throws -> MergeReport {
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    let first = nodes[author].lastSequence + 1
    var leftOut: [Int64: ChangeApplier.Bar] = [:]
    while true {
      let before = (digestDeltas, exceptions, hasDead, nodes, conflictsOpened, quarantinedNow)
      try statement("SAVEPOINT sync_run").run()
      var report = MergeReport()
      var missing: [Int64: ChangeApplier.Bar] = [:]
      for sequence in first..<first + Int64(count) {
        let (header, hash, groups) = try changeset(author: author, sequence: sequence, fresh: fresh)
        var entry = nodes[author]
        guard header.previousHash == entry.lastHash, header.firstCounter == entry.lastCounter + 1
        else {
          throw ChangesetError.brokenChain(
            node: header.node, sequence: header.sequence, expected: entry.lastSequence + 1)
        }
        var applier = ChangeApplier(
          engine: self, header: header, author: author,
          seen: seenVector(of: header, author: author))
        applier.barred = leftOut.merging(withheld(of: header)) { $1 }
        var counter = header.firstCounter
        for group in groups {
          try applier.apply(group, counter: counter)
          counter += Int64(group.count)
        }
        entry.lastSequence = header.sequence
        entry.lastCounter = header.lastCounter
        entry.lastHash = hash
        try saveNode(entry)
        report.applied += 1
        report.changes += header.changeCount
      }
      let cause = ChangeID(node: nodes.id(author), counter: nodes[author].lastCounter)
      try settleReferences(db, cause: cause)
      if hasOpenReferences {
        for sequence in first..<first + Int64(count) {
          let (header, _, groups) = try changeset(author: author, sequence: sequence, fresh: fresh)
          missing.merge(try danglingChanges(groups, from: header.firstCounter, cause: cause)) { $1 }
        }
      }
      if missing.isEmpty {
        if hasOpenReferences { try withdrawDangling(db) }
        try flushDigests()
        try statement("RELEASE sync_run").run()
        let mark = try statement(
          "UPDATE sync_changeset SET state = 'applied' WHERE node_no = ?1 AND sequence BETWEEN ?2 AND ?3"
        )
        mark.bind(1, Int64(author))
        mark.bind(2, first)
        mark.bind(3, first + Int64(count) - 1)
        try mark.run()
        if fresh?.author == author { fresh = nil }
        return report
      }
      try db.execute(sql: "ROLLBACK TO sync_run")
      try statement("RELEASE sync_run").run()
      (digestDeltas, exceptions, hasDead, nodes, conflictsOpened, quarantinedNow) = before
      died = []
      leftOut.merge(missing) { $1 }
    }
  }

  private func changeset(
    author: Int, sequence: Int64, fresh: (sequence: Int64, author: Int, groups: [ChangeGroup])?
  ) throws -> (ChangesetHeader, [UInt8], [ChangeGroup]) {
    let find = try statement(
      "SELECT header, body FROM sync_changeset WHERE node_no = ?1 AND sequence = ?2")
    find.bind(1, Int64(author))
    find.bind(2, sequence)
    defer { find.reset() }
    guard try find.step() else {
      throw ReplicaError(.damaged("changeset \(sequence) of node \(author) is not in the log"))
    }
    let (header, hash) = try environment.codec.decodeHeader(Array(find.bytes(0)))
    if let fresh, fresh.author == author, fresh.sequence == sequence {
      return (header, hash, fresh.groups)
    }
    return (header, hash, try environment.codec.decodeBody(Array(find.bytes(1)), header: header))
  }

  /// Changes whose rows refer to nothing that is or was here, after deleted parents were brought
  /// back.
  private func danglingChanges(
    _ groups: [ChangeGroup], from firstCounter: Int64, cause: ChangeID
  ) throws -> [Int64: ChangeApplier.Bar] {
    var dangling: [Int64: ChangeApplier.Bar] = [:]
    let own = origin(cause)
    var counter = firstCounter
    for group in groups {
      defer { counter += Int64(group.count) }
      guard let index = schema.byName[group.table], group.kind != .delete,
        !schema.tables[index].references.isEmpty
      else { continue }
      for change in 0..<group.count {
        // The whole row: an edit may have brought back one that refers to another deleted row.
        guard let values = try shownValues(index, key: group.key(at: change)) else { continue }
        for missing in try missingParents(index, values: values) {
          if try keepParent(missing, cause: cause) { continue }
          let made = try madeReference(index, key: group.key(at: change), missing.reference)
          // Made by a change that is not of this run: see withdrawDangling.
          let origin = Origin(node: own.node, counter: counter + Int64(change))
          guard made.contains(origin) else { continue }
          dangling[origin.counter] = ChangeApplier.Bar(reason: .reference, detail: missing.detail)
        }
      }
    }
    return dangling
  }
}
