public import Trainings

/// How a report writes numbers, days and months: as in es-PE or en-US.
///
/// Written here and not left to the machine's locale data, so that a report printed again on another
/// machine is the same byte for byte. Peru writes numbers as the United States do, `1,234.5`, and
/// says *setiembre*.
///
/// - SeeAlso: Unicode CLDR, locales es-PE and en-US.
public enum ReportLocale: String, Hashable, Sendable, CaseIterable {
  case spanish = "es-PE"
  case english = "en-US"

  /// The locale of a language.
  public init(_ language: Language) {
    self = language == .spanish ? .spanish : .english
  }

  /// The locale's language.
  public var language: Language { self == .spanish ? .spanish : .english }

  /// Whether it is Spanish.
  public var isSpanish: Bool { self == .spanish }

  /// The text for a reader of this locale.
  public func pick(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    isSpanish ? spanish() : english()
  }

  /// `1,234.5`: at most `decimals` decimals, rounded half away from zero, no zeros at the end.
  public func number(_ value: Double, decimals: Int = 1) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    let scale = (0..<max(0, decimals)).reduce(1.0) { scale, _ in scale * 10 }
    // A half that binary fractions put just below itself still rounds up.
    let parts = (value.magnitude * scale + 1e-9).rounded()
    let whole = (parts / scale).rounded(.down)
    let rest = Int(parts - whole * scale)
    var fraction = ""
    if rest > 0 {
      let digits = String(rest)
      fraction = String(repeating: "0", count: decimals - digits.count) + digits
      while fraction.last == "0" { fraction.removeLast() }
      fraction = "." + fraction
    }
    let sign = value < 0 && parts > 0 ? "-" : ""
    return sign + grouped(Int(whole)) + fraction
  }

  /// `1,234`.
  public func number(_ value: Int) -> String {
    (value < 0 ? "-" : "") + grouped(Int(value.magnitude))
  }

  /// `77 %` in Spanish, with a space that does not break; `77%` in English.
  public func percent(_ value: Int) -> String {
    number(value) + pick("\u{a0}%", "%")
  }

  /// `30 de junio de 2020`, `June 30, 2020`; a text that is no ISO day as it is.
  public func date(_ day: String) -> String {
    guard let day = CivilDay(String(day.prefix(10))) else { return day }
    let month = monthName(day.month)
    return pick("\(day.day) de \(month) de \(day.year)", "\(month) \(day.day), \(day.year)")
  }

  /// `30 jun. 2020`, `Jun 30, 2020`: for tables.
  public func shortDate(_ day: String) -> String {
    guard let day = CivilDay(String(day.prefix(10))) else { return day }
    let month = monthName(day.month)
    guard !isSpanish else {
      return "\(day.day) \(month.prefix(3)). \(day.year)"
    }
    return "\(month.prefix(3)) \(day.day), \(day.year)"
  }

  /// An ISO instant in UTC: `30 de junio de 2020, 14:02 UTC`.
  public func instant(_ text: String) -> String {
    guard text.count >= 16, CivilDay(String(text.prefix(10))) != nil else { return text }
    return "\(date(text)), \(text.dropFirst(11).prefix(5)) UTC"
  }

  /// An ISO instant in UTC, for tables: `30 jun. 2020, 14:02`.
  public func shortInstant(_ text: String) -> String {
    guard text.count >= 16, CivilDay(String(text.prefix(10))) != nil else { return text }
    return "\(shortDate(text)), \(text.dropFirst(11).prefix(5))"
  }

  /// `junio`, `June`.
  ///
  /// - Precondition: `month` is in 1…12.
  public func monthName(_ month: Int) -> String {
    precondition(1...12 ~= month, "a month is 1…12")
    let names =
      isSpanish
      ? [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre",
        "octubre", "noviembre", "diciembre",
      ]
      : [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
      ]
    return names[month - 1]
  }

  /// A period's name as the language abbreviates it: `2020T2`, in English `2020Q2`.
  func period(_ name: String) -> String {
    self == .english ? name.replacing("T", with: "Q").replacing("S", with: "H") : name
  }

  private func grouped(_ value: Int) -> String {
    let digits = Array(String(value))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
