/// Whom a site lets in, and what it takes.
public struct WebPolicy: Sendable {
  /// The roles of whoever comes, without signing in; nil where one must sign in.
  ///
  /// Only for a site that listens on loopback: it is one's own machine.
  public var localRoles: Set<WebRole>?
  /// The hosts that a request may name, without port; nil for any.
  ///
  /// On loopback these are this machine's own names: a page of a stranger whose name was made to
  /// resolve to 127.0.0.1 (DNS rebinding) names its own.
  public var hosts: Set<String>?
  /// Whether the browser speaks https with this site: then cookies say `Secure`.
  public var isSecure: Bool
  /// The largest body of a form, in bytes, where a route does not allow more.
  public var bodyLimit = 1 << 20
  /// After how many milliseconds without a request one must sign in again.
  public var sessionLifetime: Int64 = 12 * 3600 * 1000
  /// How much work a password costs.
  public var passwordCost = PasswordCost()

  /// A site for this machine alone, where everybody has `roles`.
  public static func loopback(roles: Set<WebRole>) -> WebPolicy {
    WebPolicy(
      localRoles: roles, hosts: ["localhost", "127.0.0.1", "[::1]"], isSecure: false)
  }

  /// A site for others, who must sign in.
  public static func network(isSecure: Bool) -> WebPolicy {
    WebPolicy(localRoles: nil, hosts: nil, isSecure: isSecure)
  }

  /// The policy for a host to listen on: loopback's where it is this machine alone.
  public static func listening(
    on host: String, localRoles: Set<WebRole>, isSecure: Bool
  ) -> WebPolicy {
    guard isLoopback(host) else { return .network(isSecure: isSecure) }
    var policy = WebPolicy.loopback(roles: localRoles)
    policy.isSecure = isSecure
    return policy
  }

  /// Whether a host to listen on is this machine alone.
  public static func isLoopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "::1" || host == "[::1]"
      || (isIPv4 && parts[0] == "127")
  }
}
