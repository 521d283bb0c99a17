import Foundation
import GRDB
import Indicators
import Replica
import Spreadsheet
import SyncModel
import TestSupport
import Testing

@Suite("Closing a period")
struct ClosingTests {
  private func forms(_ report: QuarterReport) throws -> [[UInt8]] {
    try ReportLocale.allCases.flatMap { locale in
      [
        Array(report.html(locale).utf8), Array(report.csv(locale).utf8),
        try report.workbook(locale).bytes(),
      ]
    } + [Array(try report.json().utf8)]
  }

  @Test("a closed report is printed again byte for byte after the records have changed")
  func again() throws {
    let bench = try Workbench()
    let first = try forms(bench.close("2020T2"))
    try bench.execute("UPDATE attendance SET post_score = 20 WHERE post_score IS NOT NULL")
    try bench.execute("DELETE FROM session_indicator WHERE indicator_id = 'P-1.2.1.2'")
    try bench.execute("UPDATE indicator SET name_es = 'otro', name_en = 'other'")
    try bench.execute("UPDATE office SET name_es = 'Otra'")
    let closed = try #require(try bench.closed("2020T2"))
    #expect(try forms(closed) == first)
    #expect(try bench.report("2020T2").indicators != closed.indicators)
  }

  @Test("the closing holds the log's number, the definitions' version and every figure")
  func row() throws {
    let bench = try Workbench()
    let report = try bench.close("2020Q2")
    let row = try #require(
      try bench.centre.read { db in try Row.fetchOne(db, sql: "SELECT * FROM period_close") })
    #expect(row["period"] == "2020T2")
    #expect(row["cut_off"] == "2020-06-30")
    #expect(row["closed_by"] == "M")
    #expect(row["definitions_version"] == report.definitionsVersion)
    #expect(row["central_sequence"] == report.closing?.centralSequence)
    #expect(report.closing?.centralSequence ?? 0 > 0)
    let live = try bench.centre.read { db in
      try IndicatorTable.compute(db, cutOff: "2020-06-30").values
    }
    #expect(report.indicators.map(\.figure.value) == live.map(\.value))
    #expect(report.indicators.map(\.status) == live.map(\.status))
  }

  @Test("every replica that has the closing prints the same report")
  func everywhere() throws {
    let bench = try Workbench()
    let report = try bench.close("2020T2")
    let office = try bench.replicas.make("cusco")
    try office.learn(bench.centre.nodes())
    var after: Int64 = 0
    while true {
      let page = try bench.centre.ownChangesets(after: after, maxBytes: 1 << 20)
      if page.isEmpty { break }
      _ = try office.receive(page)
      after += Int64(page.count)
    }
    let there = try office.read { db in
      try PeriodClosing.load(db, period: bench.period("2020T2"))
    }
    #expect(there == report)
  }

  @Test("nothing that arrived later is an adjustment only while nothing did")
  func nothing() throws {
    let bench = try Workbench()
    _ = try bench.close("2020T2")
    #expect(try bench.adjustments("2020T2")?.isEmpty == true)
    #expect(try bench.adjustments("2020T1") == nil)
    // After the cut-off, and a telephone: behind no figure of the period.
    try bench.execute(
      "UPDATE training_session SET title = 'x' WHERE starts_on > '2020-06-30'")
    try bench.execute("UPDATE participant SET phone = '1'")
    #expect(try bench.adjustments("2020T2")?.isEmpty == true)
  }

  @Test("an adjustment says who wrote what and when, and the difference it makes")
  func late() throws {
    let bench = try Workbench()
    let closed = try bench.close("2020T2")
    let before = try #require(closed.indicators.first { $0.id == "P-2.4.1.1" }?.figure.value)
    let puno = try bench.replicas.make("puno")
    try puno.write { db in
      try db.execute(
        sql: """
          INSERT INTO training_session (id, office_code, code, title, status, starts_on)
          VALUES ('late', 'puno', 'PUN-9', 'Tardía', 'held', '2020-05-05')
          """)
      try db.execute(sql: "INSERT INTO session_indicator VALUES ('late', 'P-2.4.1.1')")
    }
    try puno.seal()
    try bench.centre.learn([puno.identity()])
    _ = try bench.centre.receive(puno.ownChangesets(after: 0, maxBytes: 1 << 20))

    let adjustments = try #require(try bench.adjustments("2020T2"))
    let difference = try #require(adjustments.differences.first)
    #expect(adjustments.differences.count == 1)
    #expect(difference.indicator == "P-2.4.1.1")
    #expect(difference.closed?.value == before)
    #expect(difference.change == 1)
    let change = try #require(adjustments.changes.first)
    #expect(adjustments.changes.count == 1)
    #expect(change.office == "puno")
    #expect(change.code == "PUN-9")
    #expect(change.inserted == 2)
    #expect(change.indicators == ["P-2.4.1.1"])
    #expect(change.day == "2020-05-05")
    #expect(adjustments.definitionsChanged == false)
    // The next quarter's report carries it.
    #expect(try bench.report("2020T3").adjustments?.differences == adjustments.differences)
  }

  @Test("the differences are exactly what a comparison of all figures finds, whatever is changed")
  func law() throws {
    let bench = try Workbench()
    let closed = try bench.close("2020T2")
    for (index, sql) in [
      "DELETE FROM attendance WHERE rowid % 7 = 0",
      "UPDATE training_session SET status = 'cancelled' WHERE rowid % 11 = 0",
      "UPDATE deliverable SET quantity = 2 WHERE rowid % 5 = 0",
      "UPDATE indicator_target SET target = 7 WHERE indicator_id = 'P-1.1.1.1'",
    ].enumerated() {
      try bench.execute(sql)
      let adjustments = try #require(try bench.adjustments("2020T2"))
      let now = try bench.centre.read { db in
        try IndicatorTable.compute(db, cutOff: "2020-06-30").values
      }
      let expected = zip(closed.indicators, now).filter { $0.figure.value != $1.value }.map(\.1.id)
      #expect(adjustments.differences.map(\.indicator) == expected)
      #expect(!expected.isEmpty)
      #expect(adjustments.definitionsChanged == (index == 3))
    }
  }

  @Test("only the centre closes; a period is closed once, after its end, and can be opened again")
  func refusals() throws {
    let bench = try Workbench(scenario: false)
    let office = try bench.replicas.make("lima")
    let period = bench.period("2020T2")
    #expect(throws: PeriodClosing.Failure.notAtCentre(office: "lima")) {
      try PeriodClosing.close(office, period: period, by: nil, at: Workbench.now)
    }
    #expect(throws: PeriodClosing.Failure.stillRunning("2020T2", until: "2020-06-30")) {
      try PeriodClosing.close(
        bench.centre, period: period, by: nil, at: Date(timeIntervalSince1970: 1_590_000_000))
    }
    #expect(throws: PeriodClosing.Failure.notClosed("2020T2")) {
      try PeriodClosing.reopen(bench.centre, period: period)
    }
    let report = try bench.close("2020T2")
    #expect(
      throws: PeriodClosing.Failure.alreadyClosed("2020T2", at: report.closing?.closedAt)
    ) { try bench.close("2020T2") }
    try PeriodClosing.reopen(bench.centre, period: period)
    #expect(try bench.closed("2020T2") == nil)
    _ = try bench.close("2020T2")
  }
}
