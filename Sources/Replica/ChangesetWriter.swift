import GRDB
import SyncModel

/// The time of a seal: this machine's clock, set right by the offset measured against the centre's.
struct SealClock {
  /// Nil where no offset was ever measured.
  let offset: Int64?
  /// Corrected, in milliseconds since 1970.
  let now: Int64

  init(_ db: Database, environment: ReplicaEnvironment) throws {
    offset = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT clock_offset_ms FROM sync_replica"))
    now = environment.now() + (offset ?? 0)
  }

  /// When a captured write happened, by the corrected clock; never later than the seal, so that a
  /// clock that ran ahead and was set right since gains nothing.
  func timestamp(julianDay: Double) -> HybridTimestamp {
    HybridTimestamp(
      milliseconds: max(0, min(milliseconds(julianDay: julianDay) + (offset ?? 0), now)))
  }
}

/// Gives net changes counters and timestamps and writes them as changesets, in groups of one shape,
/// keeping the rows' origins and hashes as it goes.
///
/// What is collected is written when the next is: only then is it known whether it is the last of its
/// group.
struct ChangesetWriter {
  /// The most changes in one changeset.
  ///
  /// More become several, applied as a group: a message stays small enough for a bad line (some 200
  /// kB), and either side holds only one decoded at a time.
  private static let changesPerChangeset = 8192
  /// The most text in one changeset before compression, in bytes, but for its last row: half of what
  /// a message may carry.
  private static let textPerChangeset = 4 << 20

  private let engine: EngineConnection
  private let clock: SealClock
  private var knowledge: Knowledge
  private var groups: [ChangeGroup] = []
  private var shape: (table: Int, kind: NetChange.Kind, mask: Int64)?
  private var nextCounter: Int64
  private var count = 0
  /// Bytes of text and blobs in rows that are there.
  private var textSize = 0
  private var complete: (groups: [ChangeGroup], count: Int)?
  private var report = SealReport()
  private var references: ReferenceCheck
  /// Rows that were written here over values that nobody here has read.
  private var overwritten: [(table: Int, key: [CellValue])] = []

  init(engine: EngineConnection, _ db: Database) throws {
    self.engine = engine
    clock = try SealClock(db, environment: engine.environment)
    knowledge = engine.knowledge
    nextCounter = engine.nodes[engine.ownNode].lastCounter + 1
    references = ReferenceCheck(engine: engine)
  }

  /// Takes in a change; they come sorted by shape within a round, so that a new shape is a new group.
  mutating func add(_ db: Database, _ index: Int, _ change: NetChange) throws {
    if count >= Self.changesPerChangeset || textSize >= Self.textPerChangeset { try cut(db) }
    try add(index, change)
  }

  private mutating func add(_ index: Int, _ change: NetChange) throws {
    let table = engine.schema.tables[index]
    let stamp = clock.timestamp(julianDay: change.at)
    let rank = WriteRank(stamp, clockIsMeasured: clock.offset != nil).rawValue
    let origin = Origin(node: engine.ownNode, counter: nextCounter)
    let masked = change.kind == .update ? change.mask : 0
    if shape == nil || shape?.table != index || shape?.kind != change.kind || shape?.mask != masked
    {
      shape = (index, change.kind, masked)
      groups.append(Self.group(table, change.kind, mask: masked))
    }
    let added: Bool
    if change.kind == .delete {
      added = try addDelete(index, table, change, origin: origin, rank: rank)
    } else if change.old != 0 {
      added = try addGone(index, table, change, origin: origin, rank: rank)
    } else {
      added = try addLive(index, table, change, origin: origin, rank: rank)
    }
    guard added else { return }
    groups[groups.count - 1].timestamps.append(stamp.rawValue)
    nextCounter += 1
    count += 1
  }

  private static func group(
    _ table: SyncedTable, _ kind: NetChange.Kind, mask: Int64
  ) -> ChangeGroup {
    switch kind {
    case .insert:
      ChangeGroup(
        table: table.name, kind: .insert, keyColumns: table.keyColumns, columns: table.columns)
    case .update:
      ChangeGroup(
        table: table.name, kind: .update, keyColumns: table.keyColumns,
        columns: table.columns.indices.filter { mask >> $0 & 1 == 1 }.map { table.columns[$0] })
    case .delete, .forget:
      ChangeGroup(table: table.name, kind: .delete, keyColumns: table.keyColumns, columns: [])
    }
  }

  /// A change of a row that is there: the common case, without making values.
  private mutating func addLive(
    _ index: Int, _ table: SyncedTable, _ change: NetChange, origin: Origin, rank: Int64
  ) throws -> Bool {
    let keyCount = table.keyColumns.count
    let select = try engine.plan(index).selectByRow
    select.bind(1, change.row)
    defer { select.reset() }
    guard try select.step() else { return false }
    if select.isNull(0), change.kind == .update {
      // The row was never recorded: nothing but an insert of every column would be understood
      // elsewhere.
      select.reset()
      var promoted = change
      promoted.kind = .insert
      try add(index, promoted)
      return false
    }
    var keyHash: UInt64 = 0
    let group = groups.count - 1
    for position in 0..<keyCount {
      let raw = select.raw(4 + position)
      keyHash = RowHash.key(
        keyHash, adding: RowHash.value(kind: raw.kind, word: raw.word, bytes: raw.bytes))
      groups[group].keys[position].append(raw)
      textSize += raw.bytes.count
    }
    var hash = keyHash
    var place = 0
    for column in table.columns.indices {
      let raw = select.raw(4 + keyCount + column)
      hash &+= RowHash.cell(
        key: keyHash, column: column + 1,
        value: RowHash.value(kind: raw.kind, word: raw.word, bytes: raw.bytes))
      if change.kind == .insert || change.mask >> column & 1 == 1 {
        groups[group].values[place].append(raw)
        textSize += raw.bytes.count
        place += 1
      }
    }
    if select.isNull(0) {
      let key = engine.hasDead[index] ? groups[group].keys.map { $0[$0.count - 1] } : []
      let unread = key.isEmpty ? [] : try noteUnread(index, key, columns: nil)
      if !unread.isEmpty, var before = try engine.loadDead(index, key: key) {
        before.row = change.row
        before.shown = table.columns.indices.map { select.value(4 + keyCount + $0) }
        before.hash = hash
        engine.digestDeltas[index].add(hash)
        try write(&before, mask: nil, origin: origin, rank: rank, unread: unread)
      } else {
        if !key.isEmpty { try bury(index, key: key, cause: origin) }
        try writeNew(index, row: change.row, origin: origin, rank: rank, hash: hash)
      }
    } else {
      let meta = RowMeta(
        origin: select.integer(0), rank: select.integer(1), hash: select.integer(2),
        bytes: select.bytes(3))
      if change.kind == .insert,
        try engine.recordIsOfAnother(
          index, meta, than: (0..<keyCount).map { select.value(4 + $0) })
      {
        throw BypassedRow(table: index, row: change.row, isGone: true)
      }
      let unread = try noteUnread(
        index, (0..<keyCount).map { select.value(4 + $0) },
        columns: change.kind == .insert ? nil : groups[group].columns)
      try rewrite(
        index, table, change, meta: meta, origin: origin, rank: rank, hash: hash, unread: unread)
    }
    if !table.references.isEmpty {
      try references.check(index, groups[group], origin: origin)
    }
    return true
  }

  /// Forgets the deleted row whose key a new one takes: the insert has seen its deletion.
  private func bury(_ index: Int, key: [CellValue], cause: Origin) throws {
    guard var before = try engine.loadDead(index, key: key) else { return }
    try engine.dropDead(index, key: key)
    before.hadHeads = true
    try engine.refreshConflicts(
      before, isAlive: false, isShown: false, cause: engine.change(cause))
  }

  private func writeNew(
    _ index: Int, row: Int64, origin: Origin, rank: Int64, hash: UInt64
  ) throws {
    let insert = try engine.plan(index).insertMeta
    insert.bind(1, row)
    insert.bind(2, origin.packed)
    insert.bind(3, rank)
    insert.bind(4, Int64(bitPattern: hash))
    try insert.run()
    engine.digestDeltas[index].add(hash)
  }

  /// What the writer of a row has not read of it, and so does not overwrite.
  private mutating func noteUnread(
    _ index: Int, _ key: @autoclosure () throws -> [CellValue], columns: [String]?
  ) throws -> Set<ChangeID> {
    guard engine.hasReserved else { return [] }
    let key = try key()
    let unread = try engine.unread(index, key: key, columns: columns)
    if !unread.isEmpty {
      overwritten.append((index, key))
      knowledge = Knowledge(
        last: knowledge.last, exceptions: knowledge.exceptions.union(unread))
    }
    return unread
  }

  private func rewrite(
    _ index: Int, _ table: SyncedTable, _ change: NetChange, meta: RowMeta, origin: Origin,
    rank: Int64, hash: UInt64, unread: Set<ChangeID>
  ) throws {
    var meta = meta
    if meta.isComplex || !unread.isEmpty {
      try rewriteComplex(index, table, change, origin: origin, rank: rank, unread: unread)
      return
    }
    let update = try engine.plan(index).updateMeta
    if change.kind == .insert {
      meta.origin = origin
      meta.rank = rank
      meta.entries = []
    } else {
      for column in table.columns.indices where change.mask >> column & 1 == 1 {
        meta.set(column + 1, origin: origin, rank: rank)
      }
    }
    engine.digestDeltas[index].remove(meta.hash)
    engine.digestDeltas[index].add(hash)
    update.bind(1, change.row)
    update.bind(2, meta.origin.packed)
    update.bind(3, meta.rank)
    update.bind(4, Int64(bitPattern: hash))
    if meta.entries.isEmpty {
      update.bindNull(5)
      try update.run()
    } else {
      try meta.bytes.withUnsafeBytes {
        update.bind(5, blob: $0)
        try update.run()
      }
    }
  }

  /// A row with conflicts: what was written here has seen all of them that could be read.
  private func rewriteComplex(
    _ index: Int, _ table: SyncedTable, _ change: NetChange, origin: Origin, rank: Int64,
    unread: Set<ChangeID>
  ) throws {
    guard
      let key = try engine.key(table, from: table.quotedName, rowColumn: "rowid", row: change.row)
    else { return }
    var stored = try engine.load(index, key: key, verifying: false)
    try write(
      &stored, mask: change.kind == .insert ? nil : change.mask, origin: origin, rank: rank,
      unread: unread)
  }

  /// Writes what a row shows, in the columns of a mask or in all, as a change of this node.
  private func write(
    _ stored: inout StoredRow, mask: Int64?, origin: Origin, rank: Int64, unread: Set<ChangeID>
  ) throws {
    let shown = stored.shown
    let columns = shown.indices.filter { (mask ?? -1) >> $0 & 1 == 1 }
    let cells = (mask == nil ? [0] : []) + columns.map { $0 + 1 }
    stored.state.write(
      cells.map { ($0, $0 == 0 ? .null : shown[$0 - 1]) }, change: engine.change(origin),
      rank: WriteRank(rawValue: rank), isInsert: mask == nil, hasSeen: { !unread.contains($0) })
    try engine.store(
      &stored, keep: stored.wasKept, valuesStand: true, cause: engine.change(origin))
  }

  /// A write of a row that was deleted afterwards: its values were kept by the trigger.
  private mutating func addGone(
    _ index: Int, _ table: SyncedTable, _ change: NetChange, origin: Origin, rank: Int64
  ) throws -> Bool {
    guard var gone = try engine.loadGone(index, change: change) else { return false }
    // A row that came and went unrecorded is nothing to others.
    guard gone.wasDead || change.kind == .insert else { return false }
    let group = groups.count - 1
    for (position, value) in gone.key.enumerated() { groups[group].keys[position].append(value) }
    let columns = table.columns.indices.filter {
      change.kind == .insert || change.mask >> $0 & 1 == 1
    }
    for (place, column) in columns.enumerated() {
      groups[group].values[place].append(gone.shown[column])
    }
    let cells = (change.kind == .insert ? [0] : []) + columns.map { $0 + 1 }
    let unread = try noteUnread(
      index, gone.key,
      columns: change.kind == .insert ? nil : columns.map { table.columns[$0] })
    gone.state.write(
      cells.map { ($0, $0 == 0 ? .null : gone.shown[$0 - 1]) }, change: engine.change(origin),
      rank: WriteRank(rawValue: rank), isInsert: change.kind == .insert,
      hasSeen: { !unread.contains($0) })
    try engine.keepDead(index, key: gone.key, state: gone.state)
    return true
  }

  private mutating func addDelete(
    _ index: Int, _ table: SyncedTable, _ change: NetChange, origin: Origin, rank: Int64
  ) throws -> Bool {
    guard var gone = try engine.loadGone(index, change: change), gone.wasDead else { return false }
    let group = groups.count - 1
    for (position, value) in gone.key.enumerated() { groups[group].keys[position].append(value) }
    let unread = try noteUnread(index, gone.key, columns: nil)
    gone.state.delete(
      change: engine.change(origin), rank: WriteRank(rawValue: rank),
      hasSeen: { !unread.contains($0) })
    if !unread.isEmpty {
      // What nobody here has read lives on.
      try engine.store(&gone, keep: gone.wasKept, cause: engine.change(origin))
      return true
    }
    try engine.keepDead(index, key: gone.key, state: gone.state)
    try engine.refreshConflicts(gone, isAlive: false, isShown: false, cause: engine.change(origin))
    engine.died.append((index, gone.key))
    return true
  }

  private mutating func cut(_ db: Database) throws {
    groups.removeAll { $0.count == 0 }
    if count > 0 {
      try write(db, groupContinues: true)
      complete = (groups, count)
    }
    groups = []
    shape = nil
    count = 0
    textSize = 0
  }

  /// Writes the last changeset, and takes back what cannot stand.
  mutating func finish(_ db: Database) throws -> SealReport {
    try cut(db)
    try write(db, groupContinues: false)
    for row in overwritten {
      var stored = try engine.load(row.table, key: row.key, verifying: false)
      if stored.exists { try engine.store(&stored, keep: stored.wasKept, cause: nil) }
    }
    try references.settle(db)
    return report
  }

  /// Signs and stores what is complete.
  private mutating func write(_ db: Database, groupContinues: Bool) throws {
    guard let (groups, count) = complete else { return }
    complete = nil
    var own = engine.nodes[engine.ownNode]
    let header = ChangesetHeader(
      node: own.facts.id, sequence: own.lastSequence + 1, firstCounter: own.lastCounter + 1,
      changeCount: count, previousHash: own.lastHash, knowledge: knowledge,
      schemaVersion: engine.program.version, clockOffsetMilliseconds: clock.offset,
      sealedAtMilliseconds: clock.now, groupContinues: groupContinues)
    let keys = engine.environment.keys
    let (changeset, hash) = try engine.environment.codec.encode(header: header, groups: groups) {
      guard engine.signs else { return [] }
      do {
        return try keys.sign($0, as: header.node)
      } catch {
        let isMissing = try keys.publicKey(of: header.node, creating: false) == nil
        guard isMissing, !own.facts.isCentral else { throw error }
        // An office goes on; what is not signed is written again under its next identity.
        return []
      }
    }
    try engine.appendToLog(
      changeset, header: header, author: engine.ownNode, state: "applied",
      firstHLC: groups.first?.timestamps.first ?? 0)
    own.lastSequence = header.sequence
    own.lastCounter = header.lastCounter
    own.lastHash = hash
    try engine.saveNode(own)
    report.changesets += 1
    report.changes += count
  }
}
