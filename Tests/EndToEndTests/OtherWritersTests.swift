import Foundation
import Testing

/// Whoever writes the file writes the record: Python's SQLite stands for every program but ours.
@Suite("Other writers", .serialized)
struct OtherWritersTests {
  @Test("write, edit and delete with Python, and it syncs like our own")
  func python() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    for office in ["cusco", "puno"] {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
    }
    try workplace.python(
      "cusco",
      """
      INSERT INTO training_session(id, office_code, code, title, status, starts_on)
        VALUES ('s1', 'cusco', 'CUS-2020-100', 'Taller', 'held', '2020-03-02');
      INSERT INTO participant(id, paternal_surname, given_names) VALUES ('p1', 'Condori', 'Ana');
      INSERT INTO participant(id, paternal_surname, given_names) VALUES ('p2', 'Rojas', 'Luz');
      INSERT INTO attendance(session_id, participant_id, pre_score) VALUES ('s1', 'p1', 0.1);
      """)
    #expect(try status(workplace, "cusco").unsent == 4)
    try workplace.sync("cusco")
    try workplace.sync("puno")
    try workplace.python(
      "puno",
      """
      UPDATE attendance SET post_score = 14.3 WHERE session_id = 's1';
      DELETE FROM participant WHERE id = 'p2';
      INSERT OR REPLACE INTO participant(id, paternal_surname, given_names, sex)
        VALUES ('p1', 'Condori', 'Ana María', 'F');
      """)
    try workplace.sync("puno")
    try workplace.sync("cusco")

    #expect(try workplace.digests("cusco") == workplace.digests("puno"))
    #expect(try workplace.digests("cusco") == workplace.digests("central"))
    let score = try workplace.quipu("cusco", "attendance", "show", "CUS-2020-100", "p1", "--json")
    #expect(
      score.output.contains("\"pre_score\": 0.1") && score.output.contains("\"post_score\": 14.3"))
    #expect(try workplace.quipu("cusco", "participant", "show", "p2").status == 1)
    let history = try workplace.quipu("cusco", "history", "attendance", "s1", "p1", "--json")
      .document([Entry].self)
    #expect(history.map(\.office) == ["cusco", "puno"])
    #expect(history.map(\.kind) == ["insert", "update"])
  }

  @Test("one cell, two offices: both values are listed, and a decision reaches everybody")
  func decision() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    for office in ["cusco", "puno"] {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
    }
    try workplace.quipu(
      "cusco", "session", "add", "--code", "CUS-2020-001", "--title", "Taller", "--status", "held",
      "--starts-on", "2020-01-15")
    try workplace.quipu(
      "cusco", "participant", "add", "--document-number", "12345678", "--paternal-surname",
      "Quispe",
      "--given-names", "Ana")
    try workplace.quipu("cusco", "attendance", "add", "CUS-2020-001", "12345678")
    try workplace.sync("cusco")
    try workplace.sync("puno")
    try workplace.quipu(
      "cusco", "attendance", "edit", "CUS-2020-001", "12345678", "--post-score", "15")
    try workplace.quipu(
      "puno", "attendance", "edit", "CUS-2020-001", "12345678", "--post-score", "17")
    try workplace.sync("puno")
    let found = try workplace.sync("cusco")
    #expect(found.status == 3)
    #expect(try found.document(SyncDocument.self).conflicts == 1)
    try workplace.sync("puno")

    let conflicts = try workplace.quipu("puno", "conflicts", "list", "--json")
      .document([ConflictDocument].self)
    let conflict = try #require(conflicts.first)
    #expect(conflicts.count == 1)
    #expect(conflict.table == "attendance" && conflict.column == "post_score")
    #expect(conflict.kind == "edit" && conflict.state == "open")
    if case .composite(let key) = conflict.key {
      #expect(key.count == 2)
    } else {
      Issue.record("key")
    }
    let sides = [conflict.current, conflict.other]
    #expect(sides.contains { $0.office == "cusco" && $0.value == .number(15) })
    #expect(sides.contains { $0.office == "puno" && $0.value == .number(17) })

    let refused = try workplace.quipu(
      "puno", "conflicts", "resolve", conflict.id, "--keep", "quince", "--json")
    #expect(refused.status == 1)
    #expect(try refused.problem().code == "invalid_value")
    let resolved = try workplace.quipu(
      "puno", "conflicts", "resolve", conflict.id, "--keep", "16,5", "--json")
    #expect(resolved.status == 0)
    #expect(try resolved.document(ConflictDocument.self).state == "resolved")
    try workplace.sync("puno")
    try workplace.sync("cusco")
    for name in ["central", "cusco", "puno"] {
      let open = try workplace.quipu(name, "conflicts", "list", "--json")
        .document([ConflictDocument].self).filter { $0.state == "open" }
      #expect(open.isEmpty, "\(name)")
      let shown = try workplace.quipu(
        name, "attendance", "show", "cusco/CUS-2020-001", "12345678", "--json")
      #expect(shown.output.contains("\"post_score\": 16.5"), "\(name)")
    }
  }

  private func status(_ workplace: Workplace, _ name: String) throws -> StatusDocument {
    try workplace.quipu(name, "status", "--json").document()
  }

  private struct Entry: Decodable {
    var at: String
    var office: String
    var kind: String
  }
}
