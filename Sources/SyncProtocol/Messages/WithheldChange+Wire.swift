internal import SwiftProtobuf
internal import SyncModel

extension WithheldChange {
  var wire: WireWithheld {
    WireWithheld.with {
      $0.node = change.node.data
      $0.counter = change.counter
      $0.detail = detail
    }
  }

  static func all(_ wires: [WireWithheld]) throws -> [WithheldChange] {
    guard wires.count <= CodecLimits.knowledgeExceptions else {
      throw MessageError.malformed("\(wires.count) changes that are withheld")
    }
    return try wires.map { wire in
      guard wire.counter > 0 else { throw MessageError.malformed("a change before the first") }
      return WithheldChange(
        change: ChangeID(
          node: try readingPart { try NodeID(data: wire.node) }, counter: wire.counter),
        detail: try checkedName(wire.detail))
    }
  }
}
