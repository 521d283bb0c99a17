import GRDB
import Schema
import Testing
import Trainings

@Suite("Catalogs")
struct CatalogTests {
  private func database() throws -> DatabaseQueue {
    let queue = try SchemaFolder.freshDatabase()
    try queue.write { db in try Catalog.load(into: db) }
    return queue
  }

  @Test("catalogs load whole, with every reference satisfied")
  func load() throws {
    try database().read { db in
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      for (table, bytes) in CatalogFiles.all {
        // No catalog has a line break within quotes.
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
        #expect(rows == lines.count - 1, "\(table)")
      }
    }
  }

  @Test("every indicator that is computed has a target, and one that counts persons has roles")
  func indicators() throws {
    try database().read { db in
      let withoutTarget = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM indicator WHERE retired_on IS NULL AND computation LIKE 'count_%'
            AND id NOT IN (SELECT indicator_id FROM indicator_target)
          """)
      #expect(withoutTarget.isEmpty)
      let withoutRoles = try String.fetchAll(
        db,
        sql: """
          SELECT id FROM indicator WHERE computation = 'count_distinct_participants'
            AND id NOT IN (SELECT indicator_id FROM indicator_role)
          """)
      #expect(withoutRoles.isEmpty)
    }
  }

  @Test("the five offices and the centre are there, with INEI's codes of their departments")
  func offices() throws {
    try database().read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT code, inei_department FROM office ORDER BY code")
      let offices = rows.map { "\($0[0] as String) \($0[1] as String? ?? "-")" }
      #expect(
        offices == ["central -", "cusco 08", "lima 15", "loreto 16", "madre_de_dios 17", "puno 21"])
    }
  }
}
