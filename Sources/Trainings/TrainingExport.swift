public import GRDB

/// Writes tables, and the offices' files, for other programs.
public enum TrainingExport {
  /// The forms of an export.
  public enum Format: String, CaseIterable, Sendable {
    case csv, json
  }

  /// What can be exported: the offices' files under their kinds, and every synced table.
  public static func names(_ db: Database) throws -> [String] {
    let tables = try String.fetchAll(db, sql: "SELECT name FROM sync_table ORDER BY no")
    return SheetKind.allCases.map(\.rawValue)
      + tables.filter { SheetKind(rawValue: $0) == nil }
  }

  /// Writes a table or a file of an office, row by row.
  ///
  /// `sessions`, `attendance` and `deliverables` have the headers and words of the offices' files,
  /// so that they can be imported; any other name is a table with its own columns. Documents are
  /// written in full.
  ///
  /// - Parameters:
  ///   - office: Limits the offices' files to one office's sessions or deliverables.
  ///   - sink: Takes the text piece by piece.
  /// - Throws: ``TrainingsError`` where nothing of that name can be exported.
  public static func write(
    _ name: String, format: Format, office: String? = nil, from db: Database,
    to sink: (String) throws -> Void
  ) throws {
    let known = try names(db)
    guard known.contains(name) else { throw TrainingsError(.unknownTable(name, known: known)) }
    let writer = RowWriter(format: format)
    if let kind = SheetKind(rawValue: name) {
      let statement = try db.makeStatement(sql: kind.exportQuery)
      try writer.write(
        kind.fields.map(\.header),
        Row.fetchCursor(statement, arguments: ["office": office, "session": nil]),
        forms: kind.fields.map(\.form), to: sink)
      return
    }
    let columns = try db.columns(in: name).map(\.name)
    let key = try db.primaryKey(name).columns
    let quoted = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let order = key.map { "\"\($0)\"" }.joined(separator: ", ")
    try writer.write(
      columns,
      Row.fetchCursor(db, sql: "SELECT \(quoted) FROM \"\(name)\" ORDER BY \(order)"),
      forms: columns.map { _ in .text }, to: sink)
  }
}

extension TrainingExport {
  /// The rows of one session in the words of the offices' files: itself, or its attendance.
  static func rows(
    _ kind: SheetKind, session: String, from db: Database
  ) throws -> [[DatabaseValue]] {
    guard kind != .deliverables else { return [] }
    return try Row.fetchAll(
      db, sql: kind.exportQuery, arguments: ["office": nil, "session": session]
    ).map { row in zip(row.databaseValues, kind.fields.map(\.form)).map(worded) }
  }

  /// The word that a file shows for a stored value.
  fileprivate static func worded(_ value: DatabaseValue, _ form: FieldForm) -> DatabaseValue {
    switch form {
    case .word(let vocabulary):
      String.fromDatabaseValue(value).map { vocabulary.word($0).databaseValue } ?? .null
    case .flag:
      Int64.fromDatabaseValue(value).map { Vocabulary.yesNo.word("\($0)").databaseValue } ?? .null
    default:
      value
    }
  }
}

/// Rows as CSV or JSON.
private struct RowWriter {
  let format: TrainingExport.Format

  func write(
    _ names: [String], _ rows: RowCursor, forms: [FieldForm], to sink: (String) throws -> Void
  ) throws {
    let keys = names.map { JSONText.quoted($0) + ":" }
    try sink(format == .csv ? csvLine(names) : "[")
    var isFirst = true
    while let row = try rows.next() {
      let values = zip(row.databaseValues, forms).map(TrainingExport.worded)
      switch format {
      case .csv:
        try sink(csvLine(values.map(text)))
      case .json:
        let members = zip(keys, values).map { $0 + json($1) }
        try sink((isFirst ? "\n" : ",\n") + "{" + members.joined(separator: ",") + "}")
      }
      isFirst = false
    }
    if format == .json { try sink("\n]\n") }
  }

  private func csvLine(_ values: [String]) -> String {
    values.map { DelimitedText.quoted($0, separator: UInt8(ascii: ",")) }
      .joined(separator: ",") + "\n"
  }

  private func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null, .blob: ""
    case .int64(let number): "\(number)"
    case .double(let number): CellText.text(number)
    case .string(let text): text
    }
  }

  private func json(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null, .blob: "null"
    case .int64, .double: text(value)
    case .string(let text): JSONText.quoted(text)
    }
  }
}

extension SheetKind {
  /// The columns of the kind's fields in their order; `:office` may be NULL.
  fileprivate var exportQuery: String {
    switch self {
    case .sessions:
      """
      SELECT code, title, topic, kind, modality, status, planned_on, starts_on, ends_on, hours,
        department, province, district, venue, partner_code, facilitator,
        (SELECT group_concat(indicator_id, ';') FROM
          (SELECT indicator_id FROM session_indicator WHERE session_id = s.id ORDER BY 1)),
        notes
      FROM training_session s
      WHERE (:office IS NULL OR office_code = :office) AND (:session IS NULL OR id = :session)
      ORDER BY office_code, code, id
      """
    case .attendance:
      // In order of time, so that importing it leaves each person with the last row's particulars.
      """
      SELECT s.code, document_type, document_number, paternal_surname, maternal_surname,
        given_names, sex, a.institution_code, a.role_code, a.workplace, p.department, phone, email,
        completed, pre_score, post_score, score_scale, a.notes
      FROM attendance a JOIN training_session s ON s.id = a.session_id
        JOIN participant p ON p.id = a.participant_id
      WHERE (:office IS NULL OR s.office_code = :office)
        AND (:session IS NULL OR a.session_id = :session)
      ORDER BY s.starts_on, s.office_code, s.code, a.session_id, paternal_surname,
        maternal_surname, given_names, a.participant_id
      """
    case .deliverables:
      """
      SELECT code, indicator_id, title, status, delivered_on, quantity, evidence
      FROM deliverable
      WHERE (:office IS NULL OR office_code = :office) AND :session IS NULL ORDER BY office_code, code, id
      """
    }
  }
}
