/// One sheet of a workbook.
///
/// Rows and columns count from 0.
public struct Worksheet: Sendable {
  struct Content: Sendable {
    var row: Int
    var column: Int
    var value: SheetValue
    var style: CellStyle
  }

  struct Merge: Sendable {
    var row: Int
    var columns: ClosedRange<Int>
    var text: String
    var style: CellStyle
  }

  struct Choice: Sendable {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
    var rule: Validation
  }

  /// At most 31 characters, none of `[]:*?/\`.
  public let name: String

  /// Whether the tab is out of sight.
  public var isHidden = false

  /// The number of first rows that stay in sight when the sheet is scrolled.
  public var frozenRows = 0

  /// The number of first columns that stay in sight.
  public var frozenColumns = 0

  /// Whether the lines between cells are shown.
  public var hasGridlines = true

  /// How it is printed.
  public var print = PrintSetup()
  var columns: [Int: ColumnLayout] = [:]
  var rowHeights: [Int: Double] = [:]
  private(set) var contents: [Content] = []
  private(set) var merges: [Merge] = []
  private(set) var tables: [SheetTable] = []
  private(set) var validations: [Choice] = []
  private(set) var notes: [(row: Int, column: Int, text: String)] = []
  private(set) var charts: [Chart] = []

  /// An empty sheet.
  public init(_ name: String) {
    self.name = name
  }

  /// Puts a value into a cell; the last one counts.
  public mutating func set(
    _ value: SheetValue, row: Int, column: Int, style: CellStyle = .plain
  ) {
    contents.append(Content(row: row, column: column, value: value, style: style))
  }

  /// Puts values into cells beside each other.
  public mutating func set(
    _ values: [SheetValue], row: Int, column: Int = 0, style: CellStyle = .plain
  ) {
    for (offset, value) in values.enumerated() {
      set(value, row: row, column: column + offset, style: style)
    }
  }

  /// Puts a text over several columns.
  public mutating func merge(
    _ text: String, row: Int, columns: ClosedRange<Int>, style: CellStyle = .title
  ) {
    if columns.count == 1 {
      set(.text(text), row: row, column: columns.lowerBound, style: style)
    } else {
      merges.append(Merge(row: row, columns: columns, text: text, style: style))
    }
  }

  /// Says how wide columns are, in characters, and the style of cells that are still empty.
  public mutating func layOut(_ columns: ClosedRange<Int>, _ layout: ColumnLayout) {
    for column in columns { self.columns[column] = layout }
  }

  /// Says how high a row is, in points; Excel's own height is 15.
  public mutating func setHeight(_ points: Double, ofRow row: Int) {
    rowHeights[row] = points
  }

  /// Puts a table with its header and rows into the sheet.
  public mutating func add(_ table: SheetTable) {
    tables.append(table)
  }

  /// Says what may be typed into cells.
  public mutating func validate(
    rows: ClosedRange<Int>, columns: ClosedRange<Int>, _ rule: Validation
  ) {
    validations.append(Choice(rows: rows, columns: columns, rule: rule))
  }

  /// Puts a note on a cell, shown when the mouse is over it.
  public mutating func note(_ text: String, row: Int, column: Int) {
    notes.append((row, column, text))
  }

  /// Puts a chart over the sheet's cells.
  public mutating func add(_ chart: Chart) {
    charts.append(chart)
  }
}

/// How a column looks.
public struct ColumnLayout: Hashable, Sendable {
  /// In characters of the standard font; Excel's own width is 8.43.
  public var width: Double

  /// The style of cells that have none of their own.
  public var style: CellStyle

  /// Whether it is out of sight.
  public var isHidden: Bool

  /// A layout; `style` holds where a cell has none of its own.
  public init(width: Double, style: CellStyle = .plain, isHidden: Bool = false) {
    self.width = width
    self.style = style
    self.isHidden = isHidden
  }
}

/// How a sheet is printed, on A4.
public struct PrintSetup: Hashable, Sendable {
  /// Whether pages lie.
  public var isLandscape = false

  /// Whether all columns are made to fit the width of a page.
  public var fitsWidth = false

  /// Rows from the first that stand on every page.
  public var repeatedRows = 0

  /// Excel's codes: `&L`, `&C`, `&R` for the parts, `&P` for the page, `&N` for their number.
  public var header = ""

  /// In the same codes.
  public var footer = ""

  /// A setup; by default upright pages without header and footer.
  public init(
    isLandscape: Bool = false, fitsWidth: Bool = false, repeatedRows: Int = 0, header: String = "",
    footer: String = ""
  ) {
    self.isLandscape = isLandscape
    self.fitsWidth = fitsWidth
    self.repeatedRows = repeatedRows
    self.header = header
    self.footer = footer
  }
}

/// A table as Excel knows it: with a name, a header, filters and bands.
public struct SheetTable: Sendable {
  /// One column; headers differ within a table.
  public struct Column: Hashable, Sendable {
    /// What stands above it.
    public var header: String

    /// How its cells look.
    public var style: CellStyle

    /// A column whose cells have a style.
    public init(_ header: String, style: CellStyle = .plain) {
      self.header = header
      self.style = style
    }
  }

  /// Letters, digits and `_`, not beginning with a digit; different from all in the workbook.
  public var name: String

  /// The row of the header.
  public var row: Int

  /// The first column.
  public var column: Int

  /// From left to right.
  public var columns: [Column]

  /// At most one value for each column.
  public var rows: [[SheetValue]]

  /// Whether headers have a button that filters.
  public var hasFilter: Bool

  /// A table whose header starts at a cell.
  ///
  /// Without rows it has a blank one.
  public init(
    name: String, row: Int = 0, column: Int = 0, columns: [Column], rows: [[SheetValue]],
    hasFilter: Bool = true
  ) {
    self.name = name
    self.row = row
    self.column = column
    self.columns = columns
    self.rows = rows
    self.hasFilter = hasFilter
  }

  /// The cells of one column, without the header.
  public func range(ofColumn index: Int, sheet: String) -> CellRange {
    CellRange(
      sheet: sheet, rows: row + 1...row + max(rows.count, 1),
      columns: column + index...column + index)
  }
}

/// What may be typed into a cell, and what is said about it.
public struct Validation: Hashable, Sendable {
  /// What is accepted.
  public enum Rule: Hashable, Sendable {
    case anything
    /// One of some texts, together at most 255 characters.
    case list([String])
    /// One of the texts in cells.
    case listIn(CellRange)
    case number(ClosedRange<Double>)
    /// Days as `2020-06-30`.
    case date(ClosedRange<String>)
  }

  /// What is accepted.
  public var rule: Rule

  /// Shown while the cell is chosen: at most 32 characters.
  public var inputTitle: String

  /// Shown below the title: at most 255 characters.
  public var inputMessage: String

  /// Shown where something else is typed; nil lets it pass with a question.
  public var errorMessage: String?

  /// A rule with its words.
  public init(
    _ rule: Rule, inputTitle: String = "", inputMessage: String = "", errorMessage: String? = nil
  ) {
    self.rule = rule
    self.inputTitle = inputTitle
    self.inputMessage = inputMessage
    self.errorMessage = errorMessage
  }
}
