internal import SwiftProtobuf
public import SyncModel

/// What a replica's content comes to, and at which point.
public struct DigestAnswer: SyncMessage {
  /// 2 MiB.
  public static let sizeLimit = MessageLimits.control

  /// What had been received.
  public var knowledge: Knowledge
  /// Writes that no changeset holds yet.
  public var unsealed: Int
  /// A digest for each synced table.
  public var tables: [TableDigest]
  /// Whether personal values count as empty, so that a replica that lacks some can be compared.
  public var leavesOutPersonal = false

  /// An answer of all its parts.
  public init(knowledge: Knowledge, unsealed: Int, tables: [TableDigest]) {
    self.knowledge = knowledge
    self.unsealed = unsealed
    self.tables = tables
  }

  /// Whether both replicas have the same content; nil where they have not received the same, so
  /// that nothing follows.
  public func agrees(with other: DigestAnswer) -> Bool? {
    guard knowledge == other.knowledge, unsealed == 0, other.unsealed == 0,
      leavesOutPersonal == other.leavesOutPersonal
    else { return nil }
    // A table that only the later program of the two has is empty, or the knowledge would differ.
    func filled(_ tables: [TableDigest]) -> [TableDigest] {
      tables.filter { $0.rowCount > 0 }.sorted { $0.table < $1.table }
    }
    return filled(tables) == filled(other.tables)
  }

  /// The message's bytes.
  public func encoded() throws -> [UInt8] {
    try WireDigestAnswer.with {
      $0.knowledge = knowledge.wire
      $0.unsealed = Int64(unsealed)
      $0.leavesOutPersonal = leavesOutPersonal
      $0.tables = tables.map { table in
        WireTableDigest.with {
          $0.table = table.table
          $0.rowCount = table.rowCount
          $0.digest = table.digest
        }
      }
    }.serializedBytes()
  }

  /// Reads an answer.
  public init(decoding bytes: [UInt8]) throws {
    let wire = try decodeWire(WireDigestAnswer.self, bytes, limit: Self.sizeLimit)
    self.init(
      knowledge: try readingPart { try Knowledge(wire.knowledge) },
      unsealed: Int(wire.unsealed),
      tables: try wire.tables.map {
        TableDigest(
          table: try checkedName($0.table), rowCount: $0.rowCount,
          digest: try checkedName($0.digest))
      })
    leavesOutPersonal = wire.leavesOutPersonal
  }
}
