import GRDB
import Testing

@testable import Trainings

@Suite("What the centre enters")
struct EntryTableTests {
  private let measurements = EntryTable.measurements { $0.hasPrefix("2020") ? $0 : nil }

  private func code(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch {
      return (error as? TrainingsError)?.code ?? "\(error)"
    }
  }

  @Test("an office does not write what is the centre's, and is told so")
  func writers() throws {
    try emptyRecord().write { db in
      for table in [EntryTable.institutions, .roles, .partners, .targets, measurements] {
        #expect(
          code { try table.write(["x", "y"], [:], office: "cusco", in: db) } == "centre_only")
        #expect(code { try table.delete(["x"], office: "cusco", in: db) } == "centre_only")
        #expect(
          code {
            _ = try EntryImport.run(
              Array("codigo\n".utf8), into: table, office: "cusco", in: db, language: .english)
          } == "centre_only")
      }
    }
  }

  @Test("rows rejected for an unknown institution or role are taken once it is in the catalog")
  func catalogs() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    let row = ImportTests.header + "C-1,DNI,40000001,Ramos,,Ana,junta_vecinal,sereno,sí,10,12,,\n"
    #expect(
      try record.take(row).report.errors.map(\.code) == ["unknown_institution", "unknown_role"])
    try record.write { db in
      let added = try EntryTable.institutions.write(
        ["Junta vecinal"], ["nombre": "Junta vecinal"], mode: .add, office: "central", in: db)
      #expect(added == .inserted)
      try EntryTable.roles.write(
        ["sereno"], ["name_es": "Sereno", "indicators": "P-1.2.1.1"], office: "central", in: db)
      #expect(
        code {
          try EntryTable.roles.write(
            ["sereno"], ["name_es": "Sereno"], mode: .add, office: "central", in: db)
        } == "record_exists")
      #expect(
        code { try EntryTable.roles.write(["otro"], [:], mode: .edit, office: "central", in: db) }
          == "unknown_record")
    }
    #expect(try record.take(row).report.inserted == 1)
    #expect(
      try record.texts("SELECT indicator_id FROM indicator_role WHERE role_code = 'sereno'")
        == ["P-1.2.1.1"])
    try record.write { db in
      #expect(
        code { try EntryTable.roles.delete(["sereno"], office: "central", in: db) }
          == "record_in_use")
      try EntryTable.roles.write(
        ["sereno"], ["indicators": "P-1.2.1.2;P-1.2.1.3"], office: "central", in: db)
      let again = try EntryTable.roles.write(
        ["sereno"], ["indicators": "P-1.2.1.3;P-1.2.1.2"], office: "central", in: db)
      #expect(again == .unchanged)
      #expect(
        try EntryTable.roles.show(["sereno"], office: nil, in: db)["indicators"]
          == .text("P-1.2.1.2;P-1.2.1.3"))
    }
  }

  @Test("a revised target keeps the one before")
  func targets() throws {
    try emptyRecord().write { db in
      try EntryTable.targets.write(
        ["p-1.2.1.1", "01/07/2019"], ["meta": "400", "nota": "MML 2019"], office: "central", in: db)
      let entries = try EntryTable.targets.list(["indicator_id": "P-1.2.1.1"], in: db)
      #expect(entries.map { "\($0["valid_from"])" } == ["2018-01-01", "2019-07-01"])
      #expect(entries.map { "\($0["target"])" } == ["350", "400"])
      #expect(
        code {
          try EntryTable.targets.write(
            ["P-1.2.1.1", "2019-02-30"], ["target": "1"], office: "central", in: db)
        } == "invalid_date")
    }
  }

  @Test(
    "parts give a ratio's value; a value that contradicts them, or a computed indicator, is refused"
  )
  func measured() throws {
    try emptyRecord().write { db throws -> Void in
      func write(_ id: String, _ values: [String: String]) -> String? {
        code { try measurements.write([id, "2020T1"], values, office: "central", in: db) }
      }
      func stored() throws -> [String] {
        let entry = try measurements.show(["R-1.1.2.1", "2020T1"], office: nil, in: db)
        return ["value", "state", "numerator", "denominator"].map { "\(entry[$0])" }
      }
      #expect(write("P-1.2.1.1", ["value": "3"]) == "computed_indicator")
      #expect(write("R-1.1.2.1", ["source": "acta"]) == "measurement_without_value")
      #expect(write("R-1.1.2.1", ["numerator": "3"]) == "parts_incomplete")
      #expect(write("R-1.1.2.1", ["numerator": "3", "denominator": "0"]) == "parts_incomplete")
      #expect(
        write("R-1.1.2.1", ["numerator": "3", "denominator": "4", "value": "80"])
          == "parts_disagree")
      #expect(write("R-1.1.2.1", ["numerator": "3", "denominator": "4", "source": "acta"]) == nil)
      #expect(try stored() == ["75", "number", "3", "4"])
      // A value alone stands alone.
      #expect(write("R-1.1.2.1", ["value": "-12,5"]) == nil)
      #expect(try stored() == ["-12.5", "number", "", ""])
      #expect(write("R-1.1.2.1", ["state": "unknown", "value": "1"]) == "value_of_no_number")
      #expect(write("R-1.1.2.1", ["state": "sin dato"]) == nil)
      #expect(try stored() == ["", "unknown", "", ""])
      #expect(
        code {
          try measurements.write(["R-1.1.2.1", "enero"], ["value": "1"], office: "central", in: db)
        } == "invalid_value")
    }
  }

  @Test("group scores stand in a session of any office and keep to the scale")
  func groups() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.write { db in
      let values = ["n_both": "25", "pre_mean": "9,5", "post_mean": "13"]
      #expect(
        try EntryTable.groupScores.write(["C-1", "Cusco"], values, office: "cusco", in: db)
          == .inserted)
      #expect(
        code {
          try EntryTable.groupScores.write(
            ["C-1", "Cusco"], ["post_mean": "21"], office: "cusco", in: db)
        } == "score_out_of_range")
      #expect(
        code {
          try EntryTable.groupScores.write(
            ["C-1", "x"], ["n_both": "2.5", "pre_mean": "9", "post_mean": "9"], office: "cusco",
            in: db)
        } == "invalid_value")
      #expect(
        try EntryTable.groupScores.list(["session_id": "C-1"], office: "cusco", in: db).count == 1)
      try EntryTable.groupScores.delete(["C-1", "Cusco"], office: "cusco", in: db)
      #expect(try EntryTable.groupScores.list(in: db) == [])
    }
  }

  @Test("a CSV's good rows are taken, the others listed and written to be corrected; twice is once")
  func files() throws {
    let record = try emptyRecord()
    let text = """
      INDICADOR;Periodo;valor;estado;numerador;denominador;fuente
      R-1.1.2.1;2020T1;;;3;4;Informe, anexo 2
      R-1.1.2.1;enero;5;;;;
      P-1.2.1.1;2020T1;5;;;;
      R-1.2.1.1;2020T1;;¿?;;;
      """
    func take(_ bytes: [UInt8]) throws -> EntryImport {
      try record.write { db in
        try EntryImport.run(
          bytes, into: measurements, office: "central", in: db, language: .spanish)
      }
    }
    let first = try take(Array(text.utf8))
    #expect(first.report.inserted == 2 && first.report.rejected == 2)
    #expect(first.report.errors.map(\.line) == [3, 4])
    #expect(first.report.errors.map(\.code) == ["invalid_value", "computed_indicator"])
    let second = try take(Array(text.utf8))
    #expect(second.report.unchanged == 2 && second.report.inserted == 0)
    let rejected = try #require(first.rejectedFile)
    let corrected = String(decoding: rejected, as: UTF8.self).replacing("enero", with: "2020T3")
      .replacing("P-1.2.1.1", with: "R-1.2.1.1").replacing("2020T1;5", with: "2020T4;5")
    #expect(try take(Array(corrected.utf8)).report.inserted == 2)
  }

  @Test("deliverables are entered, found by code, and held to the rules of the files")
  func deliverables() throws {
    try emptyRecord().write { db in
      let environment = countingEnvironment()
      let values = ["code": "E-1", "indicator_id": "P-3.2.1.1", "title": "Guía"]
      let id = try Deliverables.add(values, office: "cusco", in: db, environment: environment)
      for name in [id, "E-1", "e-1", "cusco/E-1"] {
        #expect(try Deliverables.find(name, office: nil, in: db) == id)
      }
      #expect(
        code { _ = try Deliverables.add(values, office: "cusco", in: db, environment: environment) }
          == "code_in_use")
      let theirs = try Deliverables.add(values, office: "puno", in: db, environment: environment)
      #expect(try Deliverables.find("E-1", office: "puno", in: db) == theirs)
      #expect(
        code { _ = try Deliverables.find("E-1", office: nil, in: db) } == "ambiguous_deliverable")
      #expect(
        try Deliverables.edit(
          "E-1", ["estado": "aprobado", "fecha": "14/05/2020"], office: "cusco", in: db))
      let entry = try Deliverables.show("E-1", office: "cusco", in: db)
      #expect(entry["status"] == .text("approved") && entry["delivered_on"] == .text("2020-05-14"))
      try Deliverables.delete("E-1", office: "cusco", in: db)
      #expect(try Deliverables.list(office: "cusco", in: db) == [])
    }
  }

  @Test("two sessions that were one are joined, and what contradicts stands in the notes")
  func mergedSessions() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.take(
      ImportTests.header
        + "C-1,DNI,40000001,Ramos,,Ana,,juez,sí,10,,,\nC-2,DNI,40000001,Ramos,,Ana,,juez,sí,11,15,,\n"
        + "C-2,DNI,40000002,Soto,,Eva,,juez,sí,9,,,\n")
    try record.write { db in
      let merged = try Sessions.merge("C-1", "C-2", office: "cusco", in: db)
      #expect(merged == .init(moved: 1, completed: 0, contradicting: 1))
      #expect(code { _ = try Sessions.find("C-2", office: nil, in: db) } == "unknown_session")
    }
    #expect(
      try record.texts("SELECT pre_score, post_score, notes FROM attendance ORDER BY pre_score")
        == ["9||", "10|15|prueba_entrada: 11"])
  }
}
