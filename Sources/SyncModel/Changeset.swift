/// What a change does to a row.
public enum ChangeKind: UInt8, Hashable, Sendable {
  /// Writes every column: those not named become NULL.
  case insert = 1
  /// Writes some columns of a row that the author saw.
  case update = 2
  /// Deletes the row that the author saw.
  case delete = 3
}

/// Changes of one kind to the same columns of one table, column by column.
///
/// Counters run on from group to group in order; a row may stand in several groups, its earlier
/// change first.
public struct ChangeGroup: Hashable, Sendable {
  /// The table.
  public var table: String
  /// What the changes do.
  public var kind: ChangeKind
  /// Names of the primary key's columns, in key order.
  public var keyColumns: [String]
  /// Names of the columns written; empty for deletes.
  public var columns: [String]
  /// One value column for each key column.
  public var keys: [ValueColumn]
  /// One value column for each column written.
  public var values: [ValueColumn]
  /// The changes' timestamps.
  public var timestamps: [Int64]

  /// A group without changes.
  public init(table: String, kind: ChangeKind, keyColumns: [String], columns: [String]) {
    self.table = table
    self.kind = kind
    self.keyColumns = keyColumns
    self.columns = columns
    keys = Array(repeating: ValueColumn(), count: keyColumns.count)
    values = Array(repeating: ValueColumn(), count: columns.count)
    timestamps = []
  }

  /// How many changes there are.
  public var count: Int {
    timestamps.count
  }

  /// The key of one change.
  public func key(at index: Int) -> [CellValue] {
    keys.map { $0[index] }
  }
}

/// What a changeset says about itself; what its hash and signature cover.
public struct ChangesetHeader: Hashable, Sendable {
  /// Who wrote the changes.
  public var node: NodeID
  /// The author's count of changesets, from 1, without gaps.
  public var sequence: Int64
  /// The counter of the first change; the others follow without gaps.
  public var firstCounter: Int64
  /// How many changes there are.
  public var changeCount: Int
  /// The hash of the author's changeset before this one; empty for the first.
  public var previousHash: [UInt8]
  /// What the author's replica had seen when the changes were written.
  public var knowledge: Knowledge
  /// The author's schema version.
  public var schemaVersion: Int
  /// Central clock less the author's, in milliseconds, already applied to the timestamps; nil:
  /// never measured.
  public var clockOffsetMilliseconds: Int64?
  /// When it was sealed, by the author's corrected clock, in milliseconds since 1970.
  public var sealedAtMilliseconds: Int64
  /// Whether the next changeset of this author belongs to the same group: all of a group are
  /// applied, or none.
  public var groupContinues: Bool
  /// SHA-256 of the body as sent.
  public var bodyHash: [UInt8]
  /// The body's size before compression, in bytes: what a receiver must be ready to hold.
  public var bodySize: Int

  /// A header of all its parts.
  public init(
    node: NodeID,
    sequence: Int64,
    firstCounter: Int64,
    changeCount: Int,
    previousHash: [UInt8],
    knowledge: Knowledge,
    schemaVersion: Int,
    clockOffsetMilliseconds: Int64?,
    sealedAtMilliseconds: Int64,
    groupContinues: Bool,
    bodyHash: [UInt8] = [],
    bodySize: Int = 0
  ) {
    self.node = node
    self.sequence = sequence
    self.firstCounter = firstCounter
    self.changeCount = changeCount
    self.previousHash = previousHash
    self.knowledge = knowledge
    self.schemaVersion = schemaVersion
    self.clockOffsetMilliseconds = clockOffsetMilliseconds
    self.sealedAtMilliseconds = sealedAtMilliseconds
    self.groupContinues = groupContinues
    self.bodyHash = bodyHash
    self.bodySize = bodySize
  }

  /// The counter of the last change.
  public var lastCounter: Int64 {
    firstCounter + Int64(changeCount) - 1
  }
}

/// A changeset as it is stored, sent and carried: never changed after its author signed it.
public struct SignedChangeset: Hashable, Sendable {
  /// The encoded header.
  public var header: [UInt8]
  /// Ed25519 over the hash of the header.
  public var signature: [UInt8]
  /// The encoded and compressed changes.
  public var body: [UInt8]

  /// A changeset of its three parts.
  public init(header: [UInt8], signature: [UInt8], body: [UInt8]) {
    self.header = header
    self.signature = signature
    self.body = body
  }

  /// The size of its parts in bytes.
  public var size: Int {
    header.count + signature.count + body.count
  }
}

/// Turns changesets into bytes and back, and proves who wrote them.
///
/// The replica is handed one, so that it knows no format.
public protocol ChangesetCoding: Sendable {
  /// Encodes and signs. The header's `bodyHash` and `bodySize` are filled in.
  func encode(
    header: ChangesetHeader,
    groups: [ChangeGroup],
    sign: (_ hash: [UInt8]) throws -> [UInt8]
  ) throws -> (changeset: SignedChangeset, hash: [UInt8])

  /// Decodes a header and computes the hash that the next changeset names.
  ///
  /// - Throws: ``ChangesetError`` when the bytes are no header.
  func decodeHeader(_ bytes: [UInt8]) throws -> (header: ChangesetHeader, hash: [UInt8])

  /// Decodes a body. Bounded by `header.bodySize` and the codec's own limit, whatever the bytes
  /// claim.
  ///
  /// - Throws: ``ChangesetError`` when hash, size or shape are wrong.
  func decodeBody(_ bytes: [UInt8], header: ChangesetHeader) throws -> [ChangeGroup]

  /// A body in which values were replaced, to stand in the place of a changeset's own.
  ///
  /// - Parameters:
  ///   - hash: The changeset's.
  ///   - reserved: Places, from 0 and ascending, of changes whose personal values the reader may not
  ///     have.
  ///   - node: Who replaced them.
  ///   - sign: Signs as that node.
  func redactedBody(
    groups: [ChangeGroup],
    header: ChangesetHeader,
    hash: [UInt8],
    reserved: [Int],
    by node: NodeID,
    sign: (_ hash: [UInt8]) throws -> [UInt8]
  ) throws -> [UInt8]

  /// Who replaced values in a body; nil for a body as its author wrote it.
  ///
  /// - Throws: ``ChangesetError`` when the bytes are neither.
  func redaction(of body: [UInt8], hash: [UInt8]) throws -> BodyRedaction?

  /// Whether `signature` is the author's.
  func isValid(signature: [UInt8], hash: [UInt8], publicKey: [UInt8]) -> Bool
}

/// What a body in which values were replaced says of itself.
public struct BodyRedaction: Hashable, Sendable {
  /// Who replaced them.
  public let node: NodeID
  /// That node's signature.
  public let signature: [UInt8]
  /// What the signature is made over.
  public let signed: [UInt8]
  /// Places of changes, from 0 and ascending, whose personal values the reader may not have.
  public let reserved: [Int]

  /// A redaction of all its parts.
  public init(node: NodeID, signature: [UInt8], signed: [UInt8], reserved: [Int]) {
    self.node = node
    self.signature = signature
    self.signed = signed
    self.reserved = reserved
  }
}

/// The name of one changeset.
public struct ChangesetName: Hashable, Sendable {
  /// Its author.
  public let node: NodeID
  /// Its place among the author's, from 1.
  public let sequence: Int64

  /// The changeset of `node` with that number.
  public init(node: NodeID, sequence: Int64) {
    self.node = node
    self.sequence = sequence
  }
}

/// What can be wrong with a changeset.
public enum ChangesetError: Error, Hashable, Sendable {
  /// The bytes are not a changeset of this format.
  case malformed(String)
  /// A later format version.
  case unknownFormat(Int)
  /// The body is not the one the header describes.
  case bodyDiffers
  /// Bigger than anybody may send.
  case tooLarge(size: Int, limit: Int)
  /// The signature is not the author's.
  case badSignature(node: NodeID)
  /// The author is not known here, so its signature cannot be checked.
  case unknownNode(NodeID)
  /// The changeset does not follow the author's last one here.
  case brokenChain(node: NodeID, sequence: Int64, expected: Int64)
}

extension ChangesetError: CustomStringConvertible {
  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .malformed(let what): "the changeset cannot be read (\(what)); ask for it again"
    case .unknownFormat(let version):
      "the changeset has format \(version), which this program does not know; upgrade it"
    case .bodyDiffers: "the changeset's body is not the one its header names; ask for it again"
    case .tooLarge(let size, let limit):
      "the changeset has \(size) bytes, more than the \(limit) that are accepted"
    case .badSignature(let node): "the changeset does not bear the signature of node \(node)"
    case .unknownNode(let node): "node \(node) is not known here; sync with the centre first"
    case .brokenChain(let node, let sequence, let expected):
      "changeset \(sequence) of node \(node) does not follow the last one here; \(expected) was expected"
    }
  }
}
