internal import Crypto
internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a record of a bundle is.
enum BundleRecordKind: UInt8 {
  case prologue = 1
  case changeset = 2
  case signature = 3
}

/// Writes a bundle: gives the bytes of the file, in order, as what goes into it comes.
public struct BundleWriter {
  private var sealer: PieceSealer
  private var transcript = SHA256()
  private let sender: NodeID

  /// The header and the first record.
  ///
  /// - Parameters:
  ///   - key: 32 bytes that nobody can guess.
  ///   - publicKeys: Those of the recipients (Ed25519), in the header's order.
  /// - Returns: The writer, and the file's first bytes.
  public static func begin(
    _ header: BundleHeader, key: [UInt8], publicKeys: [[UInt8]], prologue: BundlePrologue
  ) throws -> (writer: BundleWriter, bytes: [UInt8]) {
    var header = header
    try header.seal(key, publicKeys: publicKeys)
    let lines = header.bytes
    var writer = BundleWriter(
      sealer: PieceSealer(key: key, header: lines), sender: header.from.node)
    writer.transcript.update(data: lines)
    let record = try writer.append(.prologue, prologue.encoded())
    return (writer, lines + record)
  }

  private init(sealer: PieceSealer, sender: NodeID) {
    self.sealer = sealer
    self.sender = sender
  }

  /// Adds a changeset.
  public mutating func append(_ changeset: SignedChangeset) throws -> [UInt8] {
    try append(.changeset, try changeset.wire.serializedBytes())
  }

  /// Signs, and ends the file.
  public mutating func finish(keys: any SigningKeys) throws -> [UInt8] {
    let signature = try keys.sign(Array(transcript.finalize()), as: sender)
    return try append(.signature, signature) + sealer.finish()
  }

  private mutating func append(_ kind: BundleRecordKind, _ bytes: [UInt8]) throws -> [UInt8] {
    let size = UInt32(bytes.count)
    let record =
      (0..<4).map { UInt8(truncatingIfNeeded: size >> UInt32(24 - 8 * $0)) }
      + [kind.rawValue] + bytes
    transcript.update(data: record)
    return try sealer.seal(record)
  }
}

/// Reads a bundle: takes the bytes of the file after its header as they come, and gives what they
/// hold.
///
/// Nothing that it gives may be acted on before ``finish()`` has returned.
public struct BundleReader {
  /// What a bundle holds.
  public enum Record: Hashable, Sendable {
    /// The sender's account, first.
    case prologue(BundlePrologue)
    /// A changeset.
    case changeset(SignedChangeset)
  }

  private var opener: PieceOpener
  private var transcript = SHA256()
  private var waiting: [UInt8] = []
  private var isBegun = false
  private var signed: (hash: [UInt8], signature: [UInt8])?

  /// A reader of what follows `header` in the file.
  ///
  /// - Throws: ``BundleError`` `notForUs` where no recipient's key is in `keys`.
  public init(_ header: BundleHeader, keys: any OpeningKeys) throws {
    let lines = header.bytes
    opener = PieceOpener(key: try header.open(keys), header: lines)
    transcript.update(data: lines)
  }

  /// The records that are complete now.
  ///
  /// - Throws: ``BundleError`` `damaged`.
  public mutating func read(_ bytes: [UInt8]) throws -> [Record] {
    try records(in: try opener.open(bytes))
  }

  /// The last records, and what the sender signed.
  ///
  /// - Throws: ``BundleError`` `damaged` where something is missing.
  public mutating func finish() throws -> (
    records: [Record], signedHash: [UInt8], signature: [UInt8]
  ) {
    let records = try records(in: try opener.finish())
    guard let signed, waiting.isEmpty else { throw BundleError.damaged }
    return (records, signed.hash, signed.signature)
  }

  private mutating func records(in bytes: [UInt8]) throws -> [Record] {
    waiting += bytes
    var found: [Record] = []
    var from = 0
    while waiting.count - from >= 5 {
      let size = waiting[from..<from + 4].reduce(0) { $0 << 8 | Int($1) }
      guard size <= MessageLimits.body, let kind = BundleRecordKind(rawValue: waiting[from + 4]),
        signed == nil, isBegun == (kind != .prologue)
      else { throw BundleError.damaged }
      guard waiting.count - from >= 5 + size else { break }
      let content = Array(waiting[from + 5..<from + 5 + size])
      switch kind {
      case .prologue:
        guard let prologue = try? BundlePrologue(decoding: content) else {
          throw BundleError.damaged
        }
        found.append(.prologue(prologue))
        isBegun = true
      case .changeset:
        guard let wire = try? WireChangeset(serializedBytes: content) else {
          throw BundleError.damaged
        }
        found.append(.changeset(SignedChangeset(wire)))
      case .signature:
        signed = (Array(transcript.finalize()), content)
      }
      transcript.update(data: waiting[from..<from + 5 + size])
      from += 5 + size
    }
    waiting.removeFirst(from)
    return found
  }
}
