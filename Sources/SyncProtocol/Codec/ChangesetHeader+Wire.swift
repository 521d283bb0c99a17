internal import SwiftProtobuf
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ChangesetHeader {
  /// The format this program writes and the only one it reads.
  static let format = 1
  private static let hashSize = 32

  var wire: WireChangesetHeader {
    WireChangesetHeader.with {
      $0.format = UInt32(Self.format)
      $0.node = node.data
      $0.sequence = sequence
      $0.firstCounter = firstCounter
      $0.changeCount = Int64(changeCount)
      $0.previousHash = Data(previousHash)
      $0.knowledge = knowledge.wire
      $0.schemaVersion = Int32(clamping: schemaVersion)
      if let clockOffsetMilliseconds { $0.clockOffsetMs = clockOffsetMilliseconds }
      $0.sealedAtMs = sealedAtMilliseconds
      $0.groupContinues = groupContinues
      $0.bodyHash = Data(bodyHash)
      $0.bodySize = Int64(bodySize)
    }
  }

  init(_ wire: WireChangesetHeader) throws(ChangesetError) {
    guard wire.format == Self.format else {
      throw wire.format > Self.format
        ? .unknownFormat(Int(wire.format)) : .malformed("a header without a format")
    }
    self.init(
      node: try NodeID(data: wire.node),
      sequence: wire.sequence,
      firstCounter: wire.firstCounter,
      changeCount: Int(wire.changeCount),
      previousHash: Array(wire.previousHash),
      knowledge: try Knowledge(wire.knowledge),
      schemaVersion: Int(wire.schemaVersion),
      clockOffsetMilliseconds: wire.hasClockOffsetMs ? wire.clockOffsetMs : nil,
      sealedAtMilliseconds: wire.sealedAtMs,
      groupContinues: wire.groupContinues,
      bodyHash: Array(wire.bodyHash),
      bodySize: Int(wire.bodySize))
    try validate()
  }

  /// Refuses what no author can mean.
  ///
  /// Checked by the writer too, so that nothing is signed that nobody reads.
  func validate() throws(ChangesetError) {
    guard node != .ground else { throw .malformed("a changeset of the ground") }
    guard sequence >= 1, firstCounter >= 1 else {
      throw .malformed("changeset \(sequence) from change \(firstCounter)")
    }
    guard (0...CodecLimits.changeCount).contains(changeCount) else {
      throw .tooLarge(size: changeCount, limit: CodecLimits.changeCount)
    }
    guard firstCounter <= Int64.max - Int64(CodecLimits.changeCount) else {
      throw .malformed("changes from \(firstCounter)")
    }
    guard previousHash.count == (sequence == 1 ? 0 : Self.hashSize) else {
      throw .malformed(
        "changeset \(sequence) names a hash of \(previousHash.count) bytes before it")
    }
    guard schemaVersion >= 0 else { throw .malformed("schema version \(schemaVersion)") }
    let year10000 = 253_402_300_800_000
    guard sealedAtMilliseconds.magnitude < year10000,
      (clockOffsetMilliseconds ?? 0).magnitude < year10000
    else { throw .malformed("a clock outside ten thousand years") }
    guard bodyHash.count == Self.hashSize else {
      throw .malformed("a body hash of \(bodyHash.count) bytes")
    }
    guard (0...CodecLimits.bodySize).contains(bodySize) else {
      throw .tooLarge(size: bodySize, limit: CodecLimits.bodySize)
    }
  }
}
