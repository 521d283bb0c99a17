/// Columns side by side, such as one group for each quarter.
public struct ColumnChart: DataChart {
  /// The columns of one kind.
  public struct Series: Hashable, Sendable {
    /// What the columns are.
    public var name: String
    /// One for each group; nil where there is none.
    public var values: [Double?]

    /// A series of all its parts.
    public init(name: String, values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// What is shown, in one line.
  public var title: String
  /// What a reader should see in it.
  public var summary: String
  /// The groups, from the left.
  public var labels: [String]
  /// Each with as many values as there are labels.
  public var series: [Series]
  /// The heading of the data table's first column.
  public var labelHeading: String
  /// How numbers are written.
  public var locale: ReportLocale

  /// The headings of the data table.
  public var headings: [String] { [labelHeading] + series.map(\.name) }
  /// The data table.
  public var rows: [[String]] {
    labels.indices.map { index in
      [labels[index]] + series.map { $0.values[index].map { locale.number($0) } ?? "–" }
    }
  }

  /// A chart of all its parts.
  ///
  /// - Precondition: each series has a value for each label.
  public init(
    title: String, summary: String, labels: [String], series: [Series], labelHeading: String,
    locale: ReportLocale
  ) {
    precondition(
      series.allSatisfy { $0.values.count == labels.count }, "a series has a value for each label")
    self.title = title
    self.summary = summary
    self.labels = labels
    self.series = series
    self.labelHeading = labelHeading
    self.locale = locale
  }

  /// The picture.
  public func svg(id: String) -> String {
    let (width, left, area) = (720.0, 48.0, 180.0)
    let colors = chartColors(of: series.map { _ in false })
    let (legend, legendEnd) =
      series.count > 1
      ? chartLegend(zip(series.map(\.name), colors).map { ($0, $1) }, width: width) : ("", 4)
    let top = legendEnd + 14
    let highest = series.flatMap { $0.values.compactMap(\.self) }.max() ?? 0
    let ticks = ChartText.ticks(to: highest)
    let scale = area / (ticks.last ?? 1)
    let bottom = top + area
    var svg = opening(id: id, width: Int(width), height: Int((bottom + 24).rounded(.up))) + legend
    for tick in ticks {
      let y = ChartText.length(bottom - tick * scale)
      svg += """
        <path d="M\(Int(left)) \(y)H\(Int(width))" stroke="\(ChartColor.line)"/>\
        <text x="\(Int(left) - 6)" y="\(ChartText.length(bottom - tick * scale + 4))" font-size="11" \
        text-anchor="end" fill="\(ChartColor.faint)">\(locale.number(tick))</text>
        """
    }
    let group = (width - left) / Double(max(labels.count, 1))
    let column = min(44, group * 0.8 / Double(max(series.count, 1)))
    for (index, label) in labels.enumerated() {
      let middle = left + (Double(index) + 0.5) * group
      svg += """
        \n<text x="\(ChartText.length(middle))" y="\(ChartText.length(bottom + 17))" \
        text-anchor="middle" fill="\(ChartColor.ink)">\(escaped(label))</text>
        """
      for (number, (part, color)) in zip(series, colors).enumerated() {
        guard let value = part.values[index] else { continue }
        let x = middle + (Double(number) - Double(series.count) / 2) * column
        let length = max(value, 0) * scale
        svg += rectangle(x + 1, bottom - length, column - 2, length, color)
        svg += """
          <text x="\(ChartText.length(x + column / 2))" y="\(ChartText.length(bottom - length - 4))" \
          font-size="\(column < 30 ? 9 : 11)" text-anchor="middle" fill="\(ChartColor.ink)">\
          \(locale.number(value))</text>
          """
      }
    }
    return svg + """
      \n<path d="M\(Int(left)) \(ChartText.length(bottom))H\(Int(width))" stroke="\(ChartColor.faint)"/>
      </svg>
      """
  }
}
