import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol
import TestSupport

/// Programs of others write a replica by every kind of statement; what the log gives another replica
/// must equal what they left.
public struct CaptureTrial {
  /// Who writes.
  public enum Writer: String, CaseIterable, Sendable {
    /// Python's sqlite3 module.
    case python
    /// The sqlite3 shell.
    case shell
  }

  private let seed: UInt64
  private var random: SeededGenerator
  private let writer: Writer

  /// The trial of `seed`.
  public init(seed: UInt64, writer: Writer) {
    self.seed = seed
    self.writer = writer
    random = SeededGenerator(seed: seed)
  }

  /// Lets the program write in several goes, with a seal after each.
  ///
  /// - Returns: How many statements were taken.
  /// - Throws: ``SimulationFailure`` when the log tells something else than the rows.
  @discardableResult
  public mutating func run() throws -> Int {
    let replicas = try TestReplicas(seed: seed)
    let (origin, copy) = (try replicas.make("origin"), try replicas.make("copy"))
    var events: [String] = []
    var taken = 0
    try Data().write(to: URL(filePath: replicas.folder.file("other.sqlite")))
    for _ in 0..<3 {
      let statements = script(beside: replicas.folder.file("other.sqlite"))
      events += statements
      taken += try write(statements, to: origin.path)
      // What the world shows before anything of ours looks at it.
      let truth = try Self.rows(origin)
      try origin.send(to: copy)
      let found = try Self.rows(copy)
      for table in truth.keys.sorted() where truth[table] != found[table] {
        let (left, right) = (truth[table] ?? [], found[table] ?? [])
        throw failure(
          "\(table): written \(left.subtracting(right).sorted()), told \(right.subtracting(left).sorted())",
          events)
      }
      for replica in [origin, copy] {
        let report = try replica.check()
        guard report.isHealthy, report.audit.isEmpty else {
          throw failure("not healthy: \(report)", events)
        }
      }
      guard try origin.digests().tables == copy.digests().tables else {
        throw failure("digests differ", events)
      }
    }
    return taken
  }

  private func failure(_ what: String, _ events: [String]) -> SimulationFailure {
    SimulationFailure(
      seed: seed, step: events.count, what: what, lastEvents: events.suffix(60),
      command: "swift run Prove capture --seed \(seed) --writer \(writer.rawValue)")
  }

  private static func rows(_ replica: Replica) throws -> [String: Set<String>] {
    try replica.read { db in
      var rows: [String: Set<String>] = [:]
      for table in try String.fetchAll(db, sql: "SELECT name FROM sync_table") {
        rows[table] = Set(
          try GRDB.Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\($0)" })
      }
      return rows
    }
  }

  // MARK: - The other program

  private func write(_ statements: [String], to path: String) throws -> Int {
    switch writer {
    case .shell:
      let script = statements.map { "\($0);" }.joined(separator: "\n")
      let (_, output) = try OtherProgram.run("sqlite3", ["-batch", path], input: script)
      return statements.count - output.split(separator: "\n").count
    case .python:
      // Autocommit, so that BEGIN and SAVEPOINT mean what they say.
      let program = """
        import json, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        taken = 0
        for statement in json.load(sys.stdin):
          try:
            connection.execute(statement).fetchall()
            taken += 1
          except sqlite3.Error:
            pass
        print(taken)
        """
      let input = String(decoding: try JSONEncoder().encode(statements), as: UTF8.self)
      let (status, output) = try OtherProgram.run("python3", ["-c", program, path], input: input)
      guard status == 0, let taken = Int(output.trimmingCharacters(in: .whitespacesAndNewlines))
      else { throw failure("python3 ended with \(status): \(output)", statements) }
      return taken
    }
  }

  private mutating func script(beside other: String) -> [String] {
    var statements = [
      "PRAGMA recursive_triggers = \(random.oneIn(2) ? "ON" : "OFF")",
      "PRAGMA foreign_keys = \(random.oneIn(2) ? "ON" : "OFF")",
    ]
    if random.oneIn(4) {
      statements += [
        "ATTACH '\(other)' AS other",
        "CREATE TABLE IF NOT EXISTS other.team(id TEXT PRIMARY KEY, name TEXT)",
      ]
    }
    if random.oneIn(4) {
      statements.append(
        random.pick([
          "CREATE TRIGGER IF NOT EXISTS mine AFTER INSERT ON team BEGIN UPDATE team SET leader = 'me' WHERE id = NEW.id; END",
          "CREATE TRIGGER IF NOT EXISTS cascade AFTER DELETE ON tag BEGIN DELETE FROM presence WHERE day = 'd' || OLD.id; END",
          "CREATE TRIGGER IF NOT EXISTS mirror AFTER UPDATE ON tag BEGIN INSERT OR REPLACE INTO tag(id, label) VALUES (NEW.id + 100, NEW.label); END",
          "CREATE TRIGGER IF NOT EXISTS before BEFORE INSERT ON tag WHEN NEW.id > 5 BEGIN SELECT RAISE(IGNORE); END",
        ]))
    }
    for _ in 0..<(20 + random.below(30)) { statements += transaction() }
    return statements
  }

  /// One statement, or several in a transaction or savepoint that may be rolled back.
  private mutating func transaction() -> [String] {
    switch random.below(6) {
    case 0:
      return ["BEGIN IMMEDIATE"] + (0..<random.below(5)).map { _ in statement() }
        + [random.oneIn(3) ? "ROLLBACK" : "COMMIT"]
    case 1:
      let inner = ["SAVEPOINT i", statement(), random.oneIn(2) ? "ROLLBACK TO i" : "RELEASE i"]
      return ["SAVEPOINT o", statement()] + inner
        + [statement(), random.oneIn(4) ? "ROLLBACK TO o" : "RELEASE o", "RELEASE o"]
    default: return [statement()]
    }
  }

  /// References are only made to rows that are always there, so that a shell without foreign keys
  /// leaves nothing dangling: that is another trial.
  private mutating func statement() -> String {
    let number = random.below(7)
    let team = "'k\(random.below(5))'"
    let member = "'m\(random.below(6))'"
    let text = random.pick([
      "'Ñahui'", "'O''Higgins'", "''", "NULL", "'línea' || char(10) || 'dos'", "'👩🏽‍🏫'",
    ])
    let real = random.pick(["0.1", "1e300", "-0.0", "5e-324", "9007199254740993", "NULL", "3"])
    let or = random.pick(["OR REPLACE", "OR IGNORE", "OR ABORT", "OR ROLLBACK", "OR FAIL", ""])
    switch random.below(20) {
    case 0: return "INSERT \(or) INTO team(id, name, level) VALUES (\(team), \(text), \(number))"
    case 1:
      return
        "INSERT \(or) INTO team(id, name) VALUES (\(team), \(text)), ('k9', \(text)), (\(team), 'twice')"
    case 2: return "REPLACE INTO team(id, leader) VALUES (\(team), \(text))"
    case 3:
      return
        "INSERT INTO team(id, name) VALUES (\(team), \(text)) ON CONFLICT(id) DO UPDATE SET name = excluded.name, level = \(number)"
    case 4: return "INSERT INTO team(id) VALUES (\(team)) ON CONFLICT DO NOTHING"
    case 5: return "UPDATE \(or) team SET id = 'k' || \(number), name = \(text) WHERE id = \(team)"
    case 6: return "UPDATE team SET lowest = \(real) WHERE level > \(number)"
    case 7: return "DELETE FROM team WHERE id = \(team)"
    case 8: return "INSERT \(or) INTO tag(id, label, weight) VALUES (\(number), \(text), \(real))"
    case 9: return "UPDATE \(or) tag SET id = id + 1 WHERE id > \(number)"
    case 10: return "UPDATE \(or) tag SET id = \(number) WHERE id = \(random.below(7))"
    case 11: return "DELETE FROM tag"
    case 12: return "INSERT INTO tag(label) SELECT label FROM tag LIMIT 3"
    case 13:
      return
        "INSERT \(or) INTO member(id, title, extra) VALUES (\(member), \(text), \(random.pick([real, text, "x'00ff'"])))"
    case 14: return "UPDATE member SET score = \(number) WHERE title IS \(text)"
    case 15:
      return
        "INSERT \(or) INTO pairing(team_id, member_id, hours) SELECT 't0', id, \(real) FROM member"
    case 16: return "DELETE FROM pairing"
    case 17: return "UPDATE \(or) pairing SET team_id = 't1', remark = \(text)"
    case 18: return "INSERT INTO other.team(id, name) VALUES (\(team), \(text))"
    default:
      return
        "INSERT \(or) INTO team(id, name) SELECT id, name FROM other.team WHERE true ON CONFLICT(id) DO UPDATE SET name = excluded.name"
    }
  }
}
