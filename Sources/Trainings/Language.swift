/// A language in which the program words its messages.
public enum Language: String, CaseIterable, Codable, Sendable {
  case spanish = "es"
  case english = "en"

  /// The text for a reader of this language.
  public func pick(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    switch self {
    case .spanish: spanish()
    case .english: english()
    }
  }
}
