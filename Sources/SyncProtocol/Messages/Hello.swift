internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a replica says first: who it is, what it has, what its clock shows.
public struct Hello: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// The caller.
  public var node: NodeID
  /// The caller's own last changeset; 0 when it has sealed none.
  public var lastSequence: Int64
  /// Its hash.
  public var lastHash: [UInt8]
  /// The last of its changesets that the centre is known to have acknowledged.
  public var acknowledgedSequence: Int64
  /// What the caller has received.
  public var knowledge: Knowledge
  /// The caller's schema version.
  public var schemaVersion: Int
  /// The caller's uncorrected clock, in milliseconds since 1970.
  public var clockMilliseconds: Int64
  /// The centre's epoch as the caller knows it; empty before the first sync.
  public var epoch: String
  /// How far the caller has read that epoch's log.
  public var logNumber: Int64

  /// The central node as the caller knows it; nil before it has any changeset of it.
  public var centralNode: NodeID?
  /// The central node's last changeset that the caller has; 0 when none.
  public var centralSequence: Int64 = 0
  /// Its hash.
  public var centralHash: [UInt8] = []
  /// The last erasure that was carried out at the caller; 0 when none.
  public var erasure: Int64 = 0
  /// Some of the central node's changesets that the caller has, at most 64.
  public var centralMarks: [LogMark] = []

  /// A hello of all its parts but those that a first sync does not need.
  public init(
    node: NodeID,
    lastSequence: Int64,
    lastHash: [UInt8],
    acknowledgedSequence: Int64,
    knowledge: Knowledge,
    schemaVersion: Int,
    clockMilliseconds: Int64,
    epoch: String,
    logNumber: Int64
  ) {
    self.node = node
    self.lastSequence = lastSequence
    self.lastHash = lastHash
    self.acknowledgedSequence = acknowledgedSequence
    self.knowledge = knowledge
    self.schemaVersion = schemaVersion
    self.clockMilliseconds = clockMilliseconds
    self.epoch = epoch
    self.logNumber = logNumber
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireHello.with {
      $0.protocol = UInt32(MessageLimits.protocolVersion)
      $0.node = node.data
      $0.lastSequence = lastSequence
      $0.lastHash = Data(lastHash)
      $0.acknowledgedSequence = acknowledgedSequence
      $0.knowledge = knowledge.wire
      $0.schemaVersion = Int32(clamping: schemaVersion)
      $0.clockMs = clockMilliseconds
      $0.epoch = epoch
      $0.logNumber = logNumber
      $0.centralNode = centralNode?.data ?? Data()
      $0.centralSequence = centralSequence
      $0.centralHash = Data(centralHash)
      $0.erasure = erasure
      $0.centralSequences = centralMarks.map(\.sequence)
      $0.centralHashes = centralMarks.map { Data($0.hash) }
    }.serializedBytes()
  }

  /// Reads a hello.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireHello.self, bytes, limit: Self.sizeLimit)
    try checkedProtocol(wire.protocol)
    guard wire.acknowledgedSequence >= 0, wire.logNumber >= 0 else {
      throw MessageError.malformed("a position before the first")
    }
    self.init(
      node: try readingPart { try NodeID(data: wire.node) },
      lastSequence: wire.lastSequence,
      lastHash: try checkedHash(wire.lastHash, sequence: wire.lastSequence),
      acknowledgedSequence: wire.acknowledgedSequence,
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      schemaVersion: Int(wire.schemaVersion),
      clockMilliseconds: wire.clockMs,
      epoch: try checkedName(wire.epoch),
      logNumber: wire.logNumber)
    centralNode =
      wire.centralNode.isEmpty ? nil : try readingPart { try NodeID(data: wire.centralNode) }
    centralSequence = wire.centralSequence
    centralHash = try checkedHash(wire.centralHash, sequence: wire.centralSequence)
    erasure = max(0, wire.erasure)
    guard wire.centralSequences.count == wire.centralHashes.count, wire.centralHashes.count <= 64
    else { throw MessageError.malformed("changesets of the centre without their hashes") }
    centralMarks = try zip(wire.centralSequences, wire.centralHashes).map { sequence, hash in
      LogMark(sequence: sequence, hash: try checkedHash(hash, sequence: sequence))
    }
  }
}
