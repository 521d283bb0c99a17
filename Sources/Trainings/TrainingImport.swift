public import GRDB

/// Takes the files that offices have into the record.
public enum TrainingImport {
  /// The kind of a file, known from its headers.
  ///
  /// - Throws: ``TrainingsError`` where the file is none of the three.
  public static func kind(of bytes: [UInt8]) throws(TrainingsError) -> SheetKind {
    try Sheet(bytes, kind: nil).kind
  }

  /// Takes a file's good rows and lists the bad ones.
  ///
  /// Runs within the caller's transaction. Taking the same file twice writes nothing the second
  /// time. The work is linear in the file's size; memory holds the file and the persons in it.
  ///
  /// - Parameters:
  ///   - bytes: The file, in any encoding that ``TrainingsError/FileFormat`` does not name.
  ///   - kind: What the file must be; by default its headers tell.
  ///   - office: The office whose file it is.
  ///   - dryRun: Whether everything is undone before returning.
  ///   - progress: Called now and then with the number of rows read.
  /// - Throws: ``TrainingsError`` where the file as a whole cannot be read, before any write.
  public static func run(
    _ bytes: [UInt8], kind: SheetKind? = nil, office: String, in db: Database,
    environment: TrainingsEnvironment = .system, language: Language = .english,
    dryRun: Bool = false, progress: ((Int) -> Void)? = nil
  ) throws -> ImportOutcome {
    let sheet = try Sheet(bytes, kind: kind)
    let isKnown = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
    guard isKnown == true else { throw TrainingsError(.unknownOffice(office)) }
    let run = ImportRun(sheet: sheet, language: language, progress: progress)
    var importer: any RowImporter =
      switch sheet.kind {
      case .sessions: try RecordImport(.sessions, office: office, db)
      case .deliverables: try RecordImport(.deliverables, office: office, db)
      case .attendance: try AttendanceImport(office: office, environment: environment, db)
      }
    if dryRun {
      try db.inSavepoint {
        try run.takeRows(with: &importer, db)
        return .rollback
      }
    } else {
      try run.takeRows(with: &importer, db)
    }
    return ImportOutcome(
      kind: sheet.kind, report: run.report, rejectedFile: run.rejectedRows.file)
  }
}

/// What becomes of a good row.
enum RowOutcome {
  case inserted, updated, unchanged
}

/// Writes the rows of one kind of file.
protocol RowImporter {
  /// Adds what only the record can tell is wrong with a row.
  mutating func check(_ reading: inout RowReading)

  /// Writes a row that has no errors; `notice` takes what is noticed, by field.
  mutating func take(
    _ values: [String], _ db: Database, notice: (_ field: Int, ImportReason) -> Void
  ) throws -> RowOutcome

  /// Writes what was kept back until all rows were seen.
  mutating func finish(_ db: Database) throws
}

/// One file on its way into the record.
final class ImportRun {
  private var sheet: Sheet
  private let language: Language
  private let progress: ((Int) -> Void)?
  private(set) var report = ImportReport()
  private(set) var rejectedRows: RejectedRows

  init(sheet: Sheet, language: Language, progress: ((Int) -> Void)?) {
    self.sheet = sheet
    self.language = language
    self.progress = progress
    rejectedRows = RejectedRows(of: sheet)
  }

  func takeRows(with importer: inout any RowImporter, _ db: Database) throws {
    for (column, reason) in sheet.notices {
      report.warnings.append(issue(line: sheet.headerLine, column: column, reason))
    }
    let fields = sheet.kind.fields
    let reader = RowReader(fields: fields, codes: try CatalogCodes(db))
    var cells: [DelimitedText.Cell] = []
    var texts = [String](repeating: "", count: fields.count)
    while let line = sheet.rows.next(into: &cells) {
      guard fill(&texts, from: cells, fields) else { continue }
      report.read += 1
      if report.read.isMultiple(of: 1000) { progress?(report.read) }
      var reading = reader.read(texts)
      importer.check(&reading)
      for (field, reason) in reading.warnings {
        report.warnings.append(issue(line: line, column: fields[field].header, reason))
      }
      if hasExtraCells(cells) {
        report.warnings.append(issue(line: line, column: fields[0].header, .extraCells))
      }
      if !reading.errors.isEmpty {
        reject(cells, line: line, reading.errors, fields)
        continue
      }
      let outcome = try importer.take(reading.values, db) { field, reason in
        report.warnings.append(issue(line: line, column: fields[field].header, reason))
      }
      switch outcome {
      case .inserted: report.inserted += 1
      case .updated: report.updated += 1
      case .unchanged: report.unchanged += 1
      }
    }
    try importer.finish(db)
  }

  /// Puts the row's texts in the order of the fields; false where the row is blank.
  private func fill(
    _ texts: inout [String], from cells: [DelimitedText.Cell], _ fields: [Field]
  ) -> Bool {
    if cells.allSatisfy(\.isEmpty) { return false }
    var isBlank = true
    for index in fields.indices {
      guard let column = sheet.columns[index], column < cells.count else {
        texts[index] = ""
        continue
      }
      let text = sheet.rows.text(cells[column], keepingLines: fields[index].header == "notas")
      texts[index] = text == "-" || text == "—" ? "" : text
      if !text.isEmpty { isBlank = false }
    }
    return !isBlank
  }

  private func hasExtraCells(_ cells: [DelimitedText.Cell]) -> Bool {
    cells.count > sheet.headers.count
      && cells[sheet.headers.count...].contains { !sheet.rows.text($0).isEmpty }
  }

  private func reject(
    _ cells: [DelimitedText.Cell], line: Int, _ errors: [(field: Int, reason: ImportReason)],
    _ fields: [Field]
  ) {
    let issues = errors.sorted { $0.field < $1.field }.map {
      issue(line: line, column: fields[$0.field].header, $0.reason)
    }
    report.errors += issues
    report.rejected += 1
    rejectedRows.add(
      cells, codes: issues.map(\.code), messages: issues.map { "\($0.column): \($0.message)" })
  }

  private func issue(line: Int, column: String, _ reason: ImportReason) -> ImportIssue {
    ImportIssue(
      line: line, column: column, code: reason.code, message: reason.message(in: language))
  }
}
