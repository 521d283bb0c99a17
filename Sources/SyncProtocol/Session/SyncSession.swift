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
    /// A new replica reads a log of up to this many bytes; instead of a longer one it takes the
    /// centre's snapshot, which holds each row once.
    public var longestFirstLog: Int64 = 8 << 20

    /// The sizes for real lines.
    public init() {}
  }

  private enum Phase {
    case start
    case registering
    case greeting
    case adopting
    case preparing
    case obeying
    case returningErasures
    case pushing
    case acknowledging
    case completing
    case relaying(next: Int64?)
    case pulling
    case merging(next: Int64, end: Int64)
    case loadingSnapshot
    case disclosing(asked: Int?)
    case comparing
    case repairing
    case finished
  }

  /// A line that breaks as often as this without one success between is given up.
  private static let attemptLimit = 6
  /// Before the first answer it takes less to believe that nobody is there.
  private static let greetingAttemptLimit = 2
  /// A snapshot that arrives damaged as often as this has some other trouble.
  private static let snapshotAttemptLimit = 3
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
  /// The last of the replica's own changes that the centre can have.
  private var sentCounter: Int64 = 0
  /// Hashes of what was pushed, by number.
  private var sentHashes: [Int64: [UInt8]] = [:]
  private var logNumber: Int64 = 0
  private var pieceSize: Int
  private var pending: Call?
  private var adoptions = 0
  private var snapshotPart = SnapshotPart()
  private var snapshotAttempts = 0
  private var hasSnapshot = false
  private var hasReadAgain = false
  private var missing: Knowledge?
  private var rounds = 0
  private var remedy = Remedy.none

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
    case (.preparing, .done): return obey()
    case (.obeying, .obeyed(let done)):
      note(done)
      return returnErasures()
    case (.returningErasures, .erasures(let orders)):
      var push = Push(changesets: [])
      push.erasures = orders
      return call(.push(push))
    case (.returningErasures, .pushed):
      consecutiveFailures = 0
      return loadOwn()
    case (.pushing, .loaded(let changesets, _)): return try push(changesets)
    case (.pushing, .pushed(let answer)): return try acknowledge(answer)
    case (.acknowledging, .done): return complete()
    case (.acknowledging, .obeyed(let done)):
      note(done)
      return loadOwn()
    case (.completing, .loaded(let changesets, let looked)):
      centre?.lacking.removeFirst(Int(looked ?? 0))
      guard !changesets.isEmpty else { return loadOthers(after: 0) }
      return call(.push(Push(changesets: changesets)))
    case (.completing, .pushed):
      grow()
      return complete()
    case (.relaying, .loaded(let changesets, let next)): return relay(changesets, next: next)
    case (.relaying(let next), .pushed(let answer)):
      grow()
      if hasMore(answer.knowledge) { return answered(.start, .readLocalState) }
      centre?.knowledge = answer.knowledge
      return loadOthers(after: next)
    case (.pulling, .pulled(let answer)):
      // Nothing of it is merged: it may have seen what a copy wrote under this replica's numbers.
      if hasMore(answer.knowledge) { return answered(.start, .readLocalState) }
      return merge(answer)
    case (.loadingSnapshot, .snapshotPart(let part)): return goOnWithSnapshot(part)
    case (.loadingSnapshot, .snapshot(let piece)):
      grow()
      return .keepSnapshot(piece)
    case (.loadingSnapshot, .snapshotLoaded(let number)): return noteSnapshot(number)
    case (.loadingSnapshot, .snapshotDamaged):
      snapshotAttempts += 1
      guard snapshotAttempts < Self.snapshotAttemptLimit else {
        throw SyncSessionError.confused("its snapshot is not what it says, again and again")
      }
      return .findSnapshotPart
    case (.merging(let next, let end), .merged(let merged)):
      return noteMerged(merged, next: next, end: end)
    case (.disclosing(let asked), .disclosable(let names)): return disclose(names, asked: asked)
    case (.disclosing(let asked), .disclosed(let answer)):
      grow()
      phase = .disclosing(asked: asked)
      return .merge(answer.changesets, nodes: [], logNumber: logNumber, withheld: [])
    case (.disclosing, .merged(let merged)):
      report.disclosed += merged.disclosed
      return .findDisclosable(all: centre?.isReadingReserved != true)
    case (.comparing, .localDigest(let digest)):
      localDigest = digest
      return call(.digest(leavingOutPersonal: digest.leavesOutPersonal))
    case (.comparing, .digest(let digest)): return compare(digest)
    case (.repairing, .repaired(let rows)):
      report.repaired += rows
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
      report.note(.newIdentity)
      return call(
        .identity(NewIdentity(node: state.node, publicKey: state.publicKey, reason: "restored")))
    }
    phase = .greeting
    var hello = Hello(
      node: state.node,
      lastSequence: state.lastSequence,
      lastHash: state.lastHash,
      acknowledgedSequence: state.acknowledgedSequence,
      knowledge: state.knowledge,
      schemaVersion: state.schemaVersion,
      clockMilliseconds: state.clockMilliseconds,
      epoch: state.epoch,
      logNumber: state.logNumber)
    hello.centralNode = state.centralNode
    hello.centralSequence = state.centralSequence
    hello.centralHash = state.centralHash
    hello.centralMarks = state.centralMarks
    hello.erasure = state.erasure
    return call(.hello(hello))
  }

  private mutating func settle(_ answer: HelloAnswer, receivedAt: Int64) throws -> Action {
    guard let local else { throw SyncSessionError.confused("an answer before any question") }
    centre = answer
    acknowledged = answer.lastSequence
    sentCounter = local.knowledge.last[local.node, default: 0]
    sentHashes = [:]
    let isBehind = answer.lastSequence > local.lastSequence
    let differs = answer.lastSequence == local.lastSequence && answer.lastHash != local.lastHash
    if answer.isIdentityReused || isBehind || differs { return try adopt() }
    logNumber = answer.epoch == local.epoch ? local.logNumber : 0
    if !local.epoch.isEmpty, answer.epoch != local.epoch { report.note(.centreRestored) }
    phase = .preparing
    let midpoint = local.clockMilliseconds + (receivedAt - local.clockMilliseconds) / 2
    return .prepare(
      nodes: answer.nodes,
      epoch: answer.epoch,
      logNumber: logNumber,
      clockOffset: answer.clockMilliseconds - midpoint)
  }

  private mutating func obey() -> Action {
    phase = .obeying
    return .obey(
      Orders(
        withheld: centre?.withheld ?? [], erasures: centre?.erasures ?? [],
        stable: centre?.stable ?? Knowledge(), released: centre?.released ?? Knowledge(),
        isReadingReserved: centre?.isReadingReserved ?? false))
  }

  private mutating func note(_ done: Obedience) {
    report.quarantined += done.withheld
    if done.withheld > 0 { report.note(.withheld) }
    if done.admitted > 0 { report.note(.admitted) }
    if done.erasures > 0 { report.note(.erased) }
  }

  /// The identity is used elsewhere too, or was before a backup was put back: only a new one is
  /// safe.
  private mutating func adopt() throws -> Action {
    adoptions += 1
    guard adoptions <= Self.adoptionLimit else {
      throw SyncSessionError.confused("every identity of this replica is said to be in use")
    }
    phase = .adopting
    report.note(.newIdentity)
    return .adoptNewIdentity(reason: "restored")
  }

  /// Whether the centre has more of this replica than it had at hello or was sent since.
  ///
  /// Somebody else has carried it there, or a copy of the replica has synced: another hello tells.
  private func hasMore(_ knowledge: Knowledge) -> Bool {
    guard let local else { return false }
    return knowledge.last[local.node, default: 0] > sentCounter
  }

  // MARK: - Push

  /// Before anything else: what a restored centre has forgotten to be erased must not come back from it.
  private mutating func returnErasures() -> Action {
    guard let local, let centre, local.erasure > centre.erasure else { return loadOwn() }
    phase = .returningErasures
    return .loadErasures(after: centre.erasure)
  }

  private mutating func loadOwn() -> Action {
    phase = .pushing
    return .loadOwn(after: acknowledged, maxBytes: pieceSize)
  }

  private mutating func push(_ changesets: [SignedChangeset]) throws -> Action {
    guard let first = changesets.first, let centre else {
      guard let local, acknowledged > local.acknowledgedSequence else {
        return complete()
      }
      phase = .acknowledging
      return .keepAcknowledged(sequence: acknowledged)
    }
    let header = try codec.decodeHeader(first.header).header
    guard header.sequence == acknowledged + 1 else {
      throw SyncSessionError.confused(
        "changeset \(acknowledged + 1) was expected of this replica, not \(header.sequence)")
    }
    if header.previousHash != centre.lastHash { return try adopt() }
    for changeset in changesets {
      let (header, hash) = try codec.decodeHeader(changeset.header)
      sentCounter = max(sentCounter, header.lastCounter)
      sentHashes[header.sequence] = hash
    }
    return call(.push(Push(changesets: changesets)))
  }

  private mutating func acknowledge(_ answer: PushAnswer) throws -> Action {
    guard let local, answer.lastSequence > acknowledged else {
      throw SyncSessionError.confused("it took changesets and has none of them")
    }
    // The credential is another's by now: a copy took it along and a new identity on it.
    guard sentHashes[answer.lastSequence] == answer.lastHash else {
      throw SyncSessionError.refused(code: "node_mismatch")
    }
    grow()
    let before = centre?.knowledge.last[local.node] ?? 0
    report.pushed += Int(max(0, (answer.knowledge.last[local.node] ?? 0) - before))
    acknowledged = answer.lastSequence
    centre?.lastHash = answer.lastHash
    centre?.knowledge = answer.knowledge
    self.local?.acknowledgedSequence = acknowledged
    phase = .acknowledging
    return .acknowledge(sequence: acknowledged, withheld: answer.withheld)
  }

  /// Values that a restored centre got from nobody who may read them.
  private mutating func complete() -> Action {
    guard let centre, !centre.lacking.isEmpty else { return loadOthers(after: 0) }
    phase = .completing
    return .loadNamed(centre.lacking, maxBytes: pieceSize)
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
    guard let centre, let local else { return pull() }
    // A snapshot holds what not everybody may read.
    if centre.isReadingReserved { return pull() }
    if logNumber < centre.horizon {
      // Who has received everything needs none of what was compacted.
      if local.knowledge.hasReceived(centre.knowledge), !isNew(local) {
        logNumber = centre.horizon
      } else if !hasSnapshot {
        return beginSnapshot()
      }
    } else if isNew(local), centre.logBytes > sizes.longestFirstLog, !hasSnapshot {
      return beginSnapshot()
    }
    return pull()
  }

  /// Whether the replica has nothing of others yet.
  private func isNew(_ local: LocalState) -> Bool {
    local.logNumber == 0 && !local.knowledge.last.contains { $0.key != local.node }
  }

  // MARK: - Snapshot

  private mutating func beginSnapshot() -> Action {
    phase = .loadingSnapshot
    return .findSnapshotPart
  }

  private mutating func goOnWithSnapshot(_ part: SnapshotPart) -> Action {
    snapshotPart = part
    if let size = part.size, part.have >= size { return .loadSnapshot }
    return askForSnapshot()
  }

  private mutating func askForSnapshot() -> Action {
    call(
      .snapshot(
        SnapshotRequest(id: snapshotPart.id, offset: snapshotPart.have, limit: pieceSize)))
  }

  /// What the replica restored of rows that the others had forgotten is sent before the log is read
  /// on.
  private mutating func noteSnapshot(_ number: Int64) -> Action {
    report.note(local.map(isNew) == true ? .started : .caughtUp)
    hasSnapshot = true
    logNumber = number
    return loadOwn()
  }

  private mutating func pull() -> Action {
    phase = .pulling
    return call(.pull(Pull(after: logNumber, limit: pieceSize)))
  }

  private mutating func merge(_ answer: PullAnswer) -> Action {
    grow()
    phase = .merging(next: answer.last, end: answer.end)
    return .merge(
      answer.changesets, nodes: answer.nodes, logNumber: answer.last, withheld: answer.withheld)
  }

  private mutating func noteMerged(_ merged: MergeReport, next: Int64, end: Int64) -> Action {
    report.pulled += merged.changes
    report.conflicts += merged.conflictsOpened
    report.quarantined += merged.quarantined
    let moved = next > logNumber
    logNumber = max(logNumber, next)
    if moved, next < end { return pull() }
    phase = .disclosing(asked: nil)
    return .findDisclosable(all: centre?.isReadingReserved != true)
  }

  // MARK: - Disclosure

  /// Asks for what may be read by now, as long as there is less of it after each answer.
  private mutating func disclose(_ names: [ChangesetName], asked: Int?) -> Action {
    guard !names.isEmpty, asked.map({ names.count < $0 }) ?? true else {
      phase = .comparing
      return .readDigest
    }
    phase = .disclosing(asked: names.count)
    return call(.disclose(DisclosureRequest(changesets: names)))
  }

  // MARK: - Proof

  private mutating func compare(_ digest: DigestAnswer) -> Action {
    consecutiveFailures = 0
    rounds += 1
    if let localDigest, !localDigest.knowledge.hasReceived(digest.knowledge) {
      if rounds < Self.roundLimit { return pull() }
      // Something is missing that the log does not give after this number: a centre that was put
      // back may have counted anew.
      if !hasReadAgain {
        hasReadAgain = true
        missing = digest.knowledge
        logNumber = centre?.horizon ?? 0
        return pull()
      }
      // What the whole log does not give stands under a number that is taken here: a copy's, or a former
      // centre's.
      if let missing, !localDigest.knowledge.hasReceived(missing), !hasSnapshot {
        return mend(by: .snapshot)
      }
    }
    report.verified = localDigest.flatMap { digest.agrees(with: $0) }
    if report.verified == false, let next = Remedy(rawValue: remedy.rawValue + 1) {
      return mend(by: next)
    }
    phase = .finished
    return .finish(report)
  }

  /// Who is wrong is not known: each side holds its rows against its log; where that is not it, the
  /// replica takes the centre's content, with what it has not sent on top.
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
    // A log that is whole may hold what a copy wrote under numbers that the centre knows for another's.
    case .snapshot where !hasSnapshot && canReadSnapshot:
      return beginSnapshot()
    case .snapshot:
      phase = .finished
      return .finish(report)
    }
  }

  /// Of a later program's content nothing can be read here.
  private var canReadSnapshot: Bool {
    guard let centre, let local else { return false }
    return centre.schemaVersion <= local.schemaVersion && !centre.isReadingReserved
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
    case (.loadingSnapshot, _): return askForSnapshot()
    default: return .call(pending)
    }
  }

  /// What others wrote may wait for another day; everything else that is refused ends the session.
  private mutating func goOnWithout(_ code: String) throws -> Action {
    switch (phase, code) {
    case (.completing, _): return loadOthers(after: 0)
    case (.relaying, _): return beginPull()
    case (.disclosing, _):
      phase = .comparing
      return .readDigest
    case (.repairing, _):
      phase = .finished
      return .finish(report)
    case (.loadingSnapshot, "snapshot_gone"): return .dropSnapshot
    case (.pushing, "identity_reused"), (.registering, "identity_reused"): return try adopt()
    case (.pushing, "request_too_large") where pieceSize > sizes.least:
      pieceSize = max(pieceSize / 4, sizes.least)
      return loadOwn()
    default: throw SyncSessionError.refused(code: code)
    }
  }
}
