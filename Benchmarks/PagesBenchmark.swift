import CentralNode
import CentralWeb
import Foundation
import GRDB
import Logging
import Replica
import Schema
import SyncModel
import SyncProtocol
import TestSupport
import Trainings
import WebPages
import WebTestSupport

/// How long the centre's pages take over many attendances: just after a write, and once more.
struct PagesBenchmark {
  struct Result: Codable {
    var attendances = 0
    /// Milliseconds of the first answer after somebody wrote, by page.
    var afterWrite: [String: Double] = [:]
    /// Milliseconds of the next.
    var again: [String: Double] = [:]
    var slowestAfterWrite = 0.0
    var slowestAgain = 0.0
  }

  private static let pages = [
    "/", "/indicators", "/indicators?by=office", "/indicators/P-1.2.1.2", "/conflicts", "/nodes",
    "/sessions", "/sessions/1", "/participants/1", "/quarters", "/quarters/2020T2", "/activity",
    "/users",
  ]

  let rows: Int
  let folder: TemporaryFolder

  func run() async throws -> Result {
    let identities = TestIdentities(seed: 5)
    let keys = MemorySigningKeys(seed: 1)
    let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    let replica = try Replica.create(
      at: folder.file("central.sqlite"), office: "central", label: nil,
      schema: ReplicaSchema(
        migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) }),
      environment: ReplicaEnvironment(
        now: now,
        newNodeID: {
          let (high, low) = identities.next()
          return NodeID(high: high, low: low)
        }, codec: ProtobufChangesetCodec(), keys: keys, durability: .normal))
    try fill(replica)
    _ = try replica.seal()
    let node = try CentralNode(
      replica: replica, codec: ProtobufChangesetCodec(), keys: keys, now: now)
    var policy = WebPolicy.loopback(roles: Set(WebRole.allCases))
    policy.hosts = nil
    let logger = Logger(label: "benchmark", factory: { _ in SwiftLogNoOpLogHandler() })
    let browser = Browser(
      try CentralWeb(node: node, replica: replica, policy: policy, now: now)
        .responder(logger: logger))
    var result = Result(attendances: rows)
    for page in Self.pages {
      try replica.write { db in
        try db.execute(sql: "UPDATE attendance SET post_score = 20 - post_score WHERE rowid = 1")
      }
      _ = try replica.seal()
      result.afterWrite[page] = try await milliseconds(browser, page)
      result.again[page] = try await milliseconds(browser, page)
    }
    result.slowestAfterWrite = result.afterWrite.values.max() ?? 0
    result.slowestAgain = result.again.values.max() ?? 0
    return result
  }

  private func milliseconds(_ browser: Browser, _ page: String) async throws -> Double {
    let start = ContinuousClock.now
    let answer = try await browser.get(page)
    let time = ContinuousClock.now - start
    precondition(answer.status == .ok, "the page \(page) is shown")
    return (time / .microseconds(1)) / 1000
  }

  /// Sessions of forty over ten quarters; a person comes to about three.
  private func fill(_ replica: Replica) throws {
    var random = SeededGenerator(seed: 20_200_630)
    let syllables = ["qui", "ma", "hua", "con", "do", "ri", "cho", "que", "sa", "la", "tu", "pa"]
    func name() -> String {
      (0..<4).map { _ in syllables[random.below(syllables.count)] }.joined().capitalized
    }
    let offices = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]
    try replica.write { db in
      let persons = max(rows / 3, 50)
      let participant = try db.makeStatement(
        sql: """
          INSERT INTO participant (id, document_type, document_number, paternal_surname,
            maternal_surname, given_names, sex, institution_code, role_code)
          VALUES (?, 'DNI', ?, ?, ?, ?, ?, 'pnp', 'fiscal_especializado')
          """)
      for person in 0..<persons {
        try participant.execute(arguments: [
          "p\(person)", String(10_000_000 + person), name(), name(), name(),
          person % 2 == 0 ? "F" : "M",
        ])
      }
      let indicators = try String.fetchAll(
        db, sql: "SELECT DISTINCT indicator_id FROM indicator_role ORDER BY 1")
      let attendance = try db.makeStatement(
        sql: """
          INSERT OR IGNORE INTO attendance
            (session_id, participant_id, role_code, pre_score, post_score)
          VALUES (?, ?, 'fiscal_especializado', 8, 14)
          """)
      for session in 0..<(rows / 40) {
        let quarter = session % 10
        let month = quarter % 4 * 3 + 1
        let day = "\(2018 + quarter / 4)-\(month < 10 ? "0" : "")\(month)-15"
        try db.execute(
          sql: """
            INSERT INTO training_session (id, office_code, code, title, status, starts_on)
            VALUES (?, ?, ?, 'Taller', 'held', ?)
            """, arguments: ["s\(session)", offices[session % 5], "S-\(session)", day])
        try db.execute(
          sql: "INSERT INTO session_indicator VALUES (?, ?)",
          arguments: ["s\(session)", indicators[session % indicators.count]])
        for _ in 0..<40 {
          try attendance.execute(arguments: ["s\(session)", "p\(random.below(persons))"])
        }
      }
    }
  }
}
