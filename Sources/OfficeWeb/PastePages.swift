internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// A block of rows copied from a spreadsheet: read, shown with what each column seems to be, and
/// taken by the same rules as a file.
struct PastedBlock {
  /// What a column may hold: headers of `asistencia.csv`.
  static let headers = Field.attendance.map(\.header).filter { $0 != "sesion" }

  let rows: [[String]]
  /// For each column, a header or `""` where it is left out.
  let columns: [String]
  let hasHeaderLine: Bool

  /// Reads what was pasted.
  ///
  /// - Parameter columns: What a person said the columns are; guessed where it is nil.
  init(_ text: String, columns chosen: [String]? = nil) {
    var lines = text.replacing("\r\n", with: "\n").split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }.filter { $0.contains { !$0.isEmpty } }
    let width = lines.map(\.count).max() ?? 0
    let first = lines.first.map { $0.map(Self.header) } ?? []
    hasHeaderLine = first.compactMap(\.self).count >= 2
    if hasHeaderLine { lines.removeFirst() }
    rows = lines.map { $0 + Array(repeating: "", count: width - $0.count) }
    var columns = hasHeaderLine ? first.map { $0 ?? "" } : Self.guess(rows, width: width)
    columns += Array(repeating: "", count: max(0, width - columns.count))
    if let chosen, chosen.count == width {
      columns = chosen.map { Self.headers.contains($0) ? $0 : "" }
    }
    self.columns = columns
  }

  private static func header(_ cell: String) -> String? {
    let folded = PersonName.folded(cell).replacing(" ", with: "_")
    if let header = headers.first(where: { $0 == folded }) { return header }
    return synonyms[folded]
  }

  private static let synonyms = [
    "dni": "numero_documento", "documento": "numero_documento", "n_dni": "numero_documento",
    "nro_documento": "numero_documento", "numero": "numero_documento",
    "paterno": "apellido_paterno", "apellidos": "apellido_paterno", "materno": "apellido_materno",
    "nombre": "nombres", "entrada": "prueba_entrada", "pre": "prueba_entrada",
    "pre_test": "prueba_entrada", "pretest": "prueba_entrada", "salida": "prueba_salida",
    "post": "prueba_salida", "post_test": "prueba_salida", "postest": "prueba_salida",
    "celular": "telefono", "email": "correo", "centro_de_trabajo": "centro",
    "dependencia": "centro",
  ]

  /// What columns without headers seem to be, by what stands in most of their cells.
  private static func guess(_ rows: [[String]], width: Int) -> [String] {
    var free = ["apellido_paterno", "apellido_materno", "nombres", "centro"]
    var scores = ["prueba_entrada", "prueba_salida"]
    var columns = Array(repeating: "", count: width)
    func share(_ column: Int, _ test: (String) -> Bool) -> Bool {
      let cells = rows.map { $0[column] }.filter { !$0.isEmpty }
      return !cells.isEmpty && cells.count(where: test) * 10 >= cells.count * 7
    }
    for column in 0..<width {
      if share(column, { $0.count >= 7 && $0.count <= 8 && $0.allSatisfy(\.isNumber) }) {
        columns[column] = columns.contains("numero_documento") ? "" : "numero_documento"
      } else if share(column, { ["F", "M", "X"].contains($0.uppercased()) }) {
        columns[column] = "sexo"
      } else if share(column, { $0.contains("@") }) {
        columns[column] = "correo"
      } else if share(column, { $0.count == 9 && $0.hasPrefix("9") && $0.allSatisfy(\.isNumber) }) {
        columns[column] = "telefono"
      } else if share(column, { Double($0.replacing(",", with: ".")) != nil }) {
        let isCount = rows.enumerated().allSatisfy { $0.element[column] == "\($0.offset + 1)" }
        columns[column] = isCount || scores.isEmpty ? "" : scores.removeFirst()
      } else if share(column, { $0.contains(where: \.isLetter) }), !free.isEmpty {
        columns[column] = free.removeFirst()
      }
    }
    return columns
  }

  /// The block as the file that an import takes.
  func file(session: String) -> [UInt8] {
    let used = columns.indices.filter { !columns[$0].isEmpty }
    var lines = [(["sesion"] + used.map { columns[$0] }).joined(separator: ",")]
    for row in rows {
      let cells = [session] + used.map { row[$0] }
      lines.append(cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ","))
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}

/// Pasting rows into a session's sheet: a preview, then the same again for good.
struct PastePages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.post("sessions/:id/paste", roles: Permission.enter) { request in
      try paste(request, applying: request.form.has("apply"))
    }
  }

  private func paste(_ request: PageRequest, applying: Bool) throws -> PageResponse {
    let id = request.parameter("id")
    let text = request.form["block"]
    let chosen = request.form.has("column") ? request.form.all("column") : nil
    let block = PastedBlock(text, columns: chosen)
    let say = request.say
    if block.rows.isEmpty {
      return .redirect(
        "/sessions/\(id.pathPart)",
        notice: say("No había filas que leer.", "There were no rows to read."), tone: .warning)
    }
    if block.rows.count > 2000 { throw WebError.forbidden }
    let code = try request.replica.read { db in try SessionPages.stored(id, db)["code"] ?? "" }
    let file = block.file(session: code)
    do {
      let outcome = try request.replica.write { db in
        try TrainingImport.run(
          file, kind: .attendance, office: office.code, in: db, environment: office.environment,
          language: request.language, dryRun: !applying)
      }
      guard applying else {
        return try preview(request, id, text, block, outcome.report, problem: nil)
      }
      let report = outcome.report
      return .redirect(
        "/sessions/\(id.pathPart)",
        notice: say(
          "\(report.inserted) personas marcadas, \(report.updated) actualizadas, \(report.rejected) sin tomar.",
          "\(report.inserted) persons marked, \(report.updated) updated, \(report.rejected) not taken."
        ),
        tone: report.rejected > 0 ? .warning : .done)
    } catch let error as TrainingsError {
      return try preview(
        request, id, text, block, ImportReport?.none, problem: error.message(in: request.language))
    }
  }

  private func preview(
    _ request: PageRequest, _ id: String, _ text: String, _ block: PastedBlock,
    _ report: ImportReport?, problem: String?
  ) throws -> PageResponse {
    let say = request.say
    let errors = Dictionary(grouping: report?.errors ?? [], by: \.line)
    let warnings = Dictionary(grouping: report?.warnings ?? [], by: \.line)
    var data: [String: Any] = [
      "path": "/sessions/\(id.pathPart)", "block": text,
      "columns": block.columns.enumerated().map { number, column -> [String: Any] in
        [
          "number": number + 1,
          "options": [
            ["value": "", "label": say("(no usar)", "(leave out)"), "chosen": column.isEmpty]
          ]
            + PastedBlock.headers.map {
              ["value": $0, "label": $0.replacing("_", with: " "), "chosen": $0 == column]
                as [String: Any]
            },
        ]
      },
      "rows": block.rows.enumerated().map { number, cells -> [String: Any] in
        let problems = (errors[number + 2] ?? []).map(\.message)
        let notes = (warnings[number + 2] ?? []).map(\.message)
        var row: [String: Any] = ["number": number + 1, "cells": cells]
        row.set("problem", problems.joined(separator: " "))
        row.set("note", notes.joined(separator: " "))
        row["good"] = problems.isEmpty && report != nil
        return row
      },
      "good": (report?.read ?? 0) - (report?.rejected ?? 0), "bad": report?.rejected ?? 0,
      "hasBad": (report?.rejected ?? 0) > 0,
      "canApply": report != nil && (report?.read ?? 0) > (report?.rejected ?? 0),
    ]
    data.set("problem", problem)
    return request.page(
      "paste", title: say("Revise antes de registrar", "Check before recording"), data,
      status: problem == nil ? .ok : .unprocessableContent)
  }
}
