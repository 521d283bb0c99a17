/// Aligned columns for a terminal.
struct TextTable {
  private var rows: [[String]] = []

  init(_ header: [String]) {
    rows.append(header)
  }

  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  var text: String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if column + 1 < row.count {
          line += String(repeating: " ", count: widths[column] - cell.count + 2)
        }
      }
      return line + "\n"
    }.joined()
  }
}
