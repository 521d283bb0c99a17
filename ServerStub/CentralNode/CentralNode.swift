public import Replica
internal import Schema
public import SyncModel
public import SyncProtocol

/// The node that offices sync with: answers their calls from its own replica and the log.
///
/// It knows nothing of HTTP. Every answer is given after the commit, so what was answered survives
/// a crash at
/// any moment.
public struct CentralNode: Sendable {
  /// The office that a central node's replica belongs to.
  public static let office: String = NodeFacts.centralOffice

  /// The setting that holds the node's own epoch.
  private static let epochSetting = Replica.ownEpoch
  /// The setting that holds up to which number the log is compacted.
  static let horizonSetting = "log_horizon"
  /// The setting that holds what every node had seen when the log was last compacted.
  static let releasedSetting = "released_knowledge"

  /// The setting that holds when the rows were last held against the log.
  private static let repairSetting = "last_repair_ms"
  /// The most changesets that one answer asks for.
  private static let lackingLimit = 1000
  /// In milliseconds.
  private static let repairInterval: Int64 = 600_000

  /// Who may call.
  public let register: AccessRegister
  let replica: Replica
  let log: any ChangesetLog
  private let codec: any ChangesetCoding
  private let keys: any SigningKeys
  let now: @Sendable () -> Int64
  private let snapshots: SnapshotStore
  let storage: StorageProbe
  private let randomBytes: @Sendable (Int) -> [UInt8]

  /// The central node over `replica`, whose tables and epoch are made now if they are missing.
  ///
  /// Changesets are kept in `log`, which is the replica's own unless said; `keys` are the same that the
  /// replica signs with; `now` is milliseconds since 1970.
  public init(
    replica: Replica,
    log: (any ChangesetLog)? = nil,
    codec: any ChangesetCoding,
    keys: any SigningKeys,
    now: @escaping @Sendable () -> Int64,
    randomBytes: @escaping @Sendable (Int) -> [UInt8] = AccessRegister.systemRandomBytes
  ) throws {
    self.replica = replica
    self.log = log ?? SQLiteChangesetLog(replica)
    self.codec = codec
    self.keys = keys
    self.now = now
    self.randomBytes = randomBytes
    storage = StorageProbe(beside: replica.path, now: now)
    snapshots = SnapshotStore(replica, now: now, randomBytes: randomBytes)
    register = try AccessRegister(replica, now: now, randomBytes: randomBytes)
    if try replica.setting(Self.epochSetting) == nil { try beginEpoch() }
    // A central node measures itself: its clock is the one that counts.
    try replica.setClockOffset(milliseconds: 0)
  }

  /// Starts a new epoch, in which offices read the log from its beginning and send what it lacks.
  ///
  /// For a central node that was restored from a backup.
  public func beginEpoch() throws {
    try snapshots.forget()
    try replica.set(Self.epochSetting, hexadecimal(randomBytes(8)))
  }

  // MARK: - Calls

  /// Gives a credential for a one-time code.
  public func enroll(_ request: EnrolmentRequest) throws -> EnrolmentAnswer {
    guard let node = NodeID(request.node), node != .ground,
      let publicKey = bytes(hexadecimal: request.publicKey), publicKey.count == 32,
      let proof = bytes(hexadecimal: request.proof),
      request.office.utf8.count <= 100, (request.label ?? "").utf8.count <= 1000
    else { throw Problem.badRequest(what: "the enrolment names no node, key or office") }
    guard codec.isValid(signature: proof, hash: request.challenge, publicKey: publicKey) else {
      throw Problem.proofInvalid
    }
    try checkKey(publicKey, of: node)
    let (token, label) = try register.redeem(
      code: request.code, node: node, office: request.office)
    try replica.learn([
      NodeFacts(
        id: node, office: request.office, label: request.label ?? label, publicKey: publicKey)
    ])
    let own = try identity()
    return EnrolmentAnswer(
      token: token,
      centralNode: own.id.description,
      centralLabel: own.label,
      centralPublicKey: hexadecimal(own.publicKey ?? []),
      epoch: try epoch())
  }

  /// Compares where both sides stand.
  public func hello(_ hello: Hello, from caller: NodeAccess) throws -> HelloAnswer {
    guard hello.node == caller.node else { throw Problem.nodeMismatch }
    try register.noteSeen(caller)
    try recogniseFormerSelves(hello.knowledge)
    let head = try log.head(of: caller.node)
    // Before anything is sealed: a number that was used before the backup must not be used again.
    try noticeRestore(hello, head: head?.sequence ?? 0)
    _ = try replica.seal()
    let horizon = try horizon()
    try register.note(hello, epoch: epoch())
    let sequence = head?.sequence ?? 0
    let hash = head?.hash ?? []
    try register.noteState(
      caller, clockMilliseconds: hello.clockMilliseconds, schemaVersion: hello.schemaVersion,
      unsentChangesets: max(0, hello.lastSequence - sequence))
    var answer = HelloAnswer(
      knowledge: try log.knowledge(),
      clockMilliseconds: now(),
      epoch: try epoch(),
      horizon: horizon,
      nodes: try knownNodes(),
      lastSequence: sequence,
      lastHash: hash,
      schemaVersion: replica.schemaVersion,
      centralNode: try identity().id,
      isIdentityReused: hello.lastSequence < sequence
        || (hello.lastSequence == sequence && hello.lastHash != hash))
    answer.logBytes = try replica.logBytes(
      after: hello.epoch == answer.epoch ? hello.logNumber : 0)
    answer.stable = try stable()
    answer.released = try released()
    answer.withheld = try replica.withheld()
    answer.erasures = try replica.erasures(after: hello.erasure)
    answer.erasure = try replica.lastErasure()
    answer.isReadingReserved = try isReadingReserved()
    answer.lacking = try replica.lacking(limit: Self.lackingLimit)
    return answer
  }

  /// Registers the identity that a restored or copied replica took.
  public func adopt(_ identity: NewIdentity, from caller: NodeAccess) throws -> NewIdentityAnswer {
    try checkKey(identity.publicKey, of: identity.node)
    let succeeds = identity.wantsSuccessor && !caller.token.isEmpty
    if succeeds {
      try register.succeed(caller, by: identity.node)
    } else {
      try register.rebind(caller, to: identity.node)
    }
    try replica.learn([
      NodeFacts(
        id: identity.node,
        office: caller.office,
        label: caller.label,
        publicKey: identity.publicKey)
    ])
    return NewIdentityAnswer(knowledge: try log.knowledge(), hasSuccessor: succeeds)
  }

  /// Takes changesets in: the caller's own, or others' that bear their author's signature.
  public func push(_ push: Push, from caller: NodeAccess) throws -> PushAnswer {
    // A copy that used numbers twice must not block who only carries its changesets.
    let isRelayed = try push.changesets.allSatisfy {
      try codec.decodeHeader($0.header).header.node != caller.node
    }
    if try replica.carryOut(push.erasures) > 0 { try snapshots.forget() }
    let merge = try log.append(push.changesets, skippingForks: isRelayed)
    let head = try log.head(of: caller.node)
    var answer = PushAnswer(
      knowledge: try log.knowledge(),
      lastSequence: head?.sequence ?? 0,
      lastHash: head?.hash ?? [],
      merge: merge)
    answer.withheld = try replica.withheld()
    return answer
  }

  /// A piece of the log.
  public func pull(_ pull: Pull, from caller: NodeAccess) throws -> PullAnswer {
    let page = try log.page(after: pull.after, maxBytes: pull.limit, leavingOut: caller.node)
    let authors = try Set(page.changesets.map { try codec.decodeHeader($0.header).header.node })
    var answer = PullAnswer(
      changesets: try replica.changesets(page.changesets, asReadBy: caller.office),
      last: page.last,
      end: page.end,
      knowledge: try log.knowledge(),
      nodes: try knownNodes().filter { authors.contains($0.id) })
    answer.withheld = try replica.withheld()
    return answer
  }

  /// Changesets with what the caller may read of them by now.
  public func disclose(
    _ request: DisclosureRequest, from caller: NodeAccess
  ) throws -> DisclosureAnswer {
    DisclosureAnswer(
      changesets: try replica.changesets(
        named: request.changesets, asReadBy: caller.office, maxBytes: Pull.limits.upperBound))
  }

  /// What the content comes to, for a caller that lacks some personal values without any.
  public func digest(leavingOutPersonal: Bool = false) throws -> DigestAnswer {
    _ = try replica.seal()
    let (knowledge, unsealed, tables) =
      leavingOutPersonal ? try replica.digestsLeavingOutPersonal() : try replica.digests()
    var answer = DigestAnswer(knowledge: knowledge, unsealed: unsealed, tables: tables)
    answer.leavesOutPersonal = leavingOutPersonal
    return answer
  }

  /// Holds the rows against the log for a caller whose digest differs.
  ///
  /// The log is merged anew for that, so it is done once in ten minutes, whoever asks.
  public func repair() throws -> DigestAnswer {
    let last = try replica.setting(Self.repairSetting).flatMap { Int64($0) } ?? 0
    if abs(now() - last) >= Self.repairInterval {
      try replica.set(Self.repairSetting, String(now()))
      _ = try replica.repair()
      try snapshots.forget()
    }
    return try digest()
  }

  /// Keeps what a node says of itself at the end of a sync.
  public func report(_ report: NodeReport, from caller: NodeAccess) throws {
    try register.noteReport(report, from: caller)
  }

  /// A piece of a snapshot of the content, which is made now unless a recent one is kept.
  ///
  /// - Throws: ``Problem`` `snapshotGone` when the one asked for is kept no more; `readingReserved`
  ///   where not everybody may read all of it.
  public func snapshot(_ request: SnapshotRequest) throws -> SnapshotPiece {
    if try isReadingReserved() { throw Problem.readingReserved }
    return try snapshots.piece(request, horizon: horizon())
  }

  // MARK: - Parts

  /// The node's epoch.
  public func epoch() throws -> String {
    try replica.setting(Self.epochSetting) ?? ""
  }

  /// Whether personal values are given to their readers alone.
  public func isReadingReserved() throws -> Bool {
    try !replica.reserved().isEmpty
  }

  /// Gives the personal values of these tables' rows to their readers alone.
  ///
  /// Not possible once the log was compacted: a new office could not be told the rest without a
  /// snapshot, which holds everything.
  ///
  /// - Parameter tables: All such tables.
  public func reserve(_ tables: [String]) throws {
    if try !tables.isEmpty && horizon() > 0 { throw Problem.readingReserved }
    try replica.reserve(tables)
    try snapshots.forget()
  }

  private func identity() throws -> NodeFacts {
    var own = try replica.identity()
    if own.publicKey == nil {
      own.publicKey = try keys.publicKey(of: own.id, creating: true)
      try replica.learn([own])
    }
    return own
  }

  private func knownNodes() throws -> [NodeFacts] {
    _ = try identity()
    return try replica.nodes().filter { !$0.office.isEmpty }
  }

  /// A key, once known, is never replaced: who has another one is somebody else.
  private func checkKey(_ publicKey: [UInt8], of node: NodeID) throws {
    guard try node != replica.identity().id else { throw Problem.identityReused }
    let known = try replica.nodes().first { $0.id == node }?.publicKey
    guard known == nil || known == publicKey else { throw Problem.identityReused }
  }

  /// Identities that this node took after the backup from which it was put back: their keys are still
  /// beside it, so that what it wrote under them is taken from whoever has it.
  private func recogniseFormerSelves(_ knowledge: Knowledge) throws {
    let known = try Set(replica.nodes().filter { $0.publicKey != nil }.map(\.id))
    for node in knowledge.last.keys.sorted() where !known.contains(node) {
      guard let key = try keys.publicKey(of: node, creating: false) else { continue }
      try replica.learn([
        NodeFacts(id: node, office: Self.office, label: nil, publicKey: key)
      ])
    }
  }

  /// A caller that knows more of this node than it does itself met it before a backup was put back.
  private func noticeRestore(_ hello: Hello, head: Int64) throws {
    let own = try replica.identity().id
    let ownCounter = try log.knowledge().last[own, default: 0]
    let ownHead = try log.head(of: own)?.sequence ?? 0
    let ownIsBehind = hello.knowledge.last[own, default: 0] > ownCounter
    let logIsBehind =
      try hello.epoch == epoch()
      && (hello.logNumber > log.end() || hello.acknowledgedSequence > head)
    let told = hello.centralNode == own ? hello.centralMarks : []
    let here = try told.filter { try replica.hash(of: own, sequence: $0.sequence) == $0.hash }
    let isAhead = told.contains { $0.sequence > ownHead }
    // An office of an earlier version tells its last one alone.
    let last = LogMark(sequence: hello.centralSequence, hash: hello.centralHash)
    let hasForked =
      try hello.centralNode == own
      && (told + [last]).contains { mark in
        try mark.sequence <= ownHead
          && replica.hash(of: own, sequence: mark.sequence).map { $0 != mark.hash } == true
      }
    guard ownIsBehind || isAhead || logIsBehind || hasForked else { return }
    try beginEpoch()
    guard ownIsBehind || isAhead || hasForked else { return }
    // What was sealed since the backup was put back is written again; where nobody can say how much of
    // it that is, all.
    let shared = here.map(\.sequence).max()
    _ = try replica.adoptNewIdentity(
      reason: "restored", sharedThrough: shared ?? (hasForked || isAhead ? 0 : ownHead))
  }
}
