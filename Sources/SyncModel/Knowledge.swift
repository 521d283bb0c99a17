/// The name of one change: its author and its place in the author's unbroken count from 1.
public struct ChangeID: Hashable, Sendable, Comparable {
  /// Who made the change.
  public let node: NodeID

  /// The author's counter.
  public let counter: Int64

  /// A change of `node`.
  public init(node: NodeID, counter: Int64) {
    self.node = node
    self.counter = counter
  }

  /// By author, then count.
  public static func < (left: ChangeID, right: ChangeID) -> Bool {
    (left.node, left.counter) < (right.node, right.counter)
  }
}

/// Which changes a replica has seen: for each node the last one, less the exceptions.
///
/// An exception is a change that arrived but waits in quarantine: nobody here saw its value, so no
/// write made here supersedes it.
public struct Knowledge: Hashable, Sendable {
  /// For each node, its last change that has arrived.
  ///
  /// Nodes of whom nothing arrived are absent.
  public private(set) var last: [NodeID: Int64] = [:]

  /// Changes that arrived and were not seen.
  public private(set) var exceptions: Set<ChangeID> = []

  /// Nothing seen.
  public init() {}

  /// What has been seen when `last` has arrived, less `exceptions`.
  public init(last: [NodeID: Int64], exceptions: Set<ChangeID> = []) {
    self.last = last.filter { $0.value > 0 }
    self.exceptions = exceptions
  }

  /// Whether the change was seen.
  ///
  /// The ground always was.
  public func contains(_ change: ChangeID) -> Bool {
    change.node == .ground
      || (change.counter <= last[change.node, default: 0] && !exceptions.contains(change))
  }

  /// Whether everything that arrived according to `other` has arrived here too, quarantined or not.
  public func hasReceived(_ other: Knowledge) -> Bool {
    other.last.allSatisfy { $0.value <= last[$0.key, default: 0] }
  }

  /// Notes that `node`'s changes up to `counter` have arrived.
  public mutating func receive(_ node: NodeID, upTo counter: Int64) {
    guard counter > 0 else { return }
    last[node] = max(last[node, default: 0], counter)
  }
}
