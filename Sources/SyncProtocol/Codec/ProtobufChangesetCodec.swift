internal import Crypto
internal import SwiftProtobuf
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Changesets as `Schema/Protocol/changeset.proto` describes them: protobuf, packed by columns,
/// zstd, Ed25519.
///
/// Reading is safe with any bytes: the body's hash is compared before anything else, every count,
/// length and
/// reference is checked, and no more than ``CodecLimits`` allow is ever allocated.
public struct ProtobufChangesetCodec: ChangesetCoding {
  /// A codec; it keeps nothing but compression contexts, which all codecs share.
  public init() {}

  /// Encodes and signs.
  ///
  /// - Throws: ``ChangesetError`` when there is more than ``CodecLimits`` allow, or what `sign`
  ///   throws.
  public func encode(
    header: ChangesetHeader,
    groups: [ChangeGroup],
    sign: (_ hash: [UInt8]) throws -> [UInt8]
  ) throws -> (changeset: SignedChangeset, hash: [UInt8]) {
    let (body, bodySize) = try encodeBody(groups, changeCount: header.changeCount)
    var header = header
    header.bodyHash = Array(SHA256.hash(data: body))
    header.bodySize = bodySize
    try header.validate()
    let bytes: [UInt8] = try header.wire.serializedBytes()
    guard bytes.count <= CodecLimits.headerSize else {
      throw ChangesetError.tooLarge(size: bytes.count, limit: CodecLimits.headerSize)
    }
    let hash = Array(SHA256.hash(data: bytes))
    return (SignedChangeset(header: bytes, signature: try sign(hash), body: body), hash)
  }

  /// Decodes and checks a header.
  public func decodeHeader(_ bytes: [UInt8]) throws -> (header: ChangesetHeader, hash: [UInt8]) {
    guard bytes.count <= CodecLimits.headerSize else {
      throw ChangesetError.tooLarge(size: bytes.count, limit: CodecLimits.headerSize)
    }
    let wire: WireChangesetHeader
    do {
      wire = try WireChangesetHeader(serializedBytes: bytes)
    } catch {
      throw ChangesetError.malformed("the header is not the message expected")
    }
    return (try ChangesetHeader(wire), Array(SHA256.hash(data: bytes)))
  }

  /// Decodes a body and checks it against its header.
  public func decodeBody(_ bytes: [UInt8], header: ChangesetHeader) throws -> [ChangeGroup] {
    let redaction = try Redaction(body: bytes)
    let size = redaction?.size ?? header.bodySize
    guard size <= CodecLimits.bodySize else {
      throw ChangesetError.tooLarge(size: size, limit: CodecLimits.bodySize)
    }
    guard redaction != nil || Array(SHA256.hash(data: bytes)) == header.bodyHash else {
      throw ChangesetError.bodyDiffers
    }
    let plain = try Zstd.shared.decompress(redaction?.body ?? bytes, size: size)
    let body: WireChangesetBody
    let layout: WireLayout
    do {
      body = try WireChangesetBody(serializedBytes: plain)
      guard body.layout.count <= CodecLimits.layoutSize else {
        throw ChangesetError.tooLarge(size: body.layout.count, limit: CodecLimits.layoutSize)
      }
      layout = try WireLayout(serializedBytes: body.layout)
    } catch let error as ChangesetError {
      throw error
    } catch {
      throw ChangesetError.malformed("the body is not the message expected")
    }
    return try body.data.withUnsafeBytes { data in
      try BodyReader.groups(of: layout, data: data, changeCount: header.changeCount)
    }
  }

  /// Encodes changes anew, and signs that they stand for those of the header.
  public func redactedBody(
    groups: [ChangeGroup],
    header: ChangesetHeader,
    hash: [UInt8],
    reserved: [Int],
    by node: NodeID,
    sign: (_ hash: [UInt8]) throws -> [UInt8]
  ) throws -> [UInt8] {
    let (body, size) = try encodeBody(groups, changeCount: header.changeCount)
    var redaction = Redaction(
      node: node, signature: [], size: size, body: body, reserved: reserved)
    redaction.signature = try sign(redaction.signed(hash: hash))
    return try redaction.encoded()
  }

  /// Who replaced values in a body.
  public func redaction(of body: [UInt8], hash: [UInt8]) throws -> BodyRedaction? {
    try Redaction(body: body).map {
      BodyRedaction(
        node: $0.node, signature: $0.signature, signed: $0.signed(hash: hash),
        reserved: $0.reserved)
    }
  }

  /// Whether `signature` is Ed25519 by the owner of `publicKey` over `hash`.
  public func isValid(signature: [UInt8], hash: [UInt8], publicKey: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: hash)
  }

  private func encodeBody(
    _ groups: [ChangeGroup],
    changeCount: Int
  ) throws -> (compressed: [UInt8], size: Int) {
    let (layout, sections) = try BodyWriter.pack(groups, changeCount: changeCount)
    let layoutBytes: Data = try layout.serializedBytes()
    guard layoutBytes.count <= CodecLimits.layoutSize else {
      throw ChangesetError.tooLarge(size: layoutBytes.count, limit: CodecLimits.layoutSize)
    }
    let body = WireChangesetBody.with {
      $0.layout = layoutBytes
      $0.data = Data(sections.bytes)
    }
    let plain: [UInt8] = try body.serializedBytes()
    guard plain.count <= CodecLimits.bodySize else {
      throw ChangesetError.tooLarge(size: plain.count, limit: CodecLimits.bodySize)
    }
    // The data is the message's last field, so its sections lie at the end.
    let dataStart = plain.count - sections.bytes.count
    let boundaries = sections.starts.map { dataStart + $0 }
    let compressed = try plain.withUnsafeBytes {
      try Zstd.shared.compress($0, boundaries: boundaries)
    }
    return (compressed, plain.count)
  }
}
