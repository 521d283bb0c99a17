import GRDB
import Replica
import SyncModel
import TestSupport
import Testing

@Suite("Texts of other programs")
struct TextTests {
  private let pair: Pair
  private var centre: Replica { pair.centre }
  private var cusco: Replica { pair.cusco }

  init() throws {
    pair = try Pair()
    try cusco.execute("INSERT INTO member(id, title, score) VALUES ('m', 'x', 1)")
    try pair.expectAlike()
  }

  private func bytes(_ replica: Replica) throws -> String? {
    try replica.read { try String.fetchOne($0, sql: "SELECT hex(title) FROM member") }
  }

  @Test("an é of one code point and one of two are kept as they were written, and agree")
  func forms() throws {
    try cusco.execute("UPDATE member SET title = 'José'")
    try pair.expectAlike()
    // The same name, as a Mac writes it.
    try cusco.execute("UPDATE member SET title = CAST(x'4A6F7365CC81' AS TEXT)")
    try pair.expectAlike()
    #expect(try bytes(centre) == "4A6F7365CC81")
    try cusco.execute("UPDATE member SET title = CAST(x'C389' AS TEXT)")
    try centre.execute("UPDATE member SET title = CAST(x'45CC81' AS TEXT)")
    try pair.expectAlike()
    #expect(try bytes(centre) == bytes(cusco))
    #expect(try centre.conflicts(openOnly: true).isEmpty)
  }

  @Test("Latin-1 bytes stay what they are, through merges and conflicts")
  func latin() throws {
    try cusco.execute("UPDATE member SET title = CAST(x'4E55D145' AS TEXT)")
    try centre.execute("UPDATE member SET score = 2")
    try pair.expectAlike()
    #expect(try bytes(centre) == "4E55D145")
    try cusco.execute("UPDATE member SET title = CAST(x'D1' AS TEXT)")
    try centre.execute("UPDATE member SET title = 'other'")
    try pair.expectAlike()
    #expect(try centre.conflicts(openOnly: true).count == 1)
    #expect(try bytes(centre) == bytes(cusco))
    try cusco.execute("DELETE FROM member")
    try pair.expectAlike()
  }

  @Test("equal is what SQLite stores alike; what means the same agrees")
  func equality() {
    #expect(CellValue.text("\u{e9}") != .text("e\u{301}"))
    #expect(CellValue.text("\u{e9}").agrees(with: .text("e\u{301}")))
    #expect(CellValue.real(0) != .real(-0.0))
    #expect(CellValue.real(0).agrees(with: .real(-0.0)))
    #expect(CellValue.malformedText([0xd1]) != .blob([0xd1]))
    let values: Set<CellValue> = [.text("a"), .malformedText([0xd1]), .blob([0xd1]), .text("a")]
    #expect(values.count == 3)
  }
}
