import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
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

  /// The seed, what was wrong, the last events, and the command that repeats it.
  public var description: String {
    """
    seed \(seed), step \(step): \(what)
    \(lastEvents.joined(separator: "\n"))
    repeat with: QUIPU_SEED=\(seed) swift test --disable-xctest --filter SimulationTests
    """
  }
}

/// Offices with laptops and a centre, decided by one seed: faults, then healing, then checks.
public final class World {
  /// How often things happened.
  public private(set) var tally: [String: Int] = [:]
  private let seed: UInt64
  private var random: SeededGenerator
  private let folder: TemporaryFolder
  private let workload: Workload
  private var nodes: [SimulatedNode] = []
  private var backups: [Int: String] = [:]
  private var events: [String] = []
  private var step = 0

  private var centre: SimulatedNode { nodes[0] }

  /// A world of `seed`.
  public init(seed: UInt64) throws {
    self.seed = seed
    random = SeededGenerator(seed: seed)
    folder = try TemporaryFolder()
    workload = Workload(using: &random)
    for index in 0..<(3 + random.below(3)) {
      let name = index == 0 ? "central" : "office\(index)"
      let node = try SimulatedNode(
        name, folder: folder, seed: seed &* 31 &+ UInt64(index), isCentre: index == 0)
      if index > 0, random.oneIn(3) {
        node.clock.advance(Int64(random.below(3) - 1) * 31_536_000_000)
      }
      nodes.append(node)
    }
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
    let digests = try centre.replica.digests().tables.map(\.digest).joined()
    return digests + " "
      + tally.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  private func fail(_ what: String) -> SimulationFailure {
    SimulationFailure(seed: seed, step: step, what: what, lastEvents: Array(events.suffix(40)))
  }

  private func note(_ kind: String, _ text: String) {
    tally[kind, default: 0] += 1
    events.append("\(step) \(text)")
  }

  private func act() throws {
    let node = random.pick(nodes)
    for node in nodes { node.clock.advance(Int64(random.below(40_000))) }
    switch random.below(100) {
    case 0..<55:
      let sql = workload.statement(using: &random)
      let taken = try node.write(sql, recursiveTriggers: random.oneIn(2))
      note(taken ? "write" : "refused", "\(node.name): \(sql)\(taken ? "" : " (refused)")")
    case 55..<60:
      try node.replica.seal()
      note("seal", "\(node.name) seals")
    case 60..<78: if !node.isCentre { try push(node, lossy: true) }
    case 78..<92: if !node.isCentre { try pull(node, lossy: true) }
    case 92..<94:
      try node.crash()
      note("crash", "\(node.name) crashes")
    case 94..<96: try carry(to: node)
    case 96: try decide(at: node)
    case 97:
      node.clock.advance(Int64(random.below(3) - 1) * 3_600_000)
      note("clock", "\(node.name)'s clock jumps")
    case 98:
      if !node.isCentre, let index = nodes.firstIndex(where: { $0 === node }) {
        let copy = folder.file("\(node.name).backup")
        try node.backUp(to: copy)
        backups[index] = copy
        note("backup", "\(node.name) is backed up")
      }
    default:
      if let index = nodes.firstIndex(where: { $0 === node }), let copy = backups[index] {
        try node.restore(from: copy)
        // What a hello with the centre brings: the directory of nodes.
        try introduce()
        note("restore", "\(node.name) is restored from its backup")
      } else {
        try measure(node)
      }
    }
  }

  /// What a hello does: a replica that is a copy takes a new identity; clocks are compared.
  private func hello(_ node: SimulatedNode) throws {
    let own = try node.replica.identity()
    let here = try node.replica.head(of: own.id)?.sequence ?? 0
    let there = try centre.replica.head(of: own.id)?.sequence ?? 0
    var shared = min(here, there)
    while shared > 0,
      try node.replica.hash(of: own.id, sequence: shared)
        != centre.replica.hash(of: own.id, sequence: shared)
    {
      shared -= 1
    }
    if shared < there {
      let identity = try node.replica.adoptNewIdentity(
        reason: "the centre has later changesets of this node", sharedThrough: shared)
      for other in nodes { try other.replica.learn([identity]) }
      note("identity", "\(node.name) takes a new identity")
    }
  }

  private func measure(_ node: SimulatedNode) throws {
    guard !node.isCentre else { return }
    try node.replica.setClockOffset(milliseconds: centre.clock.now - node.clock.now)
    note("measure", "\(node.name) compares its clock")
  }

  private func push(_ node: SimulatedNode, lossy: Bool) throws {
    try hello(node)
    try node.replica.seal()
    let own = try node.replica.identity().id
    let after = try centre.replica.head(of: own)?.sequence ?? 0
    var message = try node.replica.ownChangesets(
      after: lossy && random.oneIn(4) ? 0 : after, maxBytes: .max)
    if lossy {
      if random.oneIn(4), !message.isEmpty { message.removeLast(random.below(message.count) + 1) }
      if random.oneIn(5) { message += message }
      if random.oneIn(5) { message.shuffle(using: &random) }
    }
    let report = try centre.replica.receive(message)
    note(
      "push", "\(node.name) pushes \(message.count): \(report.applied) applied, \(report.held) held"
    )
    let known = try centre.replica.knowledge()
    let others = try node.replica.log(after: 0, maxBytes: .max, leavingOut: own).changesets.filter {
      let header = try ProtobufChangesetCodec().decodeHeader($0.header).header
      return header.lastCounter > known.last[header.node, default: 0]
    }
    if !others.isEmpty {
      let relayed = try centre.replica.receive(others, skippingForks: true)
      note("relay", "\(node.name) relays \(others.count): \(relayed.applied) applied")
    }
  }

  private func pull(_ node: SimulatedNode, lossy: Bool) throws {
    try hello(node)
    let own = try node.replica.identity().id
    try centre.replica.seal()
    let page = try centre.replica.log(
      after: lossy && random.oneIn(5) ? 0 : node.pulled, maxBytes: .max, leavingOut: own)
    var message = page.changesets
    let isWhole = !lossy || !random.oneIn(4)
    if !isWhole, !message.isEmpty { message.removeLast(random.below(message.count) + 1) }
    if lossy, random.oneIn(5) { message.shuffle(using: &random) }
    if lossy, random.oneIn(5) { message += message }
    let report = try node.replica.receive(message, skippingForks: true)
    if isWhole { node.pulled = page.last }
    note(
      "pull", "\(node.name) pulls \(message.count): \(report.applied) applied, \(report.held) held")
  }

  /// A bundle carried by hand: any part of another replica's log.
  private func carry(to node: SimulatedNode) throws {
    let other = random.pick(nodes)
    guard other !== node else { return }
    if !node.isCentre { try hello(node) }
    if !other.isCentre { try hello(other) }
    try other.replica.seal()
    let own = try node.replica.identity().id
    var bundle = try other.replica.log(after: 0, maxBytes: .max, leavingOut: own).changesets
    bundle.shuffle(using: &random)
    let report = try node.replica.receive(
      Array(bundle.prefix(random.below(bundle.count + 1))), skippingForks: true)
    note(
      "bundle",
      "\(other.name) gives \(node.name) a bundle: \(report.applied) applied, \(report.held) held")
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

  private func heal() throws {
    for _ in 0..<3 {
      for node in nodes.dropFirst() { try push(node, lossy: false) }
      for node in nodes.dropFirst() { try pull(node, lossy: false) }
    }
  }

  private func check() throws {
    let expected = try Oracle(centre.replica)
    let digests = try centre.replica.digests().tables
    for node in nodes {
      let report = try node.replica.check()
      guard report.isHealthy else { throw fail("\(node.name) is not healthy: \(report)") }
      guard try node.replica.counts().held == 0 else {
        throw fail("\(node.name) holds changesets back")
      }
      guard try node.replica.counts().quarantined == 0 else {
        throw fail("\(node.name) has changes in quarantine")
      }
      for (table, rows) in expected.rows {
        let found = try rowsShown(node, table)
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
          .changesets)
      guard again.applied == 0, try node.replica.digests().tables == digests else {
        throw fail("a second delivery changed \(node.name)")
      }
    }
  }

  private func rowsShown(_ node: SimulatedNode, _ table: String) throws -> Set<String> {
    try node.replica.read { db in
      let info = try GRDB.Row.fetchAll(
        db, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [table])
      let names =
        info.filter { ($0["pk"] as Int) > 0 }.map { $0["name"] as String }
        + info.filter { ($0["pk"] as Int) == 0 }.map { $0["name"] as String }
      let list: String = names.map { "\"\($0)\"" }.joined(separator: ", ")
      return Set(
        try GRDB.Row.fetchAll(db, sql: "SELECT \(list) FROM \"\(table)\"").map { row in
          Oracle.text(
            row.map { value -> CellValue in
              switch value.1.storage {
              case .null: .null
              case .int64(let integer): .integer(integer)
              case .double(let real): .real(real)
              case .string(let text): .text(text)
              case .blob(let data): .blob(Array(data))
              }
            })
        })
    }
  }
}
