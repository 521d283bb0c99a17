import GRDB
import Testing

@testable import Trainings

@Suite("The scenario's offices")
struct ScenarioTests {
  static let offices = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]
  static let files = ["sesiones.csv", "asistencia.csv", "entregables.csv"]

  private static func expected(_ name: String) throws -> [String] {
    String(decoding: try scenarioFile("expected/\(name)"), as: UTF8.self)
      .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  @Test("an office's bad rows are the expected ones", arguments: offices)
  func rejected(office: String) throws {
    let record = try emptyRecord()
    var found: [String] = []
    for file in Self.files {
      let report = try record.take(bytes: scenarioFile("\(office)/\(file)"), office: office).report
      found += report.errors.map { "\(office),\(file),\($0.line),\($0.column)" }
      #expect(
        report.read
          == report.inserted + report.updated + report.unchanged + report.rejected)
    }
    #expect(
      found.sorted()
        == (try Self.expected("rejected.csv").filter { $0.hasPrefix("\(office),") })
        .sorted())
  }

  @Test("importing an office's files again writes nothing", arguments: offices)
  func again(office: String) throws {
    let record = try emptyRecord()
    for file in Self.files {
      try record.take(bytes: scenarioFile("\(office)/\(file)"), office: office)
    }
    for file in Self.files {
      var report = ImportReport()
      let changes = try record.changes {
        report = try record.take(bytes: scenarioFile("\(office)/\(file)"), office: office).report
      }
      #expect(changes == 0)
      #expect(report.unchanged == report.read - report.rejected)
    }
  }

  @Test("all offices in one record give the expected numbers of rows")
  func counts() throws {
    let record = try emptyRecord()
    for office in Self.offices {
      for file in Self.files {
        try record.take(bytes: scenarioFile("\(office)/\(file)"), office: office)
      }
    }
    for line in try Self.expected("counts.csv") {
      let parts = line.split(separator: ",")
      #expect(try record.texts("SELECT COUNT(*) FROM \(parts[0])") == [String(parts[1])], "\(line)")
    }
    #expect(try record.texts("PRAGMA foreign_key_check") == [])
  }

  @Test("rejected rows can be corrected and taken, and only they")
  func corrected() throws {
    let record = try emptyRecord()
    try record.take(bytes: scenarioFile("cusco/sesiones.csv"), office: "cusco")
    let outcome = try record.take(bytes: scenarioFile("cusco/asistencia.csv"), office: "cusco")
    let rejected = try #require(outcome.rejectedFile)
    #expect(rejected.starts(with: [0xef, 0xbb, 0xbf]))
    let again = try record.take(bytes: rejected, office: "cusco")
    #expect(again.report.rejected == 4)
    #expect(again.report.warnings == [])
    #expect(again.rejectedFile == rejected)
    let text = String(decoding: rejected, as: UTF8.self)
      .replacing("astronauta", with: "juez").replacing("4O123456", with: "40123456")
      .replacing("CUS-1999-001", with: "CUS-2018-001").replacing(";25;", with: ";15;")
    let corrected = try record.take(text, office: "cusco")
    #expect(corrected.report.inserted == 4)
    #expect(corrected.rejectedFile == nil)
  }
}
