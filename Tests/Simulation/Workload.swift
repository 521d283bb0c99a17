import TestSupport

/// Statements of every kind that a program may run on the team schema, by weighted chance.
///
/// A seed switches some kinds off altogether, so that others come in longer runs.
struct Workload {
  private let kinds: [Int]
  /// Whether teams belong to offices.
  private let hasOwners: Bool

  init(using random: inout SeededGenerator, hasOwners: Bool) {
    self.hasOwners = hasOwners
    var kinds = Array(0..<Self.kindCount)
    if random.oneIn(2) { kinds.removeAll { _ in random.oneIn(3) } }
    self.kinds = kinds.isEmpty ? [0, 3] : kinds
  }

  private static let kindCount = 16

  func statement(using random: inout SeededGenerator) -> String {
    let team = "'t\(random.below(6))'"
    let member = "'m\(random.below(8))'"
    let number = random.below(5)
    let name = random.pick(["'Díaz'", "'DIAZ'", "'Diaz'", "'Dias'", "'Peña'", "'PENA'", "NULL"])
    let title = random.pick(["'one'", "'two'", "'three'", "NULL"])
    let extra = random.pick(["1", "1.5", "'x'", "x'00ff'", "NULL"])
    let leader = hasOwners ? "'office\(number)'" : title
    switch random.pick(kinds) {
    case 0:
      return
        "INSERT INTO team(id, name, notes, leader, level, lowest) VALUES (\(team), \(name), 'n\(number)', \(leader), \(number), \(number).5)"
    case 1:
      return
        "INSERT INTO member(id, team_id, title, score) VALUES (\(member), \(team), \(title), \(number))"
    case 2:
      return
        "INSERT OR REPLACE INTO member(id, title, extra) VALUES (\(member), \(title), \(extra))"
    case 3: return "UPDATE member SET score = \(number), title = \(title) WHERE id = \(member)"
    case 4:
      return
        "UPDATE team SET name = \(name), notes = coalesce(notes, '') || char(10) || 'l\(number)' WHERE id = \(team)"
    case 5: return "UPDATE team SET level = \(number), lowest = \(number) WHERE id = \(team)"
    case 6: return "DELETE FROM member WHERE id = \(member)"
    case 7:
      return "DELETE FROM pairing WHERE team_id = \(team); DELETE FROM team WHERE id = \(team)"
    case 8:
      return
        "INSERT INTO pairing(team_id, member_id, remark) VALUES (\(team), \(member), \(title)) ON CONFLICT DO UPDATE SET hours = \(number)"
    case 9: return "INSERT OR IGNORE INTO presence(member_id, day) VALUES (\(member), 'd\(number)')"
    case 10:
      return
        "INSERT OR REPLACE INTO tag(id, label, weight) VALUES (\(number), \(title), 0.\(number))"
    case 11: return "UPDATE tag SET id = id + 10, label = 'moved' WHERE id = \(number)"
    case 12: return "UPDATE member SET extra = \(extra) WHERE title = \(title)"
    case 13: return "DELETE FROM presence; DELETE FROM tag WHERE id % 2 = \(number % 2)"
    case 14:
      return
        "DELETE FROM member WHERE id = \(member); INSERT INTO member(id, title) VALUES (\(member), 'again')"
    default:
      return
        "UPDATE member SET team_id = \(team) WHERE id = \(member); SAVEPOINT s; DELETE FROM tag; ROLLBACK TO s; RELEASE s"
    }
  }

  /// A stranger's statement that takes a trigger away, to run before another one.
  func bypass(_ random: inout SeededGenerator) -> String {
    let table = random.pick(["team", "member", "pairing", "tag", "presence"])
    let trigger = random.pick(["insert", "update", "delete", "replace", "move"])
    return "DROP TRIGGER IF EXISTS sync_capture_\(table)_\(trigger); "
  }

  /// A reference to a row that nobody has written, as a shell lets one make.
  func dangling(using random: inout SeededGenerator) -> String {
    let member = "'m\(random.below(8))'"
    switch random.below(4) {
    case 0:
      return
        "INSERT OR REPLACE INTO member(id, team_id, title) VALUES (\(member), 'x\(random.below(2))', 'lost')"
    case 1: return "UPDATE member SET team_id = 'x\(random.below(2))' WHERE id = \(member)"
    case 2:
      return
        "INSERT OR IGNORE INTO pairing(team_id, member_id, hours) VALUES ('x\(random.below(2))', \(member), 1)"
    default:
      return "INSERT OR IGNORE INTO presence(member_id, day) VALUES ('y\(random.below(2))', 'd')"
    }
  }

  /// Everything that ``dangling(using:)`` may refer to, and ``statement(using:)`` too: SQLite counts
  /// violations at commit, so that a row that mends an old one pays for a new one.
  let missingRows = """
    INSERT OR IGNORE INTO team(id, name) VALUES ('x0', 'found'), ('x1', 'found'), ('t2', 'found'),
      ('t3', 'found'), ('t4', 'found'), ('t5', 'found');
    INSERT OR IGNORE INTO member(id, title) VALUES ('y0', 'found'), ('y1', 'found'),
      ('m0', 'found'), ('m1', 'found'), ('m2', 'found'), ('m3', 'found'), ('m4', 'found'),
      ('m5', 'found'), ('m6', 'found'), ('m7', 'found')
    """

  /// A statement that only the later program understands.
  func later(using random: inout SeededGenerator) -> String {
    let member = "'m\(random.below(8))'"
    switch random.below(4) {
    case 0: return "UPDATE member SET grade = 'g\(random.below(3))' WHERE id = \(member)"
    case 1:
      return
        "INSERT INTO badge(id, member_id, mark) VALUES ('b\(random.below(4))', \(member), \(random.below(9)))"
    case 2:
      return
        "UPDATE badge SET mark = \(random.below(9)), member_id = NULL WHERE id = 'b\(random.below(4))'"
    default:
      return "INSERT OR REPLACE INTO member(id, title, grade) VALUES (\(member), 'late', 'g')"
    }
  }
}
