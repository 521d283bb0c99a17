internal import SwiftProtobuf
public import SyncModel

/// Changesets on their way to the centre.
public struct Push: SyncMessage {
  /// 8 MiB.
  public static let sizeLimit = MessageLimits.body

  /// The changesets, each author's in order.
  public var changesets: [SignedChangeset]
  /// Erasures that a centre which was put back from a backup does not know of any more.
  public var erasures: [SignedChangeset] = []

  /// A push of `changesets`.
  public init(changesets: [SignedChangeset]) {
    self.changesets = changesets
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WirePush.with {
      $0.changesets = changesets.map(\.wire)
      $0.erasures = erasures.map(\.wire)
    }.serializedBytes()
  }

  /// Reads a push.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WirePush.self, bytes, limit: Self.sizeLimit)
    self.init(changesets: try SignedChangeset.all(wire.changesets))
    erasures = try SignedChangeset.all(wire.erasures)
  }
}
