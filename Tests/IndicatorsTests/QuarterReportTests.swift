import Foundation
import GRDB
import Indicators
import Replica
import Spreadsheet
import Testing

@Suite("Quarterly report")
struct QuarterReportTests {
  /// Read by tests, changed by none.
  private static let bench = Result { try Workbench() }
  private static let made = Result { try bench.get().report("2020T2") }
  private var report: QuarterReport { get throws { try Self.made.get() } }

  @Test("its figures are those of the table at the period's end, and of the day before it began")
  func figures() throws {
    let (before, now) = try Self.bench.get().centre.read { db in
      (
        try IndicatorTable.compute(db, cutOff: "2020-03-31").values,
        try IndicatorTable.compute(db, cutOff: "2020-06-30").values
      )
    }
    let report = try report
    #expect(report.indicators.map(\.id) == now.map(\.id))
    #expect(report.indicators.map(\.figure.value) == now.map(\.value))
    #expect(report.indicators.map(\.figure.state) == now.map(\.state.rawValue))
    #expect(report.indicators.map(\.before.value) == before.map(\.value))
    #expect(report.indicators.map(\.persons) == now.map(\.persons))
  }

  @Test("the parts of the participants add up to all attendances, by every dimension")
  func participants() throws {
    let participation = try report.participation
    #expect(participation.attendances > 0)
    for groups in [
      participation.sexes, participation.offices, participation.institutions,
      participation.authorityTypes,
    ] {
      #expect(groups.reduce(0) { $0 + $1.attendances } == participation.attendances)
      #expect(groups.allSatisfy { $0.bySex.reduce(0, +) == $0.attendances })
      #expect(groups.reduce(0) { $0 + $1.persons } >= participation.persons)
      #expect(groups.dropLast().allSatisfy { $0.code != nil }, "not recorded stands last")
    }
    let held = try report.sessions.filter { $0.status == "held" }
    #expect(held.allSatisfy { $0.women <= $0.persons })
    #expect(try report.trend.last?.sessions == held.count)
    #expect(try report.trend.last?.attendances == participation.attendances)
  }

  @Test("every session, deliverable and text of the period stands in the page and in the workbook")
  func whole() throws {
    let bench = try Workbench()
    try bench.centre.write { db in
      try PeriodTexts.set(
        db, period: bench.period("2020T2"), section: .challenges, office: "loreto", language: "es",
        body: "Se cortó la luz.\n\n<b>Dos</b> veces.")
    }
    let report = try bench.report("2020T2")
    for locale in ReportLocale.allCases {
      let page = report.html(locale)
      for session in report.sessions where session.status == "held" {
        #expect(page.contains(session.code))
      }
      for indicator in report.indicators { #expect(page.contains("<b>\(indicator.id)</b>")) }
      for item in report.deliverables { #expect(page.contains(item.code ?? "")) }
      #expect(page.contains("<p>Se cortó la luz.</p>"))
      #expect(page.contains("<p>&lt;b&gt;Dos&lt;/b&gt; veces.</p>"))
      let links = page.replacing("http://www.w3.org/2000/svg", with: "")
      #expect(!links.contains("<script") && !links.contains("src=") && !links.contains("http"))
    }
    #expect(report.html(.english).contains("(Available in Spanish only.)"))
    #expect(!report.html(.spanish).contains("(Disponible solo en inglés.)"))
  }

  @Test("the page has the words of one language alone")
  func languages() throws {
    let spanish = try report.html(.spanish)
    let english = try report.html(.english)
    #expect(spanish.contains("Datos al</dt><dd>30 de junio de 2020"))
    #expect(english.contains("Data to</dt><dd>June 30, 2020"))
    for word in ["Entregado", "Realizada", "Oficina", "setiembre", "no registrado"] {
      #expect(!english.contains(">\(word)"))
    }
    #expect(spanish.contains("2019T4") && !english.contains("2019T4"))
    #expect(english.contains("2019Q4"))
    for word in ["Delivered", "Office<", "not recorded"] { #expect(!spanish.contains(">\(word)")) }
  }

  @Test("a custom period of a partner has its own days, and its next and previous are as long")
  func custom() throws {
    let report = try Self.bench.get().report("2020-02..2020-05")
    #expect(report.span.name == "2020-02-01/2020-05-31")
    #expect(report.sessions.allSatisfy { ("2020-02-01"..."2020-05-31").contains($0.day ?? "") })
    #expect(report.trend.last?.period == report.span.name)
    #expect(report.html(.english).contains("February 1, 2020 to May 31, 2020"))
  }

  @Test("the data set survives being stored, and equal data sets are equal bytes")
  func stored() throws {
    let report = try report
    let data = Data(try report.json().utf8)
    #expect(try JSONDecoder().decode(QuarterReport.self, from: data) == report)
    #expect(try report.workbook(.spanish).bytes() == report.workbook(.spanish).bytes())
  }

  @Test("the file has the same keys and measures in both languages")
  func csv() throws {
    func keys(_ locale: ReportLocale) throws -> [[Substring]] {
      try report.csv(locale).split(separator: "\n").filter { !$0.contains("\"") }.map {
        let fields = $0.split(separator: ",", omittingEmptySubsequences: false)
        return fields.count == 6 ? [fields[0], fields[1], fields[4]] : []
      }
    }
    let line = "indicators,P-1.2.1.1,"
    #expect(try report.csv(.english).contains(line))
    #expect(try Set(keys(.spanish)).count > 200)
  }
}
