import Foundation
import GRDB
import Schema
import Testing

@Suite("Tables")
struct TableTests {
  /// What scripts, reports and other programs rely on; more columns and tables may be added.
  private static let fixed: [(table: String, key: String, columns: String)] = [
    ("office", "code", "name_es name_en kind"),
    ("institution", "code", "name_es name_en kind parent"),
    ("role", "code", "name_es name_en authority_type parent"),
    ("partner", "code", "name_es name_en kind parent"),
    ("component", "code", "name_es name_en parent"),
    ("activity", "code", "name_es name_en parent"),
    ("product", "code", "name_es name_en parent"),
    ("result", "code", "name_es name_en parent"),
    (
      "indicator", "id",
      "level code parent name_es name_en unit computation filter baseline owner is_key retired_on"
    ),
    ("indicator_role", "indicator_id role_code", ""),
    ("indicator_target", "indicator_id valid_from", "target note"),
    (
      "training_session", "id",
      """
      office_code code title topic kind modality status planned_on starts_on ends_on hours department \
      province district venue partner_code facilitator notes
      """
    ),
    ("session_indicator", "session_id indicator_id", ""),
    (
      "participant", "id",
      """
      document_type document_number paternal_surname maternal_surname given_names sex \
      institution_code role_code workplace department phone email notes
      """
    ),
    (
      "attendance", "session_id participant_id",
      "institution_code role_code workplace completed pre_score post_score score_scale notes"
    ),
    ("group_score", "session_id group_label", "department n_both pre_mean post_mean"),
    (
      "deliverable", "id",
      "code indicator_id office_code title status delivered_on quantity evidence"
    ),
    ("measurement", "indicator_id period", "value state source"),
    ("person_link", "id", "participant_id same_as decision decided_by decided_at"),
    ("period_close", "period", "cut_off central_sequence definitions_version closed_by result"),
    ("period_text", "period section office_code language", "body"),
  ]

  @Test("a fresh database has every table, key and column that others rely on")
  func columns() throws {
    try SchemaFolder.freshDatabase().read { db in
      for (table, key, columns) in Self.fixed {
        let found = try String.fetchAll(
          db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
        let foundKey = try String.fetchAll(
          db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
          arguments: [table])
        #expect(foundKey.joined(separator: " ") == key, "\(table)")
        let missing = columns.split(separator: " ").map(String.init).filter { !found.contains($0) }
        #expect(missing.isEmpty, "\(table)")
      }
    }
  }

  @Test("the tables that sync are those that offices and centre share")
  func synced() throws {
    try SchemaFolder.freshDatabase().read { db in
      let synced = try SchemaFolder.syncedTables(db)
      #expect(synced == Self.fixed.map(\.table).sorted())
    }
  }

  @Test("columns without which a record cannot be understood are required, and no others")
  func required() throws {
    let required: [String: Set<String>] = [
      "training_session": ["office_code", "code", "title"],
      "session_indicator": [],
      "participant": ["given_names", "paternal_surname"],
      "attendance": [],
      "group_score": [],
      "deliverable": ["indicator_id", "title"],
    ]
    try SchemaFolder.freshDatabase().read { db in
      for (table, columns) in required.sorted(by: { $0.key < $1.key }) {
        let found = try String.fetchAll(
          db, sql: #"SELECT name FROM pragma_table_info(?) WHERE "notnull" AND pk = 0"#,
          arguments: [table])
        #expect(Set(found) == columns, "\(table)")
      }
    }
  }

  @Test(
    "every table is strict but the capture log, which is written once for every row anybody writes")
  func strict() throws {
    try SchemaFolder.freshDatabase().read { db in
      let loose = try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'
          """)
      #expect(loose == ["sync_capture"])
    }
  }

  @Test("a table that syncs has rowids, a key without NULLs, no other unique index, no cascade")
  func syncable() throws {
    try SchemaFolder.freshDatabase().read { db in
      for table in try SchemaFolder.syncedTables(db) {
        let withoutRowID = try Bool.fetchOne(
          db, sql: "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?",
          arguments: [table])
        #expect(withoutRowID == false, "\(table)")
        let nullable = try String.fetchAll(
          db, sql: #"SELECT name FROM pragma_table_info(?) WHERE pk > 0 AND NOT "notnull""#,
          arguments: [table])
        #expect(nullable.isEmpty, "\(table)")
        let unique = try String.fetchAll(
          db, sql: #"SELECT name FROM pragma_index_list(?) WHERE "unique" AND origin <> 'pk'"#,
          arguments: [table])
        #expect(unique.isEmpty, "\(table)")
        let cascades = try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM pragma_foreign_key_list(?)
            WHERE on_delete <> 'NO ACTION' OR on_update <> 'NO ACTION'
            """, arguments: [table])
        #expect(cascades == 0, "\(table)")
      }
    }
  }

  @Test("every reference waits for the end of its transaction and points at a table that syncs too")
  func references() throws {
    try SchemaFolder.freshDatabase().read { db in
      let synced = try SchemaFolder.syncedTables(db)
      for table in synced {
        let sql = try #require(
          try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
            arguments: [table]))
        let references = sql.components(separatedBy: "REFERENCES").count
        #expect(
          references == sql.components(separatedBy: "DEFERRABLE INITIALLY DEFERRED").count,
          "\(table)")
        let parents = try String.fetchSet(
          db, sql: #"SELECT "table" FROM pragma_foreign_key_list(?)"#, arguments: [table])
        #expect(parents.isSubset(of: synced), "\(table)")
      }
    }
  }

  @Test(
    "a column that refers to another table is the first of an index, so that merging finds who refers"
  )
  func indexes() throws {
    try SchemaFolder.freshDatabase().read { db in
      for table in ["attendance", "session_indicator", "group_score", "deliverable", "person_link"]
      {
        let columns = try String.fetchAll(
          db,
          sql: """
            SELECT "from" FROM pragma_foreign_key_list(?)
            WHERE "table" IN ('training_session', 'participant') ORDER BY 1
            """, arguments: [table])
        for column in columns {
          let isIndexed = try Bool.fetchOne(
            db,
            sql: """
              SELECT EXISTS (
                SELECT 1 FROM pragma_index_list(?1) list, pragma_index_info(list.name) info
                WHERE info.seqno = 0 AND info.name = ?2)
              """, arguments: [table, column])
          #expect(isIndexed == true, "\(table).\(column)")
        }
      }
    }
  }

  @Test("every policy names a column that exists and is not part of the key")
  func policies() throws {
    try SchemaFolder.freshDatabase().read { db in
      let wrong = try String.fetchAll(
        db,
        sql: """
          SELECT table_name || '.' || column_name FROM sync_policy
          WHERE NOT EXISTS (
            SELECT 1 FROM pragma_table_info(table_name) WHERE name = column_name AND pk = 0)
          """)
      #expect(wrong.isEmpty)
    }
  }
}
