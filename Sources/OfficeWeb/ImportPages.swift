internal import Foundation
internal import Hummingbird
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// Importing files: what would become of each row is shown before anything is written.
struct ImportPages: Sendable {
  let office: Office

  private static let limit = 24 << 20
  private static let shown = 200
  private static let draft = "import"

  func add(to routes: WebRoutes) {
    routes.get("import", roles: Permission.enter) { try page($0) }
    routes.post("import", roles: Permission.enter, limit: Self.limit) { try preview($0) }
    routes.post("import/apply", roles: Permission.enter) { try apply($0) }
    routes.get("import/:number/undo", roles: Permission.decide) { try askUndo($0) }
    routes.post("import/:number/undo", roles: Permission.decide) { try undo($0) }
    routes.post("import/rejected", roles: Permission.enter) { try rejected($0) }
  }

  private func page(_ request: PageRequest, problem: String? = nil) throws -> PageResponse {
    let say = request.say
    let records = try request.replica.read { db in try ImportHistory.list(in: db) }
    var data: [String: Any] = [
      "imports": records.prefix(20).map { record -> [String: Any] in
        var row: [String: Any] = [
          "number": record.number, "file": record.file.isEmpty ? "–" : record.file,
          "when": say.format.instant(iso: record.takenAt), "kind": Self.word(record.kind, say),
          "inserted": say.format.number(record.inserted),
          "updated": say.format.number(record.updated),
          "mayUndo": record.pending > 0 && request.user.has(Permission.decide),
        ]
        row.set("undone", record.undoneAt.map { say.format.instant(iso: $0) })
        return row
      },
      "hasImports": !records.isEmpty,
    ]
    data.set("problem", problem)
    return request.page(
      "import", title: say("Importar archivos", "Import files"), data,
      status: problem == nil ? .ok : .unprocessableContent)
  }

  private func askUndo(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let number = Int(request.parameter("number")) else { throw WebError.notFound }
    let record = try request.replica.read { db in try ImportHistory.find(number, in: db) }
    let inserted = say.count(
      record.inserted, (one: "fila que agregó", many: "filas que agregó"),
      (one: "row that it added", many: "rows that it added"))
    let updated = say.count(
      record.updated, (one: "fila que cambió", many: "filas que cambió"),
      (one: "row that it changed", many: "rows that it changed"))
    return request.page(
      "delete", title: say("¿Deshacer esta importación?", "Undo this import?"),
      [
        "what": "\(record.file) · \(say.format.instant(iso: record.takenAt))",
        "consequence": say(
          "Se quita \(inserted) y vuelve a su valor de antes \(updated), salvo lo que alguien cambió después.",
          "\(inserted) taken away, \(updated) put back as before, except what somebody changed since."
        ),
        "yes": say("Sí, deshacer", "Yes, undo"), "action": "/import/\(number)/undo",
        "back": "/import",
      ])
  }

  private func undo(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let number = Int(request.parameter("number")) else { throw WebError.notFound }
    let report = try request.replica.write { db in
      try ImportUndo.run(number, in: db, environment: office.environment)
    }
    var notice = say(
      "Deshecho: \(report.deleted) filas quitadas, \(report.restored) valores repuestos.",
      "Undone: \(report.deleted) rows taken away, \(report.restored) values put back.")
    if !report.kept.isEmpty {
      notice += say(
        " Quedan \(report.kept.count) que alguien cambió después o de las que depende algo.",
        " \(report.kept.count) stay, since somebody changed them or something depends on them.")
    }
    return .redirect("/import", notice: notice, tone: report.kept.isEmpty ? .done : .warning)
  }

  /// A file between its preview and its import: kept as a draft of the user's.
  private struct Kept: Codable {
    var name: String
    var bytes: Data

    /// What the preview's forms bear: in another window another file may be looked at meanwhile.
    var mark: String { Drafts.mark(bytes) }
  }

  private func preview(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let file = request.form.file("file"), !file.bytes.isEmpty else {
      return try page(
        request, problem: say("Elija primero un archivo.", "Choose a file first."))
    }
    let kept = Kept(name: file.name, bytes: Data(file.bytes))
    do {
      let page = try preview(request, kept)
      let content = try JSONEncoder().encode(kept)
      try Drafts(request.replica, user: request.user).save(
        Self.draft, String(decoding: content, as: UTF8.self), now: request.now)
      return page
    } catch let error as TrainingsError {
      let hint = error.hint(in: request.language)
      return try page(request, problem: error.message(in: request.language) + " " + hint)
    }
  }

  private func preview(
    _ request: PageRequest, _ file: Kept, problem: String? = nil
  ) throws -> PageResponse {
    let say = request.say
    let outcome = try run([UInt8](file.bytes), file.name, request, dryRun: true)
    let report = outcome.report
    var data: [String: Any] = [
      "mark": file.mark, "name": file.name, "kind": Self.word(outcome.kind, say),
      "read": say.format.number(report.read), "inserted": say.format.number(report.inserted),
      "updated": say.format.number(report.updated),
      "unchanged": say.format.number(report.unchanged),
      "rejected": say.format.number(report.rejected), "hasRejected": report.rejected > 0,
      "errors": Self.lines(report.errors), "warnings": Self.lines(report.warnings),
      "hasWarnings": !report.warnings.isEmpty,
      "warningCount": say.format.number(report.warnings.count),
      "good": outcome.preview.map { row -> [String: Any] in
        [
          "line": row.line, "label": row.label, "isNew": row.outcome == .new,
          "changes": row.changes.map { change -> [String: Any] in
            let isDocument = change.column == "numero_documento"
            var cell: [String: Any] = ["column": change.column.replacing("_", with: " ")]
            cell["new"] = isDocument ? IdentityDocument.masked(change.new) : change.new
            cell.set("old", isDocument ? change.old.map(IdentityDocument.masked) : change.old)
            return cell
          },
        ]
      },
      "hasGood": !outcome.preview.isEmpty,
      "columns": outcome.columns.map {
        "\($0.header) → \($0.field ?? say("no se usa", "not used"))"
      },
      "canApply": report.inserted + report.updated > 0,
    ]
    if report.errors.count > Self.shown {
      data["moreErrors"] = say.format.number(report.errors.count - Self.shown)
    }
    data.set("problem", problem)
    return request.page(
      "import_preview", title: say("Revise antes de importar", "Check before importing"), data,
      status: problem == nil ? .ok : .conflict)
  }

  private func run(
    _ bytes: [UInt8], _ name: String, _ request: PageRequest, dryRun: Bool
  ) throws -> ImportOutcome {
    try request.replica.write { db in
      try TrainingImport.run(
        TrainingImport.open(bytes, office: office.code, in: db), office: office.code, file: name,
        in: db, environment: office.environment, language: request.language, dryRun: dryRun,
        preview: dryRun ? Self.shown : 0)
    }
  }

  private static func lines(_ issues: [ImportIssue]) -> [[String: Any]] {
    issues.prefix(shown).map { ["line": $0.line, "column": $0.column, "message": $0.message] }
  }

  private static func word(_ kind: SheetKind, _ say: Wording) -> String {
    switch kind {
    case .sessions: say("sesiones", "sessions")
    case .attendance: say("asistencia", "attendance")
    case .deliverables: say("entregables", "deliverables")
    }
  }

  private func kept(_ request: PageRequest) throws -> Kept? {
    try Drafts(request.replica, user: request.user).load(Self.draft).flatMap {
      try? JSONDecoder().decode(Kept.self, from: Data($0.content.utf8))
    }
  }

  private func apply(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let file = try kept(request) else {
      return .redirect(
        "/import", notice: say("Elija el archivo otra vez.", "Choose the file again."),
        tone: .warning)
    }
    guard request.form["mark"] == file.mark else { return try another(request, file) }
    let report = try run([UInt8](file.bytes), file.name, request, dryRun: false).report
    try Drafts(request.replica, user: request.user).drop(Self.draft)
    return .redirect(
      "/import",
      notice: say(
        "Importado: \(report.inserted) filas nuevas, \(report.updated) actualizadas, \(report.unchanged) sin cambios, \(report.rejected) sin tomar.",
        "Imported: \(report.inserted) new rows, \(report.updated) updated, \(report.unchanged) unchanged, \(report.rejected) not taken."
      ),
      tone: report.rejected > 0 ? .warning : .done)
  }

  private func another(_ request: PageRequest, _ file: Kept) throws -> PageResponse {
    try preview(
      request, file,
      problem: request.pick(
        "No se importó nada: después de este archivo usted revisó otro, que se muestra aquí. Si quería el anterior, elíjalo otra vez.",
        "Nothing was imported: after this file you looked at another one, which is shown here. If you meant the earlier one, choose it again."
      ))
  }

  /// The rows that would not be taken, to be corrected and imported.
  private func rejected(_ request: PageRequest) throws -> PageResponse {
    guard let file = try kept(request) else { throw WebError.notFound }
    guard request.form["mark"] == file.mark else { return try another(request, file) }
    guard
      let rows = try run([UInt8](file.bytes), file.name, request, dryRun: true).rejectedFile
    else { throw WebError.notFound }
    return .file(rows, type: "text/csv; charset=utf-8", name: file.name + ".rejected.csv")
  }
}
