/// A picture of figures with the figures beside it: inline SVG that needs no script and no other
/// file, and a table that says the same to those who do not see it.
public protocol DataChart: Sendable {
  /// What is shown, in one line.
  var title: String { get }
  /// What a reader should see in it, in a sentence or two.
  var summary: String { get }
  /// The headings of the data table.
  var headings: [String] { get }
  /// The data table: a label, then figures as text.
  var rows: [[String]] { get }
  /// The picture.
  ///
  /// - Parameter id: Unique in the page; title and description get ids made from it.
  func svg(id: String) -> String
}

extension DataChart {
  /// A `<figure>` with a caption, the picture, and the data in a table.
  ///
  /// - Parameters:
  ///   - id: Unique in the page.
  ///   - showsTable: Whether the table is seen; else it is there for screen readers alone, in an
  ///     element of class `unseen`.
  public func figure(id: String, showsTable: Bool = true) -> String {
    """
    <figure class="chart" id="\(escaped(id))">
    <figcaption>\(escaped(title))</figcaption>
    \(svg(id: id))
    \(showsTable ? "" : "<div class=\"unseen\">\n")\(table)\(showsTable ? "" : "\n</div>")
    </figure>
    """
  }

  /// The data as an HTML table.
  public var table: String {
    var html =
      "<table class=\"data\">\n<caption class=\"unseen\">\(escaped(title))</caption>\n<thead><tr>"
    for (index, heading) in headings.enumerated() {
      html += "<th scope=\"col\"\(index > 0 ? " class=\"n\"" : "")>\(escaped(heading))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        html +=
          index == 0
          ? "<th scope=\"row\">\(escaped(cell))</th>" : "<td class=\"n\">\(escaped(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>"
  }

  /// The opening of the SVG element, with title and description for screen readers.
  func opening(id: String, width: Int, height: Int) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
    height="\(height)" style="max-width:100%;height:auto" role="img" \
    aria-labelledby="\(escaped(id))-title \(escaped(id))-desc" font-family="inherit" font-size="12">
    <title id="\(escaped(id))-title">\(escaped(title))</title>
    <desc id="\(escaped(id))-desc">\(escaped(summary))</desc>

    """
  }
}

/// Colours that people with any kind of colour vision tell apart, and that differ in grey too.
///
/// - SeeAlso: Okabe and Ito, *Color Universal Design*, 2008.
public enum ChartColor {
  /// For series, in this order.
  public static let series = [
    "#0072B2", "#E69F00", "#56B4E9", "#D55E00", "#009E73", "#CC79A7", "#F0E442", "#4D4D4D",
  ]
  /// What was not recorded: always this grey, last.
  public static let notRecorded = "#BDBDBD"
  /// What was reached.
  public static let met = "#00735A"
  /// What is on its way.
  public static let underway = "#0072B2"
  /// Text on white.
  static let ink = "#222222"
  static let faint = "#666666"
  static let line = "#D9D9D9"

  /// Whether text on a fill is white.
  static func needsWhiteText(_ fill: String) -> Bool {
    guard let value = Int(fill.dropFirst(), radix: 16) else { return false }
    let (red, green, blue) = (value >> 16 & 255, value >> 8 & 255, value & 255)
    return 299 * red + 587 * green + 114 * blue < 128_000
  }
}

/// Lengths and texts inside a picture.
enum ChartText {
  /// About the width of a text at 12 units, for texts in Latin letters.
  static func width(_ text: String, size: Double = 12) -> Double {
    text.reduce(0.0) { sum, character in
      switch character {
      case "i", "j", "l", "t", "f", "r", "I", ".", ",", ":", "(", ")", " ", "-": sum + 0.32
      case "m", "w", "M", "W", "%": sum + 0.86
      case "A"..."Z": sum + 0.68
      default: sum + 0.56
      }
    } * size
  }

  /// A text cut into at most `lines` lines of a width, with an ellipsis where it does not fit.
  static func wrap(_ text: String, width limit: Double, lines: Int, size: Double = 12) -> [String] {
    var result: [String] = []
    var line = ""
    for word in text.split(separator: " ").map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if width(longer, size: size) <= limit || line.isEmpty {
        line = longer
      } else {
        result.append(line)
        line = word
      }
    }
    if !line.isEmpty { result.append(line) }
    guard result.count > lines else { return result.map { shortened($0, limit, size) } }
    let rest = result[(lines - 1)...].joined(separator: " ")
    return result[..<(lines - 1)].map { shortened($0, limit, size) } + [
      shortened(rest, limit, size)
    ]
  }

  private static func shortened(_ text: String, _ limit: Double, _ size: Double) -> String {
    guard width(text, size: size) > limit else { return text }
    var text = text
    while !text.isEmpty, width(text + "…", size: size) > limit { text.removeLast() }
    return text + "…"
  }

  /// A number as an attribute: at most one decimal.
  static func length(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Round steps from 0 to at least `highest`, about `count` of them.
  static func ticks(to highest: Double, count: Int = 5) -> [Double] {
    guard highest > 0, highest.isFinite else { return [0, 1] }
    let rough = highest / Double(count)
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough { power /= 10 }
    let step = max(1, ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10) * power)
    return (0...Int((highest / step).rounded(.up))).map { Double($0) * step }
  }
}
