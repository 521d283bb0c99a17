public import SyncModel

/// A node's right to call: what stands behind its credential.
public struct NodeAccess: Hashable, Sendable {
  /// The identity that the credential is bound to.
  public var node: NodeID
  /// The office.
  public var office: String
  /// What the office calls the replica.
  public var label: String?
  /// Milliseconds since 1970.
  public var issuedAt: Int64
  /// The last hello, in milliseconds since 1970.
  public var lastSeenAt: Int64?
  /// Milliseconds since 1970; nil while it is good.
  public var revokedAt: Int64?
  /// SHA-256 of the token.
  var tokenHash: [UInt8]
  /// The token, where it was shown.
  var token = ""
}
