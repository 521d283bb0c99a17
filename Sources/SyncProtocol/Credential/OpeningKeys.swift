internal import Crypto
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Keys that open what was sealed for a node, beside signing as it.
public protocol OpeningKeys: SigningKeys {
  /// The nodes whose keys are here, former identities included, in ascending order.
  func nodes() throws -> [NodeID]

  /// Opens what ``SealedKey/seal(_:for:publicKey:info:)`` made for `node`.
  ///
  /// - Returns: nil where there is no key for `node` here.
  /// - Throws: ``BundleError`` `damaged` where it was not sealed for that key.
  func open(_ sealed: SealedKey, as node: NodeID, info: [UInt8]) throws -> [UInt8]?
}

/// A key sealed with HPKE for one recipient (RFC 9180, base mode).
public struct SealedKey: Hashable, Sendable {
  /// 32 bytes of the encapsulated key, then the sealed key with its tag.
  public var bytes: [UInt8]

  /// A sealed key out of a header.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

  /// Seals `key` for the node whose public key (Ed25519) is given.
  ///
  /// - Returns: nil where the public key is none.
  static func seal(_ key: [UInt8], publicKey: [UInt8], info: [UInt8]) throws -> SealedKey? {
    guard let recipient = AgreementKey.publicKey(ofSigning: publicKey) else { return nil }
    var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: suite, info: Data(info))
    let sealed = try sender.seal(key)
    return SealedKey(bytes: Array(sender.encapsulatedKey) + Array(sealed))
  }

  func open(with key: Curve25519.Signing.PrivateKey, info: [UInt8]) throws -> [UInt8] {
    do {
      var recipient = try HPKE.Recipient(
        privateKey: try AgreementKey.privateKey(ofSigning: key), ciphersuite: Self.suite,
        info: Data(info), encapsulatedKey: Data(bytes.prefix(32)))
      return Array(try recipient.open(Array(bytes.dropFirst(32))))
    } catch {
      throw BundleError.damaged
    }
  }
}
