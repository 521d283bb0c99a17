internal import Crypto
internal import GRDB
public import Replica
internal import Schema
public import SyncModel
internal import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Who may sync with a central node: one-time codes and credentials, of which only hashes are kept.
///
/// It works on the central database directly, so that codes can be made while the node serves.
public struct AccessRegister: Sendable {
  let replica: Replica
  let now: @Sendable () -> Int64
  private let randomBytes: @Sendable (Int) -> [UInt8]

  /// The register in the file of `replica`.
  ///
  /// `now` is milliseconds since 1970; `randomBytes` gives bytes that nobody can guess.
  public init(
    _ replica: Replica,
    now: @escaping @Sendable () -> Int64,
    randomBytes: @escaping @Sendable (Int) -> [UInt8] = AccessRegister.systemRandomBytes
  ) throws {
    self.replica = replica
    self.now = now
    self.randomBytes = randomBytes
    let isMissing = try replica.read { db in
      try CentralTables.names.contains { try !db.tableExists($0) }
    }
    if isMissing { try replica.write { try $0.execute(sql: CentralTables.sql) } }
  }

  /// Bytes from the operating system.
  public static let systemRandomBytes: @Sendable (Int) -> [UInt8] = { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  // MARK: - Codes

  /// Makes a one-time code: 80 bits in four groups of four characters.
  ///
  /// It can be used for `validity` milliseconds: 14 days unless said.
  ///
  /// - Returns: The code, which is kept nowhere.
  /// - Throws: What SQLite throws; then there is no code.
  public func makeCode(
    office: String,
    label: String?,
    validity: Int64 = 14 * 86_400_000
  ) throws -> String {
    let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let characters = randomBytes(16).map { letters[Int($0 & 31)] }
    let groups = stride(from: 0, to: 16, by: 4).map { String(characters[$0..<$0 + 4]) }
    let code = groups.joined(separator: "-")
    let created = now()
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO central_enrolment_code(hash, office, label, created_at, expires_at)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          Self.hash(EnrolmentCode.normalized(code)), office, label, created, created + validity,
        ])
    }
    return code
  }

  /// Uses a code up and gives a credential for it.
  ///
  /// A node that lost the answer may ask again with the same code and key; its earlier token dies
  /// then.
  ///
  /// - Returns: The token, which is kept nowhere, and what the code says of the replica.
  /// - Throws: ``Problem``.
  func redeem(code: String, node: NodeID, office: String) throws -> (token: String, label: String?)
  {
    let token = "quipu_" + hexadecimal(randomBytes(32))
    let codeHash = Self.hash(EnrolmentCode.normalized(code))
    let nodeBytes = Data(node.bytes)
    let time = now()
    let label: String? = try replica.write { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM central_enrolment_code WHERE hash = ?", arguments: [codeHash])
      guard let row else { throw Problem.codeUnknown }
      guard row["expires_at"] > time else { throw Problem.codeExpired }
      if row["used_at"] != nil, row["used_by"] as Data? != nodeBytes { throw Problem.codeUsed }
      let expected: String = row["office"]
      guard expected == office else { throw Problem.officeMismatch(office: expected) }
      try db.execute(
        sql: "UPDATE central_enrolment_code SET used_at = ?, used_by = ? WHERE hash = ?",
        arguments: [time, nodeBytes, codeHash])
      try db.execute(
        sql: "UPDATE central_node_access SET revoked_at = ? WHERE node = ? AND revoked_at IS NULL",
        arguments: [time, nodeBytes])
      let label: String? = row["label"]
      try db.execute(
        sql: """
          INSERT INTO central_node_access(token_hash, node, office, label, issued_at)
          VALUES (?, ?, ?, ?, ?)
          """, arguments: [Self.hash(token), nodeBytes, office, label, time])
      return label
    }
    return (token, label)
  }

  // MARK: - Credentials

  /// What stands behind a token.
  ///
  /// - Throws: ``Problem`` when it is unknown or revoked.
  package func access(token: String) throws -> NodeAccess {
    let hash = Self.hash(token)
    let access = try replica.read { db in
      try Row.fetchOne(
        db, sql: "SELECT * FROM central_node_access WHERE token_hash = ?", arguments: [hash]
      ).flatMap(Self.access)
    }
    guard var access else { throw Problem.credentialUnknown }
    guard access.revokedAt == nil else { throw Problem.credentialRevoked }
    access.token = token
    return access
  }

  /// Binds a credential to the identity that its replica took.
  ///
  /// - Throws: ``Problem`` when another credential is bound to that identity.
  func rebind(_ access: NodeAccess, to node: NodeID) throws {
    try replica.write { db in
      let others = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM central_node_access
          WHERE node = ? AND token_hash <> ? AND revoked_at IS NULL
          """, arguments: [Data(node.bytes), Data(access.tokenHash)])
      guard others == 0 else { throw Problem.identityReused }
      try db.execute(
        sql: "UPDATE central_node_access SET node = ? WHERE token_hash = ?",
        arguments: [Data(node.bytes), Data(access.tokenHash)])
    }
  }

  /// Gives a replica that took a new identity a credential of its own, which follows from the one that
  /// it shows; that one stays with the former identity, under which a copy may go on.
  ///
  /// Compaction does not wait for the former identity unless it says hello again.
  ///
  /// - Throws: ``Problem`` when another credential is bound to the new identity.
  func succeed(_ access: NodeAccess, by node: NodeID) throws {
    let hash = Self.hash(successorToken(of: access.token, for: node))
    let time = now()
    try replica.write { db in
      let others = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM central_node_access
          WHERE node = ? AND token_hash <> ? AND revoked_at IS NULL
          """, arguments: [Data(node.bytes), hash])
      guard others == 0 else { throw Problem.identityReused }
      try db.execute(
        sql: """
          INSERT INTO central_node_access(token_hash, node, office, label, issued_at)
          VALUES (?, ?, ?, ?, ?) ON CONFLICT (token_hash) DO NOTHING
          """, arguments: [hash, Data(node.bytes), access.office, access.label, time])
      try db.execute(
        sql: """
          UPDATE central_node_position SET lapsed_at = coalesce(lapsed_at, ?) WHERE node = ?
          """, arguments: [time, Data(access.node.bytes)])
    }
  }

  /// Notes that a node called.
  func noteSeen(_ access: NodeAccess) throws {
    let time = now()
    try replica.write { db in
      try db.execute(
        sql: "UPDATE central_node_access SET last_seen_at = ? WHERE token_hash = ?",
        arguments: [time, Data(access.tokenHash)])
    }
  }

  /// All credentials given, by office and time.
  public func all() throws -> [NodeAccess] {
    try replica.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM central_node_access ORDER BY office, issued_at")
        .compactMap(Self.access)
    }
  }

  /// Revokes the credentials of a node: its next call is refused.
  ///
  /// - Returns: How many were revoked.
  public func revoke(_ node: NodeID) throws -> Int {
    let time = now()
    return try replica.write { db in
      try db.execute(
        sql: "UPDATE central_node_access SET revoked_at = ? WHERE node = ? AND revoked_at IS NULL",
        arguments: [time, Data(node.bytes)])
      return db.changesCount
    }
  }

  private static func access(_ row: Row) -> NodeAccess? {
    guard let node = NodeID(bytes: row["node"] as Data) else { return nil }
    return NodeAccess(
      node: node,
      office: row["office"],
      label: row["label"],
      issuedAt: row["issued_at"],
      lastSeenAt: row["last_seen_at"],
      revokedAt: row["revoked_at"],
      tokenHash: Array(row["token_hash"] as Data))
  }

  private static func hash(_ secret: String) -> Data {
    Data(SHA256.hash(data: Array(secret.utf8)))
  }
}
