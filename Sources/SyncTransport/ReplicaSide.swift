public import Replica
public import SyncModel
public import SyncProtocol

/// The replica's part of a sync session: does what a ``SyncSession`` asks of disk and clock,
/// nothing of the network.
///
/// A simulator uses it too.
public struct ReplicaSide: Sendable {
  /// In milliseconds.
  private static let auditInterval: Int64 = 86_400_000

  private let replica: Replica
  private let codec: any ChangesetCoding
  private let keys: any SigningKeys
  private let now: @Sendable () -> Int64

  /// The part of `replica`.
  ///
  /// `now` is the uncorrected clock, in milliseconds since 1970.
  public init(
    replica: Replica,
    codec: any ChangesetCoding,
    keys: any SigningKeys,
    now: @escaping @Sendable () -> Int64
  ) {
    self.replica = replica
    self.codec = codec
    self.keys = keys
    self.now = now
  }

  /// The replica's identity with a key to sign by, a new one where the key is not here.
  public func identityWithKey() throws -> (node: NodeID, publicKey: [UInt8]) {
    var facts = try replica.identity()
    if facts.publicKey != nil, try keys.publicKey(of: facts.id, creating: false) == nil {
      facts = try adopt(reason: "key_missing")
    }
    guard let key = try keys.publicKey(of: facts.id, creating: true) else {
      throw CredentialError.missingKey(node: facts.id.description)
    }
    if facts.publicKey == nil {
      facts.publicKey = key
      try replica.learn([facts])
    }
    return (facts.id, key)
  }

  /// What a session must know before it says anything.
  ///
  /// `enrolledNode` is the identity that the credential is bound to.
  public func localState(enrolledNode: NodeID) throws -> SyncSession.LocalState {
    let (node, publicKey) = try identityWithKey()
    let head = try replica.head(of: node)
    // The last one: a central node that was put back has taken a new identity.
    let central = try replica.nodes().last { try $0.isCentral && replica.head(of: $0.id) != nil }
    let centralHead = try central.flatMap { try replica.head(of: $0.id) }
    var state = SyncSession.LocalState(
      node: node,
      publicKey: publicKey,
      enrolledNode: enrolledNode,
      lastSequence: head?.sequence ?? 0,
      lastHash: head?.hash ?? [],
      acknowledgedSequence: try number(SyncSettings.acknowledgedSequence),
      knowledge: try replica.knowledge(),
      schemaVersion: replica.schemaVersion,
      clockMilliseconds: now(),
      epoch: try replica.setting(SyncSettings.epoch) ?? "",
      logNumber: try number(SyncSettings.logNumber))
    state.centralNode = central?.id
    state.centralSequence = centralHead?.sequence ?? 0
    state.centralHash = centralHead?.hash ?? []
    state.centralMarks = try central.map { try replica.marks(of: $0.id) } ?? []
    state.erasure = try replica.lastErasure()
    return state
  }

  /// Carries out an action that needs no network.
  ///
  /// - Returns: What came of it; nil for calls, for the state and for the end, which are the
  ///   caller's.
  public func perform(_ action: SyncSession.Action) throws -> SyncSession.Event? {
    switch action {
    case .readLocalState, .call:
      return nil
    case .adoptNewIdentity(let reason):
      _ = try adopt(reason: reason)
      return .done
    case .prepare(let nodes, let epoch, let logNumber, let clockOffset):
      try replica.learn(nodes)
      try replica.set(SyncSettings.epoch, epoch)
      try replica.set(SyncSettings.logNumber, String(logNumber))
      try replica.setClockOffset(milliseconds: clockOffset)
      try auditIfDue()
      _ = try replica.seal()
      return .done
    case .loadErasures(let number):
      return .erasures(try replica.erasures(after: number))
    case .loadOwn(let sequence, let maxBytes):
      let changesets = try replica.ownChangesets(after: sequence, maxBytes: maxBytes)
      if let first = changesets.first { try checkSize(first) }
      return .loaded(changesets, next: nil)
    case .loadOthers(let place, let knowledge, let maxBytes):
      return try loadOthers(after: place, missingIn: knowledge, maxBytes: maxBytes)
    case .obey(let orders):
      try replica.set(SyncSettings.stable, hexadecimal(orders.stable.encoded()))
      try replica.set(SyncSettings.released, hexadecimal(orders.released.encoded()))
      try replica.set(SyncSettings.readingReserved, orders.isReadingReserved ? "true" : nil)
      var done = try follow(orders.withheld)
      done.erasures = try replica.carryOut(orders.erasures)
      return .obeyed(done)
    case .loadNamed(let names, let maxBytes):
      let (found, looked) = try replica.changesets(named: names, maxBytes: maxBytes, inFull: true)
      return .loaded(found, next: Int64(looked))
    case .keepAcknowledged(let sequence):
      try replica.set(SyncSettings.acknowledgedSequence, String(sequence))
      return .done
    case .acknowledge(let sequence, let withheld):
      try replica.set(SyncSettings.acknowledgedSequence, String(sequence))
      return .obeyed(try follow(withheld))
    case .merge(let changesets, let nodes, let logNumber, let withheld):
      if !nodes.isEmpty { try replica.learn(nodes) }
      let report = try replica.receive(changesets, skippingForks: true, withheld: withheld)
      try replica.set(SyncSettings.logNumber, String(logNumber))
      return .merged(report)
    case .findSnapshotPart:
      return .snapshotPart(try snapshotFile.part())
    case .keepSnapshot(let piece):
      return .snapshotPart(try snapshotFile.keep(piece))
    case .dropSnapshot:
      snapshotFile.drop()
      return .snapshotPart(SyncSession.SnapshotPart())
    case .loadSnapshot:
      return try loadSnapshot()
    case .findDisclosable(let all):
      return .disclosable(try replica.disclosable(all: all))
    case .readDigest:
      return .localDigest(try digest(leavingOutPersonal: replica.reservedChanges() > 0))
    case .repair:
      let report = try replica.repair()
      return .repaired(rows: report.rows)
    case .finish(let report):
      try replica.set(SyncSettings.lastSync, String(now()))
      try replica.set(SyncSettings.verified, report.verified.map { String($0) })
      try replica.set(
        SyncSettings.lastEvents,
        report.events.isEmpty
          ? nil : report.events.map(\.rawValue).joined(separator: ","))
      snapshotFile.drop()
      return nil
    }
  }

  /// The replica's digest, of what is sealed; where asked for, with personal values as empty.
  public func digest(leavingOutPersonal: Bool = false) throws -> DigestAnswer {
    let (knowledge, unsealed, tables) =
      leavingOutPersonal ? try replica.digestsLeavingOutPersonal() : try replica.digests()
    var answer = DigestAnswer(knowledge: knowledge, unsealed: unsealed, tables: tables)
    answer.leavesOutPersonal = leavingOutPersonal
    return answer
  }

  /// How the replica stands at the end of a sync.
  func report(verified: Bool?) throws -> NodeReport {
    let counts = try replica.counts()
    let rows = try replica.digests().tables.reduce(0) { $0 + $1.rowCount }
    return NodeReport(
      verified: verified, rows: rows, unsent: counts.unsent, conflicts: counts.conflicts,
      quarantined: counts.quarantined, program: "quipu \(replica.schemaVersion)")
  }

  /// A digest is of what was captured: once a day it is made sure that this is what stands in the
  /// rows.
  private func auditIfDue() throws {
    let time = now()
    let last = try replica.setting(SyncSettings.lastAudit).flatMap { Int64($0) }
    if let last, abs(time - last) < Self.auditInterval { return }
    if last != nil { try replica.audit() }
    try replica.set(SyncSettings.lastAudit, String(time))
  }

  private var snapshotFile: SnapshotFile {
    SnapshotFile(besideReplica: replica.path)
  }

  private func loadSnapshot() throws -> SyncSession.Event {
    defer { snapshotFile.drop() }
    guard let (path, logNumber) = try snapshotFile.unpack() else { return .snapshotDamaged }
    _ = try replica.loadSnapshot(from: path)
    try replica.set(SyncSettings.logNumber, String(logNumber))
    return .snapshotLoaded(logNumber: logNumber)
  }

  /// A changeset of more than a message can carry holds one enormous row: it is named.
  private func checkSize(_ changeset: SignedChangeset) throws {
    guard changeset.size + 1024 > Push.sizeLimit else { return }
    let header = try codec.decodeHeader(changeset.header).header
    let groups = try codec.decodeBody(changeset.body, header: header)
    let largest = groups.max { left, right in
      left.values.reduce(0) { $0 + $1.bytes.count } < right.values.reduce(0) { $0 + $1.bytes.count }
    }
    let key = largest?.key(at: (largest?.count ?? 1) - 1).map { value -> String in
      if case .text(let text) = value { return text }
      return "\(value)"
    }
    throw SyncError.rowTooLarge(
      table: largest?.table ?? "", key: key?.joined(separator: " ") ?? "",
      bytes: changeset.size, limit: Push.sizeLimit)
  }

  private func follow(_ withheld: [WithheldChange]) throws -> SyncSession.Obedience {
    let (fresh, admitted) = try replica.follow(withheld)
    var done = SyncSession.Obedience()
    done.withheld = fresh
    done.admitted = admitted
    return done
  }

  private func adopt(reason: String) throws -> NodeFacts {
    let acknowledged = try number(SyncSettings.acknowledgedSequence)
    let facts = try replica.adoptNewIdentity(reason: reason, sharedThrough: acknowledged)
    // What the old identity wrote elsewhere was left out of what was pulled so far.
    try replica.set(SyncSettings.logNumber, nil)
    return facts
  }

  private func loadOthers(
    after place: Int64,
    missingIn knowledge: Knowledge,
    maxBytes: Int
  ) throws -> SyncSession.Event {
    var place = place
    let own = try replica.identity().id
    while true {
      let page = try replica.log(after: place, maxBytes: maxBytes, leavingOut: own)
      let missing = try page.changesets.filter { changeset in
        let header = try codec.decodeHeader(changeset.header).header
        return header.lastCounter > knowledge.last[header.node, default: 0]
      }
      let isEnd = page.last >= page.end || page.last <= place
      if !missing.isEmpty || isEnd { return .loaded(missing, next: isEnd ? nil : page.last) }
      place = page.last
    }
  }

  private func number(_ name: String) throws -> Int64 {
    try replica.setting(name).flatMap { Int64($0) } ?? 0
  }
}
