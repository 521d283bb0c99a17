import GRDB
import Testing

@testable import Indicators

@Suite("Quality report")
struct QualityTests {
  private func found(_ fixture: Fixture, today: String = "2020-06-30") throws -> [String: [String]]
  {
    let report = try fixture.queue.read { try QualityReport.compute($0, today: today) }
    return Dictionary(
      report.findings.map { finding in
        (
          "\(finding.office ?? "-") \(finding.code)",
          finding.items.map { $0.key.joined(separator: "/") }
        )
      }, uniquingKeysWith: +)
  }

  @Test("a complete record has nothing to mend")
  func complete() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    try fixture.participant("a", number: "12345678")
    try fixture.attendance("s", "a", pre: 10, post: 12)
    #expect(try found(fixture) == [:])
  }

  @Test("each gap is found once, under its office")
  func gaps() throws {
    let fixture = try Fixture()
    let some = ["P-1.2.1.3"]
    try fixture.session("future", on: "2020-07-01", indicators: some)
    try fixture.session(
      "late", on: "2020-06-29", office: "puno", status: "planned", indicators: some)
    try fixture.session("mute", status: nil, indicators: some)
    try fixture.session("undated", on: nil, indicators: some)
    try fixture.session("unreal", on: "2020-02-31", indicators: some)
    try fixture.session("loose", department: nil, indicators: [])
    try fixture.session("gain", office: "lima", indicators: ["R-2.2.1.2"])
    for id in ["future", "undated", "unreal", "loose", "gain"] {
      try fixture.participant("p-\(id)", number: "1234567\(id.count)")
      try fixture.attendance(
        id, "p-\(id)", pre: id == "gain" ? nil : 5, post: id == "gain" ? nil : 6)
    }
    try fixture.participant("nobody", sex: nil)
    try fixture.attendance(
      "gain", "nobody", role: "tutor_car", pre: nil, post: nil, institution: nil)
    try fixture.write("UPDATE participant SET document_number = '1234' WHERE id = 'p-loose'")
    try fixture.write(
      "UPDATE attendance SET post_score = 21, role_code = NULL WHERE session_id = 'loose'")
    try fixture.write("UPDATE attendance SET pre_score = NULL WHERE session_id = 'undated'")
    // Same length, same number: the documents of `future` and `unreal` differ, those of two others
    // do not.
    try fixture.write(
      "UPDATE participant SET document_number = '87654321' WHERE id IN ('p-future', 'p-unreal')")

    let findings = try found(fixture)
    #expect(
      findings == [
        "cusco session_held_in_future": ["future"],
        "puno session_still_planned": ["late"],
        "cusco session_without_status": ["mute"],
        "cusco session_without_date": ["undated"],
        "cusco session_dates_impossible": ["unreal"],
        "cusco session_without_indicator": ["loose"],
        "cusco session_without_department": ["loose"],
        "lima session_without_tests": ["gain"],
        "lima participant_without_document": ["nobody"],
        "lima participant_without_sex": ["nobody"],
        "lima attendance_without_institution": ["gain/nobody"],
        "lima attendance_without_workplace": ["gain/nobody"],
        "cusco document_impossible": ["p-loose"],
        "cusco attendance_without_role": ["loose/p-loose"],
        "cusco score_impossible": ["loose/p-loose"],
        "cusco test_without_pair": ["undated/p-undated"],
        "cusco document_twice": ["p-future/p-unreal"],
      ])
  }

  @Test("codes used twice, deliverables and measurements are looked at too")
  func rest() throws {
    let fixture = try Fixture()
    try fixture.session("a", status: "planned", indicators: [])
    try fixture.session("b", status: "planned", indicators: [])
    try fixture.write("UPDATE training_session SET code = 'CUS-1', starts_on = NULL")
    try fixture.write(
      """
      INSERT INTO deliverable (id, code, indicator_id, office_code, title, status, delivered_on, quantity)
      VALUES ('d', 'E1', 'P-3.2.1.1', 'lima', 'x', 'approved', NULL, 1),
        ('e', 'E1', 'P-3.2.1.1', 'lima', 'x', 'approved', '2020-13-01', 0),
        ('f', 'E2', 'P-3.2.1.1', 'lima', 'x', 'draft', NULL, 1)
      """)
    try fixture.write(
      "INSERT INTO measurement (indicator_id, period, state) VALUES ('R-1.1.1.1', 'enero', 'number')"
    )
    let findings = try found(fixture)
    #expect(
      findings == [
        "cusco session_code_twice": ["a", "b"],
        "lima deliverable_code_twice": ["d", "e"],
        "lima deliverable_without_date": ["d"],
        "lima deliverable_date_impossible": ["e"],
        "lima deliverable_without_evidence": ["d", "e"],
        "lima deliverable_quantity_impossible": ["e"],
        "central measurement_period_unknown": ["R-1.1.1.1/enero"],
        "central measurement_without_value": ["R-1.1.1.1/enero"],
      ])
  }

  @Test("what is entered, decided and linked is looked at too")
  func doubtful() throws {
    let fixture = try Fixture()
    try fixture.session("off", status: "cancelled", indicators: [])
    try fixture.participant("a", number: "1234567A", paternal: "")
    try fixture.attendance("off", "a", pre: 1, post: 2)
    for (id, type, number) in [
      ("ce", "CE", "12"), ("pas", "PAS", "AB-1"), ("zero", "DNI", "00000000"),
      ("good", "CE", "001234567"),
    ] {
      try fixture.participant(id, type: type, number: number, given: "Zoila \(id)")
    }
    try fixture.session("g", indicators: ["R-1.2.1.2"])
    try fixture.write(
      "INSERT INTO group_score VALUES ('g', 'total', NULL, 0, 9, 12), ('g', 'x', NULL, 5, 9, 12)")
    for id in ["m", "n"] { try fixture.participant(id, number: "4100000\(id == "m" ? 1 : 8)") }
    try fixture.link("1", "m", "n", "same", at: "2020-01-01")
    try fixture.link("2", "m", "n", "different", at: "2020-01-02")
    try fixture.write(
      """
      INSERT INTO measurement (indicator_id, period, value, state, numerator, denominator) VALUES
        ('R-1.1.2.1', '2019T4', 75, 'number', 3, 4), ('R-1.1.2.1', '2020T1', 75, 'number', 1, 4),
        ('R-1.1.2.1', '2020T3', 75, 'number', 3, NULL)
      """)
    let findings = try found(fixture)
    #expect(
      findings == [
        "cusco attendance_in_cancelled_session": ["off"],
        "cusco participant_without_surname": ["a"],
        "cusco document_impossible": ["a"],
        "- document_impossible": ["ce", "pas", "zero"],
        "cusco group_score_impossible": ["g/total"],
        "- decisions_contradict": ["m/n"],
        "central measurement_parts_impossible": ["R-1.1.2.1/2020T1", "R-1.1.2.1/2020T3"],
      ])
  }

  @Test("every check has words in both languages and names the table of its records")
  func words() throws {
    let fixture = try Fixture()
    let tables = try fixture.queue.read {
      try String.fetchSet($0, sql: "SELECT name FROM sync_table")
    }
    for check in QualityCheck.allCases {
      #expect(check.message(spanish: true) != check.message(spanish: false))
      #expect(tables.contains(check.table))
      let command = check.mend(for: ["it's one", "2"]).text(spanish: false)
      #expect(command.hasPrefix("quipu ") && command.contains(#"'it'\''s one'"#), "\(command)")
    }
  }

  @Test("the list never shows a document's number")
  func privacy() throws {
    let fixture = try Fixture()
    for id in ["a", "b"] { try fixture.participant(id, number: "12345678") }
    let report = try fixture.queue.read { try QualityReport.compute($0, today: "2020-06-30") }
    let texts = try [
      report.text(spanish: true), report.csv(spanish: true), report.json(spanish: true),
    ]
    #expect(report.findings.map(\.check) == [.documentTwice])
    for text in texts { #expect(!text.contains("12345678")) }
  }

  @Test("what the quarterly report counts is what the list names")
  func counts() throws {
    // The scenario is everybody's: what is changed here is taken back.
    try scenario().queue.write { db in
      try db.inSavepoint {
        try db.execute(
          sql: """
            UPDATE attendance SET pre_score = 30 WHERE rowid % 9 = 0;
            UPDATE participant SET sex = NULL, document_number = NULL WHERE rowid % 7 = 0
            """)
        let listed = try QualityReport.compute(db, today: "2020-06-30").findings
        let counted = try QualityCounts.compute(
          db, persons: PersonGroups.load(db), today: "2020-06-30"
        ).counts
        #expect(counted.map(\.check) == listed.map(\.check))
        #expect(counted.map(\.office) == listed.map(\.office))
        #expect(counted.map(\.count) == listed.map(\.count))
        #expect(counted.contains { $0.check == .scoreImpossible && $0.count > 20 })
        return .rollback
      }
    }
  }
}
