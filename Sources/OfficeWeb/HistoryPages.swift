internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// Who wrote which value of a record, where and when.
struct HistoryPages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("history/:table/:one") { try show($0, [$0.parameter("one")]) }
    routes.get("history/:table/:one/:two") {
      try show($0, [$0.parameter("one"), $0.parameter("two")])
    }
  }

  private func show(_ request: PageRequest, _ key: [String]) throws -> PageResponse {
    let say = request.say
    let table = request.parameter("table")
    let entries: [HistoryEntry]
    do {
      entries = try request.replica.history(table: table, key: key)
    } catch is ReplicaError {
      throw WebError.notFound
    }
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let label = try RecordLabel.load(
        db, table: table, key: key.map { .text($0) }, words: words)
      let rows = entries.reversed().map { entry -> [String: Any] in
        var data: [String: Any] = [
          "when": say.format.instant(entry.atMilliseconds),
          "office": words.officeTitle(entry.office),
          "node": String(entry.node.description.prefix(8)),
          "action": Self.action(entry.kind, say), "waits": entry.isQuarantined,
        ]
        data["values"] = entry.values.map { column, value -> [String: Any] in
          ["column": words.column(column), "value": words.value(value, column: column)]
        }
        return data
      }
      var data: [String: Any] = [
        "rows": rows, "isEmpty": rows.isEmpty, "label": label.title, "table": words.table(table),
      ]
      switch table {
      case "training_session", "attendance", "session_indicator":
        data["back"] = "/sessions/\(key[0].pathPart)"
      case "participant": data["back"] = "/participants/\(key[0].pathPart)"
      default: break
      }
      return request.page("history", title: say("Historia", "History"), data)
    }
  }

  private static func action(_ kind: ChangeKind, _ say: Wording) -> String {
    switch kind {
    case .insert: say("creó", "made")
    case .update: say("cambió", "changed")
    case .delete: say("borró", "deleted")
    }
  }
}
