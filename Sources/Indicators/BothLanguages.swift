/// A text in Spanish and in English.
public struct BothLanguages: Codable, Hashable, Sendable {
  /// In Spanish.
  public var es: String
  /// In English; the same as in Spanish where nobody translated it.
  public var en: String

  /// A text in both; what is not translated stands in Spanish.
  public init(_ spanish: String, _ english: String?) {
    es = spanish
    en = english.flatMap { $0.isEmpty ? nil : $0 } ?? spanish
  }

  /// The text for a locale.
  public func text(_ locale: ReportLocale) -> String { locale.isSpanish ? es : en }
}
