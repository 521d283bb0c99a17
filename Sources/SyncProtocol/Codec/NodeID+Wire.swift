internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension NodeID {
  var data: Data {
    Data(bytes)
  }

  /// A participant from its 16 bytes; the ground, which writes nothing, is none.
  init(data: Data) throws(ChangesetError) {
    guard let node = NodeID(bytes: data), node != .ground else {
      throw .malformed("a node of \(data.count) bytes")
    }
    self = node
  }
}
