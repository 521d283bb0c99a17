internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// Who wrote which value of a row, where and when.
struct HistoryPages: Sendable {
  let centre: Centre

  func add(to routes: WebRoutes) {
    routes.get("history/:table/:no") { try show($0) }
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let table = request.parameter("table")
    guard let no = Int64(request.parameter("no")) else { throw WebError.notFound }
    let key = try centre.replica.read { db -> [CellValue]? in
      let known = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM sync_table WHERE name = ?)", arguments: [table])
      guard known == true else { return nil }
      let names: [String] = try db.primaryKey(table).columns.map(\.quotedDatabaseIdentifier)
      let columns: String = names.joined(separator: ", ")
      return try Row.fetchOne(
        db,
        sql: "SELECT \(columns) FROM \(table.quotedDatabaseIdentifier) WHERE rowid = ?",
        arguments: [no]
      ).map { row in names.indices.map { CellValue(row[$0] as DatabaseValue) } }
    }
    guard let key else { throw WebError.notFound }
    let entries = try centre.replica.history(table: table, key: key.map(\.text))
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let label = try RecordLabel.load(db, table: table, key: key, words: words)
      // Values of one row, oldest first: each entry says what it changed from.
      var before: [String: String] = [:]
      var rows: [[String: Any]] = []
      for entry in entries {
        let values = entry.values.map { column, value -> [String: Any] in
          let text = shown(value, column, words)
          defer { before[column] = text }
          return [
            "column": words.column(column), "value": text, "before": before[column] ?? "",
          ]
        }
        rows.append([
          "when": say.format.instant(entry.atMilliseconds),
          "office": words.officeTitle(entry.office),
          "node": String(entry.node.description.prefix(8)),
          "what": word(entry.kind, say), "values": values, "waits": entry.isQuarantined,
        ])
      }
      return [
        "label": label.title, "facts": label.facts, "table": words.table(table),
        "rows": Array(rows.reversed()), "isEmpty": rows.isEmpty,
        "session": label.session.map(String.init) ?? "",
        "participant": label.participant.map(String.init) ?? "",
      ]
    }
    return request.show("history", title: say("Historial", "History"), data)
  }

  private func shown(_ value: CellValue, _ column: String, _ words: RecordWords) -> String {
    words.value(value, column: column)
  }

  private func word(_ kind: ChangeKind, _ say: Wording) -> String {
    switch kind {
    case .insert: say("creó el registro", "made the record")
    case .update: say("cambió", "changed")
    case .delete: say("borró el registro", "deleted the record")
    }
  }

  /// The number of a row by which pages address it: unlike its key it says nothing of a person.
  static func rowNumber(_ db: Database, table: String, key: [CellValue]) throws -> Int64? {
    let known = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sync_table WHERE name = ?)", arguments: [table])
    guard known == true else { return nil }
    let names = try db.primaryKey(table).columns
    guard names.count == key.count else { return nil }
    let parts: [String] = names.map { "\($0.quotedDatabaseIdentifier) = ?" }
    let condition: String = parts.joined(separator: " AND ")
    return try Int64.fetchOne(
      db, sql: "SELECT rowid FROM \(table.quotedDatabaseIdentifier) WHERE \(condition)",
      arguments: StatementArguments(key.map(\.databaseValue)))
  }
}
