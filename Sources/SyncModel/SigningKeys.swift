/// Where a node's private key is kept.
///
/// A replica copied without its key signs nothing: it takes a new identity.
public protocol SigningKeys: Sendable {
  /// The public key (Ed25519, 32 bytes) of `node`, made now if it has none and `creating` says so.
  ///
  /// - Returns: nil when there is no key for `node` here.
  func publicKey(of node: NodeID, creating: Bool) throws -> [UInt8]?

  /// Signs a hash as `node`.
  ///
  /// - Throws: When the key is missing or cannot be read.
  func sign(_ hash: [UInt8], as node: NodeID) throws -> [UInt8]
}
