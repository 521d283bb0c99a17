import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@Suite("Rows that do not follow from their changes")
struct RepairTests {
  private let replicas: TestReplicas
  private let lima: Replica
  private let cusco: Replica

  init() throws {
    replicas = try TestReplicas()
    lima = try replicas.make("lima")
    cusco = try replicas.make("cusco")
    try lima.execute(
      """
      INSERT INTO team(id, name, leader) VALUES ('t', 'Ana', 'x'), ('u', 'Eva', 'y');
      INSERT INTO tag(id, label) VALUES (1, 'a'), (2, 'b');
      """)
    try lima.send(to: cusco)
    try cusco.execute("UPDATE team SET leader = 'c' WHERE id = 't'; DELETE FROM tag WHERE id = 2")
    try lima.execute("UPDATE team SET leader = 'l' WHERE id = 't'")
    try lima.send(to: cusco)
    try cusco.send(to: lima)
  }

  @Test("a row whose books were changed along with it is found and put right, and others stay")
  func forged() throws {
    let before = (try lima.dump("team"), try lima.conflicts(openOnly: true))
    try replicas.forge(
      lima,
      """
      UPDATE team SET leader = 'forged' WHERE id = 't'; DELETE FROM team WHERE id = 'u';
      INSERT INTO tag(id, label) VALUES (7, 'nobody''s');
      """)
    #expect(try lima.check().audit.isEmpty)
    #expect(try lima.digests().tables != cusco.digests().tables)

    let report = try lima.repair()
    #expect(report.rows == 3)
    #expect(try lima.digests().tables == cusco.digests().tables)
    #expect(try lima.dump("team") == before.0)
    #expect(try lima.dump("tag") == cusco.dump("tag"))
    #expect(try lima.conflicts(openOnly: true).map(\.id) == before.1.map(\.id))
    #expect(try lima.incidents().map(\.kind) == ["repair", "repair"])
    #expect(try lima.check().isHealthy)
    #expect(try lima.repair() == RepairReport())
  }

  @Test("what was written behind the triggers' back is kept as a change, not put back")
  func bypassed() throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: lima.path, configuration: configuration)
    try queue.inDatabase { db in
      try db.execute(
        sql: "UPDATE team SET leader = 'mine' WHERE id = 'u'; DELETE FROM sync_capture")
    }
    try queue.close()
    let report = try lima.repair()
    #expect(report.recorded == 1)
    #expect(report.rows == 0)
    #expect(try lima.dump("team").contains { $0.contains("mine") })
    try lima.send(to: cusco)
    #expect(try lima.dump("team") == cusco.dump("team"))
  }

  @Test("a healthy replica is left as it is, whatever waits in it")
  func healthy() throws {
    try cusco.execute(
      "DELETE FROM team WHERE id = 'u'; INSERT INTO member(id, team_id) VALUES ('m', 't')")
    try lima.execute("INSERT INTO member(id, team_id) VALUES ('n', 'u')")
    try lima.send(to: cusco)
    try cusco.send(to: lima)
    let before = try lima.conflicts(openOnly: true).map(\.id)
    #expect(before.count > 1)
    try lima.execute("UPDATE team SET notes = 'unsealed' WHERE id = 't'")
    #expect(try lima.repair() == RepairReport())
    #expect(try lima.dump("member") == cusco.dump("member"))
    #expect(try lima.conflicts(openOnly: true).map(\.id) == before)
  }
}
