import Replica
import SyncModel
import TestSupport
import Testing

@Suite("An enrolled node gone mad")
struct HostileAuthorTests {
  private static let tables: [(name: String, key: [String], columns: [String])] = [
    ("team", ["id"], ["name", "notes", "leader", "level", "lowest"]),
    ("member", ["id"], ["team_id", "title", "score", "extra"]),
    ("pairing", ["team_id", "member_id"], ["remark", "hours"]),
    ("tag", ["id"], ["label", "weight"]),
    ("presence", ["member_id", "day"], []),
  ]

  @Test(
    "is refused, applied or put into quarantine, changeset by changeset, and the replica stays whole",
    arguments: 1...40 as ClosedRange<UInt64>)
  func contents(seed: UInt64) throws {
    let replicas = try TestReplicas(seed: seed)
    let replica = try replicas.make("lima")
    try replica.execute(
      """
      INSERT INTO team(id, name) VALUES ('a', 'Ana'); INSERT INTO tag(id, label) VALUES (1, 'x');
      INSERT INTO member(id, team_id) VALUES ('m', 'a')
      """)
    var author = try HostileAuthor(seed: seed)
    try replica.learn([author.facts])
    for _ in 0..<12 {
      // What the encoder itself refuses never leaves its author.
      guard let changeset = try? author.changeset(against: Self.tables) else { break }
      let before = try replica.digests()
      do {
        let report = try replica.receive([changeset])
        #expect(report.applied + report.held == 1)
      } catch is ChangesetError {
        let after = try replica.digests()
        #expect(after.tables == before.tables && after.knowledge == before.knowledge)
        break
      }
    }
    let report = try replica.check()
    #expect(report.isHealthy, "\(report)")
    #expect(report.audit.isEmpty, "\(report.audit)")
    #expect(try replica.dump("team").contains { $0.contains("Ana") })
  }
}
