internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the centre answers to a hello.
public struct HelloAnswer: SyncMessage {
  /// 8 MiB: erasures come with it.
  public static let sizeLimit = MessageLimits.body

  /// What the centre has received.
  public var knowledge: Knowledge
  /// The centre's clock, in milliseconds since 1970.
  public var clockMilliseconds: Int64
  /// Changes when the centre was restored from a backup: log numbers of another epoch mean nothing.
  public var epoch: String
  /// The log up to this number may be compacted; who has read less loads a snapshot.
  public var horizon: Int64
  /// The nodes the centre knows.
  public var nodes: [NodeFacts]
  /// The last changeset that the centre has of the caller; 0 when none.
  public var lastSequence: Int64
  /// Its hash.
  public var lastHash: [UInt8]
  /// The centre's schema version.
  public var schemaVersion: Int
  /// The central node.
  public var centralNode: NodeID
  /// The caller is behind what the centre has of it: it was restored or copied and needs a new
  /// identity.
  public var isIdentityReused: Bool

  /// Bytes of changesets after the caller's log number.
  public var logBytes: Int64 = 0
  /// What every node that syncs has seen.
  public var stable = Knowledge()
  /// What the centre has compacted up to: deletes that are seen here need not be remembered.
  public var released = Knowledge()
  /// All changes that the centre does not let pass.
  public var withheld: [WithheldChange] = []
  /// Erasures after the caller's last one.
  public var erasures: [SignedChangeset] = []
  /// The last erasure that the centre knows of; 0 when none.
  public var erasure: Int64 = 0
  /// Personal values are given to those offices alone that trained the person.
  public var isReadingReserved = false
  /// Changesets that the centre has without their reserved values.
  public var lacking: [ChangesetName] = []

  /// An answer of all its parts but those that are empty at most centres.
  public init(
    knowledge: Knowledge,
    clockMilliseconds: Int64,
    epoch: String,
    horizon: Int64,
    nodes: [NodeFacts],
    lastSequence: Int64,
    lastHash: [UInt8],
    schemaVersion: Int,
    centralNode: NodeID,
    isIdentityReused: Bool
  ) {
    self.knowledge = knowledge
    self.clockMilliseconds = clockMilliseconds
    self.epoch = epoch
    self.horizon = horizon
    self.nodes = nodes
    self.lastSequence = lastSequence
    self.lastHash = lastHash
    self.schemaVersion = schemaVersion
    self.centralNode = centralNode
    self.isIdentityReused = isIdentityReused
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireHelloAnswer.with {
      $0.protocol = UInt32(MessageLimits.protocolVersion)
      $0.knowledge = knowledge.wire
      $0.clockMs = clockMilliseconds
      $0.epoch = epoch
      $0.horizon = horizon
      $0.nodes = nodes.map(\.wire)
      $0.lastSequence = lastSequence
      $0.lastHash = Data(lastHash)
      $0.schemaVersion = Int32(clamping: schemaVersion)
      $0.centralNode = centralNode.data
      $0.identityReused = isIdentityReused
      $0.logBytes = logBytes
      $0.stable = stable.wire
      $0.released = released.wire
      $0.withheld = withheld.map(\.wire)
      $0.erasures = erasures.map(\.wire)
      $0.erasure = erasure
      $0.readingReserved = isReadingReserved
      $0.lacking = lacking.map(\.wire)
    }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireHelloAnswer.self, bytes, limit: Self.sizeLimit)
    try checkedProtocol(wire.protocol)
    self.init(
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      clockMilliseconds: wire.clockMs,
      epoch: try checkedName(wire.epoch),
      horizon: wire.horizon,
      nodes: try NodeFacts.all(wire.nodes),
      lastSequence: wire.lastSequence,
      lastHash: try checkedHash(wire.lastHash, sequence: wire.lastSequence),
      schemaVersion: Int(wire.schemaVersion),
      centralNode: try readingPart { try NodeID(data: wire.centralNode) },
      isIdentityReused: wire.identityReused)
    logBytes = max(0, wire.logBytes)
    stable = try readingPart { try Knowledge(wire.stable) }
    released = try readingPart { try Knowledge(wire.released) }
    withheld = try WithheldChange.all(wire.withheld)
    erasures = try SignedChangeset.all(wire.erasures)
    erasure = max(0, wire.erasure)
    isReadingReserved = wire.readingReserved
    lacking = try ChangesetName.all(wire.lacking)
  }
}
