import GRDB
import Testing

@testable import Trainings

@Suite("Importing")
struct ImportTests {
  static let sessions = """
    codigo,titulo,estado,fecha_inicio,fecha_fin,socio,indicadores
    C-1,Uno,realizada,2019-05-14,2019-05-15,idl,P-1.2.1.1;P-1.2.1.2
    C-2,Dos,Realizada,14/06/2019,,,P-1.2.1.1
    """
  static let header =
    "sesion,tipo_documento,numero_documento,apellido_paterno,apellido_materno,nombres,"
    + "institucion,cargo,culmino,prueba_entrada,prueba_salida,escala,notas\n"

  private func record() throws -> DatabaseQueue {
    let record = try emptyRecord()
    try record.take(Self.sessions)
    return record
  }

  private func findings(_ issues: [ImportIssue]) -> [String] {
    issues.map { "\($0.line) \($0.column) \($0.code)" }
  }

  @Test("a session is written with its values in the words of the schema")
  func session() throws {
    let record = try record()
    #expect(
      try record.texts(
        "SELECT office_code, code, title, status, starts_on, ends_on, partner_code "
          + "FROM training_session ORDER BY code")
        == [
          "cusco|C-1|Uno|held|2019-05-14|2019-05-15|idl", "cusco|C-2|Dos|held|2019-06-14||",
        ])
    #expect(try record.texts("SELECT COUNT(*) FROM session_indicator") == ["3"])
  }

  @Test("a row's problems are all listed, and the other rows are taken")
  func problems() throws {
    let record = try emptyRecord()
    let report = try record.take(
      """
      codigo,titulo,tipo,fecha_inicio,fecha_fin,socio,indicadores,color
      A-1,Uno,taller,31/02/2020,,,P-9.9.9.9,rojo
      A-2,,taller,,,,,
      A-3,Tres,seminario,2020-02-02,2020-02-01,,,

      A-4,Cuatro,seminario,,,nadie,,
      """
    ).report
    #expect(
      findings(report.errors) == [
        "2 fecha_inicio invalid_date", "2 indicadores unknown_indicator",
        "3 titulo missing_required", "4 fecha_fin ends_before_start",
      ])
    #expect(
      findings(report.warnings) == [
        "1 color unknown_column", "4 tipo invalid_value", "6 tipo invalid_value",
        "6 socio unknown_partner",
      ])
    #expect(report.read == 4 && report.inserted == 1 && report.rejected == 3)
  }

  @Test("attendance with unknown references, bad documents or scores is rejected")
  func attendanceProblems() throws {
    let record = try record()
    let report = try record.take(
      Self.header + """
        C-9,DNI,40000001,Ramos,,Ana,,,,,,,
        C-1,DNI,4000000X,Ramos,,Ana,,,,,,,
        C-1,DNI,400000011,Ramos,,Ana,,,,,,,
        C-1,DNI,40000001,Ramos,,Ana,nadie,astronauta,,,,,
        C-1,DNI,40000001,Ramos,,Ana,,,,20.5,-1,,
        C-1,DNI,40000001,Ramos,,Ana,,,,85,ausente,100,
        C-1,DNI,40000002,,,Ana,,,,,,,
        C-1,DNI,40000002,,Solo,,,,,,,,
        c-1,,4000003,,Solo,Eva,,,,,,,
        """
    ).report
    #expect(
      findings(report.errors) == [
        "2 sesion unknown_session", "3 numero_documento invalid_document",
        "4 numero_documento invalid_document", "5 institucion unknown_institution",
        "5 cargo unknown_role", "6 prueba_entrada score_out_of_range",
        "6 prueba_salida score_out_of_range", "8 apellido_paterno missing_required",
        "9 nombres missing_required",
      ])
    #expect(
      findings(report.warnings) == ["7 prueba_salida no_score", "10 numero_documento dni_padded"])
    #expect(
      try record.texts(
        "SELECT document_number, paternal_surname, maternal_surname, pre_score, post_score, "
          + "score_scale FROM attendance JOIN participant ON id = participant_id ORDER BY 1")
        == ["04000003||Solo|||20", "40000001|Ramos||85||100"])
  }

  @Test("no message says a name or a document")
  func privacy() throws {
    let record = try record()
    let report = try record.take(
      Self.header + "C-9,DNI,4000000X,Ramos,,Ana,,,,99,,,\nC-1,DNI,4000001,Ramos,,Ana,,,,,,,\n"
    ).report
    for issue in report.errors + report.warnings {
      for secret in ["Ramos", "Ana", "4000000X", "4000001"] {
        #expect(!issue.message.contains(secret))
      }
    }
  }

  @Test("a correction made since stands, until the file itself changes that cell")
  func corrections() throws {
    let record = try record()
    let file = Self.header + "C-1,DNI,40000001,Ramos,,Ana,pnp,juez,sí,10,12,,hola\n"
    try record.take(file)
    try record.write { db in
      try Attendances.edit(
        session: "C-1", participant: "40000001", ["pre_score": "11", "notas": "vista"],
        office: "cusco", in: db)
      try Participants.edit("40000001", ["nombres": "Ana María", "cargo": "policia"], in: db)
      try Sessions.edit("C-1", ["titulo": "Primero"], office: "cusco", in: db)
    }
    let state =
      "SELECT pre_score, post_score, a.role_code, p.role_code, given_names, title "
      + "FROM attendance a JOIN participant p ON p.id = participant_id "
      + "JOIN training_session s ON s.id = session_id"
    let changes = try record.changes {
      try record.take(file)
      try record.take(Self.sessions)
    }
    #expect(changes == 0)
    #expect(try record.texts(state) == ["11|12|juez|policia|Ana María|Primero"])
    let report = try record.take(file.replacing(",10,12,", with: ",\"9,5\",,")).report
    #expect(report.updated == 1)
    #expect(try record.texts(state) == ["9.5|12|juez|policia|Ana María|Primero"])
    #expect(try record.take(file.replacing(",10,12,", with: ",9.5,12,")).report.unchanged == 1)
  }

  @Test("a corrected document or name is still the same person at the next import")
  func correctedPersons() throws {
    let record = try record()
    let file =
      Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,,,,\nC-1,,,Vargas,,Luz,,,,,,,\n"
    try record.take(file)
    try record.write { db in
      try Participants.edit("40000001", ["numero_documento": "40000009"], in: db)
      try db.execute(
        sql: "UPDATE participant SET given_names = 'Luz Elena' WHERE given_names = 'Luz'")
    }
    #expect(try record.changes { try record.take(file) } == 0)
    #expect(try record.texts("SELECT COUNT(*) FROM participant") == ["2"])
    // The old number, elsewhere, is somebody else under a random identifier.
    let report = try record.take(Self.header + "C-2,DNI,40000001,Soto,,Eva,,,,,,,\n").report
    #expect(report.inserted == 1)
    #expect(
      try record.texts("SELECT id FROM participant WHERE document_number = '40000001'")
        .first?.hasPrefix("id-") == true)
  }

  @Test("what was deleted since is not made again by the same file")
  func deleted() throws {
    let record = try record()
    let file = Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,,,,\n"
    try record.take(file)
    try record.write { try Participants.delete("40000001", cascade: true, in: $0) }
    var report = ImportReport()
    #expect(try record.changes { report = try record.take(file).report } == 0)
    #expect(findings(report.warnings) == ["2 sesion deleted_since"])
  }

  @Test("a stored name is kept, with a warning only where the spelling really differs")
  func names() throws {
    let record = try record()
    try record.take(Self.header + "C-1,DNI,40000001,Núñez,,Ana,,,,,,,\n")
    let report = try record.take(
      Self.header + "C-2,DNI,40000001,NUNEZ,Ríos,ANA,,,,,,,\nC-2,DNI,40000001,X,,Y,,,,,,,\n"
    ).report
    #expect(report.inserted == 1)
    let other = try record.take(Self.header + "C-1,DNI,40000001,Nuñes,,Ana,,,,,,,\n").report
    #expect(findings(other.warnings) == ["2 apellido_paterno name_kept"])
    #expect(
      try record.texts("SELECT paternal_surname, maternal_surname, given_names FROM participant")
        == ["Núñez|Ríos|Ana"])
  }

  @Test("the same person twice in a file is one attendance: the first row holds, blanks are filled")
  func repeated() throws {
    let record = try record()
    let file =
      Self.header
      + "C-1,DNI,40000001,Ramos,,Ana,,,sí,10,,,\nC-1,DNI,40000001,Ramos,,Ana,,,sí,11,15,,\n"
    let report = try record.take(file).report
    #expect(report.inserted == 1 && report.updated == 1)
    #expect(findings(report.warnings) == ["3 sesion duplicate_row"])
    #expect(try record.texts("SELECT pre_score, post_score FROM attendance") == ["10|15"])
    #expect(try record.changes { try record.take(file) } == 0)
  }

  @Test("someone without a document is recognised by session and name, and may get a document")
  func withoutDocument() throws {
    let record = try record()
    try record.take(Self.header + "C-1,,,Ramos,,José,,,,,,,\n")
    #expect(try record.take(Self.header + "C-1,,,RAMOS,,Jose,,,,14,,,\n").report.updated == 1)
    try record.take(Self.header + "C-2,,,Ramos,,José,,,,,,,\n")
    #expect(try record.texts("SELECT COUNT(*) FROM participant") == ["2"])
    let file = Self.header + "C-1,DNI,40000001,Ramos,,José,,,,14,,,\n"
    #expect(try record.take(file).report.updated == 1)
    #expect(try record.texts("SELECT COUNT(document_number) FROM participant") == ["1"])
    #expect(try record.texts("SELECT COUNT(*) FROM attendance") == ["2"])
    #expect(try record.changes { try record.take(file) } == 0)
  }

  @Test("someone in several sessions keeps the role of each, and the file's last one as their own")
  func roles() throws {
    let record = try record()
    let file =
      Self.header
      + "C-1,DNI,40000001,Ramos,,Ana,,juez,,,,,\nC-2,DNI,40000001,Ramos,,Ana,,fiscal,,,,,\n"
    try record.take(file)
    #expect(
      try record.texts("SELECT role_code FROM attendance ORDER BY 1") == ["fiscal", "juez"])
    #expect(try record.texts("SELECT role_code FROM participant") == ["fiscal"])
    #expect(try record.changes { try record.take(file) } == 0)
  }

  @Test("a value in conflict is left alone, with a warning")
  func disputed() throws {
    let record = try record()
    try record.take(Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,10,12,,\n")
    try record.write { db in
      let ids = try String.fetchAll(
        db, sql: "SELECT session_id FROM attendance UNION ALL SELECT participant_id FROM attendance"
      )
      try db.execute(
        sql: """
          INSERT INTO sync_column SELECT no, 5, 'pre_score' FROM sync_table WHERE name = 'attendance';
          INSERT INTO sync_conflict (id, table_no, key, column_no, kind, state, opened_at)
          SELECT 'c1', no, '["\(ids[0])","\(ids[1])"]', 5, 'edit', 'open', ''
          FROM sync_table WHERE name = 'attendance'
          """)
    }
    let file = Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,11,13,,\n"
    #expect(findings(try record.take(file).report.warnings) == ["2 prueba_entrada disputed"])
    #expect(try record.texts("SELECT pre_score, post_score FROM attendance") == ["10|13"])
    #expect(try record.changes { try record.take(file) } == 0)
  }

  @Test("an indicator that leaves the file's list is unlinked, one linked by hand stays")
  func links() throws {
    let record = try record()
    _ = try record.write {
      try Sessions.edit(
        "C-1", ["indicators": "P-1.2.1.1;P-1.2.1.2;P-2.1.2.1"], office: "cusco", in: $0)
    }
    try record.take(Self.sessions.replacing("P-1.2.1.1;P-1.2.1.2", with: "P-1.2.1.2"))
    #expect(
      try record.texts(
        "SELECT indicator_id FROM session_indicator JOIN training_session ON id = session_id "
          + "WHERE code = 'C-1' ORDER BY 1") == ["P-1.2.1.2", "P-2.1.2.1"])
  }

  @Test("a dry run reports the same and writes nothing")
  func dryRun() throws {
    let record = try record()
    let file = Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,,,,\n"
    let dry = try record.take(file, dryRun: true).report
    #expect(try record.texts("SELECT COUNT(*) FROM participant") == ["0"])
    #expect(try record.take(file).report == dry)
  }

  @Test("two offices' sessions may share a code, and attendance means the office's own")
  func offices() throws {
    let record = try record()
    try record.take(Self.sessions, office: "lima")
    let file = Self.header + "C-1,DNI,40000001,Ramos,,Ana,,,,,,,\n"
    try record.take(file, office: "lima")
    #expect(
      try record.texts(
        "SELECT office_code FROM attendance JOIN training_session ON id = session_id") == ["lima"])
    #expect(
      findings(try record.take(file, office: "puno").report.errors)
        == ["2 sesion ambiguous_session"])
  }
}
