import CSQLite
import GRDB
import SyncModel

/// The engine's connection with what it remembers between operations: statements, the schema,
/// nodes.
///
/// Used only on its database queue, one operation at a time; that is what makes it safe to share.
final class EngineConnection: @unchecked Sendable {
  let environment: ReplicaEnvironment
  /// The schema of the program, whatever somebody made of the database's.
  let program: ReplicaSchema
  private var connection: OpaquePointer?
  private var statements: [String: PreparedStatement] = [:]
  private var plans: [Int: TablePlan] = [:]

  private(set) var schema = SyncedSchema(tables: [])
  var nodes = NodeDirectory()
  /// The local number of this replica's node.
  private(set) var ownNode = 1
  /// Changes in quarantine: arrived, not seen.
  var exceptions: Set<Int64> = []
  /// Whether the table, by index, has deleted rows whose state is kept.
  var hasDead: [Bool] = []
  /// Whether changesets are signed: not while they are about to be written again under a new
  /// identity.
  var signs = true
  /// Conflicts opened in the running transaction.
  var conflictsOpened = 0
  /// Changes put into quarantine in the running transaction.
  var quarantinedNow = 0
  /// What the running transaction adds to each table's digest.
  var digestDeltas: [DigestDelta] = []
  /// Rows that were deleted in the running transaction.
  var died: [(table: Int, key: [CellValue])] = []
  /// Changes that the centre does not let pass, while a changeset of theirs is taken in.
  var withheld: [ChangeID: String] = [:]
  /// Tables, by index, whose rows only their own office may write; none but at a central node.
  var restricted: Set<Int> = []
  /// What stands in the place of erased values.
  var erased = ErasedCells()
  private(set) var owners: [Int: RowOwner] = [:]
  /// What stands in the place of personal values that a reader may not have, by table and column.
  private(set) var personal: [Int: [String: CellValue]] = [:]
  /// Tables, by index, whose personal values are given to their readers alone; none but at a central
  /// node.
  private(set) var reading: Set<Int> = []
  /// Whether changes are here without their personal values.
  var hasReserved = false
  private var seenCache: [Int64: SeenVector] = [:]
  /// The changeset of the log that was read last: whoever asks for one change asks for its neighbours.
  var lastRead: (log: Int64, header: ChangesetHeader, groups: [ChangeGroup])?
  /// Rows that came with the schema, by table, where the running transaction asked for them.
  var groundRows: [Int: GroundRows] = [:]

  struct DigestDelta {
    var count: Int64 = 0
    var first: UInt64 = 0
    var second: UInt64 = 0

    @inline(__always)
    mutating func add(_ hash: UInt64) {
      count += 1
      first &+= hash
      second &+= RowHash.second(hash)
    }

    @inline(__always)
    mutating func remove(_ hash: UInt64) {
      count -= 1
      first &-= hash
      second &-= RowHash.second(hash)
    }
  }

  init(environment: ReplicaEnvironment, program: ReplicaSchema) {
    self.environment = environment
    self.program = program
  }

  static func turnTriggersOff(_ db: Database) throws {
    guard let connection = db.sqliteConnection, quipu_set_triggers(connection, 0) == SQLITE_OK
    else {
      throw ReplicaError(.damaged("triggers cannot be switched off for merging"))
    }
  }

  func attach(_ db: Database) {
    connection = db.sqliteConnection
  }

  /// Drops what was remembered, after a rollback or before closing.
  func forget() {
    statements = [:]
    plans = [:]
    seenCache = [:]
    lastRead = nil
    groundRows = [:]
    digestDeltas = digestDeltas.map { _ in DigestDelta() }
    died = []
  }

  /// Reads the declared schema.
  func load(_ db: Database) throws {
    schema = try SyncedSchema.load(db, numberingColumns: false)
    digestDeltas = Array(repeating: DigestDelta(), count: schema.tables.count)
    owners = try RowOwner.load(db, schema: schema)
    personal = try Self.loadPersonal(db, schema: schema)
    try refresh(db)
  }

  /// Reads what other processes may have changed since the last transaction.
  func refresh(_ db: Database) throws {
    conflictsOpened = 0
    quarantinedNow = 0
    died = []
    lastRead = nil
    groundRows = [:]
    nodes = try NodeDirectory(db)
    let own = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT node_no FROM sync_replica"))
    guard let own else { throw ReplicaError(.damaged("it does not know its own identity")) }
    // Whoever took a new identity gave numbers of the log anew.
    if own != ownNode { forgetSeen() }
    ownNode = own
    exceptions = Set(
      try GRDB.Row.fetchAll(
        db.cachedStatement(sql: "SELECT node_no, counter FROM sync_quarantine")
      ).map { Origin(node: $0[0], counter: $0[1]).packed })
    // One look-up a table: DISTINCT would walk every deleted row.
    let dead = try statement("SELECT 1 FROM sync_dead WHERE table_no = ?1 LIMIT 1")
    hasDead = try schema.tables.map { table in
      dead.bind(1, Int64(table.no))
      defer { dead.reset() }
      return try dead.step()
    }
    let names = try Settings.get(db, Replica.restrictedTables)?.split(separator: ",") ?? []
    restricted = Set(names.compactMap { schema.byName[String($0)] })
    let kept = try Settings.get(db, Replica.reservedTables)?.split(separator: ",") ?? []
    reading = Set(kept.compactMap { schema.byName[String($0)] })
    // A database that is about to be migrated has no such table yet.
    hasReserved =
      personal.isEmpty
      ? false
      : try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM sync_reserved)")) ?? false
    try erased.refresh(db)
  }

  /// The statements of a table that are run once a row.
  func plan(_ index: Int) throws -> TablePlan {
    if let plan = plans[index] { return plan }
    let plan = try TablePlan(self, schema.tables[index])
    plans[index] = plan
    return plan
  }

  func isDead(_ index: Int, key: [CellValue]) throws -> Bool {
    guard hasDead[index] else { return false }
    let find = try statement("SELECT 1 FROM sync_dead WHERE table_no = ?1 AND key = ?2")
    find.bind(1, Int64(schema.tables[index].no))
    find.bind(2, .blob(DeadRow.key(key)))
    defer { find.reset() }
    return try find.step()
  }

  /// The statement for `sql`, prepared once.
  func statement(_ sql: String) throws -> PreparedStatement {
    if let statement = statements[sql] {
      statement.reset()
      return statement
    }
    guard let connection else { preconditionFailure("the engine is attached before it is used") }
    let statement = try PreparedStatement(connection, sql)
    statements[sql] = statement
    return statement
  }

  var lastInsertedRow: Int64 {
    sqlite3_last_insert_rowid(connection)
  }

  var changedRows: Int {
    Int(sqlite3_changes(connection))
  }

  /// Whether references of this transaction point nowhere.
  var hasOpenReferences: Bool {
    var current: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(connection, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
    return current != 0
  }

  /// What has been seen here: everything that arrived, less the quarantine.
  var knowledge: Knowledge {
    var last: [NodeID: Int64] = [:]
    for entry in nodes.entries.dropFirst() { last[entry.facts.id] = entry.lastCounter }
    return Knowledge(
      last: last,
      exceptions: Set(
        exceptions.map {
          let origin = Origin(packed: $0)
          return ChangeID(node: nodes.id(origin.node), counter: origin.counter)
        }))
  }

  /// A changeset's knowledge in local numbers.
  func seenVector(of header: ChangesetHeader, author: Int) -> SeenVector {
    var last = [Int64](repeating: 0, count: nodes.entries.count)
    for (node, counter) in header.knowledge.last {
      if let no = nodes.no(of: node) { last[no] = counter }
    }
    var exceptions: Set<Int64> = []
    for change in header.knowledge.exceptions {
      if let no = nodes.no(of: change.node) {
        exceptions.insert(Origin(node: no, counter: change.counter).packed)
      }
    }
    return SeenVector(last: last, exceptions: exceptions, author: author)
  }

  /// What the author of a change here had seen when making it.
  func seen(by origin: Origin) throws -> SeenVector {
    let find = try statement(
      """
      SELECT log_no, header FROM sync_changeset
      WHERE node_no = ?1 AND first_counter <= ?2 ORDER BY first_counter DESC LIMIT 1
      """)
    find.bind(1, Int64(origin.node))
    find.bind(2, origin.counter)
    defer { find.reset() }
    guard try find.step() else {
      return SeenVector(last: [], exceptions: [], author: origin.node)
    }
    let log = find.integer(0)
    if let cached = seenCache[log] { return cached }
    let header = try environment.codec.decodeHeader(Array(find.bytes(1))).header
    let vector = seenVector(of: header, author: origin.node)
    seenCache[log] = vector
    return vector
  }

  /// Drops what was remembered of the log's changesets, by their numbers there.
  func forgetSeen() {
    seenCache = [:]
  }

  /// Whether the author of `later` had seen `earlier`.
  func hasSeen(_ later: ChangeID, _ earlier: ChangeID) throws -> Bool {
    guard let laterNode = nodes.no(of: later.node), let earlierNode = nodes.no(of: earlier.node)
    else {
      return earlier.node == .ground
    }
    return try seen(by: Origin(node: laterNode, counter: later.counter))
      .contains(Origin(node: earlierNode, counter: earlier.counter), at: later.counter)
  }

  func origin(_ change: ChangeID) -> Origin {
    Origin(node: nodes.no(of: change.node) ?? 0, counter: change.counter)
  }

  func change(_ origin: Origin) -> ChangeID {
    ChangeID(node: nodes.id(origin.node), counter: origin.counter)
  }

  /// Writes what the transaction added to the digests.
  func flushDigests() throws {
    let update = try statement(
      """
      UPDATE sync_table SET row_count = row_count + ?2, digest_1 = ?3, digest_2 = ?4 WHERE no = ?1
      """)
    let read = try statement("SELECT digest_1, digest_2 FROM sync_table WHERE no = ?1")
    for (index, delta) in digestDeltas.enumerated()
    where delta.count != 0 || delta.first != 0 || delta.second != 0 {
      let no = Int64(schema.tables[index].no)
      read.reset()
      read.bind(1, no)
      guard try read.step() else { continue }
      let first = UInt64(bitPattern: read.integer(0)) &+ delta.first
      let second = UInt64(bitPattern: read.integer(1)) &+ delta.second
      read.reset()
      update.bind(1, no)
      update.bind(2, delta.count)
      update.bind(3, Int64(bitPattern: first))
      update.bind(4, Int64(bitPattern: second))
      try update.run()
      digestDeltas[index] = DigestDelta()
    }
  }
}
