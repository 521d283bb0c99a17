import CSQLite
import CentralNode
import FaultyDisk
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport

/// A replica in the simulation with its own clock, which may be wrong, and its own disk, which may
/// die.
final class SimulatedNode {
  /// How a stranger's statement goes past the rules.
  struct Manners {
    var recursiveTriggers = false
    var foreignKeys = true
    var triggers = true
    /// Through the replica's own connection instead of a stranger's.
    var isApplication = false
  }

  let name: String
  let path: String
  let clock: TestClock
  let keys: MemorySigningKeys
  let disk: FaultyDisk
  let isCentre: Bool
  private let identities: TestIdentities
  private var opened: (replica: Replica, shell: DatabaseQueue)?
  /// The centre's answering part, at the centre.
  private(set) var central: CentralNode?
  /// Whether it runs the later program.
  private(set) var isUpgraded: Bool
  /// The sync that is going on.
  var syncing: (session: SyncSession, action: SyncSession.Action)?
  /// What stands in the file beside the replica.
  var credential: (token: String, node: NodeID)?
  /// Every identity it ever had.
  var identitiesHad: Set<NodeID> = []
  /// Whether it was restored or copied, or copied from, and has not met the centre since.
  var isSuspect = false
  /// What its users wrote.
  var ledger = Ledger()

  init(
    _ name: String, folder: TemporaryFolder, seed: UInt64, isCentre: Bool, isUpgraded: Bool
  ) throws {
    self.name = name
    self.isCentre = isCentre
    self.isUpgraded = isUpgraded
    path = folder.file("\(name).sqlite")
    clock = TestClock()
    keys = MemorySigningKeys(seed: seed)
    identities = TestIdentities(seed: seed)
    disk = FaultyDisk(path: path)
    opened = (
      try Replica.create(
        at: path, office: name, label: nil, schema: Self.schema(isUpgraded),
        environment: Self.environment(clock, identities, keys)),
      try DatabaseQueue(path: path, configuration: Self.shellConfiguration)
    )
    try begin()
  }

  /// A laptop made by copying another one's folder.
  init(
    copying other: SimulatedNode, named name: String, folder: TemporaryFolder, seed: UInt64
  )
    throws
  {
    self.name = name
    isCentre = false
    isUpgraded = other.isUpgraded
    path = folder.file("\(name).sqlite")
    clock = TestClock(other.clock.now)
    keys = other.keys
    identities = TestIdentities(seed: seed)
    credential = other.credential
    try other.backUp(to: path)
    disk = FaultyDisk(path: path)
    identitiesHad = other.identitiesHad
    isSuspect = true
    other.isSuspect = true
    try reopen()
  }

  deinit {
    disk.remove()
  }

  private static func schema(_ isUpgraded: Bool) -> ReplicaSchema {
    isUpgraded ? WorldSchema.later : WorldSchema.earlier
  }

  private static var shellConfiguration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    // What a stranger's program does not flush, a power cut may take: not our promise.
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    return configuration
  }

  private static func environment(
    _ clock: TestClock, _ identities: TestIdentities, _ keys: MemorySigningKeys
  ) -> ReplicaEnvironment {
    ReplicaEnvironment(
      now: { clock.now },
      newNodeID: {
        let (high, low) = identities.next()
        return NodeID(high: high, low: low)
      }, codec: ProtobufChangesetCodec(), keys: keys)
  }

  /// What an office does for its sync.
  var side: ReplicaSide {
    let clock = clock
    return ReplicaSide(
      replica: replica, codec: ProtobufChangesetCodec(), keys: keys, now: { clock.now })
  }

  private func begin() throws {
    if isCentre {
      let (clock, identities) = (clock, identities)
      central = try CentralNode(
        replica: replica, codec: ProtobufChangesetCodec(), keys: keys, now: { clock.now },
        randomBytes: { count in
          var bytes: [UInt8] = []
          while bytes.count < count {
            let (high, low) = identities.next()
            bytes += NodeID(high: high, low: low).bytes
          }
          return Array(bytes.prefix(count))
        })
    }
    identitiesHad.insert(try replica.identity().id)
  }

  var replica: Replica {
    guard let opened else { preconditionFailure("\(name) is not running") }
    return opened.replica
  }

  /// Writes as strangers do: foreign keys may be off, and recursive_triggers on.
  private var shell: DatabaseQueue {
    guard let opened else { preconditionFailure("\(name) is not running") }
    return opened.shell
  }

  // MARK: - Writing

  /// Runs statements as a stranger's program would, at this node's time.
  ///
  /// - Returns: Whether SQLite took them.
  func write(_ sql: String, _ manners: Manners) throws -> Bool {
    func write(_ db: Database) throws {
      let last =
        try Int64.fetchOne(db, sql: "SELECT coalesce(max(sequence), 0) FROM sync_capture") ?? 0
      try db.execute(sql: sql)
      // The trigger takes the time of the machine; the simulation decides it.
      try db.execute(
        sql: "UPDATE sync_capture SET at = ? WHERE sequence > ?",
        arguments: [Double(clock.now) / 86_400_000 + 2_440_587.5, last])
    }
    do {
      if manners.isApplication {
        try replica.write(write)
      } else {
        try shell.inDatabase { db in
          try db.execute(
            sql: """
              PRAGMA recursive_triggers = \(manners.recursiveTriggers);
              PRAGMA foreign_keys = \(manners.foreignKeys)
              """)
          quipu_set_triggers(db.sqliteConnection, manners.triggers ? 1 : 0)
          try db.inTransaction(.immediate) {
            try write(db)
            return .commit
          }
        }
      }
      return true
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CONSTRAINT: return false
      // Its program is the earlier one, which lacks the column or table.
      case .SQLITE_ERROR where !isUpgraded: return false
      default: throw error
      }
    }
  }

  /// What waits for others, and for what.
  func held() throws -> [String] {
    let here = try replica.knowledge()
    let headers = try replica.read { db in
      try Data.fetchAll(db, sql: "SELECT header FROM sync_changeset WHERE state = 'held'")
    }
    return try headers.map { bytes in
      let header = try ProtobufChangesetCodec().decodeHeader(Array(bytes)).header
      let lacking = header.knowledge.last.filter { $0.value > here.last[$0.key, default: 0] }.map {
        "\($0.key.description.prefix(6)) \($0.value), here \(here.last[$0.key, default: 0])"
      }
      return "\(header.node.description.prefix(6)) \(header.sequence) lacks \(lacking.sorted())"
    }
  }

  /// Every row that is there, by table and key, each cell by column.
  func dump() throws -> [Oracle.RowName: [String: CellValue]] {
    try shell.inDatabase { db in
      var rows: [Oracle.RowName: [String: CellValue]] = [:]
      for table in try String.fetchAll(db, sql: "SELECT name FROM sync_table") {
        let info = try GRDB.Row.fetchAll(
          db, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [table])
        let key = info.filter { ($0["pk"] as Int) > 0 }.map { $0["name"] as String }
        let columns = info.filter { ($0["pk"] as Int) == 0 }.map { $0["name"] as String }
        for row in try GRDB.Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"") {
          func value(_ column: String) -> CellValue {
            switch (row[column] as DatabaseValue).storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .double(let real): .real(real)
            case .string(let text): .text(text)
            case .blob(let data): .blob(Array(data))
            }
          }
          rows[Oracle.RowName(table: table, key: key.map(value))] = Dictionary(
            uniqueKeysWithValues: columns.map { ($0, value($0)) })
        }
      }
      return rows
    }
  }

  // MARK: - Syncing

  /// Exchanges a code of the centre for a credential.
  func enroll(at centre: SimulatedNode) throws {
    guard let central = centre.central else { return }
    let (own, key) = try side.identityWithKey()
    let office = try replica.identity().office
    var request = EnrolmentRequest(
      code: try central.register.makeCode(office: office, label: nil), node: own.description,
      publicKey: hexadecimal(key), office: office, label: nil)
    request.proof = hexadecimal(try keys.sign(request.challenge, as: own))
    credential = (try central.enroll(request).token, own)
  }

  /// Carries out what a sync session asks for; calls are the caller's to bring to the centre.
  ///
  /// - Returns: What came of it; nil at the session's end.
  func carryOut(
    _ action: SyncSession.Action,
    calling centre: (SyncSession.Call) throws -> SyncSession.Event
  ) throws -> SyncSession.Event? {
    switch action {
    case .readLocalState:
      guard let credential else { return .refused(code: "credential_missing") }
      return .localState(try side.localState(enrolledNode: credential.node))
    case .call(let call):
      let event = try centre(call)
      if case .identity(let identity) = call, event == .identityRegistered {
        credential?.node = identity.node
      }
      return event
    default: return try side.perform(action)
    }
  }

  // MARK: - Starting and ending

  /// Ends the process without warning and starts it again.
  func crash() throws {
    close()
    try reopen()
  }

  /// Starts the machine again after its disk has died.
  func reboot(losingPower isKept: (() -> Bool)?) throws {
    close()
    try disk.revive(losingPower: isKept)
    try reopen()
  }

  /// Starts the later program on it.
  func upgrade() throws {
    close()
    isUpgraded = true
    try reopen()
  }

  private func close() {
    syncing = nil
    // A dead disk lets nothing be put away; then letting go closes.
    try? opened?.replica.close()
    try? opened?.shell.close()
    // A connection that stayed open would keep the log's index in memory beyond the crash.
    opened = nil
    central = nil
  }

  private func reopen() throws {
    opened = (
      try Replica.open(
        at: path, schema: Self.schema(isUpgraded),
        environment: Self.environment(clock, identities, keys)),
      try DatabaseQueue(path: path, configuration: Self.shellConfiguration)
    )
    try begin()
  }

  /// A copy of the database as a backup would hold it.
  func backUp(to copy: String) throws {
    try? FileManager.default.removeItem(atPath: copy)
    try shell.inDatabase { db in try db.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
  }

  /// Puts a backup in the database's place.
  func restore(from copy: String) throws {
    close()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    try FileManager.default.copyItem(atPath: copy, toPath: path)
    try disk.revive(losingPower: nil)
    try reopen()
    isSuspect = true
  }
}
