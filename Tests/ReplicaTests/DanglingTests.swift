import GRDB
import Replica
import TestSupport
import Testing

/// What the `sqlite3` shell lets one write, since it does not follow references unless told to.
@Suite("Rows that refer to nothing")
struct DanglingTests {
  private let pair: Pair
  private var centre: Replica { pair.centre }
  private var cusco: Replica { pair.cusco }

  init() throws {
    pair = try Pair()
  }

  private func shell(_ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let shell = try DatabaseQueue(path: cusco.path, configuration: configuration)
    try shell.write { db in try db.execute(sql: sql) }
    try shell.close()
  }

  @Test("a row that refers to nothing waits with what refers to it, and both come when it is there")
  func cascade() throws {
    try shell(
      """
      INSERT INTO member(id, team_id, title) VALUES ('m', 'x', 'one');
      INSERT INTO presence VALUES ('m', 'd1'), ('m', 'd2');
      INSERT INTO pairing(team_id, member_id) VALUES ('t0', 'm')
      """)
    try pair.expectAlike()
    #expect(try cusco.quarantine().count == 4)
    #expect(try cusco.dump("member").isEmpty && cusco.dump("presence").isEmpty)
    try centre.execute("INSERT INTO team(id, name) VALUES ('x', 'found')")
    try pair.expectAlike()
    #expect(try cusco.quarantine().isEmpty && centre.quarantine().isEmpty)
    #expect(try cusco.dump("presence").count == 2)
    #expect(try cusco.dump("pairing").count == 1)
  }

  @Test(
    "an edit that makes a row refer to nothing waits, and the row stands as it was",
    arguments: [
      "UPDATE member SET team_id = 'x', title = 'two' WHERE id = 'm'",
      "INSERT OR REPLACE INTO member(id, team_id, title) VALUES ('m', 'x', 'two')",
    ])
  func edit(sql: String) throws {
    try cusco.execute("INSERT INTO member(id, team_id, title) VALUES ('m', 't0', 'one')")
    try cusco.execute("INSERT INTO presence VALUES ('m', 'd1')")
    try pair.expectAlike()
    let before = try cusco.dump("member")
    try shell(sql)
    try pair.expectAlike()
    #expect(try cusco.dump("member") == before)
    #expect(try cusco.dump("presence").count == 1)
    #expect(try cusco.quarantine().count == 1)
    try centre.execute("INSERT INTO team(id, name) VALUES ('x', 'found')")
    try pair.expectAlike()
    #expect(try cusco.quarantine().isEmpty)
    #expect(try cusco.dump("member").first?.contains("two") == true)
  }

  @Test("later writes of a row that waits wait with it")
  func later() throws {
    try shell("INSERT INTO member(id, team_id, title) VALUES ('m', 'x', 'one')")
    try shell("UPDATE sync_capture SET at = at - 0.01")
    try shell("UPDATE member SET score = 3")
    try pair.expectAlike()
    #expect(try cusco.dump("member").isEmpty)
    #expect(try cusco.quarantine().count == 2)
    try centre.execute("INSERT INTO team(id, name) VALUES ('x', 'found')")
    try pair.expectAlike()
    #expect(try cusco.dump("member").first?.contains("3") == true)
  }

  @Test("a change that waited for its parent does not bring back what another one waits for")
  func culprit() throws {
    try cusco.execute("INSERT INTO member(id, title) VALUES ('m', 'one')")
    try pair.expectAlike()
    try shell("UPDATE member SET team_id = 'x' WHERE id = 'm'")
    try centre.execute("DELETE FROM member WHERE id = 'm'; INSERT INTO member(id) VALUES ('m')")
    try pair.expectAlike()
    try centre.execute("UPDATE member SET title = 'three' WHERE id = 'm'")
    try pair.expectAlike()
    #expect(try centre.dump("member").first?.contains("three") == true)
  }
}
