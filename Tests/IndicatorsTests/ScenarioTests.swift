import Foundation
import GRDB
import Indicators
import Testing

@Suite("Scenario of five offices")
struct ScenarioTests {
  @Test(
    "the five offices' files give the values of the source",
    arguments: ["2019-12-31", "2020-06-30", "2020-12-31"])
  func expectedValues(cutOff: String) throws {
    let file = scenarioFolder.appending(path: "expected/indicators_\(cutOff).csv")
    let expected = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "\r\n", with: "\n")
    let actual = try scenario().table(cutOff).csv(spanish: true)
    for (mine, theirs) in zip(lines(actual), lines(expected)) { #expect(mine == theirs) }
    #expect(lines(actual).count == lines(expected).count)
  }

  @Test(
    "the attendances of the parts add up to the total, by every dimension",
    arguments: IndicatorDimension.allCases)
  func partsAddUp(dimension: IndicatorDimension) throws {
    let table = try scenario().table("2020-12-31", by: dimension)
    for value in table.values {
      let id = value.id
      if let total = value.attendances {
        let attendances = value.parts.reduce(0) { $0 + ($1.attendances ?? 0) }
        let persons = value.parts.reduce(0) { $0 + ($1.persons ?? 0) }
        #expect(attendances == total, "\(id)")
        #expect(persons >= value.persons ?? 0, "\(id)")
        #expect(value.partsSharePersons == (persons > value.persons ?? 0), "\(id)")
      } else if let total = value.value, let first = value.parts.first, first.applies {
        let sum = value.parts.reduce(0) { $0 + ($1.figure.value ?? 0) }
        #expect(sum == total, "\(id)")
      }
    }
  }

  @Test("a level alone gives the same values as both levels together")
  func levels() throws {
    let fixture = try scenario()
    let all = try fixture.table().values
    let parts = try fixture.queue.read { db in
      try IndicatorLevel.allCases.flatMap { level in
        try IndicatorTable.compute(db, cutOff: "2020-06-30", level: level).values
      }
    }
    #expect(parts == all)
  }

  @Test("values of counts never fall as the cut-off moves on")
  func monotone() throws {
    let fixture = try scenario()
    var before: [String: Double] = [:]
    var period = try #require(Period("2018T1"))
    while period.lastDay <= "2020-12-31" {
      for value in try fixture.table(period.lastDay).values where value.level == .product {
        let now = value.value ?? 0
        #expect(now >= before[value.id] ?? 0, "\(value.id) \(period)")
        before[value.id] = now
      }
      period = period.next
    }
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n")
  }
}
