internal import Foundation
public import Trainings

/// Numbers, days and instants as readers in Peru and the United States write them.
public struct WebFormat: Sendable {
  private let language: Language

  /// The forms of a language.
  public init(_ language: Language) {
    self.language = language
  }

  /// `12,431`.
  public func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `1,234.5`: at most `decimals` decimals, none that are zero at the end.
  public func number(_ value: Double, decimals: Int = 2) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "–" }
    var fraction = String(format: "%.\(decimals)f", value.magnitude)
    if fraction.contains(".") {
      while fraction.last == "0" { fraction.removeLast() }
      if fraction.last == "." { fraction.removeLast() }
    }
    let parts = fraction.split(separator: ".")
    let sign = value < 0 && fraction != "0" ? "−" : ""
    let whole = sign + number(Int(parts[0]) ?? 0)
    return parts.count > 1 ? "\(whole).\(parts[1])" : whole
  }

  /// An ISO day as `14/05/2019` or `May 14, 2019`; unchanged where it is none.
  public func day(_ iso: String) -> String {
    let parts = iso.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return iso }
    switch language {
    case .spanish: return "\(Self.two(parts[2]))/\(Self.two(parts[1]))/\(parts[0])"
    case .english: return "\(Self.englishMonths[parts[1] - 1]) \(parts[2]), \(parts[0])"
    }
  }

  /// An instant as `14/05/2019 16:02`, in this machine's time zone.
  public func instant(_ milliseconds: Int64) -> String {
    let (day, time) = Self.parts(milliseconds)
    return "\(self.day(day)) \(time)"
  }

  /// An ISO instant as ``instant(_:)`` writes it; unchanged where it is none.
  public func instant(iso text: String) -> String {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
      return text
    }
    return instant(Int64((date.timeIntervalSince1970 * 1000).rounded()))
  }

  /// The day of an instant by this machine's calendar, ISO.
  public static func day(_ milliseconds: Int64) -> String {
    parts(milliseconds).day
  }

  private static func parts(_ milliseconds: Int64) -> (day: String, time: String) {
    let parts = Calendar(identifier: .gregorian).dateComponents(
      [.year, .month, .day, .hour, .minute],
      from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    let year = String(format: "%04d", parts.year ?? 0)
    return (
      "\(year)-\(two(parts.month ?? 0))-\(two(parts.day ?? 0))",
      "\(two(parts.hour ?? 0)):\(two(parts.minute ?? 0))"
    )
  }

  private static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static let englishMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
