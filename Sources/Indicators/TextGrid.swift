/// Lines of cells in aligned columns, for a terminal.
struct TextGrid {
  enum Alignment {
    case left, right
  }

  private let alignments: [Alignment]
  private var lines: [[String]] = []

  init(_ alignments: [Alignment]) {
    self.alignments = alignments
  }

  mutating func add(_ cells: [String]) {
    lines.append(cells)
  }

  /// The lines with two blanks between columns and none at the end.
  var text: String {
    let widths = alignments.indices.map { column in
      lines.reduce(0) { max($0, column < $1.count ? $1[column].count : 0) }
    }
    return lines.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        text += alignments[column] == .left ? cell + blanks : blanks + cell
        text += "  "
      }
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }
}
