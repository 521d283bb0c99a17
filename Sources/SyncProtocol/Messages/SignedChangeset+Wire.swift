internal import SwiftProtobuf
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension SignedChangeset {
  var wire: WireChangeset {
    WireChangeset.with {
      $0.header = Data(header)
      $0.signature = Data(signature)
      $0.body = Data(body)
    }
  }

  init(_ wire: WireChangeset) {
    self.init(
      header: Array(wire.header), signature: Array(wire.signature), body: Array(wire.body))
  }

  static func all(_ wires: [WireChangeset]) throws -> [SignedChangeset] {
    guard wires.count <= MessageLimits.changesetCount else {
      throw MessageError.malformed("\(wires.count) changesets")
    }
    return wires.map(SignedChangeset.init)
  }
}
