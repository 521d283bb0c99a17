public import SyncModel

/// One sync with the centre as a state machine: an event comes in, the next action goes out.
///
/// Hello first: identity, clock and epoch are settled before anything is sealed. Then own
/// changesets are
/// pushed, others' that the centre lacks are relayed, the centre's log is read to its end, and
/// digests are
/// compared. It does nothing itself, so a simulator can take the place of clock, disk and network.
///
/// A changeset counts as sent only when the centre's answer says that it is there. A call that
/// breaks is
/// repeated with less in it; what arrived twice is known twice and changes nothing.
public struct SyncSession: Sendable {
  /// How much is sent and asked for at once, in bytes.
  public struct PieceSizes: Hashable, Sendable {
    /// At the start: a second or two on a poor mobile line.
    public var initial = 256 << 10
    /// At the least: then changesets travel one by one.
    public var least = 16 << 10
    /// At the most.
    public var greatest = 4 << 20

    /// The sizes for real lines.
    public init() {}
  }

  private enum Phase {
    case start
    case registering
    case greeting
    case adopting
    case preparing
    case pushing
    case acknowledging
    case relaying(next: Int64?)
    case pulling
    case merging(next: Int64, end: Int64)
    case comparing
    case repairing
    case finished
  }

  /// A line that breaks as often as this without one success between is given up.
  private static let attemptLimit = 6
  /// Before the first answer it takes less to believe that nobody is there.
  private static let greetingAttemptLimit = 2
  /// A replica that needs a third identity in one session has some other trouble.
  private static let adoptionLimit = 2
  /// What others push meanwhile is read again before digests are compared, but not for ever.
  private static let roundLimit = 3

  /// What is tried in turn where digests differ.
  private enum Remedy: Int {
    case none, ownRepair, centresRepair, snapshot
  }

  private let codec: any ChangesetCoding
  private let sizes: PieceSizes
  private var phase = Phase.start
  private var local: LocalState?
  private var centre: HelloAnswer?
  private var localDigest: DigestAnswer?
  private var acknowledged: Int64 = 0
  private var logNumber: Int64 = 0
  private var pieceSize: Int
  private var pending: Call?
  private var adoptions = 0
  private var rounds = 0
  private var remedy = Remedy.none
  private var logIsWhole = true

  /// How often in a row a call broke: what the pause before the next attempt should depend on.
  public private(set) var consecutiveFailures = 0

  /// What was done so far.
  public private(set) var report = SyncReport()

  /// A session that reads headers with `codec`.
  public init(codec: any ChangesetCoding, sizes: PieceSizes = PieceSizes()) {
    self.codec = codec
    self.sizes = sizes
    pieceSize = sizes.initial
  }

  /// The first action.
  public mutating func start() -> Action {
    phase = .start
    return .readLocalState
  }

  /// The action that follows from an event.
  ///
  /// - Throws: ``SyncSessionError`` when there is no sense in going on.
  public mutating func handle(_ event: Event) throws -> Action {
    switch event {
    case .broken: return try repeatCall()
    case .unreachable:
      guard centre != nil else { throw SyncSessionError.interrupted(attempts: 1) }
      return try repeatCall()
    case .refused(let code): return try goOnWithout(code)
    default: break
    }
    switch (phase, event) {
    case (.start, .localState(let state)): return greet(state)
    case (.registering, .identityRegistered): return answered(.start, .readLocalState)
    case (.greeting, .hello(let answer, let receivedAt)):
      consecutiveFailures = 0
      return try settle(answer, receivedAt: receivedAt)
    case (.adopting, .done): return answered(.start, .readLocalState)
    case (.preparing, .done): return loadOwn()
    case (.pushing, .loaded(let changesets, _)): return try push(changesets)
    case (.pushing, .pushed(let answer)): return try acknowledge(answer)
    case (.acknowledging, .done): return loadOwn()
    case (.relaying, .loaded(let changesets, let next)): return relay(changesets, next: next)
    case (.relaying(let next), .pushed(let answer)):
      grow()
      centre?.knowledge = answer.knowledge
      return loadOthers(after: next)
    case (.pulling, .pulled(let answer)): return merge(answer)
    case (.pulling, .snapshotLoaded(let number)):
      logNumber = number
      return pull()
    case (.merging(let next, let end), .merged(let merged)):
      return noteMerged(merged, next: next, end: end)
    case (.comparing, .localDigest(let digest)):
      localDigest = digest
      return call(.digest)
    case (.comparing, .digest(let digest)): return compare(digest)
    case (.repairing, .repaired(let rows, let logIsWhole)):
      report.repaired += rows
      self.logIsWhole = logIsWhole
      return loadOwn()
    case (.repairing, .centreRepaired): return answered(.pulling, pull())
    default: throw SyncSessionError.confused("nothing of the kind was asked")
    }
  }

  // MARK: - Hello

  private mutating func greet(_ state: LocalState) -> Action {
    local = state
    if state.node != state.enrolledNode {
      phase = .registering
      return call(
        .identity(NewIdentity(node: state.node, publicKey: state.publicKey, reason: "restored")))
    }
    phase = .greeting
    return call(
      .hello(
        Hello(
          node: state.node,
          lastSequence: state.lastSequence,
          lastHash: state.lastHash,
          acknowledgedSequence: state.acknowledgedSequence,
          knowledge: state.knowledge,
          schemaVersion: state.schemaVersion,
          clockMilliseconds: state.clockMilliseconds,
          epoch: state.epoch,
          logNumber: state.logNumber)))
  }

  private mutating func settle(_ answer: HelloAnswer, receivedAt: Int64) throws -> Action {
    guard let local else { throw SyncSessionError.confused("an answer before any question") }
    centre = answer
    acknowledged = answer.lastSequence
    let isBehind = answer.lastSequence > local.lastSequence
    let differs = answer.lastSequence == local.lastSequence && answer.lastHash != local.lastHash
    if answer.isIdentityReused || isBehind || differs { return try adopt() }
    logNumber = answer.epoch == local.epoch ? local.logNumber : 0
    phase = .preparing
    let midpoint = local.clockMilliseconds + (receivedAt - local.clockMilliseconds) / 2
    return .prepare(
      nodes: answer.nodes,
      epoch: answer.epoch,
      logNumber: logNumber,
      clockOffset: answer.clockMilliseconds - midpoint)
  }

  /// The identity is used elsewhere too, or was before a backup was put back: only a new one is
  /// safe.
  private mutating func adopt() throws -> Action {
    adoptions += 1
    guard adoptions <= Self.adoptionLimit else {
      throw SyncSessionError.confused("every identity of this replica is said to be in use")
    }
    phase = .adopting
    return .adoptNewIdentity(reason: "restored")
  }

  // MARK: - Push

  private mutating func loadOwn() -> Action {
    phase = .pushing
    return .loadOwn(after: acknowledged, maxBytes: pieceSize)
  }

  private mutating func push(_ changesets: [SignedChangeset]) throws -> Action {
    guard let first = changesets.first, let centre else { return loadOthers(after: 0) }
    let header = try codec.decodeHeader(first.header).header
    guard header.sequence == acknowledged + 1 else {
      throw SyncSessionError.confused(
        "changeset \(acknowledged + 1) was expected of this replica, not \(header.sequence)")
    }
    if header.previousHash != centre.lastHash { return try adopt() }
    return call(.push(Push(changesets: changesets)))
  }

  private mutating func acknowledge(_ answer: PushAnswer) throws -> Action {
    guard let local, answer.lastSequence > acknowledged else {
      throw SyncSessionError.confused("it took changesets and has none of them")
    }
    grow()
    let before = centre?.knowledge.last[local.node] ?? 0
    report.pushed += Int(max(0, (answer.knowledge.last[local.node] ?? 0) - before))
    acknowledged = answer.lastSequence
    centre?.lastHash = answer.lastHash
    centre?.knowledge = answer.knowledge
    phase = .acknowledging
    return .acknowledge(sequence: acknowledged)
  }

  /// Others' changesets that came by hand, or that a restored centre has lost.
  private mutating func loadOthers(after next: Int64?) -> Action {
    guard let next, let local, let centre, lacks(local, centre) else { return beginPull() }
    phase = .relaying(next: next)
    return .loadOthers(after: next, missingIn: centre.knowledge, maxBytes: pieceSize)
  }

  private func lacks(_ local: LocalState, _ centre: HelloAnswer) -> Bool {
    local.knowledge.last.contains { node, counter in
      node != local.node && counter > centre.knowledge.last[node, default: 0]
    }
  }

  private mutating func relay(_ changesets: [SignedChangeset], next: Int64?) -> Action {
    if changesets.isEmpty { return loadOthers(after: next) }
    phase = .relaying(next: next)
    return call(.push(Push(changesets: changesets)))
  }

  // MARK: - Pull

  private mutating func beginPull() -> Action {
    if let centre, logNumber < centre.horizon {
      phase = .pulling
      return call(.snapshot)
    }
    return pull()
  }

  private mutating func pull() -> Action {
    phase = .pulling
    return call(.pull(Pull(after: logNumber, limit: pieceSize)))
  }

  private mutating func merge(_ answer: PullAnswer) -> Action {
    grow()
    phase = .merging(next: answer.last, end: answer.end)
    return .merge(answer.changesets, nodes: answer.nodes, logNumber: answer.last)
  }

  private mutating func noteMerged(_ merged: MergeReport, next: Int64, end: Int64) -> Action {
    report.pulled += merged.changes
    report.conflicts += merged.conflictsOpened
    report.quarantined += merged.quarantined
    let moved = next > logNumber
    logNumber = max(logNumber, next)
    if moved, next < end { return pull() }
    phase = .comparing
    return .readDigest
  }

  // MARK: - Proof

  private mutating func compare(_ digest: DigestAnswer) -> Action {
    consecutiveFailures = 0
    rounds += 1
    if let localDigest, rounds < Self.roundLimit,
      !localDigest.knowledge.hasReceived(digest.knowledge)
    {
      return pull()
    }
    report.verified = localDigest.flatMap { digest.agrees(with: $0) }
    if report.verified == false, let next = Remedy(rawValue: remedy.rawValue + 1) {
      return mend(by: next)
    }
    phase = .finished
    return .finish(report)
  }

  /// Who is wrong is not known: each side holds its rows against its log, and a replica that has
  /// compacted its own takes the centre's content.
  private mutating func mend(by next: Remedy) -> Action {
    remedy = next
    rounds = 0
    switch next {
    case .none, .ownRepair:
      phase = .repairing
      return .repair
    case .centresRepair:
      phase = .repairing
      return call(.repair)
    case .snapshot where !logIsWhole:
      phase = .pulling
      return call(.snapshot)
    case .snapshot:
      phase = .finished
      return .finish(report)
    }
  }

  // MARK: - Calls

  private mutating func call(_ call: Call) -> Action {
    pending = call
    return .call(call)
  }

  private mutating func answered(_ next: Phase, _ action: Action) -> Action {
    consecutiveFailures = 0
    phase = next
    return action
  }

  private mutating func grow() {
    consecutiveFailures = 0
    pieceSize = min(pieceSize * 2, sizes.greatest)
  }

  private mutating func repeatCall() throws -> Action {
    consecutiveFailures += 1
    let limit = centre == nil ? Self.greetingAttemptLimit : Self.attemptLimit
    guard consecutiveFailures < limit, let pending else {
      throw SyncSessionError.interrupted(attempts: consecutiveFailures)
    }
    pieceSize = max(pieceSize / 2, sizes.least)
    switch (phase, pending) {
    case (.start, _), (.greeting, _):
      phase = .start
      return .readLocalState
    case (.pushing, _): return loadOwn()
    case (.pulling, .pull): return pull()
    default: return .call(pending)
    }
  }

  /// What others wrote may wait for another day; everything else that is refused ends the session.
  private mutating func goOnWithout(_ code: String) throws -> Action {
    switch (phase, code) {
    case (.relaying, _): return beginPull()
    case (.repairing, _):
      phase = .finished
      return .finish(report)
    case (.pushing, "identity_reused"), (.registering, "identity_reused"): return try adopt()
    case (.pushing, "request_too_large") where pieceSize > sizes.least:
      pieceSize = max(pieceSize / 4, sizes.least)
      return loadOwn()
    default: throw SyncSessionError.refused(code: code)
    }
  }
}
