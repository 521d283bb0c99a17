/// What stands in a cell.
public enum SheetValue: Hashable, Sendable {
  /// Nothing, but perhaps a style.
  case blank

  /// A text as it is: never read as a formula, however it begins.
  case text(String)
  case integer(Int)
  case number(Double)

  /// A fraction: 0.5 is shown as 50 %.
  case percentage(Double)

  /// A day, as `2020-06-30`.
  case date(String)
  case boolean(Bool)
}

/// How a cell looks.
///
/// Cells of one style share one format in the file.
public struct CellStyle: Hashable, Sendable {
  /// Where a cell's content stands in its width.
  public enum Alignment: Hashable, Sendable {
    case left, center, right
  }

  /// How numbers and dates are shown, as `0.0` or `dd/mm/yyyy`; by default as the value's kind asks.
  ///
  /// `@` makes a cell into which a person types text, so that leading zeros stay.
  public var numberFormat: String?
  /// Whether letters are bold.
  public var isBold: Bool
  /// Whether letters are italic.
  public var isItalic: Bool

  /// In points; Excel's own size is 11.
  public var fontSize: Double?

  /// The color of the letters, `0xRRGGBB`.
  public var fontColor: UInt32?

  /// The color behind them, `0xRRGGBB`.
  public var background: UInt32?
  /// By default texts stand left and numbers right.
  public var alignment: Alignment?
  /// Whether a long text goes on in the next line of the cell.
  public var isWrapped: Bool
  /// Whether thin lines stand around the cell.
  public var hasBorder: Bool

  /// Steps from the left.
  public var indent: Int

  /// A style of which nothing is set by default.
  public init(
    numberFormat: String? = nil, isBold: Bool = false, isItalic: Bool = false,
    fontSize: Double? = nil, fontColor: UInt32? = nil, background: UInt32? = nil,
    alignment: Alignment? = nil, isWrapped: Bool = false, hasBorder: Bool = false, indent: Int = 0
  ) {
    self.numberFormat = numberFormat
    self.isBold = isBold
    self.isItalic = isItalic
    self.fontSize = fontSize
    self.fontColor = fontColor
    self.background = background
    self.alignment = alignment
    self.isWrapped = isWrapped
    self.hasBorder = hasBorder
    self.indent = indent
  }

  /// Nothing set.
  public static let plain = CellStyle()
  /// Bold letters.
  public static let bold = CellStyle(isBold: true)
  /// A sheet's title.
  public static let title = CellStyle(isBold: true, fontSize: 16)
  /// The header above plain cells: white on dark.
  public static let header = CellStyle(
    isBold: true, fontColor: 0xffffff, background: 0x1f4e79, isWrapped: true)
  /// A text that is typed as text.
  public static let text = CellStyle(numberFormat: "@")
}
