import Indicators
import Testing

@Suite("Periods")
struct PeriodTests {
  @Test(
    "a period knows its days and is written one way",
    arguments: [
      ("2020T2", "2020-04-01", "2020-06-30", "2020T2"),
      ("2020q2", "2020-04-01", "2020-06-30", "2020T2"),
      ("2020T4", "2020-10-01", "2020-12-31", "2020T4"),
      ("2020S1", "2020-01-01", "2020-06-30", "2020S1"),
      ("2020H2", "2020-07-01", "2020-12-31", "2020S2"),
      ("2020-02", "2020-02-01", "2020-02-29", "2020-02"),
      ("2019", "2019-01-01", "2019-12-31", "2019"),
      ("2020-02-15/2020-05-14", "2020-02-15", "2020-05-14", "2020-02-15/2020-05-14"),
    ])
  func days(text: String, first: String, last: String, written: String) throws {
    let period = try #require(Period(text))
    #expect([period.firstDay, period.lastDay, period.description] == [first, last, written])
    #expect(Period(written) == period)
  }

  @Test("a partner's period may name months, and is stored with both its days")
  func months() {
    #expect(Period("2020-02..2020-05")?.description == "2020-02-01/2020-05-31")
    #expect(Period("2020-02-15..2020-05-14") == Period("2020-02-15/2020-05-14"))
    #expect(Period("2019T4..2020T1")?.description == "2019-10-01/2020-03-31")
  }

  @Test(
    "what is no period is refused",
    arguments: [
      "", "2020T5", "2020T0", "2020T", "2020T12", "T2", "2020-13", "2020-02-30/2020-03-01",
      "2020-05-01/2020-04-01", "20T2", "2020X1", "+020T1", "2020-05..2020-02", "..2020-05",
      "2020-02..", "2020-01..2020-02..2020-03", "2020-01/2020-02..2020-03",
    ])
  func refused(text: String) {
    #expect(Period(text) == nil)
  }

  @Test("the next period starts where this one ends, and its previous one is this one again")
  func neighbours() throws {
    for text in ["2019T4", "2020S2", "2020-12", "2019", "2020-02-15/2020-05-14"] {
      var period = try #require(Period(text))
      for _ in 0..<20 {
        let next = period.next
        #expect(next.previous.lastDay == period.lastDay)
        #expect(next.firstDay > period.lastDay)
        period = next
      }
    }
    #expect(Period("2019T4")?.next.description == "2020T1")
    #expect(Period("2020-02-15/2020-05-14")?.next.firstDay == "2020-05-15")
  }
}
