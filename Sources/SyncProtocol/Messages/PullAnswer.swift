internal import SwiftProtobuf
public import SyncModel

/// A piece of the centre's log.
public struct PullAnswer: SyncMessage {
  /// 12 MiB: what was asked for, one changeset beyond it, and the nodes.
  public static let sizeLimit = MessageLimits.body + (4 << 20)

  /// The changesets in the order of the log; the caller's own are left out.
  public var changesets: [SignedChangeset]
  /// Ask after this number next.
  public var last: Int64
  /// The end of the log.
  public var end: Int64
  /// What the centre has received.
  public var knowledge: Knowledge
  /// The authors of the changesets.
  public var nodes: [NodeFacts]

  /// All changes that the centre does not let pass.
  public var withheld: [WithheldChange] = []

  /// An answer of all its parts but what is withheld.
  public init(
    changesets: [SignedChangeset],
    last: Int64,
    end: Int64,
    knowledge: Knowledge,
    nodes: [NodeFacts]
  ) {
    self.changesets = changesets
    self.last = last
    self.end = end
    self.knowledge = knowledge
    self.nodes = nodes
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WirePullAnswer.with {
      $0.changesets = changesets.map(\.wire)
      $0.last = last
      $0.end = end
      $0.knowledge = knowledge.wire
      $0.nodes = nodes.map(\.wire)
      $0.withheld = withheld.map(\.wire)
    }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WirePullAnswer.self, bytes, limit: Self.sizeLimit)
    guard wire.last >= 0, wire.end >= 0 else {
      throw MessageError.malformed("a position before the first")
    }
    self.init(
      changesets: try SignedChangeset.all(wire.changesets),
      last: wire.last,
      end: wire.end,
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      nodes: try NodeFacts.all(wire.nodes))
    withheld = try WithheldChange.all(wire.withheld)
  }
}
