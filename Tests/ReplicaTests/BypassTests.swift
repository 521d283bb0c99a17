import CSQLite
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@Suite("Writes behind the triggers' back")
struct BypassTests {
  private let replicas: TestReplicas
  private let lima: Replica
  private let cusco: Replica

  init() throws {
    replicas = try TestReplicas()
    lima = try replicas.make("lima")
    cusco = try replicas.make("cusco")
    try lima.execute(
      """
      INSERT INTO team(id, name, leader) VALUES ('t', 'Ana', 'x'), ('u', 'Eva', 'y'), ('v', 'Ida', 'z');
      INSERT INTO tag(id, label) VALUES (1, 'a'), (2, 'b'), (3, 'c');
      """)
    try lima.send(to: cusco)
  }

  /// A stranger's connection, as the sqlite3 shell has it.
  private func stranger(_ replica: Replica, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: replica.path, configuration: configuration)
    try queue.inDatabase { db in try db.execute(sql: sql) }
    try queue.close()
  }

  /// The same without triggers, as `.dbconfig enable_trigger off` has it.
  private func unseen(_ replica: Replica, _ sql: String) throws {
    let queue = try DatabaseQueue(path: replica.path)
    try queue.inDatabase { db in
      #expect(quipu_set_triggers(db.sqliteConnection, 0) == SQLITE_OK)
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  private func expectSameAfterExchange() throws {
    try lima.send(to: cusco)
    #expect(try lima.digests().tables == cusco.digests().tables)
    for table in ["team", "tag", "member"] {
      #expect(try lima.dump(table) == cusco.dump(table))
    }
    #expect(try lima.check().isHealthy)
    #expect(try cusco.check().isHealthy)
  }

  @Test("what was written while a trigger was missing becomes an ordinary change")
  func droppedTriggers() throws {
    try stranger(
      lima,
      """
      DROP TRIGGER sync_capture_team_update; DROP TRIGGER sync_capture_team_delete;
      DROP TRIGGER sync_capture_team_insert;
      UPDATE team SET leader = 'changed' WHERE id = 't'; DELETE FROM team WHERE id = 'u';
      INSERT INTO team(id, name) VALUES ('w', 'Olga');
      """)
    try expectSameAfterExchange()
    #expect(try cusco.dump("team").contains { $0.contains("changed") })
    #expect(try cusco.dump("team").contains { $0.contains("Olga") })
    #expect(try !cusco.dump("team").contains { $0.contains("Eva") })
    #expect(try lima.incidents().map(\.kind) == ["triggers"])
  }

  @Test("a table that was made anew keeps its rows, and the changes made meanwhile travel")
  func recreatedTable() throws {
    try stranger(
      lima,
      """
      CREATE TABLE copy AS SELECT * FROM tag; DROP TABLE tag;
      CREATE TABLE tag(id INTEGER PRIMARY KEY, label TEXT, weight REAL) STRICT;
      INSERT INTO tag SELECT * FROM copy WHERE id <> 2; INSERT INTO tag(id, label) VALUES (9, 'new'); DROP TABLE copy;
      """)
    try expectSameAfterExchange()
    #expect(try cusco.dump("tag").count == 3)
    #expect(try cusco.dump("tag").contains { $0.contains("new") })
  }

  @Test("VACUUM changes nothing, also with gaps among the rows and unsealed writes")
  func vacuum() throws {
    try lima.execute(
      "DELETE FROM team WHERE id = 'u'; UPDATE team SET leader = 'later' WHERE id = 'v'")
    try stranger(lima, "VACUUM")
    try expectSameAfterExchange()
    #expect(try lima.incidents().isEmpty)
    #expect(try cusco.dump("team").contains { $0.contains("later") })
  }

  @Test("merging notices a row that was changed without the log")
  func changedUnderMerge() throws {
    try stranger(
      cusco,
      """
      DROP TRIGGER sync_capture_team_update;
      UPDATE team SET leader = 'unseen' WHERE id = 't';
      """)
    try lima.execute("UPDATE team SET leader = 'seen' WHERE id = 't'")
    try lima.send(to: cusco)
    try cusco.send(to: lima)
    #expect(try lima.digests().tables == cusco.digests().tables)
    let conflict = try #require(try lima.conflicts(openOnly: true).first)
    #expect(
      Set([conflict.current.value, conflict.other.value]) == [.text("seen"), .text("unseen")])
  }

  @Test("a deletion that no trigger saw is found when the row's number is given again")
  func numberGivenAgain() throws {
    try unseen(lima, "DELETE FROM tag WHERE id = 2; DELETE FROM team WHERE id IN ('u', 'v')")
    try stranger(
      lima,
      "INSERT INTO team(id, name) VALUES ('w', 'Olga'), ('x', 'Rita'), ('y', 'Sara'), ('z', 'Tina')"
    )
    try expectSameAfterExchange()
    #expect(try !cusco.dump("team").contains { $0.contains("Eva") || $0.contains("Ida") })
    #expect(try cusco.dump("team").count { $0.contains("Olga") || $0.contains("Sara") } == 2)
    // The same where it is a merge that gives the numbers again.
    try unseen(cusco, "DELETE FROM team WHERE id IN ('y', 'z')")
    try lima.execute("INSERT INTO team(id, name) VALUES ('a', 'Berta'), ('b', 'Carla')")
    try lima.send(to: cusco)
    try cusco.send(to: lima)
    #expect(try !lima.dump("team").contains { $0.contains("Sara") || $0.contains("Tina") })
    try expectSameAfterExchange()
  }

  @Test("the deletion of a row that came with the schema travels, though nobody ever wrote the row")
  func groundRow() throws {
    try unseen(lima, "DELETE FROM team WHERE id = 't0'")
    _ = try lima.check()
    try lima.send(to: cusco)
    #expect(try !cusco.dump("team").contains { $0.contains("Ground") })
    try unseen(lima, "DELETE FROM team WHERE id = 't1'")
    try cusco.execute("UPDATE team SET leader = 'x' WHERE id = 't1'")
    try cusco.send(to: lima)
    _ = try lima.check()
    try expectSameAfterExchange()
    #expect(try lima.dump("team").contains { $0.contains("Grund") }, "edited elsewhere: it lives")
    #expect(try lima.counts().quarantined == 0)
  }

  @Test("an index that somebody made and that must not be is named, with what takes it away")
  func uniqueIndex() throws {
    try stranger(lima, "CREATE UNIQUE INDEX mine ON team(name)")
    let error = #expect(throws: ReplicaError.self) { _ = try lima.check() }
    #expect(error?.hint.contains("DROP INDEX \"mine\"") == true)
    try stranger(lima, "DROP INDEX mine; UPDATE team SET name = 'Anna' WHERE id = 't'")
    try expectSameAfterExchange()
  }

  @Test("a row that came unseen and was deleted before anybody looked is nothing to others")
  func cameAndWent() throws {
    try unseen(lima, "INSERT INTO tag(id, label) VALUES (9, 'short')")
    try stranger(lima, "UPDATE tag SET label = 'life' WHERE id = 9; DELETE FROM tag WHERE id = 9")
    try expectSameAfterExchange()
    #expect(try cusco.counts().quarantined == 0)
  }

  @Test("an unseen value beside one that a trigger saw is no longer lost to a repair")
  func besideASeenOne() throws {
    try unseen(lima, "UPDATE team SET leader = 'unseen' WHERE id = 't'")
    try stranger(lima, "UPDATE team SET name = 'Anna' WHERE id = 't'")
    try lima.send(to: cusco)
    #expect(try lima.digests().tables != cusco.digests().tables, "nobody can know yet")
    #expect(try lima.repair().rows == 1)
    try expectSameAfterExchange()
    #expect(try cusco.dump("team").contains { $0.contains("unseen") && $0.contains("Anna") })
    #expect(try lima.incidents().contains { $0.kind == "bypass" })
  }

  @Test(
    "a row that refers to nothing is put aside at its author, too, and comes back with what it refers to"
  )
  func danglingReference() throws {
    try stranger(lima, "INSERT INTO member(id, team_id, title) VALUES ('m', 'nowhere', 'lost')")
    try lima.send(to: cusco)
    for replica in [lima, cusco] {
      #expect(try replica.counts().quarantined == 1)
      #expect(try replica.dump("member").isEmpty)
    }
    try cusco.execute("INSERT INTO team(id, name) VALUES ('nowhere', 'Found')")
    try cusco.send(to: lima)
    for replica in [lima, cusco] {
      try replica.send(to: replica === lima ? cusco : lima)
    }
    #expect(try lima.dump("member").count == 1)
    #expect(try lima.counts().quarantined == 0)
  }

  @Test("a column that somebody added by hand does not disturb the others")
  func addedColumn() throws {
    try stranger(
      lima,
      "ALTER TABLE team ADD COLUMN motto TEXT; UPDATE team SET motto = 'hey', leader = 'q' WHERE id = 't'"
    )
    try lima.send(to: cusco)
    #expect(try cusco.counts().quarantined == 1)
    #expect(try lima.check().integrity.isEmpty)
    try stranger(cusco, "ALTER TABLE team ADD COLUMN motto TEXT")
    _ = try cusco.check()
    #expect(try lima.dump("team").contains { $0.contains("hey") })
  }

  @Test(
    "every column type and extreme value arrives as it was",
    arguments: [
      "1", "1.5", "-0.0", "9223372036854775807", "1e308", "4.9e-324", "'x'", "''", "x''", "x'00ff'",
      "NULL", "0.1",
    ])
  func values(_ literal: String) throws {
    try lima.execute("INSERT INTO member(id, extra) VALUES ('m', \(literal))")
    try expectSameAfterExchange()
    let text = { (replica: Replica) in
      try replica.read { db in
        try String.fetchOne(db, sql: "SELECT quote(extra) || typeof(extra) FROM member")
      }
    }
    #expect(try text(lima) == text(cusco))
  }
}
