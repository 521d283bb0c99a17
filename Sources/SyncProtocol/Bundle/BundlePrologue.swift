internal import Crypto
internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the sender of a bundle says of itself: a receipt for what it has received.
public struct BundlePrologue: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// The last changeset of a recipient that the sender has.
  public struct Head: Hashable, Sendable {
    /// The recipient.
    public var node: NodeID
    /// 0 when the sender has none.
    public var sequence: Int64
    /// Its hash.
    public var hash: [UInt8]

    /// A head of its parts.
    public init(node: NodeID, sequence: Int64, hash: [UInt8]) {
      self.node = node
      self.sequence = sequence
      self.hash = hash
    }
  }

  /// A former identity vouches for the present one, which the recipient may not have heard of.
  public struct Succession: Hashable, Sendable {
    /// The former identity.
    public var former: NodeID
    /// The present one, with its public key.
    public var node: NodeFacts
    /// Ed25519 by the former's key over ``challenge``.
    public var signature: [UInt8]

    /// A succession of its parts.
    public init(former: NodeID, node: NodeFacts, signature: [UInt8] = []) {
      self.former = former
      self.node = node
      self.signature = signature
    }

    /// What the former identity signs.
    public var challenge: [UInt8] {
      Array(
        SHA256.hash(
          data: Array("quipu succession".utf8) + former.bytes + node.id.bytes
            + (node.publicKey ?? [])))
    }
  }

  /// What the sender has received.
  public var knowledge: Knowledge
  /// Nodes that the sender knows.
  public var nodes: [NodeFacts]
  /// What the sender has of each recipient.
  public var heads: [Head]
  /// The sender's schema version.
  public var schemaVersion: Int
  /// Former identities that vouch for the present one.
  public var successions: [Succession]
  /// All changes that the centre does not let pass; empty where the sender is no centre.
  public var withheld: [WithheldChange] = []
  /// All erasures that the centre ordered; empty where the sender is no centre.
  public var erasures: [SignedChangeset] = []

  /// A prologue of all its parts but the centre's orders.
  public init(
    knowledge: Knowledge, nodes: [NodeFacts], heads: [Head], schemaVersion: Int,
    successions: [Succession]
  ) {
    self.knowledge = knowledge
    self.nodes = nodes
    self.heads = heads
    self.schemaVersion = schemaVersion
    self.successions = successions
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireBundlePrologue.with {
      $0.knowledge = knowledge.wire
      $0.nodes = nodes.map(\.wire)
      $0.heads = heads.map { head in
        WireBundleHead.with {
          $0.node = head.node.data
          $0.sequence = head.sequence
          $0.hash = Data(head.hash)
        }
      }
      $0.schemaVersion = Int32(schemaVersion)
      $0.withheld = withheld.map(\.wire)
      $0.erasures = erasures.map(\.wire)
      $0.successions = successions.map { succession in
        WireSuccession.with {
          $0.former = succession.former.data
          $0.node = succession.node.wire
          $0.signature = Data(succession.signature)
        }
      }
    }.serializedBytes()
  }

  /// Reads a prologue.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireBundlePrologue.self, bytes, limit: Self.sizeLimit)
    guard wire.heads.count <= MessageLimits.nodeCount, wire.successions.count <= 1000 else {
      throw MessageError.malformed("too many heads or successions")
    }
    self.init(
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      nodes: try NodeFacts.all(wire.nodes),
      heads: try wire.heads.map { head in
        Head(
          node: try readingPart { try NodeID(data: head.node) }, sequence: head.sequence,
          hash: try checkedHash(head.hash, sequence: head.sequence))
      },
      schemaVersion: Int(wire.schemaVersion),
      successions: try wire.successions.map { succession in
        Succession(
          former: try readingPart { try NodeID(data: succession.former) },
          node: try NodeFacts(succession.node), signature: Array(succession.signature))
      })
    withheld = try WithheldChange.all(wire.withheld)
    erasures = try SignedChangeset.all(wire.erasures)
  }
}
