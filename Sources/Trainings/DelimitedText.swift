import Foundation

/// Rows of cells in UTF-8 text, read one at a time.
///
/// Cells may be quoted, hold line breaks and doubled quotes. A quote that nothing closes is taken
/// as a character, so that one bad cell never swallows the rest of the file.
struct DelimitedText {
  /// A cell's place in the text, without its quotes.
  struct Cell {
    var start: Int
    var end: Int
    var hasDoubledQuotes: Bool

    var isEmpty: Bool { start == end }
  }

  let bytes: [UInt8]
  let separator: UInt8
  private(set) var position: Int
  private(set) var line: Int
  private var unclosedFrom = Int.max

  /// The numbers that the rows have where they come from; empty where their lines count.
  private let numbers: [Int]
  private var index = 0

  /// Starts at a byte, which stands on a physical line; lines count from 1.
  init(
    _ bytes: [UInt8], separator: UInt8, position: Int = 0, line: Int = 1, numbers: [Int] = []
  ) {
    self.bytes = bytes
    self.separator = separator
    self.position = position
    self.line = line
    self.numbers = numbers
  }

  /// The cells of the next row in `cells`, and the line where it starts; nil at the end.
  mutating func next(into cells: inout [Cell]) -> Int? {
    cells.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return nil }
    let first = index < numbers.count ? numbers[index] : line
    index += 1
    while true {
      cells.append(quotedCell() ?? plainCell())
      guard position < bytes.count else { return first }
      let byte = bytes[position]
      position += 1
      if byte == separator { continue }
      if byte == .carriageReturn, position < bytes.count, bytes[position] == .lineFeed {
        position += 1
      }
      line += 1
      return first
    }
  }

  private mutating func plainCell() -> Cell {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == separator || byte == .lineFeed || byte == .carriageReturn { break }
      position += 1
    }
    return Cell(start: start, end: position, hasDoubledQuotes: false)
  }

  private mutating func quotedCell() -> Cell? {
    guard position < bytes.count, bytes[position] == .quote, position < unclosedFrom else {
      return nil
    }
    var index = position + 1
    var lines = 0
    var hasDoubledQuotes = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == .quote {
        if index + 1 < bytes.count, bytes[index + 1] == .quote {
          hasDoubledQuotes = true
          index += 2
          continue
        }
        if let end = endOfCell(after: index) {
          let cell = Cell(start: position + 1, end: index, hasDoubledQuotes: hasDoubledQuotes)
          position = end
          line += lines
          return cell
        }
      } else if byte == .lineFeed {
        lines += 1
      } else if byte == .carriageReturn, index + 1 == bytes.count || bytes[index + 1] != .lineFeed {
        lines += 1
      }
      index += 1
    }
    unclosedFrom = position
    return nil
  }

  /// Where the cell ends if the quote at an index closes it: only blanks may follow.
  private func endOfCell(after quote: Int) -> Int? {
    var index = quote + 1
    while index < bytes.count, bytes[index] == .space { index += 1 }
    guard index < bytes.count else { return index }
    let byte = bytes[index]
    return byte == separator || byte == .lineFeed || byte == .carriageReturn ? index : nil
  }
}

extension DelimitedText {
  /// A cell's text: trimmed, with single spaces, composed (NFC).
  ///
  /// With `keepingLines` its line breaks stay, as `\n`; without, they are spaces.
  func text(_ cell: Cell, keepingLines: Bool = false) -> String {
    if cell.isEmpty { return "" }
    var isClean = !cell.hasDoubledQuotes
    var needsComposing = false
    var previous = UInt8.space
    for index in cell.start..<cell.end {
      let byte = bytes[index]
      if byte <= .space {
        if byte < .space || previous == .space { isClean = false }
      } else if byte >= 0x80 {
        if byte == 0xc2 || byte >= 0xe1 { isClean = false }
        // Combining marks, and signs with a canonical decomposition beyond Latin.
        if byte == 0xcc || byte == 0xcd || byte >= 0xe1 { needsComposing = true }
      }
      previous = byte
    }
    if previous == .space { isClean = false }
    let text =
      isClean
      ? String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
      : String(decoding: cleaned(cell, keepingLines: keepingLines), as: UTF8.self)
    return needsComposing ? text.precomposedStringWithCanonicalMapping : text
  }

  private func cleaned(_ cell: Cell, keepingLines: Bool) -> [UInt8] {
    var clean: [UInt8] = []
    var pending: UInt8?
    var index = cell.start
    while index < cell.end {
      let byte = bytes[index]
      index += 1
      if byte <= .space {
        let isBreak = keepingLines && (byte == .lineFeed || byte == .carriageReturn)
        pending = isBreak || pending == .lineFeed ? .lineFeed : .space
        continue
      }
      // A space that does not break: U+00A0.
      if byte == 0xc2, index < cell.end, bytes[index] == 0xa0 {
        index += 1
        pending = pending ?? .space
        continue
      }
      if let blank = pending, !clean.isEmpty { clean.append(blank) }
      pending = nil
      clean.append(byte)
      if byte == .quote, cell.hasDoubledQuotes, index < cell.end, bytes[index] == .quote {
        index += 1
      }
    }
    return clean
  }

  /// A cell exactly as it stands, without its quotes.
  func raw(_ cell: Cell) -> String {
    let text = String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
    return cell.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }

  /// The text as a cell that any reader takes for the same text.
  static func quoted(_ text: String, separator: UInt8) -> String {
    let needsQuotes =
      text.utf8.contains {
        $0 == separator || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
      } || text.utf8.first == .space || text.utf8.last == .space
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}
