import GRDB
import Indicators
import Replica
import SyncModel

/// The rows that are about one person: its participants, and what refers to them.
struct PersonRows {
  struct Entry {
    var table: String
    var keyColumns: [String]
    var key: [String]
    var values: [(column: String, value: CellValue)]
  }

  /// Participants that are one person: by decisions, and by equal documents.
  let participants: [String]
  let entries: [Entry]

  /// The rows about whoever the participant of this identifier is.
  init(_ db: Database, participant: String) throws {
    let groups = try PersonGroups.load(db)
    let person = groups.representative(of: participant)
    let participants = try String.fetchAll(db, sql: "SELECT id FROM participant ORDER BY id")
      .filter { groups.representative(of: $0) == person }
    self.participants = participants
    var entries: [Entry] = []
    for table in try String.fetchAll(db, sql: "SELECT name FROM sync_table ORDER BY no") {
      let shape = try TableShape(db, table: table)
      let referring = try String.fetchAll(
        db, sql: #"SELECT "from" FROM pragma_foreign_key_list(?) WHERE "table" = 'participant'"#,
        arguments: [table])
      let columns = table == "participant" ? ["id"] : referring
      guard !columns.isEmpty else { continue }
      let marks: String = participants.map { _ in "?" }.joined(separator: ", ")
      let condition: String = columns.map { "\($0.quotedDatabaseIdentifier) IN (\(marks))" }
        .joined(separator: " OR ")
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT * FROM \(table.quotedDatabaseIdentifier) WHERE \(condition) ORDER BY 1, 2",
        arguments: StatementArguments(columns.flatMap { _ in participants }))
      for row in rows {
        entries.append(
          Entry(
            table: table, keyColumns: shape.key,
            key: shape.key.map { row[$0] as String },
            values: shape.columns.map { ($0.name, Self.value(row[$0.name])) }))
      }
    }
    self.entries = entries
  }

  private static func value(_ value: DatabaseValue) -> CellValue {
    switch value.storage {
    case .null: .null
    case .int64(let integer): .integer(integer)
    case .double(let real): .real(real)
    case .string(let text): .text(text)
    case .blob(let data): .blob(Array(data))
    }
  }
}
