import Indicators
import Trainings

/// Reading periods and days of `quipu report`.
struct ReportPeriod {
  let language: Language

  /// The period that an option names.
  func period(_ text: String) throws -> Period {
    guard let period = Period(text) else {
      throw Failure.usage(
        language.pick(
          "«\(text)» no es un periodo; se espera uno como 2020T2, 2020S1, 2020-06, 2020 o 2020-02..2020-05",
          "\"\(text)\" is not a period; one like 2020T2, 2020S1, 2020-06, 2020 or 2020-02..2020-05 is expected"
        ))
    }
    return period
  }

  /// The ISO day that an option names.
  func day(_ text: String?) throws -> String? {
    guard let text else { return nil }
    guard let span = Period("\(text)/\(text)"), span.firstDay == span.lastDay else {
      throw Failure.usage(
        language.pick(
          "«\(text)» no es una fecha; se espera una como 2020-06-30",
          "\"\(text)\" is not a date; one like 2020-06-30 is expected"))
    }
    return span.lastDay
  }
}

extension Failure {
  init(_ error: PeriodClosing.Failure, language: Language) {
    let locale = ReportLocale(language)
    self.init(code: error.code, message: error.message(locale), hint: error.hint(locale))
  }
}
