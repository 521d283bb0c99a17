import CentralNode
import CentralWeb
import Foundation
import GRDB
import Hummingbird
import Logging
import Replica
import Schema
import SyncModel
import SyncProtocol
import TestSupport
import Testing
import Trainings
import WebPages
import WebTestSupport

/// A centre with its pages, and offices that write with no line between them.
struct WebBench {
  let replicas: TestReplicas
  let keys = MemorySigningKeys(seed: 1)
  let central: Replica
  let node: CentralNode

  static let password = "una clave larga"

  init() throws {
    replicas = try TestReplicas(
      schema: ReplicaSchema(
        migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) }))
    let clock = replicas.clock
    central = try replicas.make("central", keys: keys)
    node = try CentralNode(
      replica: central, codec: ProtobufChangesetCodec(), keys: keys, now: { clock.now })
  }

  /// An office's replica with one session and two participants of which it knows.
  func office(_ name: String) throws -> Replica {
    try replicas.make(name, keys: keys)
  }

  /// The pages, on loopback without users or with one for each role.
  func web(signingIn: Bool) throws -> CentralWeb {
    let clock = replicas.clock
    var policy =
      signingIn ? WebPolicy.network(isSecure: false) : .loopback(roles: Set(WebRole.allCases))
    policy.hosts = nil
    policy.passwordCost = PasswordCost(rounds: 16)
    if signingIn {
      let users = UserStore(central, cost: policy.passwordCost)
      for role in WebRole.allCases {
        try users.add(
          WebUser(name: role.rawValue, fullName: "", roles: [role]), password: Self.password,
          now: clock.now)
      }
    }
    return try CentralWeb(node: node, replica: central, policy: policy, now: { clock.now })
  }

  /// The site, with the sync protocol's calls beside it.
  func site(signingIn: Bool) throws -> Site {
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let pages = try web(signingIn: signingIn).responder(logger: logger)
    let calls = CentralRoutes(node, logger: logger).router().buildResponder()
    return Site {
      Browser(
        SplitResponder(pages: pages, calls: calls, prefixes: CentralWeb.callPrefixes))
    }
  }

  /// A site that several people use.
  struct Site {
    let browser: () -> Browser
  }

  /// Two offices that gave one attendance different exit scores, merged at the centre.
  func dispute() throws -> (cusco: Replica, lima: Replica) {
    let (cusco, lima) = (try office("cusco"), try office("lima"))
    try cusco.execute(
      """
      INSERT INTO training_session(id, office_code, code, title, status, starts_on)
        VALUES ('s1', 'cusco', 'CUS-2020-001', 'Taller', 'held', '2020-05-04');
      INSERT INTO session_indicator VALUES ('s1', 'P-1.2.1.2');
      INSERT INTO participant(id, document_type, document_number, paternal_surname, given_names,
          role_code)
        VALUES ('p1', 'DNI', '40012345', 'Quispe', 'Rosa', 'fiscal_especializado');
      INSERT INTO attendance(session_id, participant_id, role_code, pre_score, post_score)
        VALUES ('s1', 'p1', 'fiscal_especializado', 8, 12);
      """)
    try cusco.send(to: lima)
    replicas.clock.advance(60_000)
    try cusco.execute("UPDATE attendance SET post_score = 14")
    replicas.clock.advance(60_000)
    try lima.execute("UPDATE attendance SET post_score = 16")
    try cusco.send(to: central)
    try lima.send(to: central)
    return (cusco, lima)
  }

  /// The two scores that stand against each other: which is shown follows from the writers' clocks.
  func values() throws -> (current: Double, other: Double) {
    let conflict = try #require(try central.conflicts(openOnly: true).first)
    guard case .real(let current) = conflict.current.value,
      case .real(let other) = conflict.other.value
    else { return (0, 0) }
    return (current, other)
  }

  func score() throws -> Double? {
    try central.read { db in try Double.fetchOne(db, sql: "SELECT post_score FROM attendance") }
  }
}

extension Browser.Answer {
  /// The first value of a form's field.
  func field(_ name: String) -> String? {
    let value = text.after("name=\"\(name)\" value=\"")
    return value.isEmpty ? nil : value
  }
}

extension Browser {
  /// Sends a form with the token of the page that it stands on.
  func post(
    _ path: String, _ fields: KeyValuePairs<String, String>, from page: Answer
  ) async throws -> Answer {
    try await post(path, fields.map { ($0.key, $0.value) }, token: page.field("_token") ?? "")
  }

  func signIn(_ name: String) async throws {
    let page = try await get("/sign-in")
    let answer = try await post(
      "/sign-in", ["name": name, "password": WebBench.password, "next": "/"], from: page)
    #expect(answer.status == .seeOther)
  }
}
