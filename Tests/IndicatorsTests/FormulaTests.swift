import GRDB
import Indicators
import Testing

@Suite("Formulas")
struct FormulaTests {
  @Test("the gain is taken over those with both tests, with its coverage")
  func gain() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["R-1.2.1.2"])
    for id in ["a", "b", "c"] { try fixture.participant(id) }
    try fixture.attendance("s", "a", pre: 8, post: 10)
    try fixture.attendance("s", "b", pre: 12, post: 14)
    try fixture.attendance("s", "c", pre: 20)
    let value = try fixture.value("R-1.2.1.2")
    #expect(value.value == 20)
    #expect(value.coverage == .init(paired: 2, trained: 3))
    #expect(value.status == .advancing)
  }

  @Test("nobody trained is not due; trained without a pair is unknown, not 0")
  func emptyGains() throws {
    let fixture = try Fixture()
    #expect(try fixture.value("R-1.2.1.2").state == .notDue)
    try fixture.session("s", indicators: ["R-1.2.1.2"])
    try fixture.participant("a")
    try fixture.attendance("s", "a", pre: 8)
    let value = try fixture.value("R-1.2.1.2")
    #expect(value.state == .unknown)
    #expect(value.value == nil)
    #expect(value.status == .notMeasured)
  }

  @Test("a score weighs the same on any scale")
  func scales() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["R-1.2.1.2"])
    try fixture.participant("a")
    try fixture.participant("b")
    try fixture.attendance("s", "a", pre: 8, post: 10)
    try fixture.attendance("s", "b", pre: 60, post: 70, scale: 100)
    #expect(try fixture.value("R-1.2.1.2").value == 20)
  }

  @Test("the weighted gain takes group scores in, weighted by those with both tests")
  func weightedGain() throws {
    let fixture = try Fixture()
    try fixture.session("a", indicators: ["R-2.5.1.2"])
    try fixture.session("b", department: "Loreto", indicators: ["R-2.5.1.2"])
    try fixture.participant("p")
    try fixture.attendance("a", "p", role: "funcionario_upe", pre: 10, post: 12)
    try fixture.write("INSERT INTO group_score VALUES ('b', 'Loreto', 'Loreto', 3, 6, 9)")
    // W pre (10 + 3·6) / 4 = 7, W post (12 + 3·9) / 4 = 9.75.
    let value = try fixture.value("R-2.5.1.2", by: .department)
    #expect(try abs(#require(value.value) - 2.75 * 100 / 7) < 1e-9)
    #expect(value.coverage == .init(paired: 4, trained: 1))
    #expect(value.parts.map(\.group) == ["Cusco", "Loreto"])
    #expect(value.parts.map(\.figure.value) == [20, 50])
  }

  @Test("a session whose tests are known by person does not count its group scores again")
  func groupScoresOnce() throws {
    let fixture = try Fixture()
    try fixture.session("a", indicators: ["R-2.5.1.2"])
    try fixture.participant("p")
    try fixture.attendance("a", "p", role: "funcionario_upe", pre: 10, post: 12)
    try fixture.write("INSERT INTO group_score VALUES ('a', 'Cusco', 'Cusco', 30, 6, 9)")
    #expect(try fixture.value("R-2.5.1.2").value == 20)
  }

  @Test(
    "only held sessions with a date by the cut-off count",
    arguments: [
      ("held", "2020-06-30", 1.0), ("held", "2020-07-01", 0), ("held", nil, 0),
      ("planned", "2020-06-30", 0), ("postponed", "2020-06-30", 0), (nil, "2020-06-30", 0),
      ("held", "05/03/2020", 0), ("held", "2020-06-30T16:00", 1),
    ] as [(String?, String?, Double)])
  func sessions(status: String?, day: String?, count: Double) throws {
    let fixture = try Fixture()
    try fixture.session("s", on: day, status: status, indicators: ["P-2.4.1.1"])
    #expect(try fixture.value("P-2.4.1.1").value == count)
  }

  @Test("deliverables sum quantities, a missing one is 1, drafts and undated ones are left out")
  func deliverables() throws {
    let fixture = try Fixture()
    let rows: [(String, String?, Double?)] = [
      ("approved", "2020-06-30", 3), ("in_use", "2020-01-01", nil), ("draft", "2020-01-01", 5),
      ("submitted", nil, 7), ("submitted", "2020-07-01", 9),
    ]
    for (status, day, quantity) in rows {
      try fixture.write(
        """
        INSERT INTO deliverable (indicator_id, office_code, title, status, delivered_on, quantity)
        VALUES ('P-3.2.1.1', 'lima', 'Programa', ?, ?, ?)
        """, [status, day, quantity])
    }
    let value = try fixture.value("P-3.2.1.1", by: .quarter)
    #expect(value.value == 4)
    #expect(value.parts.map(\.group) == ["2020T1", "2020T2"])
    #expect(value.parts.map(\.figure.value) == [1, 3])
  }

  @Test("a role counts as it was that day, and one outside the indicator's roles does not")
  func roles() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    for (id, role) in [("a", "juez"), ("b", "fiscal"), ("c", nil)] as [(String, String?)] {
      try fixture.participant(id)
      try fixture.attendance("s", id, role: role)
    }
    #expect(try fixture.value("P-1.2.1.3").value == 1)
  }

  @Test("a measurement counts from the end of its period; the latest one holds")
  func measurements() throws {
    let fixture = try Fixture()
    try fixture.write(
      """
      INSERT INTO measurement (indicator_id, period, value, state, numerator, denominator) VALUES
        ('R-1.1.1.1', '2019T4', NULL, 'number', 3, 8),
        ('R-1.1.1.1', '2020T3', NULL, 'unknown', NULL, NULL),
        ('R-1.1.1.1', '2020Q4', 60, 'number', NULL, NULL)
      """)
    let figures = try ["2019-12-30", "2019-12-31", "2020-06-30", "2020-09-30", "2020-12-31"].map {
      try fixture.value("R-1.1.1.1", $0).value
    }
    #expect(figures == [nil, 37.5, 45, nil, 60])
  }

  @Test("the target in force at the cut-off is the one that is used")
  func targets() throws {
    let fixture = try Fixture()
    try fixture.write("INSERT INTO indicator_target VALUES ('P-2.4.1.1', '2020-04-01', 30, 'MML')")
    #expect(try fixture.value("P-2.4.1.1", "2020-03-31").target == 18)
    #expect(try fixture.value("P-2.4.1.1", "2020-04-01").target == 30)
  }

  @Test("a retired indicator has no value from that day and is named")
  func retired() throws {
    let fixture = try Fixture()
    try fixture.write("UPDATE indicator SET retired_on = '2020-05-01' WHERE id = 'P-2.4.1.1'")
    #expect(try fixture.table("2020-04-30").retired.isEmpty)
    let table = try fixture.table("2020-05-01")
    #expect(table.retired.map(\.id) == ["P-2.4.1.1"])
    #expect(!table.values.contains { $0.id == "P-2.4.1.1" })
    #expect(table.notes(spanish: false).last == "Retired indicators: P-2.4.1.1.")
  }
}
