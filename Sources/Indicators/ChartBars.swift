/// Horizontal bars with a mark where the target is.
public struct TargetBarChart: DataChart {
  /// One line of the chart.
  public struct Bar: Hashable, Sendable {
    /// A short name, such as an indicator's id.
    public var label: String
    /// More about it, cut where it does not fit.
    public var detail: String
    /// The length; nil where there is no figure.
    public var value: Double?
    /// Where the mark stands; nil without a target.
    public var target: Double?
    /// The value as it is written beside the bar, and in the table.
    public var text: String
    /// The target as it is written in the table.
    public var targetText: String

    /// A bar of all its parts.
    public init(
      label: String, detail: String = "", value: Double?, target: Double?, text: String,
      targetText: String
    ) {
      self.label = label
      self.detail = detail
      self.value = value
      self.target = target
      self.text = text
      self.targetText = targetText
    }
  }

  /// What is shown, in one line.
  public var title: String
  /// What a reader should see in it.
  public var summary: String
  /// From the top.
  public var bars: [Bar]
  /// Headings of the data table: what a bar is, its value, its target.
  public var headings: [String]
  /// Where the axis ends, a longer bar being cut there; nil for the longest bar's end.
  public var limit: Double?
  /// What the mark stands for, such as "Target".
  public var targetLegend: String
  /// The data table.
  public var rows: [[String]] {
    bars.map {
      [$0.detail.isEmpty ? $0.label : "\($0.label) \($0.detail)", $0.text, $0.targetText]
    }
  }

  /// A chart of all its parts.
  public init(
    title: String, summary: String, bars: [Bar], headings: [String], limit: Double? = nil,
    targetLegend: String
  ) {
    self.title = title
    self.summary = summary
    self.bars = bars
    self.headings = headings
    self.limit = limit
    self.targetLegend = targetLegend
  }

  /// The picture.
  public func svg(id: String) -> String {
    let (width, left, right) = (720.0, 280.0, 120.0)
    let (top, step, thickness) = (24.0, 30.0, 14.0)
    let height = top + Double(bars.count) * step + 6
    let longest = bars.flatMap { [$0.value ?? 0, $0.target ?? 0] }.max() ?? 0
    let end = max(limit ?? longest, 1e-9)
    let scale = (width - left - right) / end
    var svg = opening(id: id, width: Int(width), height: Int(height.rounded(.up)))
    svg += """
      <path d="M\(Int(left)) 5v12" stroke="\(ChartColor.ink)" stroke-width="3"/>\
      <text x="\(Int(left) + 8)" y="15" fill="\(ChartColor.faint)" font-size="11">\(escaped(targetLegend))</text>

      """
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * step
      let lines =
        [bar.label] + ChartText.wrap(bar.detail, width: left - 84, lines: 2, size: 10)
      svg += """
        <text x="0" y="\(ChartText.length(y + 12))" fill="\(ChartColor.ink)" font-weight="600">\
        \(escaped(lines[0]))</text>
        """
      for (number, line) in lines.dropFirst().enumerated() {
        svg += """
          <text x="74" y="\(ChartText.length(y + 9 + Double(number) * 12))" font-size="10" \
          fill="\(ChartColor.ink)">\(escaped(line))</text>
          """
      }
      svg += rectangle(left, y + 1, (width - left - right), thickness, "#F0F0F0")
      var textAt = left + 6
      if let value = bar.value, value > 0 {
        let isCut = value > end
        let length = min(value, end) * scale
        let met = bar.target.map { value >= $0 } ?? false
        svg += rectangle(
          left, y + 1, length, thickness, met ? ChartColor.met : ChartColor.underway)
        if isCut {
          // Two white strokes: the bar goes on.
          svg += """
            <path d="M\(ChartText.length(left + length - 14)) \(ChartText.length(y + 1))l-4 14m8 -14l-4 14" \
            stroke="#FFFFFF" stroke-width="2"/>
            """
        }
        textAt = left + length + 6
      }
      if let target = bar.target, target <= end * 1.000001 {
        let x = left + target * scale
        svg += """
          <path d="M\(ChartText.length(x)) \(ChartText.length(y - 2))v20" \
          stroke="\(ChartColor.ink)" stroke-width="3"/>
          """
        if x >= textAt - 6, x < textAt + ChartText.width(bar.text, size: 11) + 4 { textAt = x + 6 }
      }
      let textWidth = ChartText.width(bar.text, size: 11)
      // A text that the edge would cut stands inside the bar.
      let isInside = textAt + textWidth > width
      svg += """
        <text x="\(ChartText.length(isInside ? left + (width - left - right) - 22 : textAt))" \
        y="\(ChartText.length(y + 12))" font-size="11"\(isInside ? " text-anchor=\"end\"" : "") \
        fill="\(isInside ? "#FFFFFF" : ChartColor.ink)">\(escaped(bar.text))</text>

        """
    }
    return svg + "</svg>"
  }
}

/// Horizontal bars made of parts that add up.
public struct StackedBarChart: DataChart {
  /// The parts of one kind, over all bars.
  public struct Series: Hashable, Sendable {
    /// What the parts are.
    public var name: String
    /// One for each bar.
    public var values: [Double]
    /// Whether these are what was not recorded, which has a colour of its own.
    public var isNotRecorded: Bool

    /// A series of all its parts.
    public init(name: String, values: [Double], isNotRecorded: Bool = false) {
      self.name = name
      self.values = values
      self.isNotRecorded = isNotRecorded
    }
  }

  /// What is shown, in one line.
  public var title: String
  /// What a reader should see in it.
  public var summary: String
  /// The bars, from the top.
  public var labels: [String]
  /// From the left; each with as many values as there are labels.
  public var series: [Series]
  /// The heading of the data table's first column.
  public var labelHeading: String
  /// The heading of the data table's last column.
  public var totalHeading: String
  /// How numbers are written.
  public var locale: ReportLocale

  /// The headings of the data table.
  public var headings: [String] { [labelHeading] + series.map(\.name) + [totalHeading] }
  /// The data table.
  public var rows: [[String]] {
    labels.indices.map { index in
      let values = series.map { $0.values[index] }
      return [labels[index]] + (values + [values.reduce(0, +)]).map { locale.number($0) }
    }
  }

  /// A chart of all its parts.
  ///
  /// - Precondition: each series has a value for each label.
  public init(
    title: String, summary: String, labels: [String], series: [Series], labelHeading: String,
    totalHeading: String, locale: ReportLocale
  ) {
    precondition(
      series.allSatisfy { $0.values.count == labels.count }, "a series has a value for each label")
    self.title = title
    self.summary = summary
    self.labels = labels
    self.series = series
    self.labelHeading = labelHeading
    self.totalHeading = totalHeading
    self.locale = locale
  }

  /// The picture.
  public func svg(id: String) -> String {
    let (width, left, right, step, thickness) = (720.0, 150.0, 60.0, 28.0, 18.0)
    let colors = chartColors(of: series.map(\.isNotRecorded))
    let (legend, top) = chartLegend(
      zip(series.map(\.name), colors).map { ($0, $1) }, width: width)
    let totals = labels.indices.map { index in series.reduce(0) { $0 + $1.values[index] } }
    let scale = (width - left - right) / max(totals.max() ?? 0, 1e-9)
    let height = top + Double(labels.count) * step + 4
    var svg = opening(id: id, width: Int(width), height: Int(height.rounded(.up))) + legend
    for (index, label) in labels.enumerated() {
      let y = top + Double(index) * step
      let text = ChartText.wrap(label, width: left - 8, lines: 1).first ?? ""
      svg += """
        <text x="0" y="\(ChartText.length(y + 13))" fill="\(ChartColor.ink)">\(escaped(text))</text>
        """
      var x = left
      for (part, color) in zip(series, colors) where part.values[index] > 0 {
        let length = part.values[index] * scale
        // A white gap keeps neighbours apart without their colours.
        svg += rectangle(x, y, max(length - 1.5, 0.5), thickness, color)
        let number = locale.number(part.values[index])
        if ChartText.width(number, size: 11) + 6 < length {
          let ink = ChartColor.needsWhiteText(color) ? "#FFFFFF" : ChartColor.ink
          svg += """
            <text x="\(ChartText.length(x + length / 2))" y="\(ChartText.length(y + 13))" \
            font-size="11" text-anchor="middle" fill="\(ink)">\(number)</text>
            """
        }
        x += length
      }
      svg += """
        <text x="\(ChartText.length(x + 5))" y="\(ChartText.length(y + 13))" font-weight="600" \
        fill="\(ChartColor.ink)">\(locale.number(totals[index]))</text>

        """
    }
    return svg + "</svg>"
  }
}

/// A rectangle with its corner, size and fill.
func rectangle(
  _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String
) -> String {
  """
  <rect x="\(ChartText.length(x))" y="\(ChartText.length(y))" width="\(ChartText.length(width))" \
  height="\(ChartText.length(height))" fill="\(fill)"/>
  """
}

/// Colours for series, told which of them are what was not recorded.
func chartColors(of notRecorded: [Bool]) -> [String] {
  var next = 0
  return notRecorded.map { isNotRecorded in
    guard !isNotRecorded else { return ChartColor.notRecorded }
    defer { next += 1 }
    return ChartColor.series[next % ChartColor.series.count]
  }
}

/// Names with their colours, in as many lines as they need, and where what follows may begin.
func chartLegend(_ names: [(String, String)], width: Double) -> (svg: String, end: Double) {
  var (x, y, svg) = (0.0, 4.0, "")
  for (name, color) in names {
    let length = 18 + ChartText.width(name, size: 11) + 16
    if x > 0, x + length > width { (x, y) = (0, y + 18) }
    svg += rectangle(x, y, 12, 12, color)
    svg += """
      <text x="\(ChartText.length(x + 17))" y="\(ChartText.length(y + 10))" font-size="11" \
      fill="\(ChartColor.ink)">\(escaped(name))</text>
      """
    x += length
  }
  return (svg + "\n", y + 24)
}
