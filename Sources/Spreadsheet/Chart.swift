/// A chart over cells of the workbook.
public struct Chart: Sendable {
  /// How values are drawn.
  public enum Kind: Hashable, Sendable {
    /// Bars lie, columns stand.
    case bar, stackedBar, column, stackedColumn, line, doughnut
  }

  /// Values that belong together.
  public struct Series: Hashable, Sendable {
    /// What the legend says.
    public var name: String
    /// The cells that name the values.
    public var categories: CellRange
    /// The cells that are drawn.
    public var values: CellRange

    /// `0xRRGGBB`; by default Excel's.
    public var color: UInt32?

    /// The colors of the single values, for doughnuts.
    public var pointColors: [UInt32]

    /// A series over two ranges of equal length.
    public init(
      name: String, categories: CellRange, values: CellRange, color: UInt32? = nil,
      pointColors: [UInt32] = []
    ) {
      self.name = name
      self.categories = categories
      self.values = values
      self.color = color
      self.pointColors = pointColors
    }
  }

  /// How the values are drawn.
  public var kind: Kind
  /// The words above it; empty for none.
  public var title: String

  /// What the chart shows, for those who cannot see it.
  public var summary = ""
  /// What is drawn; a doughnut has one.
  public var series: [Series]

  /// The row of its upper edge.
  public var row: Int

  /// The column of its left edge.
  public var column: Int

  /// In pixels.
  public var width: Int

  /// In pixels.
  public var height: Int

  /// The words along the axis of the categories.
  public var categoryTitle = ""

  /// The words along the axis of the values.
  public var valueTitle = ""

  /// How values are shown at the axis and as labels, as `0%`.
  public var numberFormat = ""

  /// Whether each value is written beside its bar, point or part.
  public var hasLabels = false

  /// Whether the series are named below.
  public var hasLegend = true

  /// Where the axis of values ends; by default as the values ask.
  public var maximum: Double?

  /// A chart of 480 by 288 pixels unless said otherwise.
  public init(
    _ kind: Kind, title: String, series: [Series], row: Int, column: Int, width: Int = 480,
    height: Int = 288
  ) {
    self.kind = kind
    self.title = title
    self.series = series
    self.row = row
    self.column = column
    self.width = width
    self.height = height
  }
}
