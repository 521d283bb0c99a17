/// What an import did, as `quipu import --json` shows it.
public struct ImportReport: Codable, Hashable, Sendable {
  /// Rows that were not blank.
  public internal(set) var read = 0
  /// Rows that were new.
  public internal(set) var inserted = 0
  /// Rows of which something was written.
  public internal(set) var updated = 0
  /// Rows of which nothing was new.
  public internal(set) var unchanged = 0
  /// Rows that were not taken.
  public internal(set) var rejected = 0

  /// What was noticed in rows that were taken.
  public internal(set) var warnings: [ImportIssue] = []

  /// Why rows were not taken; a row may have several.
  public internal(set) var errors: [ImportIssue] = []
}

/// One finding in a file.
public struct ImportIssue: Codable, Hashable, Sendable {
  /// The physical line where the row starts, the first of the file being 1.
  public let line: Int

  /// The header's name as the offices' guide writes it.
  public let column: String

  /// The reason's name for programs.
  public let code: String

  /// The sentence for the officer.
  public let message: String
}

/// An import's report and what it leaves to be corrected.
public struct ImportOutcome: Sendable {
  /// What kind of file it was.
  public let kind: SheetKind
  /// What the import can be undone by; nil where it wrote nothing.
  public let number: Int?

  /// The sheet of a workbook that was read; nil for a CSV.
  public let sheetName: String?

  /// What each column was taken for, in the file's order.
  public let columns: [ColumnMatch]

  /// What was done.
  public let report: ImportReport

  /// The first rows that are new or changed, as many as were asked for.
  public let preview: [PreviewedRow]

  /// The rows that were not taken, as a CSV that can be corrected and imported; nil where all were.
  public let rejectedFile: [UInt8]?
}
