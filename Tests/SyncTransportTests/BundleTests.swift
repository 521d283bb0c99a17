import CentralNode
import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

/// A centre and two offices that know each other, each with keys of its own.
struct CarriedTeam {
  static let names = ["central", "cusco", "puno"]
  let replicas: TestReplicas
  var members: [Replica] = []
  var keys: [MemorySigningKeys] = []

  init(seed: UInt64) throws {
    replicas = try TestReplicas(seed: seed)
    for (number, name) in Self.names.enumerated() {
      let key = MemorySigningKeys(seed: seed * 10 + UInt64(number))
      keys.append(key)
      members.append(try replicas.make(name, keys: key))
    }
    for member in members {
      for other in members { try member.learn([try other.identity()]) }
    }
  }

  private func export(_ number: Int) -> BundleExport {
    let clock = replicas.clock
    return BundleExport(members[number], keys: keys[number], now: { clock.now })
  }

  @discardableResult
  func write(
    _ number: Int, to name: String, for office: String, split: Int? = nil, everything: Bool = false,
    receipt: Bool = false
  ) throws -> BundleExport.Report {
    let export = export(number)
    return try export.write(
      to: replicas.folder.file(name), for: export.recipients(named: office), split: split,
      everything: everything, receiptOnly: receipt)
  }

  @discardableResult
  func read(_ number: Int, _ path: String) throws -> BundleImport.Report {
    let clock = replicas.clock
    return try BundleImport(members[number], keys: keys[number], now: { clock.now }).read(path)
  }

  func file(_ name: String) -> String { replicas.folder.file(name) }

  /// Rows, books and settings: everything that an import may change.
  func content(_ number: Int) throws -> [String] {
    try members[number].read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
      ).flatMap { table in
        try GRDB.Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
      }
    }
  }
}

@Suite("Bundles by hand")
struct BundleTests {
  @Test("what was carried counts as sent when the centre's receipt comes back, not before")
  func receipt() throws {
    let team = try CarriedTeam(seed: 1)
    try team.members[1].execute("INSERT INTO team(id, name) VALUES ('a', 'Equipo'), ('b', 'Grupo')")
    let report = try team.write(1, to: "c1", for: "central")
    #expect(report.changes == 2)
    #expect(try team.members[1].counts().unsent == 2)
    #expect(try team.members[1].carriedChanges() == 2)
    #expect(try team.read(0, team.file("c1")).merge.changes == 2)
    #expect(try team.read(0, team.file("c1")).merge.changes == 0)
    try team.write(0, to: "r1", for: "cusco", receipt: true)
    #expect(try team.read(1, team.file("r1")).acknowledged == 2)
    #expect(try team.members[1].counts().unsent == 0)
    #expect(try team.members[1].carriedChanges() == 0)
    // An old receipt takes nothing back, and what the centre has is not carried again.
    try team.members[1].execute("UPDATE team SET level = 3 WHERE id = 'a'")
    #expect(try team.read(1, team.file("r1")).acknowledged == 0)
    #expect(try team.write(1, to: "c2", for: "central").changes == 1)
  }

  @Test(
    "carried in any order, in parts, again and again, everything ends at the same rows",
    arguments: 0..<6 as Range<UInt64>)
  func anyOrder(seed: UInt64) throws {
    let team = try CarriedTeam(seed: seed + 20)
    var random = SeededGenerator(seed: seed)
    var files: [(to: Int, path: String)] = []
    var number = 0
    for round in 0..<8 {
      for member in 0..<3 {
        for _ in 0..<random.below(4) {
          try team.members[member].execute(
            "INSERT INTO team(id, name) VALUES ('\(member)-\(round)-\(random.below(9))', 'E') ON CONFLICT DO NOTHING"
          )
          try team.members[member].execute(
            "UPDATE team SET level = \(random.below(99)) WHERE id = 't0'")
          try team.members[member].seal()
          team.replicas.clock.advance(1000)
        }
        let other = (member + 1 + random.below(2)) % 3
        number += 1
        let written = try team.write(
          member, to: "b\(number).quipu", for: CarriedTeam.names[other],
          split: random.oneIn(2) ? 4000 : nil)
        files += written.files.map { (other, $0) }
      }
      // Some are lost on the way for a while, some arrive twice.
      files.shuffle(using: &random)
      for _ in 0..<random.below(4) {
        guard let file = files.randomElement(using: &random) else { continue }
        try team.read(file.to, file.path)
      }
    }
    for file in files.shuffled(using: &random) { try team.read(file.to, file.path) }
    for (from, to) in [(1, 0), (2, 0), (0, 1), (0, 2)] {
      let name = "last-\(from)-\(to)"
      try team.write(from, to: name, for: CarriedTeam.names[to])
      try team.read(to, team.file(name))
    }
    let rows = try team.members[0].dump("team")
    let digests = try team.members[0].digests().tables
    for member in team.members {
      #expect(try member.dump("team") == rows)
      #expect(try member.digests().tables == digests)
      #expect(try member.counts().held == 0)
    }
  }

  @Test(
    "where values are reserved, bundles go between an office and the centre, with what it may read")
  func reserved() throws {
    let team = try CarriedTeam(seed: 4)
    try team.members[0].reserve(["member"])
    try team.members[1].execute(
      """
      INSERT INTO team(id, name, leader) VALUES ('c', 'C', 'cusco');
      INSERT INTO member(id, team_id, title) VALUES ('m', 'c', 'Zoraida'), ('n', 'c', 'Zulema');
      INSERT INTO pairing(team_id, member_id) VALUES ('c', 'm'), ('c', 'n');
      """)
    try team.write(1, to: "b1", for: "central")
    try team.read(0, team.file("b1"))
    try team.write(0, to: "b2", for: "puno", split: 4000)
    try team.read(2, team.file("b2"))
    func titles() throws -> [String] {
      try team.members[2].read { db in
        try String.fetchAll(db, sql: "SELECT title FROM member ORDER BY id")
      }
    }
    #expect(try titles() == ["(reserved)", "(reserved)"])
    #expect(throws: BundleError.readingReserved) { try team.write(2, to: "b3", for: "cusco") }
    try team.members[2].execute(
      """
      INSERT INTO team(id, name, leader) VALUES ('p', 'P', 'puno');
      INSERT INTO pairing(team_id, member_id) VALUES ('p', 'n');
      """)
    try team.write(2, to: "b4", for: "central", everything: true)
    try team.read(0, team.file("b4"))
    try team.write(0, to: "b5", for: "puno", everything: true)
    try team.read(2, team.file("b5"))
    #expect(try titles() == ["(reserved)", "Zulema"])
  }

  @Test("no part is larger than asked, and each can be taken in without the others")
  func parts() throws {
    let team = try CarriedTeam(seed: 2)
    for number in 0..<40 {
      try team.members[1].execute("INSERT INTO team(id, name) VALUES ('x\(number)', 'Equipo')")
      try team.members[1].seal()
    }
    let report = try team.write(1, to: "big.quipu", for: "central", split: 5000)
    #expect(report.files.count > 2 && report.changesets == 40)
    #expect(report.files[0].hasSuffix("big-1de\(report.files.count).quipu"))
    for file in report.files {
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
      #expect(try #require(size) <= 5000)
    }
    #expect(throws: BundleError.self) {
      try team.write(1, to: "tiny", for: "central", split: 500)
    }
    let first = try team.read(0, report.files[1])
    #expect(first.merge.applied == 0 && first.merge.held > 0)
    for file in report.files.reversed() { try team.read(0, file) }
    #expect(try team.members[0].dump("team") == team.members[1].dump("team"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: team.replicas.folder.path)
        .allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test("what cannot be relied on is refused with one error and changes nothing")
  func refused() throws {
    let team = try CarriedTeam(seed: 3)
    try team.members[1].execute("INSERT INTO team(id, name) VALUES ('a', 'Equipo')")
    let path = try team.write(1, to: "good", for: "central").files[0]
    let good = try Data(contentsOf: URL(filePath: path))
    let before = try team.content(0)
    var random = SeededGenerator(seed: 3)
    for number in 0..<120 {
      var bytes = good
      let at = random.below(bytes.count)
      switch number % 4 {
      case 0: bytes[at] ^= UInt8(1 << random.below(8))
      case 1: bytes = bytes.prefix(at)
      case 2: bytes.append(contentsOf: [UInt8](repeating: 7, count: 1 + random.below(90)))
      default: bytes.remove(at: at)
      }
      let damaged = team.file("damaged")
      try bytes.write(to: URL(filePath: damaged))
      #expect(throws: BundleError.self) { try team.read(0, damaged) }
    }
    #expect(throws: BundleError.notForUs(offices: ["central"])) { try team.read(2, path) }
    #expect(throws: BundleError.ownBundle) { try team.read(1, path) }
    #expect(throws: BundleError.notABundle) {
      try team.read(0, team.members[1].path)
    }
    #expect(throws: BundleError.exists(path: path)) {
      try team.write(1, to: "good", for: "central")
    }
    #expect(try team.content(0) == before)
    #expect(try team.read(0, path).merge.changes == 1)
  }

  @Test(
    "a stranger's bundle is refused; what a stranger wrote is left out until the centre names it")
  func strangers() throws {
    var team = try CarriedTeam(seed: 4)
    let keys = MemorySigningKeys(seed: 77)
    let stranger = try team.replicas.make("loreto", keys: keys)
    for member in team.members { try stranger.learn([try member.identity()]) }
    team.members.append(stranger)
    team.keys.append(keys)
    try stranger.execute("INSERT INTO team(id, name) VALUES ('s', 'Equipo')")
    try team.write(3, to: "s1", for: "cusco")
    #expect(throws: BundleError.self) { try team.read(1, team.file("s1")) }
    // The centre enrolled it; Puno has not heard of that.
    try team.members[0].learn([try stranger.identity()])
    try team.members[1].learn([try stranger.identity()])
    try team.read(1, team.file("s1"))
    try team.write(1, to: "relayed", for: "puno")
    #expect(try team.read(2, team.file("relayed")).unknownAuthors == 1)
    try team.write(0, to: "directory", for: "puno", receipt: true)
    try team.read(2, team.file("directory"))
    #expect(try team.read(2, team.file("relayed")).merge.changes == 1)
    #expect(try team.members[2].dump("team") == stranger.dump("team"))
  }

  @Test("a replica put back from a backup is recognised by a bundle, and heals without a line")
  func restored() throws {
    var team = try CarriedTeam(seed: 5)
    try team.members[1].execute("INSERT INTO team(id, name) VALUES ('a', 'uno')")
    try team.members[1].seal()
    let backup = team.file("backup.sqlite")
    try DatabaseQueue(path: team.members[1].path).vacuum(into: backup)
    try team.members[1].execute("INSERT INTO team(id, name) VALUES ('b', 'dos')")
    try team.write(1, to: "before", for: "central")
    try team.read(0, team.file("before"))
    let former = try team.members[1].identity().id
    try team.members[1].close()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: team.file("cusco.sqlite") + suffix)
    }
    try FileManager.default.moveItem(atPath: backup, toPath: team.file("cusco.sqlite"))
    team.members[1] = try team.replicas.open("cusco", keys: team.keys[1])
    try team.members[1].execute("INSERT INTO team(id, name) VALUES ('c', 'tres')")
    try team.members[1].seal()
    try team.write(0, to: "back", for: "cusco")
    let report = try team.read(1, team.file("back"))
    let present = try team.members[1].identity().id
    #expect(report.newIdentity == present && present != former)
    // Nobody but the former identity says who the new one is.
    try team.write(1, to: "after", for: "central")
    try team.read(0, team.file("after"))
    try team.write(0, to: "again", for: "cusco")
    try team.read(1, team.file("again"))
    #expect(try team.members[0].dump("team").count == 2 + 3)
    #expect(try team.members[1].dump("team") == team.members[0].dump("team"))
  }
}
