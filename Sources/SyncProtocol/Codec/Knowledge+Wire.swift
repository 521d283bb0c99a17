internal import SwiftProtobuf
public import SyncModel

extension Knowledge {
  /// The knowledge as bytes: to be kept.
  public func encoded() throws -> [UInt8] {
    try wire.serializedBytes()
  }

  /// Reads knowledge that was kept.
  ///
  /// - Throws: ``ChangesetError`` when the bytes are none.
  public init(decoding bytes: [UInt8]) throws {
    guard let wire = try? WireKnowledge(serializedBytes: bytes) else {
      throw ChangesetError.malformed("the bytes are no knowledge")
    }
    try self.init(wire)
  }

  /// The message for it: nodes and exceptions in ascending order, so that equal knowledge has equal
  /// bytes.
  var wire: WireKnowledge {
    var byNode: [NodeID: [Int64]] = [:]
    for exception in exceptions { byNode[exception.node, default: []].append(exception.counter) }
    let nodes = Set(last.keys).union(byNode.keys).sorted()
    return WireKnowledge.with { wire in
      wire.nodes = nodes.map { node in
        WireNodeKnowledge.with { wire in
          wire.node = node.data
          wire.last = last[node, default: 0]
          var previous: Int64 = 0
          for counter in byNode[node, default: []].sorted() {
            wire.exceptions.append(counter - previous)
            previous = counter
          }
        }
      }
    }
  }

  /// What a message says, checked.
  init(_ wire: WireKnowledge) throws(ChangesetError) {
    guard wire.nodes.count <= CodecLimits.knowledgeNodes else {
      throw .malformed("knowledge of \(wire.nodes.count) nodes")
    }
    var last: [NodeID: Int64] = [:]
    var exceptions: Set<ChangeID> = []
    var previous: NodeID?
    for entry in wire.nodes {
      let node = try NodeID(data: entry.node)
      if let previous, previous >= node {
        throw .malformed("knowledge whose nodes are out of order")
      }
      previous = node
      guard entry.last >= 0 else { throw .malformed("knowledge up to change \(entry.last)") }
      last[node] = entry.last
      guard exceptions.count + entry.exceptions.count <= CodecLimits.knowledgeExceptions else {
        throw .malformed("knowledge with more than \(CodecLimits.knowledgeExceptions) exceptions")
      }
      var counter: Int64 = 0
      for step in entry.exceptions {
        let sum = counter.addingReportingOverflow(step)
        guard step > 0, !sum.overflow else { throw .malformed("an exception that is no change") }
        counter = sum.partialValue
        exceptions.insert(ChangeID(node: node, counter: counter))
      }
    }
    self.init(last: last, exceptions: exceptions)
  }
}
