/// A replica asks for its credential with a one-time code. JSON.
public struct EnrolmentRequest: Codable, Hashable, Sendable {
  /// The one-time code, as a person typed it.
  public var code: String
  /// The replica's identity: 32 hexadecimal digits.
  public var node: String
  /// Its public key (Ed25519): 64 hexadecimal digits.
  public var publicKey: String
  /// The office the replica belongs to.
  public var office: String
  /// What the office calls it.
  public var label: String?

  /// A request of all its parts.
  public init(code: String, node: String, publicKey: String, office: String, label: String?) {
    self.code = code
    self.node = node
    self.publicKey = publicKey
    self.office = office
    self.label = label
  }
}

/// The credential that the centre gives, once. JSON.
public struct EnrolmentAnswer: Codable, Hashable, Sendable {
  /// What the replica shows at every call from now on. The centre keeps only its hash.
  public var token: String
  /// The central node: 32 hexadecimal digits.
  public var centralNode: String
  /// What the central node is called.
  public var centralLabel: String?
  /// The central node's public key: 64 hexadecimal digits.
  public var centralPublicKey: String
  /// The centre's epoch.
  public var epoch: String

  /// An answer of all its parts.
  public init(
    token: String,
    centralNode: String,
    centralLabel: String?,
    centralPublicKey: String,
    epoch: String
  ) {
    self.token = token
    self.centralNode = centralNode
    self.centralLabel = centralLabel
    self.centralPublicKey = centralPublicKey
    self.epoch = epoch
  }
}
