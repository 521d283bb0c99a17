internal import Crypto
public import SyncModel
internal import Synchronization

/// Signing keys in a replica's credential file.
public final class FileSigningKeys: OpeningKeys {
  private let file: CredentialFile
  private let known = Mutex<[NodeID: Curve25519.Signing.PrivateKey]>([:])

  /// The keys in `file`, which need not be there yet.
  public init(file: CredentialFile) {
    self.file = file
  }

  /// The public key of `node`, made and saved now if there is none and `creating` says so.
  public func publicKey(of node: NodeID, creating: Bool) throws -> [UInt8]? {
    if let key = try key(of: node) { return Array(key.publicKey.rawRepresentation) }
    guard creating else { return nil }
    let key = try file.update { credential in
      if let existing = try Self.key(of: node, in: credential, file: file) { return existing }
      let key = Curve25519.Signing.PrivateKey()
      credential.signingKeys[node.description] = hexadecimal(key.rawRepresentation)
      return key
    }
    known.withLock { $0[node] = key }
    return Array(key.publicKey.rawRepresentation)
  }

  /// Signs a hash as `node`.
  public func sign(_ hash: [UInt8], as node: NodeID) throws -> [UInt8] {
    guard let key = try key(of: node) else {
      throw CredentialError.missingKey(node: node.description)
    }
    return Array(try key.signature(for: hash))
  }

  /// The nodes whose keys are in the file.
  public func nodes() throws -> [NodeID] {
    try file.load().signingKeys.keys.compactMap { NodeID($0) }.sorted()
  }

  /// Opens what was sealed for `node`.
  public func open(_ sealed: SealedKey, as node: NodeID, info: [UInt8]) throws -> [UInt8]? {
    try key(of: node).map { try sealed.open(with: $0, info: info) }
  }

  private func key(of node: NodeID) throws -> Curve25519.Signing.PrivateKey? {
    if let key = known.withLock({ $0[node] }) { return key }
    guard let key = try Self.key(of: node, in: try file.load(), file: file) else { return nil }
    known.withLock { $0[node] = key }
    return key
  }

  private static func key(
    of node: NodeID,
    in credential: Credential,
    file: CredentialFile
  ) throws -> Curve25519.Signing.PrivateKey? {
    guard let digits = credential.signingKeys[node.description] else { return nil }
    guard let bytes = bytes(hexadecimal: digits),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { throw CredentialError.damaged(path: file.path) }
    return key
  }
}

/// Signing keys that live as long as the process, made from a seed: the same seed, the same keys.
public final class MemorySigningKeys: OpeningKeys {
  private let seed: UInt64
  private let known = Mutex<[NodeID: Curve25519.Signing.PrivateKey]>([:])

  /// Keys that follow from `seed`.
  ///
  /// For tests and simulation: whoever knows the seed can sign.
  public init(seed: UInt64) {
    self.seed = seed
  }

  /// The public key of `node`, made now if there is none and `creating` says so.
  public func publicKey(of node: NodeID, creating: Bool) throws -> [UInt8]? {
    try known.withLock { known in
      if known[node] == nil, creating {
        var digest = SHA256()
        digest.update(data: (0..<8).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) })
        digest.update(data: node.bytes)
        known[node] = try Curve25519.Signing.PrivateKey(rawRepresentation: Array(digest.finalize()))
      }
      return known[node].map { Array($0.publicKey.rawRepresentation) }
    }
  }

  /// The nodes that have asked for a key.
  public func nodes() throws -> [NodeID] {
    known.withLock { $0.keys.sorted() }
  }

  /// Opens what was sealed for `node`.
  public func open(_ sealed: SealedKey, as node: NodeID, info: [UInt8]) throws -> [UInt8]? {
    try known.withLock { $0[node] }.map { try sealed.open(with: $0, info: info) }
  }

  /// Signs a hash as `node`.
  public func sign(_ hash: [UInt8], as node: NodeID) throws -> [UInt8] {
    guard let key = known.withLock({ $0[node] }) else {
      throw CredentialError.missingKey(node: node.description)
    }
    return Array(try key.signature(for: hash))
  }
}
