package import Trainings

/// Words, numbers and times in the language of whoever reads the page.
package struct Wording: Sendable {
  package let language: Language
  package let format: WebFormat

  package init(_ language: Language) {
    self.language = language
    format = WebFormat(language)
  }

  package var isSpanish: Bool { language == .spanish }

  /// The text for the reader.
  package func callAsFunction(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    isSpanish ? spanish() : english()
  }

  /// `1 conflicto`, `3 conflictos`.
  package func count(
    _ number: Int, _ spanish: (one: String, many: String), _ english: (one: String, many: String)
  ) -> String {
    let words = isSpanish ? spanish : english
    return "\(format.number(number)) \(number == 1 ? words.one : words.many)"
  }

  /// How long ago, in one unit: `hace 3 h`, `3 h ago`.
  package func ago(_ milliseconds: Int64, now: Int64) -> String {
    let minutes = max(0, (now - milliseconds) / 60_000)
    let text: String
    switch minutes {
    case 0: return self("hace un momento", "just now")
    case ..<60: text = "\(minutes) min"
    case ..<(48 * 60): text = "\(minutes / 60) h"
    default:
      text = count(Int(minutes / 1440), (one: "día", many: "días"), (one: "day", many: "days"))
    }
    return self("hace \(text)", "\(text) ago")
  }
}

extension PageRequest {
  /// Words for who asks.
  package var say: Wording { Wording(language) }
}
