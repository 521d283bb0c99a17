import GRDB
public import Replica
public import SyncModel
public import SyncProtocol

/// Replicas for tests: real files, keys in memory, a clock and identities that the test decides.
public final class TestReplicas: Sendable {
  /// Where the files are.
  public let folder: TemporaryFolder
  /// The clock of all of them unless another is given.
  public let clock: TestClock
  private let identities: TestIdentities
  private let schema: ReplicaSchema

  /// Replicas of a schema.
  public init(schema: ReplicaSchema = TeamSchema.schema, seed: UInt64 = 1) throws {
    folder = try TemporaryFolder()
    clock = TestClock()
    identities = TestIdentities(seed: seed)
    self.schema = schema
  }

  /// What a replica of these takes from outside.
  public func environment(clock: TestClock? = nil, keys: MemorySigningKeys) -> ReplicaEnvironment {
    let clock = clock ?? self.clock
    return ReplicaEnvironment(
      now: { clock.now },
      newNodeID: { [identities] in
        let (high, low) = identities.next()
        return NodeID(high: high, low: low)
      },
      codec: ProtobufChangesetCodec(), keys: keys, durability: .off)
  }

  /// A new replica of `office`.
  public func make(
    _ office: String, clock: TestClock? = nil, keys: MemorySigningKeys = MemorySigningKeys(seed: 1)
  ) throws -> Replica {
    try Replica.create(
      at: folder.file("\(office).sqlite"), office: office, label: nil, schema: schema,
      environment: environment(clock: clock, keys: keys))
  }

  /// Opens a replica's file again.
  public func open(
    _ office: String, clock: TestClock? = nil, keys: MemorySigningKeys
  ) throws -> Replica {
    try Replica.open(
      at: folder.file("\(office).sqlite"), schema: schema,
      environment: environment(clock: clock, keys: keys))
  }
}

extension Replica {
  /// Gives everything of this replica's log to another.
  @discardableResult
  public func send(to other: Replica) throws -> MergeReport {
    try seal()
    try other.learn(try nodes())
    return try other.receive(
      try log(after: 0, maxBytes: .max, leavingOut: other.identity().id).changesets)
  }

  /// Runs SQL as the application does.
  public func execute(_ sql: String) throws {
    try write { db in try db.execute(sql: sql) }
  }

  /// All rows of a table as text, in key order.
  public func dump(_ table: String) throws -> [String] {
    try read { db in
      try GRDB.Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1, 2").map { row in
        row.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
      }
    }
  }
}
