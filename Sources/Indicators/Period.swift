/// A span of days that a figure or a measurement belongs to, written as people write it.
///
/// `2020T2` (`2020Q2` is accepted) is a calendar quarter, `2020S1` (`2020H1`) a half-year,
/// `2020-06` a month and `2020` a year. Partners count quarters from their own agreements: any
/// other span is written with both its ends, days or months: `2020-02-15/2020-05-14`,
/// `2020-02..2020-05`.
public struct Period: Hashable, Sendable, CustomStringConvertible {
  /// The form in which a period was written.
  public enum Kind: Hashable, Sendable {
    case year, half, quarter, month, days
  }

  /// The form in which the period was written.
  public let kind: Kind

  /// The first day, ISO.
  public let firstDay: String

  /// The last day, ISO: the cut-off of a report on this period.
  public let lastDay: String

  /// The period that a text names, or nil where it names none.
  public init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace }.uppercased()
    if let (first, last) = Period.ends(text) {
      let from = CivilDay(first) ?? Period(first).flatMap { CivilDay($0.firstDay) }
      let to = CivilDay(last) ?? Period(last).flatMap { CivilDay($0.lastDay) }
      guard let from, let to, from <= to else { return nil }
      self.init(kind: .days, firstDay: from.description, lastDay: to.description)
      return
    }
    guard let year = Int(text.prefix(4)), text.prefix(4).allSatisfy(\.isDigit), year > 0 else {
      return nil
    }
    let rest = text.dropFirst(4)
    let number = Int(rest.dropFirst()) ?? 0
    switch rest.first {
    case nil:
      self.init(year: year, months: 12, number: 1, kind: .year)
    case "T", "Q":
      guard rest.count == 2, 1...4 ~= number else { return nil }
      self.init(year: year, months: 3, number: number, kind: .quarter)
    case "S", "H":
      guard rest.count == 2, 1...2 ~= number else { return nil }
      self.init(year: year, months: 6, number: number, kind: .half)
    case "-":
      guard rest.count == 3, 1...12 ~= number else { return nil }
      self.init(year: year, months: 1, number: number, kind: .month)
    default:
      return nil
    }
  }

  /// The two ends of a span; nil where the text is none, or has one inside another.
  private static func ends(_ text: String) -> (String, String)? {
    for mark in ["..", "/"] {
      let parts = text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
      guard parts.count > 1 else { continue }
      let isSimple = parts.count == 2 && !parts.contains { $0.contains("/") || $0.contains("..") }
      return isSimple ? (parts[0], parts[1]) : ("", "")
    }
    return nil
  }

  /// The calendar quarter in which an ISO day lies, or nil where the text is no day.
  public init?(quarterOf day: String) {
    guard let day = CivilDay(String(day.prefix(10))) else { return nil }
    self.init(year: day.year, months: 3, number: (day.month - 1) / 3 + 1, kind: .quarter)
  }

  private init(kind: Kind, firstDay: String, lastDay: String) {
    self.kind = kind
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  private init(year: Int, months: Int, number: Int, kind: Kind) {
    let last = number * months
    self.kind = kind
    self.firstDay = CivilDay(year: year, month: last - months + 1, day: 1).description
    self.lastDay =
      CivilDay(year: year, month: last, day: CivilDay.days(in: last, of: year)).description
  }

  /// The period of the same length that starts the day after this one ends.
  public var next: Period { moved(by: 1) }

  /// The period of the same length that ends the day before this one starts.
  public var previous: Period { moved(by: -1) }

  private func moved(by steps: Int) -> Period {
    guard let first = CivilDay(firstDay), let last = CivilDay(lastDay) else { return self }
    let months: Int
    switch kind {
    case .year: months = 12
    case .half: months = 6
    case .quarter: months = 3
    case .month: months = 1
    case .days:
      let length = last.number - first.number + 1
      return Period(
        kind: .days, firstDay: CivilDay(number: first.number + steps * length).description,
        lastDay: CivilDay(number: last.number + steps * length).description)
    }
    let month = first.year * 12 + first.month - 1 + steps * months
    return Period(
      year: month / 12, months: months, number: month % 12 / months + 1, kind: kind)
  }

  /// The period as it is stored: `2020T2`, never `2020Q2`.
  public var description: String {
    let year = firstDay.prefix(4)
    let month = Int(firstDay.dropFirst(5).prefix(2)) ?? 1
    switch kind {
    case .year: return String(year)
    case .half: return "\(year)S\((month - 1) / 6 + 1)"
    case .quarter: return "\(year)T\((month - 1) / 3 + 1)"
    case .month: return String(firstDay.prefix(7))
    case .days: return "\(firstDay)/\(lastDay)"
    }
  }

  /// The period in words, its days as the locale writes them.
  public func name(_ locale: ReportLocale) -> String {
    switch kind {
    case .days:
      locale.pick(
        "del \(locale.date(firstDay)) al \(locale.date(lastDay))",
        "\(locale.date(firstDay)) to \(locale.date(lastDay))")
    case .month:
      locale.pick(
        "\(locale.monthName(CivilDay(firstDay)?.month ?? 1)) de \(firstDay.prefix(4))",
        "\(locale.monthName(CivilDay(firstDay)?.month ?? 1)) \(firstDay.prefix(4))")
    default: name(spanish: locale.isSpanish)
    }
  }

  /// The period in words: `2.º trimestre de 2020`, `second quarter of 2020`.
  public func name(spanish: Bool) -> String {
    let year = firstDay.prefix(4)
    switch kind {
    case .year, .month: return description
    case .half, .quarter:
      let number = Int(String(description.dropFirst(5))) ?? 1
      let ordinal = ["first", "second", "third", "fourth"][number - 1]
      let quarter = kind == .quarter
      return spanish
        ? "\(number).º \(quarter ? "trimestre" : "semestre") de \(year)"
        : "\(ordinal) \(quarter ? "quarter" : "half") of \(year)"
    case .days:
      return spanish ? "del \(firstDay) al \(lastDay)" : "\(firstDay) to \(lastDay)"
    }
  }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
