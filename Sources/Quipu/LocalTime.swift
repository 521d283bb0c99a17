#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Instants and days as the person at this machine reads them.
enum LocalTime {
  /// `2020-06-30 14:02`, in this machine's time zone.
  static func minute(_ milliseconds: Int64) -> String {
    minute(Date(timeIntervalSince1970: Double(milliseconds) / 1000))
  }

  /// An ISO instant as ``minute(_:)-swift.type.method`` writes it; unchanged where it is none.
  static func minute(iso text: String) -> String {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
      return text
    }
    return minute(date)
  }

  /// Today as an ISO day.
  static func today() -> String {
    String(minute(Date()).prefix(10))
  }

  private static func minute(_ date: Date) -> String {
    let parts = Calendar(identifier: .gregorian).dateComponents(
      [.year, .month, .day, .hour, .minute], from: date)
    func digits(_ number: Int?, _ width: Int = 2) -> String {
      let text = "\(number ?? 0)"
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(digits(parts.year, 4))-\(digits(parts.month))-\(digits(parts.day)) "
      + "\(digits(parts.hour)):\(digits(parts.minute))"
  }
}
