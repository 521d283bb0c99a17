internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the centre has after a push.
///
/// What it says here is on the centre's disk.
public struct PushAnswer: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// What the centre has received.
  public var knowledge: Knowledge
  /// The last changeset that the centre has of the caller; 0 when none.
  public var lastSequence: Int64
  /// Its hash.
  public var lastHash: [UInt8]
  /// What was done with the changesets.
  public var merge: MergeReport

  /// All changes that the centre does not let pass, after this push.
  public var withheld: [WithheldChange] = []

  /// An answer of all its parts but what is withheld.
  public init(knowledge: Knowledge, lastSequence: Int64, lastHash: [UInt8], merge: MergeReport) {
    self.knowledge = knowledge
    self.lastSequence = lastSequence
    self.lastHash = lastHash
    self.merge = merge
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WirePushAnswer.with {
      $0.knowledge = knowledge.wire
      $0.lastSequence = lastSequence
      $0.lastHash = Data(lastHash)
      $0.withheld = withheld.map(\.wire)
      $0.applied = Int64(merge.applied)
      $0.changes = Int64(merge.changes)
      $0.known = Int64(merge.known)
      $0.held = Int64(merge.held)
      $0.conflictsOpened = Int64(merge.conflictsOpened)
      $0.quarantined = Int64(merge.quarantined)
    }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WirePushAnswer.self, bytes, limit: Self.sizeLimit)
    var merge = MergeReport()
    merge.applied = Int(wire.applied)
    merge.changes = Int(wire.changes)
    merge.known = Int(wire.known)
    merge.held = Int(wire.held)
    merge.conflictsOpened = Int(wire.conflictsOpened)
    merge.quarantined = Int(wire.quarantined)
    self.init(
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      lastSequence: wire.lastSequence,
      lastHash: try checkedHash(wire.lastHash, sequence: wire.lastSequence),
      merge: merge)
    withheld = try WithheldChange.all(wire.withheld)
  }
}
