import GRDB
import Hummingbird
import Logging
import Replica
import Schema
import SyncProtocol
import SyncTransport
import TestSupport
import Trainings
import WebPages
import WebTestSupport

@testable import OfficeWeb

/// An office's pages over a replica of its own, with a session and a few invented persons.
struct OfficeBench {
  static let session = "s-1"
  let replicas: TestReplicas
  let replica: Replica

  init() throws {
    replicas = try TestReplicas(
      schema: ReplicaSchema(
        migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) }))
    replica = try replicas.make("cusco")
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO training_session(id, office_code, code, title, status, starts_on)
          VALUES ('s-1', 'cusco', 'CUS-2026-001', 'Taller de prueba', 'held', '2026-03-02');
          INSERT INTO participant(id, document_type, document_number, paternal_surname,
            maternal_surname, given_names) VALUES
            ('p-1', 'DNI', '01234567', 'Ñaupari', 'Quispe', 'Zoila Inés'),
            ('p-2', 'DNI', '41234568', 'Huamán', 'Condori', 'Teófilo'),
            ('p-3', NULL, NULL, 'Huamaní', 'Ccahuana', 'Saturnina');
          INSERT INTO attendance(session_id, participant_id, pre_score) VALUES ('s-1', 'p-1', 9);
          """)
    }
  }

  func browser(roles: Set<WebRole> = OfficeWeb.localRoles) throws -> Browser {
    let clock = replicas.clock
    let replica = replica
    let web = try OfficeWeb(
      replica: replica, policy: .loopback(roles: roles),
      client: {
        SyncClient(
          credential: CredentialFile(besideReplica: replica.path),
          codec: ProtobufChangesetCodec(), keys: MemorySigningKeys(seed: 1), now: { clock.now })
      }, now: { clock.now })
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    return Browser(web.routes(logger: logger).responder())
  }

  /// A browser at the office after it and Lima gave one cell of a table's first row two values.
  func dispute(
    _ table: String = "attendance", _ column: String = "post_score", _ own: String = "14",
    _ other: String = "16"
  ) async throws -> Browser {
    let lima = try replicas.make("lima")
    try replica.send(to: lima)
    for (office, value) in [(replica, own), (lima, other)] {
      try office.execute(
        "UPDATE \(table) SET \(column) = \(value) WHERE rowid = (SELECT min(rowid) FROM \(table))")
    }
    try lima.send(to: replica)
    return try browser()
  }

  func scores(_ participant: String) throws -> [Double?] {
    try replica.read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT pre_score, post_score FROM attendance WHERE participant_id = ?",
        arguments: [participant])
      return row.map { [$0[0], $0[1]] } ?? []
    }
  }

  func count(_ sql: String) throws -> Int {
    try replica.read { db in try Int.fetchOne(db, sql: sql) ?? -1 }
  }
}
