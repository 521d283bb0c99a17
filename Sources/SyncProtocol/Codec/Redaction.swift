internal import Crypto
internal import SwiftProtobuf
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A body in which values were replaced, erased or kept from its reader: it says who did, and stands
/// where the author's stood.
struct Redaction {
  /// No zstd frame begins so.
  private static let mark: [UInt8] = [0x00, 0x51, 0x52, 0x44]

  var node: NodeID
  var signature: [UInt8]
  /// Before compression, in bytes.
  var size: Int
  var body: [UInt8]
  /// Places of changes whose personal values the reader may not have, ascending.
  var reserved: [Int]

  init(node: NodeID, signature: [UInt8], size: Int, body: [UInt8], reserved: [Int]) {
    self.node = node
    self.signature = signature
    self.size = size
    self.body = body
    self.reserved = reserved
  }

  /// Reads one; nil where the bytes are a body as its author wrote it.
  init?(body bytes: [UInt8]) throws {
    guard bytes.starts(with: Self.mark) else { return nil }
    guard let wire = try? WireRedaction(serializedBytes: Array(bytes.dropFirst(Self.mark.count))),
      wire.bodySize >= 0, wire.bodySize <= Int64(CodecLimits.bodySize),
      zip(wire.reserved, wire.reserved.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw ChangesetError.malformed("a body in which something was replaced") }
    self.init(
      node: try NodeID(data: wire.node), signature: Array(wire.signature),
      size: Int(wire.bodySize), body: Array(wire.body),
      reserved: wire.reserved.map(Int.init))
  }

  /// What the signature is made over.
  func signed(hash: [UInt8]) -> [UInt8] {
    var whole = hash + Array(SHA256.hash(data: body))
    for place in reserved {
      withUnsafeBytes(of: UInt32(place).littleEndian) { whole.append(contentsOf: $0) }
    }
    return Array(SHA256.hash(data: whole))
  }

  func encoded() throws -> [UInt8] {
    let bytes: [UInt8] = try WireRedaction.with {
      $0.node = node.data
      $0.signature = Data(signature)
      $0.bodySize = Int64(size)
      $0.body = Data(body)
      $0.reserved = reserved.map(UInt32.init)
    }.serializedBytes()
    return Self.mark + bytes
  }
}
