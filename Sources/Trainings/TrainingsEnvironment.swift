public import FoundationEssentials

/// What the records need from the outside: nothing in this module reads a clock or makes an
/// identifier by itself, so that a test can repeat every run.
public struct TrainingsEnvironment: Sendable {
  /// A new identifier, different each time.
  public var newID: @Sendable () -> String

  /// The present instant.
  public var now: @Sendable () -> Date

  /// An environment made of the two closures.
  public init(newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date) {
    self.newID = newID
    self.now = now
  }

  /// The present instant as the tables keep it, in UTC.
  func instant() -> String {
    now().formatted(.iso8601)
  }

  /// Random UUIDs in lower case and the machine's clock.
  public static let system = TrainingsEnvironment(
    newID: { UUID().uuidString.lowercased() }, now: { Date() })
}
