public import GRDB

/// Takes a CSV into a table of ``EntryTable``: headers in Spanish or the columns' names, any
/// separator and encoding that the offices' files may have.
public struct EntryImport: Sendable {
  /// What was done, row by row.
  public let report: ImportReport

  /// The rows that were not taken, with the reasons behind each; nil where all were.
  public let rejectedFile: [UInt8]?

  /// Takes the good rows and lists the others; taking a file again changes nothing.
  ///
  /// A blank leaves what is there.
  ///
  /// - Throws: ``TrainingsError`` where the file as a whole cannot be read, or the office may not
  ///   write the table.
  public static func run(
    _ bytes: [UInt8], into table: EntryTable, office: String, in db: Database, language: Language
  ) throws -> EntryImport {
    try table.requireWriter(office)
    let (text, _) = try TextEncoding.decode(bytes)
    let fields = table.keys + table.fields
    guard let file = EntryFile(text, fields) else { throw TrainingsError(.emptyFile) }
    if let missing = table.keys.first(where: { file.columns[$0.column] == nil }) {
      throw TrainingsError(
        .missingColumn(missing.header, known: fields.map(\.header)))
    }
    var report = ImportReport()
    var rejected: [String] = []
    for (line, cells) in file.rows {
      report.read += 1
      func text(_ field: Field) -> String {
        file.columns[field.column].flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
      }
      var values: [String: String] = [:]
      for field in table.fields where !text(field).isEmpty { values[field.column] = text(field) }
      do {
        // A row that is refused leaves nothing behind.
        try db.inSavepoint {
          switch try table.write(table.keys.map(text), values, office: office, in: db) {
          case .inserted: report.inserted += 1
          case .updated: report.updated += 1
          case .unchanged: report.unchanged += 1
          }
          return .commit
        }
      } catch let error as TrainingsError {
        report.rejected += 1
        let column =
          if case .refusedValue(let name, _) = error.reason {
            fields.first { $0.column == name }?.header ?? name
          } else {
            table.keys[0].header
          }
        let message = error.message(in: language)
        report.errors.append(
          ImportIssue(line: line, column: column, code: error.code, message: message))
        rejected.append(file.line(cells + [error.code, "\(column): \(message)"]))
      }
    }
    let header = file.line(file.headers + reportHeaders)
    return EntryImport(
      report: report,
      rejectedFile: rejected.isEmpty ? nil : Array((header + rejected.joined()).utf8))
  }
}

/// A small file, read whole.
private struct EntryFile {
  let separator: UInt8
  let headers: [String]
  /// By a field's column, where the file has it.
  let columns: [String: Int]
  let rows: [(line: Int, cells: [String])]

  init?(_ text: [UInt8], _ fields: [Field]) {
    let readings = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].compactMap {
      Self.read(text, $0, fields)
    }
    guard let best = readings.max(by: { $0.columns.count < $1.columns.count }) else { return nil }
    self = best
  }

  private init(
    separator: UInt8, headers: [String], columns: [String: Int],
    rows: [(line: Int, cells: [String])]
  ) {
    self.separator = separator
    self.headers = headers
    self.columns = columns
    self.rows = rows
  }

  private static func read(_ text: [UInt8], _ separator: UInt8, _ fields: [Field]) -> EntryFile? {
    var reader = DelimitedText(text, separator: separator)
    var cells: [DelimitedText.Cell] = []
    var rows: [(line: Int, cells: [String])] = []
    while let line = reader.next(into: &cells) {
      let texts = cells.map { reader.text($0) }
      if texts.contains(where: { !$0.isEmpty }) { rows.append((line, texts)) }
    }
    guard let first = rows.first else { return nil }
    // What an earlier import appended is not part of the file.
    let own = first.cells.indices.filter { !reportHeaders.contains(first.cells[$0]) }
    let headers = own.map { first.cells[$0] }
    var columns: [String: Int] = [:]
    for (place, header) in headers.enumerated() {
      let name = String(PersonName.folded(header).map { " -.".contains($0) ? "_" : $0 })
      guard let field = fields.first(where: { $0.header == name || $0.column == name }) else {
        continue
      }
      if columns[field.column] == nil { columns[field.column] = place }
    }
    let kept = rows.dropFirst().map { row in
      (row.line, own.map { $0 < row.cells.count ? row.cells[$0] : "" })
    }
    return EntryFile(separator: separator, headers: headers, columns: columns, rows: kept)
  }

  func line(_ values: [String]) -> String {
    values.map { DelimitedText.quoted($0, separator: separator) }
      .joined(separator: String(decoding: [separator], as: UTF8.self)) + "\n"
  }
}
