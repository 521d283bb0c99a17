import Foundation
import GRDB
import Testing

@testable import Trainings

@Suite("Exporting")
struct ExportTests {
  private func export(
    _ name: String, _ format: TrainingExport.Format = .csv, _ record: DatabaseQueue
  ) throws -> String {
    try record.read { db in
      var text = ""
      try TrainingExport.write(name, format: format, from: db) { text += $0 }
      return text
    }
  }

  @Test("what an office exports can be imported, into its own record and into a new one")
  func roundTrip() throws {
    let record = try emptyRecord()
    for file in ["sesiones.csv", "asistencia.csv", "entregables.csv"] {
      try record.take(bytes: scenarioFile("cusco/\(file)"))
    }
    let files = try ["sessions", "attendance", "deliverables"].map { try export($0, .csv, record) }
    let other = try emptyRecord()
    for file in files {
      let own = try record.take(file).report
      #expect(own.unchanged == own.read && own.warnings == [])
      let new = try other.take(file).report
      #expect(new.inserted == new.read && new.warnings == [])
    }
    for table in [
      "training_session", "session_indicator", "participant", "attendance", "deliverable",
    ] {
      #expect(try export(table, .json, record) == export(table, .json, other), "\(table)")
    }
  }

  @Test("a table has its own columns, as CSV and as JSON")
  func tables() throws {
    let record = try emptyRecord()
    #expect(
      try export("office", .csv, record).hasPrefix(
        "code,name_es,name_en,kind,inei_department\ncentral,Oficina central,Central office,central,\n"
      ))
    let json = try JSONSerialization.jsonObject(
      with: Data(export("measurement", .json, record).utf8))
    let rows = try #require(json as? [[String: Any]])
    #expect(rows.first?["indicator_id"] as? String == "R-1.1.1.1")
    #expect(rows.first?["value"] as? Double == 45)
    #expect(rows.first?["source"] is NSNull)
    #expect(try export("person_link", .json, record) == "[\n]\n")
  }

  @Test("only what syncs can be exported")
  func unknown() throws {
    let record = try emptyRecord()
    #expect(throws: TrainingsError.self) { try export("sync_node", .csv, record) }
    #expect(throws: TrainingsError.self) { try export("participant; --", .csv, record) }
  }
}
