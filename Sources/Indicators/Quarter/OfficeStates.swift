import GRDB
import Replica

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is known here of each office: at the centre what its laptops said of themselves, elsewhere
/// what of theirs has arrived.
enum OfficeStates {
  static func gather(_ replica: Replica, _ db: Database) throws -> [QuarterReport.Office] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT o.code, o.name_es, o.name_en,
          (SELECT count(*) FROM sync_node AS n WHERE n.office = o.code AND n.last_sequence > 0)
        FROM office AS o ORDER BY o.code = 'central', o.code
        """)
    let writes = try lastWrites(db)
    let said = try reports(db)
    let own = try Row.fetchOne(
      db,
      sql: """
        SELECT n.office, (SELECT CAST(value AS INTEGER) FROM sync_setting WHERE name = 'last_sync')
        FROM sync_replica AS r JOIN sync_node AS n ON n.no = r.node_no
        """)
    return try rows.map { row in
      let code: String = row[0]
      var office = QuarterReport.Office(
        code: code, name: BothLanguages(row[1], row[2]), nodes: row[3],
        lastSync: said[code]?.lastSync.map(instant), lastWrite: writes[code].map(instant),
        unsent: said[code]?.unsent)
      if let own, code == own[0] {
        let lastSync: Int64? = own[1]
        office.lastSync = office.lastSync ?? lastSync.map(instant)
        if code != "central" { office.unsent = try Replica.counts(db).unsent }
      }
      return office
    }
  }

  /// Instants of the last writes that are here, in milliseconds, by office.
  private static func lastWrites(_ db: Database) throws -> [String: Int64] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT n.office, max(c.first_hlc >> 16) FROM sync_changeset AS c
        JOIN sync_node AS n ON n.no = c.node_no GROUP BY n.office
        """)
    return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: max)
  }

  /// What laptops said at the centre of themselves, by office; nothing elsewhere.
  private static func reports(
    _ db: Database
  ) throws -> [String: (lastSync: Int64?, unsent: Int?)] {
    guard try db.tableExists("central_node_state"), try db.tableExists("central_node_access")
    else { return [:] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT a.office, max(s.hello_at), sum(max(coalesce(s.unsent, 0), s.unsent_changesets))
        FROM central_node_access AS a JOIN central_node_state AS s ON s.token_hash = a.token_hash
        WHERE a.revoked_at IS NULL GROUP BY a.office
        """)
    return Dictionary(
      rows.map { ($0[0], ($0[1], $0[2])) }, uniquingKeysWith: { first, _ in first })
  }

  private static func instant(_ milliseconds: Int64) -> String {
    QuarterReport.instant(Date(timeIntervalSince1970: Double(milliseconds / 1000)))
  }
}
