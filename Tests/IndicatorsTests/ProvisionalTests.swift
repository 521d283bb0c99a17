import GRDB
import Indicators
import Testing

@Suite("What a figure leaves open")
struct ProvisionalTests {
  private func conflict(
    _ fixture: Fixture, _ id: String, _ table: String, _ key: String, column: Int = 1,
    state: String = "open"
  ) throws {
    try fixture.write(
      """
      INSERT INTO sync_conflict (id, table_no, key, column_no, kind, state, opened_at)
      SELECT ?, no, ?, ?, 'edit', ?, '2020-01-01T00:00:00Z' FROM sync_table WHERE name = ?
      """, [id, key, column, state, table])
  }

  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    try fixture.write(
      """
      INSERT INTO sync_column SELECT no, 1, 'pre_score' FROM sync_table WHERE name = 'attendance'
      """)
    try fixture.write(
      "INSERT INTO sync_column SELECT no, 1, 'paternal_surname' FROM sync_table WHERE name = 'participant'"
    )
    try fixture.session("s", indicators: ["R-1.2.1.2", "P-2.1.2.1", "P-2.4.1.1"])
    try fixture.participant("a")
    try fixture.attendance("s", "a", role: "fiscal")
    return fixture
  }

  @Test("a disputed score stands behind the gain, not behind counts")
  func score() throws {
    let fixture = try fixture()
    try conflict(fixture, "c", "attendance", #"["s","a"]"#)
    #expect(
      try fixture.value("R-1.2.1.2").provisional == .init(openConflicts: 1, disputedScores: 1))
    #expect(try fixture.value("P-2.1.2.1").provisional.isEmpty)
    #expect(try fixture.value("P-2.4.1.1").provisional.isEmpty)
  }

  @Test("a disputed name stands behind every figure that counts the person")
  func name() throws {
    let fixture = try fixture()
    try conflict(fixture, "c", "participant", #"["a"]"#)
    #expect(try fixture.value("R-1.2.1.2").provisional == .init(openConflicts: 1))
    #expect(try fixture.value("P-2.1.2.1").provisional == .init(openConflicts: 1))
    #expect(try fixture.value("P-2.4.1.1").provisional.isEmpty)
  }

  @Test("resolved conflicts, later sessions and keys that are no JSON change nothing")
  func others() throws {
    let fixture = try fixture()
    try conflict(fixture, "c", "attendance", #"["s","a"]"#, state: "resolved")
    try conflict(fixture, "d", "attendance", "not json")
    #expect(try fixture.value("R-1.2.1.2").provisional.isEmpty)
    try conflict(fixture, "e", "attendance", #"["s","a"]"#)
    #expect(try fixture.value("R-1.2.1.2", "2020-03-09").provisional.isEmpty)
  }
}
