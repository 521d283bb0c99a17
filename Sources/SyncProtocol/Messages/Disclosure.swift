internal import SwiftProtobuf
public import SyncModel

/// Names changesets whose reserved values the caller may read by now.
public struct DisclosureRequest: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control
  /// The most changesets that one request names.
  public static let countLimit = 10_000

  /// The changesets.
  public var changesets: [ChangesetName]

  /// A request for the first ``countLimit`` of `changesets`.
  public init(changesets: [ChangesetName]) {
    self.changesets = Array(changesets.prefix(Self.countLimit))
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireDisclosureRequest.with { $0.changesets = changesets.map(\.wire) }.serializedBytes()
  }

  /// Reads a request.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireDisclosureRequest.self, bytes, limit: Self.sizeLimit)
    self.init(changesets: try ChangesetName.all(wire.changesets))
  }
}

extension ChangesetName {
  var wire: WireChangesetName {
    WireChangesetName.with {
      $0.node = node.data
      $0.sequence = sequence
    }
  }

  static func all(_ wires: [WireChangesetName]) throws -> [ChangesetName] {
    guard wires.count <= DisclosureRequest.countLimit else {
      throw MessageError.malformed("\(wires.count) changesets named at once")
    }
    return try wires.map { wire in
      guard wire.sequence > 0 else {
        throw MessageError.malformed("a changeset before the first")
      }
      return ChangesetName(
        node: try readingPart { try NodeID(data: wire.node) }, sequence: wire.sequence)
    }
  }
}

/// Changesets with what their reader may read of them by now.
public struct DisclosureAnswer: SyncMessage {
  /// 12 MiB.
  public static let sizeLimit = PullAnswer.sizeLimit

  /// As many as fit, from the first that was asked for.
  public var changesets: [SignedChangeset]

  /// An answer of `changesets`.
  public init(changesets: [SignedChangeset]) {
    self.changesets = changesets
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireDisclosureAnswer.with { $0.changesets = changesets.map(\.wire) }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireDisclosureAnswer.self, bytes, limit: Self.sizeLimit)
    self.init(changesets: try SignedChangeset.all(wire.changesets))
  }
}
