import Foundation
import GRDB
import Indicators
import Replica
import Schema
import Testing
import Trainings

/// A record in memory with the catalogs.
struct Fixture: RecordWriter {
  let queue: DatabaseQueue

  init() throws {
    queue = try DatabaseQueue()
    try queue.write { db in
      for migration in Migrations.engine + Migrations.trainings {
        try db.execute(sql: migration.sql)
      }
      try Catalog.load(into: db)
    }
  }

  func write(_ sql: String, _ arguments: StatementArguments = []) throws {
    try queue.write { db in try db.execute(sql: sql, arguments: arguments) }
  }

  func table(
    _ cutOff: String = "2020-06-30", by dimension: IndicatorDimension? = nil
  ) throws
    -> IndicatorTable
  {
    try queue.read { try IndicatorTable.compute($0, cutOff: cutOff, by: dimension) }
  }

  func value(
    _ id: String, _ cutOff: String = "2020-06-30", by dimension: IndicatorDimension? = nil
  ) throws -> IndicatorValue {
    try #require(table(cutOff, by: dimension).values.first { $0.id == id })
  }
}

/// What takes records, in short ways to write them.
protocol RecordWriter {
  func write(_ sql: String, _ arguments: StatementArguments) throws
}

extension Replica: RecordWriter {
  func write(_ sql: String, _ arguments: StatementArguments) throws {
    try write { db in try db.execute(sql: sql, arguments: arguments) }
  }
}

extension RecordWriter {
  /// A held session in Cusco unless said otherwise.
  func session(
    _ id: String, on day: String? = "2020-03-10", office: String = "cusco",
    department: String? = "Cusco", status: String? = "held", modality: String? = "presencial",
    indicators: [String]
  ) throws {
    try write(
      """
      INSERT INTO training_session
        (id, office_code, code, title, status, modality, starts_on, department)
      VALUES (?, ?, ?, 'Taller', ?, ?, ?, ?)
      """, [id, office, id, status, modality, day, department])
    for indicator in indicators {
      try write("INSERT INTO session_indicator VALUES (?, ?)", [id, indicator])
    }
  }

  func participant(
    _ id: String, type: String? = "DNI", number: String? = nil, sex: String? = "F",
    paternal: String = "Quispe", maternal: String? = "Rojas", given: String = "Ana"
  ) throws {
    try write(
      """
      INSERT INTO participant
        (id, document_type, document_number, paternal_surname, maternal_surname, given_names, sex)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [id, number == nil ? nil : type, number, paternal, maternal, given, sex])
  }

  func attendance(
    _ session: String, _ participant: String, role: String? = "juez", pre: Double? = nil,
    post: Double? = nil, scale: Double = 20, institution: String? = "pj"
  ) throws {
    try write(
      """
      INSERT INTO attendance
        (session_id, participant_id, role_code, institution_code, pre_score, post_score, score_scale)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [session, participant, role, institution, pre, post, scale])
  }

  func link(
    _ id: String, _ participant: String, _ sameAs: String, _ decision: String, at: String?
  ) throws {
    try write(
      "INSERT INTO person_link VALUES (?, ?, ?, ?, NULL, ?)",
      [id, participant, sameAs, decision, at])
  }
}

/// The five offices' files in one record, which tests only read.
func scenario() throws -> Fixture { try importedScenario.get() }

private let importedScenario = Result { () throws -> Fixture in
  let fixture = try Fixture()
  let folder = scenarioFolder
  try fixture.queue.write { db in
    for office in ["lima", "cusco", "loreto", "madre_de_dios", "puno"] {
      for file in ["sesiones", "asistencia", "entregables"] {
        let url = folder.appending(path: "\(office)/\(file).csv")
        _ = try TrainingImport.run([UInt8](Data(contentsOf: url)), office: office, in: db)
      }
    }
  }
  return fixture
}

let scenarioFolder = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Examples/scenario")
