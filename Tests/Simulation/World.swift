import CentralNode
import FaultyDisk
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport

/// What was wrong at the end of a run.
public struct SimulationFailure: Error, CustomStringConvertible {
  /// The seed that repeats it.
  public let seed: UInt64
  /// The step after which it was seen.
  public let step: Int
  /// What was wrong.
  public let what: String
  /// What happened before.
  public let lastEvents: [String]
  /// What repeats it.
  public let command: String

  /// The seed, what was wrong, the last events, and the command that repeats it.
  public var description: String {
    """
    seed \(seed), step \(step): \(what)
    \(lastEvents.joined(separator: "\n"))
    repeat with: \(command)
    """
  }
}

/// Offices with laptops and a centre, decided by one seed: faults, then healing, then checks.
public final class World {
  /// Which kinds of fault a world knows; a seed leaves some out, so that others come undisturbed.
  struct Faults {
    /// An office's database is put back from a backup, or its laptop copied.
    var officeRestores: Bool
    /// The centre's database is put back from a backup.
    ///
    /// Never with the above: what only the two held would be lost by right.
    var centreRestores: Bool
    /// Disks die in the middle of a write.
    var crashes: Bool
    /// Writes that no trigger sees.
    var bypasses: Bool
    /// References to rows that are not there.
    var dangling: Bool
    /// Programs of two versions.
    var versions: Bool

    init(using random: inout SeededGenerator, bypasses isAllowed: Bool) {
      officeRestores = random.oneIn(2)
      centreRestores = !officeRestores && random.oneIn(2)
      crashes = random.oneIn(2)
      let drawn = random.oneIn(4)
      bypasses = drawn && isAllowed
      dangling = !bypasses && random.oneIn(4)
      versions = random.oneIn(3)
    }
  }

  /// How often things happened.
  public private(set) var tally: [String: Int] = [:]
  /// What happened, one line each.
  public private(set) var events: [String] = []
  private let seed: UInt64
  private let options: String
  private var random: SeededGenerator
  private let folder: TemporaryFolder
  private let workload: Workload
  private let faults: Faults
  private var nodes: [SimulatedNode] = []
  private var backups: [String: (path: String, written: Int)] = [:]
  private var line = Line()
  /// The most that the centre ever said it had, since its last backup was put back.
  private var receipts = Knowledge()
  private var centreWasRestored = false
  private var step = 0
  /// Decides when the centre reserves personal values and when it gives them to all, where a world knows
  /// that; apart, so that the world of a seed without it stays what it was.
  private var readers: SeededGenerator?

  private var centre: SimulatedNode { nodes[0] }

  /// A world of `seed`.
  ///
  /// - Parameters:
  ///   - bypasses: Whether some worlds know writes that no trigger sees.
  ///   - storms: Whether nodes are out of reach for long, and messages arrive in part.
  ///   - reserved: Whether the centre keeps personal values to their readers, now and then.
  public init(
    seed: UInt64, bypasses: Bool = false, storms: Bool = false, reserved: Bool = false
  ) throws {
    self.seed = seed
    options =
      (bypasses ? " --bypasses" : "") + (storms ? " --storms" : "")
      + (reserved ? " --reserved" : "")
    if reserved { readers = SeededGenerator(seed: seed ^ 0x72_6561_6465_72) }
    if storms { line.storm = Storm(seed: seed) }
    random = SeededGenerator(seed: seed)
    folder = try TemporaryFolder()
    workload = Workload(using: &random, hasOwners: reserved)
    faults = Faults(using: &random, bypasses: bypasses)
    for index in 0..<(3 + random.below(3)) {
      let name = index == 0 ? "central" : "office\(index)"
      let node = try SimulatedNode(
        name, folder: folder, seed: seed &* 31 &+ UInt64(index), isCentre: index == 0,
        isUpgraded: faults.versions && random.oneIn(2))
      if index > 0, random.oneIn(3) {
        node.clock.advance(Int64(random.below(3) - 1) * 31_536_000_000)
      }
      nodes.append(node)
    }
    for node in nodes.dropFirst() { try node.enroll(at: centre) }
    try introduce()
  }

  /// Everybody knows everybody's key, as after enrolment.
  private func introduce() throws {
    let facts = try nodes.flatMap { try $0.replica.nodes() }
    for node in nodes { try node.replica.learn(facts) }
  }

  /// Runs `steps` random steps, heals, and checks.
  ///
  /// - Returns: A digest of everything that happened, equal for equal seeds.
  /// - Throws: ``SimulationFailure`` when a promise was broken.
  @discardableResult
  public func run(steps: Int) throws -> String {
    do {
      for _ in 0..<steps {
        step += 1
        try act()
      }
      try heal()
      try check()
    } catch let failure as SimulationFailure {
      throw failure
    } catch {
      throw fail("\(error)")
    }
    let digests = try centre.replica.digests().tables.map { "\($0.rowCount) \($0.digest)" }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (events + digests).joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  private func fail(_ what: String) -> SimulationFailure {
    SimulationFailure(
      seed: seed, step: step, what: what, lastEvents: events.suffix(40),
      command: "swift run Prove simulate --seed \(seed)\(options)")
  }

  private func note(_ kind: String, _ text: String) {
    tally[kind, default: 0] += 1
    events.append("\(step) \(text)")
  }

  // MARK: - One step

  private func act() throws {
    let node = random.pick(nodes)
    for node in nodes { node.clock.advance(Int64(random.below(40_000))) }
    if step == 1 || readers?.oneIn(20) == true { try reserve(readers?.oneIn(3) == false) }
    guard faults.crashes, random.oneIn(8) else {
      try act(node)
      return try checkStatus(of: node)
    }
    // Somebody's disk will die, perhaps in this step: the actor's, or the centre's that answers it.
    let victim = random.oneIn(3) ? centre : node
    victim.disk.die(after: random.below(random.oneIn(2) ? 6 : 60), tearingAt: random.below(5000))
    let before = try victim.dump()
    let knowledge = try victim.replica.knowledge()
    do {
      try act(node, ledgerIsKeptElsewhere: victim)
    } catch {
      guard victim.disk.isDead else { throw error }
    }
    let died = victim.disk.isDead
    if died {
      var power = SeededGenerator(seed: random.next())
      let kind = random.oneIn(2) ? "kill" : "power cut"
      try victim.reboot(losingPower: kind == "kill" ? nil : { power.oneIn(2) })
      note(kind, "\(victim.name): \(kind) in \(lastAct)")
    } else {
      victim.disk.disarm()
    }
    // What is there after the crash was committed, and only that.
    if lastWriter === victim {
      victim.ledger.note(
        from: before, to: try victim.dump(), knowledge: knowledge, at: victim.clock.now,
        isBypass: faults.bypasses || readers != nil, step: step)
    }
    if died, try !victim.replica.check().integrity.isEmpty {
      throw fail("\(victim.name) is damaged after a crash")
    }
    if victim === centre, try !centre.replica.knowledge().hasReceived(receipts) {
      throw fail("the centre acknowledged what did not survive its crash")
    }
    try checkStatus(of: node)
  }

  /// What the last step tried, and who wrote in it.
  private var lastAct = ""
  private var lastWriter: SimulatedNode?

  private func act(
    _ node: SimulatedNode, ledgerIsKeptElsewhere victim: SimulatedNode? = nil
  )
    throws
  {
    lastAct = "sync"
    lastWriter = nil
    switch random.below(100) {
    case 0..<48: try write(node, ledgerIsKept: victim !== node)
    case 48..<52:
      try node.replica.seal()
      note("seal", "\(node.name) seals")
    case 52..<86: if !node.isCentre { try sync(node, actions: 1 + random.below(12)) }
    case 86..<88:
      try node.crash()
      note("crash", "\(node.name) crashes")
    case 88..<91: try carry(to: node)
    case 91: try decide(at: node)
    case 92:
      node.clock.advance(Int64(random.below(3) - 1) * 3_600_000)
      note("clock", "\(node.name)'s clock jumps")
    case 93, 94:
      if let letter = try line.deliverLate(to: centre, random: &random) {
        note("late", "a call of \(letter.from) arrives once more")
      }
    case 95, 96: try backUp(node)
    case 97: try restore(node)
    case 98:
      if faults.versions, !node.isUpgraded {
        try node.upgrade()
        note("upgrade", "\(node.name) gets the later program")
      }
    default: try clone(node)
    }
    node.identitiesHad.insert(try node.replica.identity().id)
  }

  /// The administrator keeps members' personal values to their readers, or gives them to all.
  private func reserve(_ isReserved: Bool) throws {
    guard readers != nil else { return }
    try centre.central?.reserve(isReserved ? ["member"] : [])
    note("reserve", "the centre \(isReserved ? "reserves" : "discloses") members' values")
  }

  private func write(_ node: SimulatedNode, ledgerIsKept: Bool) throws {
    var manners = SimulatedNode.Manners()
    manners.recursiveTriggers = random.oneIn(2)
    manners.isApplication = random.oneIn(4)
    var sql = workload.statement(using: &random)
    var isUnseen = false
    if faults.bypasses, random.oneIn(12) {
      isUnseen = true
      manners.isApplication = false
      if random.oneIn(2) { manners.triggers = false } else { sql = workload.bypass(&random) + sql }
    } else if faults.dangling, random.oneIn(8) {
      manners.isApplication = false
      manners.foreignKeys = false
      sql = workload.dangling(using: &random)
    } else if faults.versions, random.oneIn(5) {
      sql = workload.later(using: &random)
    }
    lastAct = sql
    lastWriter = node
    let before = ledgerIsKept ? try node.dump() : [:]
    let knowledge = try node.replica.knowledge()
    let taken = try node.write(sql, manners)
    if ledgerIsKept {
      node.ledger.note(
        from: before, to: try node.dump(), knowledge: knowledge, at: node.clock.now,
        isBypass: faults.bypasses || readers != nil, step: step)
    }
    note(
      taken ? (isUnseen ? "bypass" : "write") : "refused",
      "\(node.name): \(isUnseen ? "unseen\(manners.triggers ? "" : ", without triggers"): " : "")\(sql)\(taken ? "" : " (refused)")"
    )
  }

  /// Goes on with the node's sync, or begins one.
  ///
  /// - Returns: The report when the sync has ended well.
  @discardableResult
  private func sync(_ node: SimulatedNode, actions: Int) throws -> SyncReport? {
    var sizes = SyncSession.PieceSizes()
    sizes.initial = 600
    sizes.least = 300
    for _ in 0..<actions {
      if node.syncing == nil {
        var session = SyncSession(codec: ProtobufChangesetCodec(), sizes: sizes)
        let action = session.start()
        node.syncing = (session, action)
        note("sync", "\(node.name) begins to sync")
      }
      guard var (session, action) = node.syncing else { return nil }
      let event = try node.carryOut(action) { call in
        let event = try line.carry(call, from: node, to: centre, random: &random)
        try noteCall(call, event, of: node)
        return event
      }
      if case .finish(let report) = action {
        node.syncing = nil
        node.isSuspect = false
        note("synced", "\(node.name) has synced: \(report.pushed) out, \(report.pulled) in")
        guard report.verified != false else { throw fail("\(node.name)'s digest differs") }
        return report
      }
      guard let event else { throw fail("nothing came of \(action)") }
      do {
        action = try session.handle(event)
        node.syncing = (session, action)
      } catch let error as SyncSessionError {
        node.syncing = nil
        note("broken", "\(node.name)'s sync ends: \(error)")
        switch error {
        case .refused(code: "node_mismatch"), .refused(code: "credential_unknown"),
          .refused(code: "credential_revoked"), .refused(code: "credential_missing"):
          // A copy took the credential along: the administrator gives a new code.
          try node.enroll(at: centre)
          note("enrolment", "\(node.name) enrols again")
        case .interrupted: break
        case .refused, .confused: if !line.isLossy { throw fail("\(node.name): \(error)") }
        }
        return nil
      }
    }
    return nil
  }

  private func noteCall(
    _ call: SyncSession.Call, _ event: SyncSession.Event, of node: SimulatedNode
  )
    throws
  {
    switch (call, event) {
    case (.push(let push), .pushed(let answer)):
      note("push", "\(node.name) pushes \(push.changesets.count): \(answer.merge)")
      receive(answer.knowledge)
    case (.pull, .pulled(let answer)):
      note("pull", "\(node.name) pulls \(answer.changesets.count)")
      receive(answer.knowledge)
    case (.hello, .hello(let answer, _)):
      note("hello", "\(node.name) says hello\(answer.isIdentityReused ? ": it is a copy" : "")")
      receive(answer.knowledge)
    case (.identity, .identityRegistered):
      note("identity", "\(node.name) takes a new identity")
    case (_, .refused(let code)): note("refusal", "\(node.name) is refused: \(code)")
    default: note("call", "\(node.name) calls")
    }
  }

  private func receive(_ knowledge: Knowledge) {
    for (author, counter) in knowledge.last { receipts.receive(author, upTo: counter) }
  }

  /// A bundle carried by hand: any part of another replica's log, in any order.
  private func carry(to node: SimulatedNode) throws {
    let other = random.pick(nodes)
    // What a restored replica wrote under its old name must first be told from what it had written
    // before: only the centre knows.
    guard other !== node, !node.isSuspect, !other.isSuspect else { return }
    try other.replica.seal()
    let own = try node.replica.identity().id
    try node.replica.learn(other.replica.nodes())
    var bundle = try other.replica.log(after: 0, maxBytes: .max, leavingOut: own).changesets
    bundle.shuffle(using: &random)
    let part = Array(bundle.prefix(random.below(bundle.count + 1)))
    do {
      let report = try node.replica.receive(part, skippingForks: true)
      note(
        "bundle",
        "\(other.name) gives \(node.name) a bundle: \(report.applied) applied, \(report.held) held")
    } catch ChangesetError.unknownNode {
      note("bundle", "\(node.name) does not know an author in \(other.name)'s bundle")
    }
  }

  private func decide(at node: SimulatedNode) throws {
    guard let conflict = try node.replica.conflicts(openOnly: true).first else { return }
    do {
      try node.replica.decide(conflict.id, random.oneIn(2) ? .current : .other)
      note(
        "decision",
        "\(node.name) decides \(conflict.table) \(conflict.key) \(conflict.column ?? "-")")
    } catch let error as ReplicaError {
      switch error.reason {
      case .cannotDecide, .conflictClosed: break
      default: throw error
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // The row is still referred to.
    }
  }

  private func backUp(_ node: SimulatedNode) throws {
    guard node.isCentre ? faults.centreRestores : faults.officeRestores else { return }
    let copy = folder.file("\(node.name).backup")
    try node.backUp(to: copy)
    backups[node.name] = (copy, node.ledger.entries.count)
    note("backup", "\(node.name) is backed up")
  }

  private func restore(_ node: SimulatedNode) throws {
    guard let backup = backups[node.name] else { return }
    try node.restore(from: backup.path)
    // What hellos bring: the directory of nodes.
    try introduce()
    note("restore", "\(node.name) is restored from its backup")
    if node.isCentre {
      node.ledger.forget(after: backup.written)
      receipts = try node.replica.knowledge()
      centreWasRestored = true
      for other in nodes { other.syncing = nil }
      if random.oneIn(2) {
        try node.central?.beginEpoch()
        note("epoch", "the administrator says so")
      }
    } else {
      node.ledger.forget(after: backup.written)
    }
  }

  private func clone(_ node: SimulatedNode) throws {
    guard faults.officeRestores, !node.isCentre, nodes.count < 7 else { return }
    let copy = try SimulatedNode(
      copying: node, named: "copy\(nodes.count)", folder: folder,
      seed: seed &* 31 &+ 1000 &+ UInt64(nodes.count))
    nodes.append(copy)
    note("clone", "\(node.name) is copied to \(copy.name)")
  }

  // MARK: - Healing

  private func heal() throws {
    note("heal", "faults end")
    try reserve(false)
    line.isLossy = false
    for node in nodes {
      node.syncing = nil
      if faults.versions, !node.isUpgraded { try node.upgrade() }
      let report = try node.replica.check()
      guard faults.bypasses || report.audit.isEmpty && !report.triggersRestored else {
        throw fail("\(node.name) has rows that the log knows nothing of: \(report)")
      }
    }
    try syncAll(rounds: 3)
    if faults.dangling {
      // Somebody writes the rows that others had referred to.
      _ = try centre.write(workload.missingRows, SimulatedNode.Manners())
      try syncAll(rounds: 2)
    }
  }

  private func syncAll(rounds: Int) throws {
    for _ in 0..<rounds {
      for node in nodes.dropFirst() {
        var attempts = 0
        while try sync(node, actions: 100_000) == nil {
          attempts += 1
          guard attempts < 5 else { throw fail("\(node.name) cannot sync") }
        }
        for one in [node, centre] { one.identitiesHad.insert(try one.replica.identity().id) }
      }
    }
  }

  // MARK: - Checks

  /// What the user is told never claims more than the centre has.
  private func checkStatus(of node: SimulatedNode) throws {
    guard !node.isCentre, try node.replica.counts().unsent == 0 else { return }
    node.ledger.acknowledge()
    guard !centreWasRestored, !node.isSuspect else { return }
    let own = try node.replica.identity().id
    let here = try node.replica.head(of: own)?.sequence ?? 0
    let there = try centre.replica.head(of: own)?.sequence ?? 0
    guard there >= here else {
      throw fail("\(node.name) says that all is sent; the centre lacks \(here - there) changesets")
    }
  }

  private func check() throws {
    let expected = try Oracle(centre.replica)
    tally["changes"] = expected.count
    let losses = expected.silentLosses()
    guard losses.isEmpty else { throw fail("lost silently: \(losses.joined(separator: "; "))") }
    let digests = try centre.replica.digests().tables
    for node in nodes {
      let missing = node.ledger.missing(in: expected, identities: node.identitiesHad)
      guard missing.isEmpty else {
        throw fail("written at \(node.name) and not in the log as seen: \(missing)")
      }
      try check(node, expected, digests)
    }
  }

  private func check(_ node: SimulatedNode, _ expected: Oracle, _ digests: [TableDigest]) throws {
    let report = try node.replica.check()
    guard report.isHealthy else { throw fail("\(node.name) is not healthy: \(report)") }
    let counts = try node.replica.counts()
    guard counts.held == 0 else {
      throw fail("\(node.name) holds changesets back: \(try node.held())")
    }
    guard counts.quarantined == 0 else {
      let waiting = try node.replica.read { db in
        try String.fetchAll(
          db,
          sql:
            "SELECT table_name || ' ' || key || ' ' || reason || ' ' || detail FROM sync_quarantine"
        )
      }
      throw fail("\(node.name) has changes in quarantine: \(waiting)")
    }
    // What the centre wrote while it reserved it may have gone with its disk.
    guard try node.replica.reservedChanges() == centre.replica.reservedChanges(),
      try centreWasRestored || node.replica.reservedChanges() == 0
    else {
      throw fail("\(node.name) lacks values that nobody reserves")
    }
    guard node.isCentre || counts.unsent == 0 else {
      let unsent = try node.replica.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT 'capture ' || table_no || ' ' || row || ' ' || mask FROM sync_capture
            UNION ALL SELECT 'changeset ' || sequence || ' ' || change_count FROM sync_changeset
            WHERE node_no = (SELECT node_no FROM sync_replica) ORDER BY 1 DESC LIMIT 5
            """)
      }
      throw fail("\(node.name) says that \(counts.unsent) are not sent: \(unsent)")
    }
    let shown = try node.dump()
    for (table, rows) in expected.rows {
      let found = Set(
        shown.filter { $0.key.table == table }.map { row, cells in
          Oracle.text(row.key + expected.columns(of: table).map { cells[$0] ?? .null })
        })
      guard found == rows else {
        throw fail(
          "\(node.name).\(table) shows \(found.subtracting(rows).sorted()) instead of \(rows.subtracting(found).sorted())"
        )
      }
    }
    let conflicts = Set(
      try node.replica.conflicts(openOnly: true).map { conflict in
        let key = Oracle.text(conflict.key)
        return conflict.column.map {
          "\(conflict.table) \(key) \($0) edit \(conflict.other.value)"
        }
          ?? "\(conflict.table) \(key) - \(conflict.kind.rawValue)"
      })
    guard conflicts == expected.openConflicts else {
      throw fail(
        "\(node.name) lists \(conflicts.subtracting(expected.openConflicts).sorted()) instead of \(expected.openConflicts.subtracting(conflicts).sorted())"
      )
    }
    guard try node.replica.digests().tables == digests else {
      throw fail("\(node.name)'s digest differs")
    }
    let again = try node.replica.receive(
      try centre.replica.log(after: 0, maxBytes: .max, leavingOut: node.replica.identity().id)
        .changesets, skippingForks: true)
    guard again.applied == 0, try node.replica.digests().tables == digests, try node.dump() == shown
    else { throw fail("a second delivery changed \(node.name)") }
  }
}
