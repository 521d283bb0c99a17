internal import SwiftProtobuf

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A request for a piece of the centre's snapshot.
public struct SnapshotRequest: Hashable, Sendable {
  /// The least and the greatest size of a piece that may be asked for, in bytes.
  public static let limits = 1024...(4 << 20)

  /// The snapshot whose beginning the caller has; empty for a new one.
  public var id: String
  /// How many of its bytes the caller has.
  public var offset: Int64
  /// How many bytes to answer with at most.
  public var limit: Int

  /// A request, its limit brought within ``limits``.
  public init(id: String, offset: Int64, limit: Int) {
    self.id = id
    self.offset = max(0, offset)
    self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
  }
}

/// A piece of a snapshot, with what there is to know of the whole.
public struct SnapshotPiece: SyncMessage {
  /// 8 MiB.
  public static let sizeLimit = MessageLimits.body
  /// The greatest snapshot that is taken, in bytes as sent: 4 GiB.
  public static let greatestSize: Int64 = 4 << 30
  /// The greatest database that a snapshot may hold, in bytes: 64 GiB.
  public static let greatestContent: Int64 = 64 << 30

  /// Names one snapshot while the centre keeps it: lowercase letters and digits.
  public var id: String
  /// The whole snapshot's bytes as sent.
  public var size: Int64
  /// SHA-256 of them.
  public var hash: [UInt8]
  /// The database's bytes.
  public var contentSize: Int64
  /// The log number from which a reader goes on.
  public var logNumber: Int64
  /// Where this piece begins.
  public var offset: Int64
  /// The piece.
  public var data: [UInt8]

  /// A piece of all its parts.
  public init(
    id: String, size: Int64, hash: [UInt8], contentSize: Int64, logNumber: Int64, offset: Int64,
    data: [UInt8]
  ) {
    self.id = id
    self.size = size
    self.hash = hash
    self.contentSize = contentSize
    self.logNumber = logNumber
    self.offset = offset
    self.data = data
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireSnapshotPiece.with {
      $0.id = id
      $0.size = size
      $0.hash = Data(hash)
      $0.contentSize = contentSize
      $0.logNumber = logNumber
      $0.offset = offset
      $0.data = Data(data)
    }.serializedBytes()
  }

  /// Reads a piece.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireSnapshotPiece.self, bytes, limit: Self.sizeLimit)
    let isName = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    // The name becomes a file's.
    guard (1...64).contains(wire.id.utf8.count), wire.id.utf8.allSatisfy(isName),
      wire.hash.count == 32, wire.logNumber >= 0,
      (1...Self.greatestSize).contains(wire.size),
      (1...Self.greatestContent).contains(wire.contentSize),
      (0...wire.size).contains(wire.offset), wire.offset + Int64(wire.data.count) <= wire.size
    else { throw MessageError.malformed("a piece that is of no snapshot") }
    self.init(
      id: wire.id, size: wire.size, hash: Array(wire.hash), contentSize: wire.contentSize,
      logNumber: wire.logNumber, offset: wire.offset, data: Array(wire.data))
  }
}
