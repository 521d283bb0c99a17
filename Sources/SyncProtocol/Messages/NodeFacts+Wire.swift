internal import SwiftProtobuf
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension NodeFacts {
  var wire: WireNode {
    WireNode.with {
      $0.id = id.data
      $0.office = office
      if let label { $0.label = label }
      if let publicKey { $0.publicKey = Data(publicKey) }
    }
  }

  init(_ wire: WireNode) throws {
    if wire.hasPublicKey, wire.publicKey.count != 32 {
      throw MessageError.malformed("a public key of \(wire.publicKey.count) bytes")
    }
    self.init(
      id: try readingPart { try NodeID(data: wire.id) },
      office: try checkedName(wire.office),
      label: wire.hasLabel ? try checkedName(wire.label) : nil,
      publicKey: wire.hasPublicKey ? Array(wire.publicKey) : nil)
  }

  static func all(_ wires: [WireNode]) throws -> [NodeFacts] {
    guard wires.count <= MessageLimits.nodeCount else {
      throw MessageError.malformed("\(wires.count) nodes")
    }
    return try wires.map(NodeFacts.init)
  }
}
