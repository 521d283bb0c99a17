/// A request for what the centre's log holds after a number.
public struct Pull: Hashable, Sendable {
  /// The least and the greatest size of an answer that may be asked for, in bytes.
  public static let limits = 1024...(4 << 20)

  /// The last log number that the caller has.
  public var after: Int64
  /// About how many bytes of changesets to answer with; at least one changeset comes, if there is
  /// any.
  public var limit: Int

  /// A request, its limit brought within ``limits``.
  public init(after: Int64, limit: Int) {
    self.after = max(0, after)
    self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
  }
}
