import GRDB
import Testing

@testable import Trainings

@Suite("Records entered by hand")
struct RecordTests {
  private let environment = countingEnvironment()

  private func code(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch {
      return (error as? TrainingsError)?.code ?? "\(error)"
    }
  }

  @Test("a session is added, found, edited and deleted")
  func sessions() throws {
    let record = try emptyRecord()
    try record.write { db in
      let id = try Sessions.add(
        [
          "code": "C-1", "title": "Uno", "estado": "realizada", "fecha_inicio": "14/05/2019",
          "indicators": "P-1.2.1.1",
        ], office: "cusco", in: db, environment: environment)
      #expect(id == "id-1")
      for name in ["id-1", "C-1", "c-1", "cusco/C-1"] {
        #expect(try Sessions.find(name, office: nil, in: db) == id)
      }
      #expect(try Sessions.edit("C-1", ["title": "Dos", "status": "held"], office: nil, in: db))
      #expect(try !Sessions.edit("C-1", ["title": "Dos"], office: nil, in: db))
      let entry = try Sessions.show("C-1", office: nil, in: db)
      #expect(entry["title"] == .text("Dos") && entry["starts_on"] == .text("2019-05-14"))
      #expect(entry["indicators"] == .text("P-1.2.1.1") && entry["attendances"] == .number(0))
      #expect(try Sessions.list(office: "lima", in: db) == [])
      try Sessions.delete("C-1", office: nil, in: db)
      #expect(try Sessions.list(in: db) == [])
    }
    #expect(try record.texts("PRAGMA foreign_key_check") == [])
  }

  @Test("values are held to the same rules as a file's")
  func refusals() throws {
    let record = try emptyRecord()
    try record.write { db in
      func add(_ values: [String: String]) -> String? {
        code {
          _ = try Sessions.add(values, office: "cusco", in: db, environment: environment)
        }
      }
      #expect(add(["code": "C-1"]) == "missing_required")
      #expect(add(["code": "C-1", "title": "Uno", "colour": "red"]) == "unknown_field")
      #expect(add(["code": "C-1", "title": "Uno", "kind": "seminario"]) == "invalid_value")
      #expect(add(["code": "C-1", "title": "Uno", "starts_on": "31/02/2020"]) == "invalid_date")
      #expect(add(["code": "C-1", "title": "Uno", "starts_on": "2020-02-03"]) == nil)
      #expect(add(["code": "C-1", "title": "Uno"]) == "code_in_use")
      #expect(
        code { try Sessions.edit("C-1", ["ends_on": "2020-02-01"], office: nil, in: db) }
          == "ends_before_start")
      #expect(
        code { try Sessions.edit("C-1", ["title": " "], office: nil, in: db) } == "missing_required"
      )
      #expect(code { _ = try Sessions.find("C-2", office: nil, in: db) } == "unknown_session")
    }
  }

  @Test("a participant has the identifier of the document, and lists mask it")
  func participants() throws {
    let record = try emptyRecord()
    try record.write { db in
      let values = ["numero_documento": "4567892", "nombres": "Ana", "apellido_paterno": "Ramos"]
      let id = try Participants.add(values, in: db, environment: environment)
      #expect(id == Identity.participant(documentType: "DNI", documentNumber: "04567892"))
      #expect(try Participants.list(in: db).map { "\($0["document_number"])" } == ["0•••••92"])
      #expect(
        try Participants.list(unmasked: true, in: db).map { "\($0["document_number"])" }
          == ["04567892"])
      #expect(try Participants.list(search: "RÁMOS a", in: db).count == 1)
      #expect(
        code { _ = try Participants.add(values, in: db, environment: environment) }
          == "document_in_use")
      #expect(try Participants.find("4567892", in: db) == id)
      #expect(try Participants.edit(id, ["document_number": "45678921"], in: db))
      #expect(try Participants.find("DNI:45678921", in: db) == id)
      // The derived identifier is taken by a corrected row.
      let other = try Participants.add(values, in: db, environment: environment)
      #expect(other != id && other.hasPrefix("id-"))
    }
  }

  @Test("a session with attendances is deleted only together with them")
  func cascade() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.take(ImportTests.header + "C-1,DNI,40000001,Ramos,,Ana,pnp,juez,sí,10,12,,\n")
    try record.write { db in
      #expect(
        code { try Sessions.delete("C-1", office: nil, in: db) } == "session_has_attendances")
      #expect(
        code { try Participants.delete("40000001", in: db) } == "participant_has_attendances")
      try Sessions.delete("C-1", office: nil, cascade: true, in: db)
    }
    #expect(try record.texts("SELECT COUNT(*) FROM attendance") == ["0"])
    #expect(try record.texts("SELECT COUNT(*) FROM participant") == ["1"])
    #expect(try record.texts("PRAGMA foreign_key_check") == [])
  }

  @Test("an attendance takes the person's role unless told otherwise, and its scores are checked")
  func attendances() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.write { db in
      _ = try Participants.add(
        [
          "document_number": "40000001", "given_names": "Ana", "paternal_surname": "Ramos",
          "role_code": "juez", "institution_code": "pj",
        ], in: db, environment: environment)
      try Attendances.add(
        session: "C-1", participant: "40000001", ["cargo": "fiscal", "pre_score": "14,5"],
        office: "cusco", in: db)
      #expect(
        code {
          try Attendances.add(
            session: "C-1", participant: "40000001", [:], office: "cusco", in: db)
        } == "attendance_exists")
      #expect(
        code {
          try Attendances.edit(
            session: "C-1", participant: "40000001", ["post_score": "21"], office: "cusco", in: db)
        } == "score_out_of_range")
      #expect(
        code {
          try Attendances.edit(
            session: "C-1", participant: "40000001", ["score_scale": "10"], office: "cusco", in: db)
        } == "score_out_of_range")
    }
    #expect(
      try record.texts("SELECT institution_code, role_code, pre_score, score_scale FROM attendance")
        == ["pj|fiscal|14.5|20"])
    try record.write { db in
      try Attendances.delete(session: "C-1", participant: "40000001", office: nil, in: db)
      #expect(try Attendances.list(session: "C-1", in: db) == [])
      #expect(
        code {
          try Attendances.delete(session: "C-1", participant: "40000001", office: nil, in: db)
        } == "unknown_attendance")
    }
  }

  @Test("one row becomes two persons, and no attendance is lost")
  func split() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.take(
      ImportTests.header
        + "C-1,DNI,40000001,Ramos,,Ana,,juez,sí,10,12,,\nC-2,DNI,40000001,Ramos,,Ana,,,,,,,\n")
    try record.write { db in
      let new = try Participants.split(
        "40000001", sessions: ["C-2"], ["given_names": "Eva", "document_number": "40000002"],
        office: "cusco", at: "2020-01-01T00:00:00Z", in: db, environment: environment)
      #expect(new == Identity.participant(documentType: "DNI", documentNumber: "40000002"))
      #expect(try String.fetchAll(db, sql: "SELECT decision FROM person_link") == ["different"])
      #expect(try Attendances.list(participant: new, in: db).count == 1)
      #expect(try Attendances.list(participant: "40000001", in: db).count == 1)
      #expect(try Participants.find("40000002", in: db) == new)
    }
  }
}
