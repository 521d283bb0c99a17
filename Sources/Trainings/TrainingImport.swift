public import GRDB

/// A file that was opened: what it is and how its columns were understood is known, and nothing has
/// been written.
public struct ImportSource {
  let sheet: Sheet

  /// What the file is.
  public var kind: SheetKind { sheet.kind }

  /// The sheet of a workbook that is read; nil for a CSV.
  public var sheetName: String? { sheet.name }

  /// What each column was taken for, in the file's order.
  public var columns: [ColumnMatch] { sheet.matches.filter { !$0.header.isEmpty } }

  /// Whether the file has a column of that name, however it is written.
  public func hasColumn(_ header: String) -> Bool {
    let name = HeaderWords.name(header)
    return sheet.headers.contains { HeaderWords.name($0) == name }
  }
}

/// Takes the files that offices have into the record.
public enum TrainingImport {
  /// The kind of a file, known from its headers.
  ///
  /// - Throws: ``TrainingsError`` where the file is none of the three.
  public static func kind(of bytes: [UInt8]) throws(TrainingsError) -> SheetKind {
    try Sheet(bytes, kind: nil).kind
  }

  /// Opens a file: a CSV or a workbook (XLSX).
  ///
  /// - Parameters:
  ///   - bytes: The file, in any encoding that ``TrainingsError/FileFormat`` does not name.
  ///   - kind: What the file must be; by default its headers tell.
  ///   - sheet: The workbook's sheet; by default the first that fits.
  ///   - columns: Fields of the guide by headers of the file, beside those that were chosen before; an
  ///     empty field leaves the column out.
  ///   - office: The office whose file it is.
  /// - Throws: ``TrainingsError`` where the file as a whole cannot be read.
  public static func open(
    _ bytes: [UInt8], kind: SheetKind? = nil, sheet: String? = nil, columns: [String: String] = [:],
    office: String, in db: Database
  ) throws -> ImportSource {
    var chosen = try ChosenColumns.all(office: office, db)
    for (header, field) in try ChosenColumns.checked(columns) { chosen[header] = field }
    return ImportSource(sheet: try Sheet(bytes, kind: kind, sheet: sheet, chosen: chosen))
  }

  /// Remembers for an office which fields headers mean; an empty field leaves the column out.
  ///
  /// - Throws: ``TrainingsError`` where there is no such field.
  public static func remember(
    columns: [String: String], office: String, in db: Database
  ) throws {
    try ChosenColumns.remember(columns, office: office, db)
  }

  /// Takes a file's good rows and lists the bad ones.
  ///
  /// Opens the bytes and takes them as the other function does.
  public static func run(
    _ bytes: [UInt8], kind: SheetKind? = nil, office: String, in db: Database,
    environment: TrainingsEnvironment = .system, language: Language = .english,
    dryRun: Bool = false, progress: ((Int) -> Void)? = nil
  ) throws -> ImportOutcome {
    try run(
      open(bytes, kind: kind, office: office, in: db), office: office, in: db,
      environment: environment, language: language, dryRun: dryRun, progress: progress)
  }

  /// Takes an opened file's good rows and lists the bad ones.
  ///
  /// Runs within the caller's transaction. Taking the same file twice writes nothing the second
  /// time. The work is linear in the file's size; memory holds the file and the persons in it.
  ///
  /// - Parameters:
  ///   - office: The office whose file it is.
  ///   - file: The file's name, for the list of imports.
  ///   - dryRun: Whether everything is undone before returning.
  ///   - preview: How many of the rows that are new or changed are shown in the outcome.
  ///   - progress: Called now and then with the number of rows read.
  public static func run(
    _ source: ImportSource, office: String, file: String = "", in db: Database,
    environment: TrainingsEnvironment = .system, language: Language = .english,
    dryRun: Bool = false, preview: Int = 0, progress: ((Int) -> Void)? = nil
  ) throws -> ImportOutcome {
    let sheet = source.sheet
    let isKnown = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
    guard isKnown == true else { throw TrainingsError(.unknownOffice(office)) }
    let log = try ImportLog(preview: preview, db)
    let run = ImportRun(sheet: sheet, log: log, language: language, progress: progress)
    var importer: any RowImporter =
      switch sheet.kind {
      case .sessions: try RecordImport(.sessions, office: office, log: log, db)
      case .deliverables: try RecordImport(.deliverables, office: office, log: log, db)
      case .attendance:
        try AttendanceImport(office: office, environment: environment, log: log, db)
      }
    var number: Int?
    if dryRun {
      try db.inSavepoint {
        try run.takeRows(with: &importer, db)
        return .rollback
      }
    } else {
      try run.takeRows(with: &importer, db)
      number = try log.finish(
        kind: sheet.kind, office: office, file: file, at: environment.instant(), run.report, db)
    }
    return ImportOutcome(
      kind: sheet.kind, number: number, sheetName: sheet.name, columns: source.columns,
      report: run.report, preview: log.preview.rows, rejectedFile: run.rejectedRows.file)
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
  private let log: ImportLog
  private let language: Language
  private let progress: ((Int) -> Void)?
  private(set) var report = ImportReport()
  private(set) var rejectedRows: RejectedRows

  init(sheet: Sheet, log: ImportLog, language: Language, progress: ((Int) -> Void)?) {
    self.sheet = sheet
    self.log = log
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
      log.finishRow(line: line, outcome, reading.values, fields)
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
