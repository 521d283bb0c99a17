import CentralNode
import Crypto
import Foundation
import GRDB
import Hummingbird
import HummingbirdTesting
import Logging
import Replica
import Schema
import SyncModel
import SyncProtocol
import TestSupport
import Testing

/// A central node in memory of the test, and what an office needs to call it.
struct Bench {
  let replicas: TestReplicas
  let keys = MemorySigningKeys(seed: 1)
  let replica: Replica
  let node: CentralNode
  let codec = ProtobufChangesetCodec()

  init() throws {
    replicas = try TestReplicas()
    let clock = replicas.clock
    replica = try replicas.make("central", keys: keys)
    node = try CentralNode(replica: replica, codec: codec, keys: keys, now: { clock.now })
  }

  func request(
    code: String,
    for office: Replica,
    named name: String? = nil
  ) throws -> EnrolmentRequest {
    let facts = try office.identity()
    let key = try #require(try keys.publicKey(of: facts.id, creating: true))
    var request = EnrolmentRequest(
      code: code, node: facts.id.description, publicKey: hexadecimal(key),
      office: name ?? facts.office, label: nil)
    request.proof = hexadecimal(try keys.sign(request.challenge, as: facts.id))
    return request
  }

  /// An enrolled office's replica and its token.
  func office(
    _ name: String, label: String? = nil
  ) throws -> (replica: Replica, token: String) {
    let office = try replicas.make(name, keys: keys)
    let code = try node.register.makeCode(office: name, label: label)
    let answer = try node.enroll(try request(code: code, for: office))
    return (office, answer.token)
  }

  func withClient(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let application = Application(
      router: CentralRoutes(node, logger: logger).router(), logger: logger)
    try await application.test(.router, test)
  }
}

extension TestResponse {
  var problemCode: String? {
    guard headers[.contentType] == ProblemDocument.mediaType else { return nil }
    return try? JSONDecoder().decode(ProblemDocument.self, from: Data(Array(buffer: body))).code
  }
}

@Suite("Central node")
struct CentralNodeTests {
  func bearer(_ token: String) -> HTTPFields {
    [.authorization: "Bearer \(token)"]
  }

  @Test("the routes are those of the OpenAPI document")
  func routes() throws {
    let bench = try Bench()
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let served = CentralRoutes(bench.node, logger: logger).router().routes
      .map { "\($0.method.rawValue.lowercased()) /\($0.path.description.drop { $0 == "/" })" }
    var described: [String] = []
    var path = ""
    var isInPaths = false
    for line in ProtocolDocuments.openAPI.split(separator: "\n") {
      if !line.hasPrefix(" ") { isInPaths = line == "paths:" }
      guard isInPaths else { continue }
      if line.hasPrefix("  /") { path = String(line.dropFirst(2).dropLast()) }
      let word = line.dropFirst(4).dropLast()
      if line.hasPrefix("    "), ["get", "post", "put", "delete"].contains(word) {
        described.append("\(word) \(path)")
      }
    }
    #expect(served.sorted() == described.sorted())
    #expect(described.count == 12)
  }

  @Test("the OpenAPI document lists the codes of all problems, and each code once")
  func problemCodes() {
    let codes = Problem.examples.map(\.document.code)
    #expect(Set(codes).count == codes.count)
    let listed = ProtocolDocuments.openAPI.split(separator: "\n")
      .filter { $0.hasPrefix("            - ") }.map { String($0.dropFirst(14)) }
    #expect(listed.sorted() == codes.sorted())
  }

  @Test("a call without a good credential is refused")
  func credentials() async throws {
    let bench = try Bench()
    let (office, token) = try bench.office("cusco")
    try await bench.withClient { client in
      let none = try await client.execute(uri: "/v1/digest", method: .get)
      #expect(none.status == .unauthorized)
      #expect(none.problemCode == "credential_missing")
      let wrong = try await client.execute(
        uri: "/v1/digest", method: .get, headers: bearer(token + "0"))
      #expect(wrong.problemCode == "credential_unknown")
      let right = try await client.execute(uri: "/v1/digest", method: .get, headers: bearer(token))
      #expect(right.status == .ok)
      #expect(try bench.node.register.revoke(office.identity().id) == 1)
      let revoked = try await client.execute(
        uri: "/v1/digest", method: .get, headers: bearer(token))
      #expect(revoked.status == .unauthorized)
      #expect(revoked.problemCode == "credential_revoked")
    }
  }

  @Test("the database holds neither codes nor tokens")
  func secrets() throws {
    let bench = try Bench()
    let office = try bench.replicas.make("cusco", keys: bench.keys)
    let code = try bench.node.register.makeCode(office: "cusco", label: nil)
    let token = try bench.node.enroll(try bench.request(code: code, for: office)).token
    try bench.replica.write { try $0.execute(sql: "SELECT 1") }
    let path = bench.replica.path
    try bench.replica.close()
    for suffix in ["", "-wal"] {
      guard let content = FileManager.default.contents(atPath: path + suffix) else { continue }
      for secret in [code, EnrolmentCode.normalized(code), token, String(token.dropFirst(6))] {
        #expect(content.range(of: Data(secret.utf8)) == nil)
      }
    }
  }

  @Test("a code enrols one replica of its office, before it expires")
  func codes() throws {
    let bench = try Bench()
    let cusco = try bench.replicas.make("cusco", keys: bench.keys)
    let puno = try bench.replicas.make("puno", keys: bench.keys)
    let code = try bench.node.register.makeCode(office: "cusco", label: nil)
    let sloppy = code.lowercased().replacingOccurrences(of: "-", with: " ")
    #expect(throws: Problem.codeUnknown) {
      try bench.node.enroll(try bench.request(code: "0000-0000-0000-0000", for: cusco))
    }
    #expect(throws: Problem.officeMismatch(office: "cusco")) {
      try bench.node.enroll(try bench.request(code: code, for: puno))
    }
    let first = try bench.node.enroll(try bench.request(code: sloppy, for: cusco))
    #expect(throws: Problem.codeUsed) {
      try bench.node.enroll(try bench.request(code: code, for: puno, named: "cusco"))
    }
    // The answer was lost: the same replica asks again, and the first token dies.
    let second = try bench.node.enroll(try bench.request(code: code, for: cusco))
    #expect(second.token != first.token)
    #expect(try bench.node.register.all().filter { $0.revokedAt == nil }.count == 1)
    let late = try bench.node.register.makeCode(office: "puno", label: nil)
    bench.replicas.clock.advance(14 * 86_400_000)
    #expect(throws: Problem.codeExpired) {
      try bench.node.enroll(try bench.request(code: late, for: puno))
    }
  }

  @Test("nobody enrols with a key that is not his")
  func proof() throws {
    let bench = try Bench()
    let cusco = try bench.replicas.make("cusco", keys: bench.keys)
    let code = try bench.node.register.makeCode(office: "cusco", label: nil)
    var request = try bench.request(code: code, for: cusco)
    request.proof = String(repeating: "0", count: 128)
    #expect(throws: Problem.proofInvalid) { try bench.node.enroll(request) }
  }

  @Test("a damaged push is refused with a documented problem and changes nothing")
  func damagedPushes() async throws {
    let bench = try Bench()
    let (office, token) = try bench.office("cusco")
    try office.execute("INSERT INTO team(id, name) VALUES ('a', 'Uno'), ('b', 'Dos')")
    try office.seal()
    let changeset = try #require(try office.ownChangesets(after: 0, maxBytes: .max).first)
    let before = try bench.replica.knowledge()
    var cases: [(String, [UInt8])] = [
      ("bad_request", [0xff, 0xff, 0xff]),
      ("bad_request", Array(try Push(changesets: [changeset]).encoded().dropLast(3))),
      ("request_too_large", [UInt8](repeating: 0, count: MessageLimits.body + 1)),
    ]
    var flipped = changeset
    flipped.body[flipped.body.count / 2] ^= 1
    cases.append(("changeset_damaged", try Push(changesets: [flipped]).encoded()))
    var forged = changeset
    forged.signature[0] ^= 1
    cases.append(("bad_signature", try Push(changesets: [forged]).encoded()))
    let stranger = try bench.replicas.make("puno", keys: bench.keys)
    try stranger.execute("INSERT INTO team(id, name) VALUES ('c', 'Tres')")
    try stranger.seal()
    let strange = try stranger.ownChangesets(after: 0, maxBytes: .max)
    cases.append(("unknown_author", try Push(changesets: strange).encoded()))
    let refused = cases
    let push = try Push(changesets: [changeset]).encoded()
    try await bench.withClient { client in
      for (code, bytes) in refused {
        let response = try await client.execute(
          uri: "/v1/changesets", method: .post, headers: bearer(token),
          body: ByteBuffer(bytes: bytes))
        #expect(response.problemCode == code)
      }
      #expect(try bench.replica.knowledge() == before)
      let response = try await client.execute(
        uri: "/v1/changesets", method: .post, headers: bearer(token), body: ByteBuffer(bytes: push))
      #expect(response.status == .ok)
      let again = try await client.execute(
        uri: "/v1/changesets", method: .post, headers: bearer(token), body: ByteBuffer(bytes: push))
      let answer = try PushAnswer(decoding: Array(buffer: again.body))
      #expect(answer.merge.known == 1)
      #expect(answer.lastSequence == 1)
    }
    #expect(try bench.replica.dump("team").count == 4)
  }

  @Test("an office relays what another one signed")
  func relay() async throws {
    let bench = try Bench()
    let (cusco, token) = try bench.office("cusco")
    let (puno, _) = try bench.office("puno")
    try puno.execute("INSERT INTO team(id, name) VALUES ('c', 'Tres')")
    try puno.send(to: cusco)
    let push = try Push(changesets: puno.ownChangesets(after: 0, maxBytes: .max)).encoded()
    try await bench.withClient { client in
      let response = try await client.execute(
        uri: "/v1/changesets", method: .post, headers: bearer(token), body: ByteBuffer(bytes: push))
      #expect(response.status == .ok)
    }
    #expect(try bench.replica.dump("team").count == 3)
  }

  @Test("what is not there and what cannot be read are problems too")
  func requests() async throws {
    let bench = try Bench()
    let (_, token) = try bench.office("cusco")
    try await bench.withClient { client in
      #expect(try await client.execute(uri: "/v2/x", method: .get).problemCode == "not_found")
      let pull = try await client.execute(
        uri: "/v1/changesets?after=x", method: .get, headers: bearer(token))
      #expect(pull.problemCode == "bad_request")
      let enroll = try await client.execute(
        uri: "/v1/enroll", method: .post, body: ByteBuffer(string: "{}"))
      #expect(enroll.problemCode == "bad_request")
      let health = try await client.execute(uri: "/healthz", method: .get)
      #expect(String(buffer: health.body) == "ok\n")
      let metrics = try await client.execute(uri: "/metrics", method: .get)
      #expect(String(buffer: metrics.body).contains("quipu_log_end 0\n"))
      #expect(String(buffer: metrics.body).contains("# TYPE quipu_requests_total counter\n"))
    }
  }

  @Test(
    "metrics tell of each node how old its sync and its proof are, and of the backup, without names"
  )
  func nodeMetrics() async throws {
    let bench = try Bench()
    let clock = bench.replicas.clock
    func report(_ office: Replica, verified: Bool) throws {
      let node = try office.identity().id
      let access = try #require(try bench.node.register.all().first { $0.node == node })
      _ = try bench.node.hello(
        Hello(
          node: node, lastSequence: 0, lastHash: [], acknowledgedSequence: 0,
          knowledge: Knowledge(), schemaVersion: 1, clockMilliseconds: clock.now, epoch: "",
          logNumber: 0), from: access)
      try bench.node.report(
        NodeReport(
          verified: verified, rows: 3, unsent: 2, conflicts: 0, quarantined: 0, program: nil),
        from: access)
    }
    let (cusco, _) = try bench.office("cusco", label: "laptop de Rosa")
    let (lost, lapsed) = (try bench.office("lima").replica, try bench.office("loreto").replica)
    _ = try bench.office("puno")
    for office in [cusco, lost, lapsed] { try report(office, verified: true) }
    _ = try bench.node.register.revoke(lost.identity().id)
    _ = try bench.node.register.setLapsed(lapsed.identity().id, true)
    clock.advance(60_000)
    try report(cusco, verified: false)
    try bench.replica.set(Replica.lastBackup, String(clock.now))
    clock.advance(30_000)
    try await bench.withClient { client in
      let response = try await client.execute(uri: "/metrics", method: .get)
      let text = String(buffer: response.body)
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      let name = "{office=\"cusco\",node=\"\(try cusco.identity().id.description.prefix(8))\"}"
      #expect(
        lines.filter { $0.contains("quipu_node_") } == [
          "quipu_node_sync_age_seconds\(name) 30", "quipu_node_verified_age_seconds\(name) 90",
          "quipu_node_verified\(name) 0", "quipu_node_unsent\(name) 2",
        ])
      #expect(lines.contains("quipu_backup_age_seconds 30"))
      #expect(lines.contains("quipu_storage_writable 1"))
      #expect(!text.contains("Rosa"))
    }
  }

  @Test("a snapshot holds the data, and nobody's credentials")
  func snapshot() async throws {
    let bench = try Bench()
    let (_, token) = try bench.office("cusco")
    try bench.replica.execute("INSERT INTO team(id, name) VALUES ('z', 'Central')")
    let path = bench.replicas.folder.file("snapshot.sqlite")
    try await bench.withClient { client in
      let response = try await client.execute(
        uri: "/v1/snapshot?limit=4194304", method: .get, headers: bearer(token))
      #expect(response.status == .ok)
      let piece = try SnapshotPiece(decoding: Array(buffer: response.body))
      #expect(Int64(piece.data.count) == piece.size)
      try Data(piece.data).write(to: URL(filePath: path + ".zst"))
      #expect(try FileCompression.facts(of: path + ".zst").hash == piece.hash)
      try FileCompression.decompress(path + ".zst", to: path, size: piece.contentSize)
      #expect(throws: FileCompression.Failure.self) {
        try FileCompression.decompress(
          path + ".zst", to: path + ".more", size: piece.contentSize - 1)
      }
      let gone = try await client.execute(
        uri: "/v1/snapshot?id=0000", method: .get, headers: bearer(token))
      #expect(gone.status == .notFound)
    }
    let (rows, privateTables) = try await DatabaseQueue(path: path).read { db in
      (
        try Int.fetchOne(db, sql: "SELECT count(*) FROM team WHERE id = 'z'"),
        try CentralTables.names.filter { try db.tableExists($0) }
      )
    }
    #expect(rows == 1)
    #expect(privateTables.isEmpty)
    let folder = bench.replica.path + ".snapshots"
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
  }
}
