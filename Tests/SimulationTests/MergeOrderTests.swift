import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@testable import Simulation

/// The laws of merge, held on whole replicas: what three replicas wrote at the same time comes to
/// the same rows and conflicts, in whatever order and grouping it meets.
@Suite("Laws of merge on whole replicas")
struct MergeOrderTests {
  private static let statements = [
    "UPDATE team SET name = 'Ñahui', leader = 'a' WHERE id = 't'",
    "UPDATE team SET leader = NULL, level = 7, notes = 'two' WHERE id = 't'",
    "DELETE FROM team WHERE id = 't'",
    "INSERT OR REPLACE INTO team(id, name, leader) VALUES ('t', 'NAHUI', 'b')",
    "INSERT INTO member(id, team_id, score) VALUES ('m', 't', 1)",
  ]

  private static let triples: [[Int]] = statements.indices.flatMap { first in
    statements.indices.flatMap { second in
      statements.indices.filter { $0 >= second && second >= first }.map { [first, second, $0] }
    }
  }

  private struct State: Equatable {
    var digests: [TableDigest]
    var conflicts: Set<String>

    init(_ replica: Replica) throws {
      digests = try replica.digests().tables
      conflicts = Set(
        try replica.conflicts(openOnly: true).map {
          "\($0.table) \($0.key) \($0.column ?? "-") \($0.kind) \($0.current.value) \($0.other.value)"
        })
    }
  }

  @Test("is commutative, associative and idempotent", arguments: triples)
  func laws(_ triple: [Int]) throws {
    let replicas = try TestReplicas()
    let offices = try ["a", "b", "c"].map { try replicas.make($0) }
    try offices[0].execute("INSERT INTO team(id, name, level) VALUES ('t', 'Nahui', 1)")
    for office in offices[1...] { try offices[0].send(to: office) }
    for (office, statement) in zip(offices, triple) {
      try office.execute(Self.statements[statement])
      replicas.clock.advance(1000)
      try office.seal()
    }
    let facts = try offices.flatMap { try $0.nodes() }
    let own = try offices.map { try $0.ownChangesets(after: 0, maxBytes: .max) }
    func merged(_ name: String, _ pieces: [[SignedChangeset]]) throws -> Replica {
      let replica = try replicas.make(name)
      try replica.learn(facts)
      for piece in pieces { _ = try replica.receive(piece) }
      return replica
    }
    let forward = try merged("abc", [own[0], own[1], own[2]])
    let expected = try State(forward)
    // Commutative; what comes before what it has seen waits.
    #expect(try State(merged("cba", [own[2], own[1], own[0]])) == expected)
    #expect(try State(merged("bca", [own[1] + own[2], own[0]])) == expected)
    // Associative: (a with b) with c, and a with (b with c), through replicas that met.
    try offices[1].send(to: offices[2])
    try offices[2].send(to: offices[0])
    try offices[0].send(to: offices[1])
    for office in offices[0...1] { #expect(try State(office) == expected) }
    // Idempotent.
    let again = try forward.receive(own.flatMap { $0 })
    #expect(again.applied == 0)
    #expect(try State(forward) == expected)
    let oracle = try Oracle(forward)
    #expect(oracle.silentLosses() == [])
    #expect(oracle.openConflicts.count == expected.conflicts.count)
  }
}
