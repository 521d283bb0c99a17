import GRDB
import Replica
import Schema
import SyncModel
import TestSupport
import Testing

@testable import Trainings

@Suite("Offices that import apart and then meet")
struct MergedOfficesTests {
  private func replicas() throws -> TestReplicas {
    try TestReplicas(
      schema: ReplicaSchema(
        migrations: Migrations.trainings,
        loadGround: { try Catalog.load(into: $0) }))
  }

  private func take(_ office: String, into replica: Replica) throws {
    for file in ScenarioTests.files {
      let bytes = try scenarioFile("\(office)/\(file)")
      _ = try replica.write { db in
        try TrainingImport.run(bytes, office: office, in: db)
      }
    }
  }

  @Test("the same person registered twice is one row, and only real misspellings are conflicts")
  func conflicts() throws {
    let replicas = try replicas()
    let central = try replicas.make("central")
    for office in ScenarioTests.offices {
      let replica = try replicas.make(office)
      try take(office, into: replica)
      try replica.send(to: central)
    }
    let expected = String(decoding: try scenarioFile("expected/name_conflicts.csv"), as: UTF8.self)
      .split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",")[0...1].joined(separator: ",") }
    let found = try central.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT p.document_number || ',' || c.name FROM sync_conflict x
          JOIN sync_table t ON t.no = x.table_no AND t.name = 'participant'
          JOIN sync_column c ON c.table_no = x.table_no AND c.no = x.column_no
          JOIN participant p ON p.id = x.key ->> 0
          WHERE x.state = 'open' ORDER BY 1
          """)
    }
    #expect(found == expected.sorted())
  }

  @Test("importing again after others' changes arrived captures nothing")
  func again() throws {
    let replicas = try replicas()
    let cusco = try replicas.make("cusco")
    let puno = try replicas.make("puno")
    try take("cusco", into: cusco)
    try take("puno", into: puno)
    try cusco.send(to: puno)
    try puno.send(to: cusco)
    try take("puno", into: puno)
    try take("cusco", into: cusco)
    for replica in [cusco, puno] {
      let captured = try replica.read { db in
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sync_capture")
      }
      #expect(captured == 0)
    }
  }
}
