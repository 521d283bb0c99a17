import Foundation

/// Numbers of cells as texts, and days from the numbers that stand for them.
enum SheetNumbers {
  /// A number with the 15 digits that spreadsheets show.
  static func text(_ number: Double) -> String {
    if number.rounded() == number, abs(number) < 1e15 { return String(Int64(number)) }
    let shortest = "\(number)"
    guard shortest.utf8.count > 16, let rounded = Double(String(format: "%.15g", number)) else {
      return shortest
    }
    return "\(rounded)"
  }

  /// The day that a number stands for, and its time where it has one; nil where there is none.
  ///
  /// The calendar from 1900 has a 29 February 1900 that never was, as number 60.
  static func day(_ serial: Double, from1904: Bool) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var days = Int(serial)
    var seconds = Int(((serial - Double(days)) * 86_400).rounded())
    if seconds == 86_400 {
      days += 1
      seconds = 0
    }
    let hasDay = from1904 || days > 0
    let time = clock(seconds)
    guard hasDay else { return time }
    // Days since 1 January 1970.
    let civil = from1904 ? days - 24_107 : days - (days < 60 ? 25_568 : 25_569)
    let date = Self.date(civil)
    return seconds == 0 ? date : "\(date) \(time)"
  }

  private static func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let minutes = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? minutes : "\(minutes):\(two(seconds % 60))"
  }

  /// The day of the Gregorian calendar, days counted from 1 January 1970.
  ///
  /// After Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”.
  private static func date(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Whether a number format shows days or times.
  static func showsDays(_ code: String) -> Bool {
    var isQuoted = false
    var isInBrackets = false
    var skips = false
    for byte in code.utf8 {
      if skips {
        skips = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case _ where isQuoted: continue
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): skips = true
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case _ where isInBrackets: continue
      case UInt8(ascii: ";"): return false
      case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "d"), UInt8(ascii: "D"),
        UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "m"), UInt8(ascii: "M"),
        UInt8(ascii: "a"), UInt8(ascii: "A"):
        // “a” is the year in the formats of a Spanish Excel; “General” has one, too.
        return !code.lowercased().hasPrefix("general")
      default: continue
      }
    }
    return false
  }

  /// Whether a number format that is not spelled out in the file shows days.
  static func showsDays(builtIn id: Int) -> Bool {
    (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id)
      || (50...58).contains(id)
  }
}
