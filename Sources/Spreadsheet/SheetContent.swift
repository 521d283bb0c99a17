/// What a sheet of a workbook holds, as texts.
public struct SheetContent: Hashable, Sendable {
  /// One row with at least one cell.
  public struct Row: Hashable, Sendable {
    /// As the sheet counts: the first row is 1.
    public var number: Int

    /// From left to right, without those that are empty.
    public var cells: [Cell]

    /// Whether a filter or a person hid it.
    public var isHidden: Bool
  }

  /// A cell that is not empty.
  public struct Cell: Hashable, Sendable {
    /// Counted from 0.
    public var column: Int

    /// Days as `2019-05-14`, with the time behind a space where there is one; numbers with a
    /// decimal point and at most 15 digits; truth as `sí` and `no`.
    public var text: String
  }

  /// In the order of their numbers.
  public internal(set) var rows: [Row] = []

  /// More cells than any office's file has.
  static let maximumCells = 4_000_000
  static let maximumRows = 1_048_576
  static let maximumColumns = 16_384
}

extension SheetContent {
  /// Gives every row of cells that were joined downwards the text that stands in the first of them.
  mutating func fillDown(_ ranges: [(rows: ClosedRange<Int>, column: Int)]) {
    guard !ranges.isEmpty else { return }
    var places: [Int: Int] = [:]
    for (index, row) in rows.enumerated() { places[row.number] = index }
    for range in ranges {
      guard let first = places[range.rows.lowerBound],
        let text = rows[first].cells.first(where: { $0.column == range.column })?.text
      else { continue }
      // Rows that hold nothing else are not made.
      for index in rows[first...].indices.dropFirst() {
        guard range.rows.contains(rows[index].number) else { break }
        let place = rows[index].cells.firstIndex { $0.column >= range.column }
        if let place, rows[index].cells[place].column == range.column { continue }
        rows[index].cells.insert(
          Cell(column: range.column, text: text), at: place ?? rows[index].cells.endIndex)
      }
    }
  }
}
