public import Replica
public import SyncModel
internal import SyncProtocol

/// How far a central node can compact its log, and for whom it waits.
public struct CompactionPlan: Hashable, Sendable {
  /// The log up to this number can go.
  public var through: Int64
  /// What would go.
  public var report: CompactionReport
  /// Nodes that keep more from going, those first that have read least: when they last said hello,
  /// in milliseconds since 1970.
  public var waitsFor: [(node: NodeID, logNumber: Int64, saidAt: Int64)] {
    waiting.map { ($0.node, $0.logNumber, $0.saidAt) }
  }
  var waiting: [Waiting]

  struct Waiting: Hashable {
    var node: NodeID
    var logNumber: Int64
    var saidAt: Int64
  }
}

extension CentralNode {
  /// The log up to this number may be compacted.
  public func horizon() throws -> Int64 {
    try replica.setting(Self.horizonSetting).flatMap { Int64($0) } ?? 0
  }

  /// What the log was compacted up to.
  func released() throws -> Knowledge {
    try knowledge(Self.releasedSetting)
  }

  /// What every node that syncs has seen, and whose authors have sent all they wrote before they saw
  /// it: whatever comes from now on was written in sight of it.
  public func stable() throws -> Knowledge {
    guard let active = try register.activePositions() else { return try released() }
    let own = try log.knowledge()
    var last = own.last
    var exceptions = own.exceptions
    for (node, position) in active {
      // What it had not sent at its last hello was written before it saw all that it has seen.
      guard try log.head(of: node)?.sequence ?? 0 >= position.lastSequence else {
        return try released()
      }
      for author in Array(last.keys) {
        last[author] = min(last[author, default: 0], position.knowledge.last[author, default: 0])
      }
      exceptions.formUnion(position.knowledge.exceptions)
    }
    return Knowledge(last: last, exceptions: exceptions)
  }

  /// Drops the changes that every node has read, and what need not be remembered of deleted rows;
  /// from now on, who has read less takes a snapshot.
  ///
  /// Never done by itself: until it is told to, a central node keeps the whole history.
  ///
  /// - Parameters:
  ///   - days: Changes of the last days stay: as old as the backups of this node may be.
  ///   - dryRun: Whether only to say what would go.
  /// - Throws: ``Problem`` `readingReserved` where a snapshot could not stand for what was dropped.
  public func compact(keepingDays days: Int, dryRun: Bool) throws -> CompactionPlan {
    if try isReadingReserved() { throw Problem.readingReserved }
    let epoch = try epoch()
    let before = now() - Int64(days) * 86_400_000
    let byAge = try replica.logPlace(receivedBefore: before)
    let former = try horizon()
    guard let active = try register.activePositions() else {
      return CompactionPlan(through: former, report: CompactionReport(), waiting: [])
    }
    var through = byAge
    var waiting: [CompactionPlan.Waiting] = []
    for (node, position) in active {
      let read = position.epoch == epoch ? position.logNumber : 0
      through = min(through, read)
      if read < byAge {
        waiting.append(.init(node: node, logNumber: read, saidAt: position.saidAt))
      }
    }
    waiting.sort { ($0.logNumber, $0.node) < ($1.logNumber, $1.node) }
    through = max(through, former)
    let released = through > former ? try stable() : try self.released()
    let report = try replica.compactLog(
      through: through, released: released, receivedBefore: before, dryRun: dryRun)
    if !dryRun, through > former {
      try replica.set(Self.releasedSetting, hexadecimal(released.encoded()))
      try replica.set(Self.horizonSetting, String(through))
    }
    return CompactionPlan(through: through, report: report, waiting: waiting)
  }

  private func knowledge(_ setting: String) throws -> Knowledge {
    guard let digits = try replica.setting(setting), let bytes = bytes(hexadecimal: digits) else {
      return Knowledge()
    }
    return try Knowledge(decoding: bytes)
  }
}
