internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A replica that was restored or copied registers the identity it took instead, under its old
/// credential.
public struct NewIdentity: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// The new identity.
  public var node: NodeID
  /// Its public key (Ed25519, 32 bytes).
  public var publicKey: [UInt8]
  /// Why, in a word: `restored`, `copied`, `key_missing`.
  public var reason: String

  /// Whether the caller wants a credential of its own for it: a copy may go on under the old one.
  public var wantsSuccessor = false

  /// An identity and its reason.
  public init(node: NodeID, publicKey: [UInt8], reason: String) {
    self.node = node
    self.publicKey = publicKey
    self.reason = reason
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireNewIdentity.with {
      $0.node = node.data
      $0.publicKey = Data(publicKey)
      $0.reason = reason
      $0.successor = wantsSuccessor
    }.serializedBytes()
  }

  /// Reads a request.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireNewIdentity.self, bytes, limit: Self.sizeLimit)
    guard wire.publicKey.count == 32 else {
      throw MessageError.malformed("a public key of \(wire.publicKey.count) bytes")
    }
    self.init(
      node: try readingPart { try NodeID(data: wire.node) },
      publicKey: Array(wire.publicKey),
      reason: try checkedName(wire.reason))
    wantsSuccessor = wire.successor
  }
}

/// The centre knows the new identity.
public struct NewIdentityAnswer: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// What the centre has received.
  public var knowledge: Knowledge

  /// Whether the caller's token is now the successor of the one that it showed.
  public var hasSuccessor: Bool

  /// An answer.
  public init(knowledge: Knowledge, hasSuccessor: Bool = false) {
    self.knowledge = knowledge
    self.hasSuccessor = hasSuccessor
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireNewIdentityAnswer.with {
      $0.knowledge = knowledge.wire
      $0.successor = hasSuccessor
    }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireNewIdentityAnswer.self, bytes, limit: Self.sizeLimit)
    self.init(
      knowledge: try readingPart { try Knowledge(wire.knowledge) }, hasSuccessor: wire.successor)
  }
}
