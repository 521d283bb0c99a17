import GRDB
import Testing

@testable import Trainings

@Suite("Undoing imports")
struct ImportUndoTests {
  static let tables = [
    "training_session", "session_indicator", "participant", "attendance", "deliverable",
    "import_memory",
  ]

  private func state(_ record: DatabaseQueue) throws -> [String] {
    try Self.tables.flatMap { table in
      try record.texts("SELECT * FROM \(table) ORDER BY 1, 2").map { "\(table) \($0)" }
    }
  }

  private func undo(_ number: Int?, _ record: DatabaseQueue) throws -> UndoReport {
    let number = try #require(number)
    return try record.write {
      try ImportUndo.run(number, in: $0, environment: countingEnvironment())
    }
  }

  private func kept(_ report: UndoReport) -> [String] {
    report.kept.map { "\($0.table) \($0.column ?? "row") \($0.reason.rawValue)" }.sorted()
  }

  @Test(
    "import after import and undone in reverse, an office's record is what it was at each step",
    arguments: ["puno", "madre_de_dios"])
  func inverse(office: String) throws {
    let record = try emptyRecord()
    var steps: [(before: [String], number: Int)] = []
    for file in ScenarioTests.files {
      let bytes = try scenarioFile("\(office)/\(file)")
      for changed in [bytes, Self.changed(bytes)] {
        let before = try state(record)
        let outcome = try record.take(bytes: changed, office: office)
        steps.append((before, try #require(outcome.number)))
      }
    }
    #expect(try record.read { try ImportHistory.list(in: $0) }.map(\.number) == [6, 5, 4, 3, 2, 1])
    for step in steps.reversed() {
      let report = try undo(step.number, record)
      #expect(report.kept == [])
      #expect(try state(record) == step.before)
      #expect(try record.texts("PRAGMA foreign_key_check") == [])
    }
    #expect(try record.texts("SELECT COUNT(*) FROM import_write") == ["0"])
    #expect(try record.texts("SELECT COUNT(*) FROM import_before") == ["0"])
  }

  /// The file as it might come a month later: with other words, days, scores and lists.
  private static func changed(_ bytes: [UInt8]) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    for (old, new) in [
      ("taller", "curso"), ("presencial", "mixta"), ("14", "13"), ("juez", "fiscal"),
      ("P-1.2.1.1", "P-1.2.1.2"), ("Sí", "No"), ("borrador", "aprobado"), ("aprobado", "en uso"),
    ] {
      text = text.replacing(old, with: new)
    }
    return Array(text.utf8)
  }

  @Test("an undone file can be imported again, as if for the first time")
  func again() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    let file =
      ImportTests.header
      + "C-1,DNI,40000001,Ramos,,Ana,pnp,juez,sí,10,12,,\nC-2,,,Soto,,Eva,,,,,,,\n"
    let first = try record.take(file)
    let before = try state(record)
    #expect(try undo(first.number, record).deleted == 4)
    let second = try record.take(file)
    #expect(second.report == first.report)
    #expect(try state(record).count == before.count)
    #expect(try record.take(file).number == nil)
  }

  @Test("what somebody changed since stays and is listed, the rest is put back")
  func edited() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    let file =
      ImportTests.header
      + "C-1,DNI,40000001,Ramos,,Ana,pnp,juez,sí,10,12,,\nC-1,DNI,40000002,Soto,,Eva,,,,,,,\n"
    let first = try record.take(file)
    let second = try record.take(file.replacing(",10,12,", with: ",11,13,"))
    try record.write { db in
      _ = try Attendances.edit(
        session: "C-1", participant: "40000001", ["post_score": "14"], office: "cusco", in: db)
      _ = try Participants.edit("40000002", ["phone": "999"], in: db)
    }
    var report = try undo(second.number, record)
    #expect(kept(report) == ["attendance post_score edited"])
    #expect(report.restored == 1)
    #expect(
      try record.texts("SELECT pre_score, post_score FROM attendance WHERE pre_score IS NOT NULL")
        == ["10|14"])
    // The correction stands against the same file.
    try record.take(file.replacing(",10,12,", with: ",11,13,"))
    #expect(
      try record.texts("SELECT pre_score, post_score FROM attendance WHERE pre_score IS NOT NULL")
        == ["11|14"])
    report = try undo(first.number, record)
    #expect(
      kept(report) == [
        "attendance row edited", "participant row edited", "participant row referred",
      ])
    #expect(report.deleted == 1)
    let changes = try record.changes {
      let repeated = try undo(first.number, record)
      #expect(kept(repeated) == kept(report))
    }
    #expect(changes == 0)
  }

  @Test("a session that has attendance from another file stays, with its indicators")
  func referred() throws {
    let record = try emptyRecord()
    let sessions = try record.take(ImportTests.sessions)
    let attendance = try record.take(ImportTests.header + "C-1,DNI,40000001,Ramos,,Ana,,,,,,,\n")
    let report = try undo(sessions.number, record)
    #expect(kept(report) == ["training_session row referred"])
    #expect(report.deleted == 1)
    #expect(try record.texts("SELECT indicator_id FROM session_indicator").count == 2)
    #expect(try undo(attendance.number, record).deleted == 2)
    #expect(try undo(sessions.number, record).deleted == 1)
    #expect(try state(record) == [])
    let last = try undo(sessions.number, record)
    #expect(last.deleted == 0 && last.restored == 0 && last.kept == [])
  }

  @Test("somebody who was there before the import stays as they were before it")
  func persons() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    try record.write { db in
      _ = try Participants.add(
        [
          "document_number": "40000001", "given_names": "Ana", "paternal_surname": "",
          "maternal_surname": "Ríos", "role_code": "juez",
        ], in: db, environment: countingEnvironment())
    }
    let before = try record.texts("SELECT * FROM participant")
    let file = ImportTests.header + "C-1,DNI,40000001,Ramos,,Ana,pnp,fiscal,,,,,\n"
    let outcome = try record.take(file)
    #expect(
      try record.texts("SELECT role_code, paternal_surname FROM participant") == ["fiscal|Ramos"])
    let report = try undo(outcome.number, record)
    #expect(report.deleted == 1 && report.restored == 3)
    #expect(try record.texts("SELECT * FROM participant") == before)
    #expect(throws: TrainingsError(.unknownImport(99))) { try undo(99, record) }
  }

  @Test("a value in conflict is not touched by an undo")
  func disputed() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    let file = ImportTests.header + "C-1,DNI,40000001,Ramos,,Ana,,,,10,12,,\n"
    try record.take(file)
    let outcome = try record.take(file.replacing(",10,12,", with: ",11,13,"))
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
    #expect(try kept(undo(outcome.number, record)) == ["attendance pre_score disputed"])
    #expect(try record.texts("SELECT pre_score, post_score FROM attendance") == ["11|12"])
  }
}

@Suite("Previewing imports")
struct ImportPreviewTests {
  @Test(
    "a dry run says what the true run then does, and writes nothing",
    arguments: ScenarioTests.offices)
  func exact(office: String) throws {
    let record = try emptyRecord()
    for file in ScenarioTests.files {
      let bytes = try scenarioFile("\(office)/\(file)")
      for turn in 0..<2 {
        var dry: ImportOutcome?
        let tables = ImportUndoTests.tables + ["import_run", "import_write", "import_before"]
        let counts = try tables.map { try record.texts("SELECT COUNT(*) FROM \($0)") }
        dry = try record.take(bytes: bytes, office: office, dryRun: true)
        #expect(try tables.map { try record.texts("SELECT COUNT(*) FROM \($0)") } == counts)
        let genuine = try record.take(bytes: bytes, office: office)
        #expect(dry?.report == genuine.report)
        #expect(dry?.rejectedFile == genuine.rejectedFile)
        #expect(turn == 0 || genuine.report.inserted == 0)
      }
    }
  }

  @Test("the preview shows the first rows with what changes from what to what")
  func rows() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    let file =
      ImportTests.header
      + "C-1,DNI,40000001,Ramos,,Ana,pnp,juez,sí,10,12,,\nC-2,,,Soto,,Eva,,,,,,,\n"
    try record.take(file)
    func preview(_ text: String, _ limit: Int) throws -> [String] {
      try record.write { db in
        let source = try TrainingImport.open(Array(text.utf8), office: "cusco", in: db)
        return try TrainingImport.run(
          source, office: "cusco", in: db, dryRun: true,
          preview: limit
        ).preview.map { row in
          let changes = row.changes.map { "\($0.column) \($0.old ?? "–")→\($0.new)" }
          return "\(row.line) \(row.outcome.rawValue) \(row.label): "
            + changes.joined(separator: ", ")
        }
      }
    }
    let changed =
      file.replacing("juez,sí,10,12", with: "fiscal,sí,11,12") + "C-2,,,Luna,,Luz,,,,,,,\n"
    let shown = try preview(changed, 5)
    #expect(
      shown == [
        "2 changed C-1, Ramos, Ana: cargo juez→fiscal, prueba_entrada 10→11",
        "4 new C-2, Luna, Luz: sesion –→C-2, apellido_paterno –→Luna, nombres –→Luz",
      ])
    #expect(try preview(changed, 1).count == 1)
    #expect(try preview(file, 5) == [])
    #expect(
      try preview(ImportTests.sessions.replacing("P-1.2.1.1;P-1.2.1.2", with: "P-1.2.1.2"), 5) == [
        "2 changed C-1, Uno: indicadores P-1.2.1.1;P-1.2.1.2→P-1.2.1.2"
      ])
  }
}
