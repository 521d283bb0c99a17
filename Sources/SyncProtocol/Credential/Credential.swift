/// What a replica must keep secret, and what it needs to reach its centre.
///
/// It lives in a file beside the replica, not in it: a copied database signs nothing and reaches
/// nobody.
public struct Credential: Codable, Hashable, Sendable {
  /// Private keys (Ed25519) by node, both in hexadecimal digits.
  ///
  /// Old identities stay.
  public var signingKeys: [String: String] = [:]
  /// The centre where the replica is enrolled.
  public var enrolment: Enrolment?

  /// The replica's place at a centre.
  public struct Enrolment: Codable, Hashable, Sendable {
    /// The centre's address.
    public var centralURL: String
    /// What the replica shows at every call.
    public var token: String
    /// The identity that the token is bound to: 32 hexadecimal digits.
    public var node: String
    /// The central node: 32 hexadecimal digits.
    public var centralNode: String
    /// The central node's public key: 64 hexadecimal digits.
    public var centralPublicKey: String

    /// An enrolment of all its parts.
    public init(
      centralURL: String,
      token: String,
      node: String,
      centralNode: String,
      centralPublicKey: String
    ) {
      self.centralURL = centralURL
      self.token = token
      self.node = node
      self.centralNode = centralNode
      self.centralPublicKey = centralPublicKey
    }
  }

  /// Nothing yet.
  public init() {}
}
