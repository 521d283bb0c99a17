import GRDB
import Indicators
import Testing

@Suite("Statuses")
struct StatusTests {
  @Test(
    "a product indicator is delivered from its target on, and in progress above 0",
    arguments: [
      (0, .notDelivered), (0.5, .inProgress), (9.99, .inProgress), (10, .delivered),
      (11, .delivered),
    ] as [(Double, IndicatorStatus)])
  func product(value: Double, status: IndicatorStatus) {
    #expect(
      IndicatorStatus(level: .product, figure: .number(value), target: 10, baseline: 0) == status)
  }

  @Test(
    "a result indicator advances above its baseline, not above 0",
    arguments: [
      (59, .noProgress), (60, .noProgress), (61, .advancing), (70, .achieved),
    ] as [(Double, IndicatorStatus)])
  func result(value: Double, status: IndicatorStatus) {
    #expect(
      IndicatorStatus(level: .result, figure: .number(value), target: 70, baseline: 60) == status)
  }

  @Test("not due is no progress, unknown is not measured, and neither is a number")
  func emptyResults() {
    #expect(
      IndicatorStatus(level: .result, figure: .notDue, target: 5, baseline: nil) == .noProgress)
    #expect(
      IndicatorStatus(level: .result, figure: .unknown, target: 5, baseline: nil) == .notMeasured)
  }

  @Test("a number that is not finite is unknown")
  func notFinite() {
    #expect(IndicatorValue.Figure.number(.nan) == .unknown)
    #expect(IndicatorValue.Figure.number(.infinity) == .unknown)
  }

  @Test(
    "progress is rounded half up and may exceed 100",
    arguments: [
      ("R-1.2.1.3", 100.0, 118), ("R-2.2.1.4", 1350, 3375), ("R-3.3.1.1", 0.25, 3),
      ("R-3.3.1.1", 0.24, 2), ("R-3.3.1.1", 1.45, 15),
    ])
  func progress(id: String, measured: Double, expected: Int) throws {
    let fixture = try Fixture()
    try fixture.write("DELETE FROM measurement WHERE indicator_id = ?", [id])
    try fixture.write(
      "INSERT INTO measurement (indicator_id, period, value, state) VALUES (?, '2020T1', ?, 'number')",
      [id, measured])
    #expect(try fixture.value(id).progress == expected)
  }

  @Test("a product is delivered when all its indicators are, in progress when one has any")
  func products() throws {
    let fixture = try Fixture()
    func status() throws -> IndicatorStatus? {
      try fixture.table().productStatuses.first { $0.product == "1.1.1" }?.status
    }
    #expect(try status() == .notDelivered)
    try fixture.write(
      """
      INSERT INTO deliverable (indicator_id, title, status, delivered_on)
      VALUES ('P-1.1.1.1', 'Informe', 'approved', '2019-01-01')
      """)
    #expect(try status() == .inProgress)
    for number in 1...4 { try fixture.session("s\(number)", indicators: ["P-1.1.1.2"]) }
    #expect(try status() == .delivered)
  }
}
