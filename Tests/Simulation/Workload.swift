import TestSupport

/// Statements of every kind that a program may run on the team schema, by weighted chance.
///
/// A seed switches some kinds off altogether, so that others come in longer runs.
struct Workload {
  private let kinds: [Int]

  init(using random: inout SeededGenerator) {
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
    switch random.pick(kinds) {
    case 0:
      return
        "INSERT INTO team(id, name, notes, leader, level, lowest) VALUES (\(team), \(name), 'n\(number)', \(title), \(number), \(number).5)"
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
}
