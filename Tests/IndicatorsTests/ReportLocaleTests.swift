import Indicators
import Testing

@Suite("Numbers and dates of reports")
struct ReportLocaleTests {
  @Test(
    "numbers are grouped by commas and have a point, in Peru as in the United States",
    arguments: [
      (0.0, 1, "0"), (1234.5, 1, "1,234.5"), (1_000_000, 0, "1,000,000"), (-1234.56, 1, "-1,234.6"),
      (20.8668, 2, "20.87"), (20.10, 2, "20.1"), (0.05, 1, "0.1"), (999.96, 1, "1,000"),
      (-0.001, 1, "0"), (3.004, 2, "3"), (3.05, 2, "3.05"),
    ])
  func numbers(value: Double, decimals: Int, text: String) {
    for locale in ReportLocale.allCases {
      #expect(locale.number(value, decimals: decimals) == text)
    }
  }

  @Test("every number rounded to whole units reads back as itself")
  func whole() {
    for value in [0, 1, 12, 123, 999, 1000, 1001, 12_345, 999_999, 1_000_000, -5, -1000] {
      let text = ReportLocale.english.number(value)
      #expect(Int(text.filter { $0 != "," }) == value)
      #expect(text == ReportLocale.english.number(Double(value)))
    }
  }

  @Test("days are written as people write them, and Peru's ninth month is setiembre")
  func days() {
    #expect(ReportLocale.spanish.date("2020-06-30") == "30 de junio de 2020")
    #expect(ReportLocale.english.date("2020-06-30") == "June 30, 2020")
    #expect(ReportLocale.spanish.date("2020-09-01") == "1 de setiembre de 2020")
    #expect(ReportLocale.spanish.shortDate("2020-09-01") == "1 set. 2020")
    #expect(ReportLocale.spanish.shortDate("2020-05-01") == "1 may. 2020")
    #expect(ReportLocale.english.shortDate("2020-09-01") == "Sep 1, 2020")
    #expect(ReportLocale.english.date("soon") == "soon")
    #expect(ReportLocale.spanish.percent(77) == "77\u{a0}%")
    #expect(ReportLocale.english.percent(1077) == "1,077%")
    #expect(
      ReportLocale.spanish.instant("2020-06-30T14:02:59Z") == "30 de junio de 2020, 14:02 UTC")
  }
}
