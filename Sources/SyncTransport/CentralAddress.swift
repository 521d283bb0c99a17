#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where a centre is: `https://host[:port][/path]`, or plain `http` where nobody can listen in.
public struct CentralAddress: Hashable, Sendable {
  /// The address without a slash at its end.
  public let url: String

  /// A checked address.
  ///
  /// `allowingPlainHTTP` accepts `http` for hosts other than this machine.
  ///
  /// - Throws: ``SyncError`` when it is no address, or not encrypted.
  public init(_ text: String, allowingPlainHTTP: Bool = false) throws(SyncError) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      let host = url.host(), !host.isEmpty, scheme == "https" || scheme == "http",
      url.query() == nil, url.fragment() == nil, url.user() == nil
    else { throw .invalidURL(text) }
    if scheme == "http", !allowingPlainHTTP, !Self.isLoopback(host) { throw .insecure(url: text) }
    var trimmed = text
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.url = trimmed
  }

  private static func isLoopback(_ host: String) -> Bool {
    let host = host.lowercased()
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
