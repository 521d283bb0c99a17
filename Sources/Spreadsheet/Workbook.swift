public import FoundationEssentials

/// A workbook to be written as XLSX: a value, so that what stands in it can be tested without a file.
///
/// Rows and columns count from 0. The same workbook always gives the same bytes.
public struct Workbook: Sendable {
  /// What is said about the whole.
  public var properties: DocumentProperties

  /// In the order of their tabs; at least one.
  public var sheets: [Worksheet]

  /// Names for ranges, as the lists that validations choose from.
  public var names: [String: CellRange] = [:]

  /// A workbook of sheets, of which the first one is shown when it is opened.
  public init(properties: DocumentProperties, sheets: [Worksheet] = []) {
    self.properties = properties
    self.sheets = sheets
  }

  /// The bytes of the XLSX file.
  ///
  /// Written through a temporary file, which is what the library can do.
  public func bytes() throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "quipu-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: file) }
    try WorkbookWriter.write(self, to: file.path)
    return [UInt8](try Data(contentsOf: file))
  }

  /// Writes the XLSX file; what stood at the path stays if anything fails.
  public func write(to path: String) throws {
    try Data(try bytes()).write(to: URL(filePath: path), options: .atomic)
  }
}

/// What the programs that open a workbook show about it.
public struct DocumentProperties: Hashable, Sendable {
  /// The title, beside the file's name.
  public var title: String
  /// What it is about.
  public var subject: String
  /// Who made it.
  public var author: String
  /// For whom they made it.
  public var company: String
  /// Anything else.
  public var comments: String

  /// The instant of creation, to the second: a parameter, so that bytes can be repeated.
  public var created: Date

  /// Properties of which those that are empty are left out.
  public init(
    title: String, subject: String = "", author: String = "", company: String = "",
    comments: String = "", created: Date
  ) {
    self.title = title
    self.subject = subject
    self.author = author
    self.company = company
    self.comments = comments
    self.created = created
  }
}

/// A rectangle of cells of a sheet, both ends included, counted from 0.
public struct CellRange: Hashable, Sendable {
  /// The sheet's name.
  public var sheet: String
  /// From the first row to the last.
  public var rows: ClosedRange<Int>
  /// From the first column to the last.
  public var columns: ClosedRange<Int>

  /// The cells where rows and columns meet.
  public init(sheet: String, rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.sheet = sheet
    self.rows = rows
    self.columns = columns
  }

  /// The range as formulas write it: `'My sheet'!$A$1:$B$9`.
  public var reference: String {
    func cell(_ row: Int, _ column: Int) -> String {
      "$\(Self.letters(column))$\(row + 1)"
    }
    let quoted = sheet.replacing("'", with: "''")
    return "'\(quoted)'!\(cell(rows.lowerBound, columns.lowerBound)):"
      + cell(rows.upperBound, columns.upperBound)
  }

  /// A column as sheets name it: 0 is A, 26 is AA.
  public static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}
