/// Reads the cells of one sheet of an XLSX file.
struct ExcelSheetReader {
  private let strings: [String]
  private let styles: ExcelStyles
  private let from1904: Bool
  private var content = SheetContent()
  private var cellCount = 0
  private var joined: [(rows: ClosedRange<Int>, column: Int)] = []

  init(strings: [String], styles: ExcelStyles, from1904: Bool) {
    self.strings = strings
    self.styles = styles
    self.from1904 = from1904
  }

  private struct OpenCell {
    var column = 0
    var kind = ""
    var style = 0
    var text = ""
  }

  mutating func read(_ xml: [UInt8]) throws(SpreadsheetError) -> SheetContent {
    var scanner = XMLScanner(xml)
    var row = SheetContent.Row(number: 0, cells: [], isHidden: false)
    var cell = OpenCell()
    var column = -1
    var isValue = false
    var phonetic = 0
    while true {
      switch try scanner.next() {
      case .end:
        if !isInOrder { content.rows.sort { $0.number < $1.number } }
        content.fillDown(joined)
        return content
      case .open:
        isValue = false
        if scanner.isNamed("c") {
          column = scanner.rawAttribute("r").flatMap(Self.column) ?? column + 1
          guard column < SheetContent.maximumColumns else { throw SpreadsheetError(.damaged) }
          cell = OpenCell(column: column)
          cell.kind = scanner.attribute("t") ?? "n"
          cell.style = scanner.rawAttribute("s").flatMap(Self.number) ?? 0
        } else if scanner.isNamed("v") || (scanner.isNamed("t") && phonetic == 0) {
          isValue = true
        } else if scanner.isNamed("row") {
          let number = scanner.rawAttribute("r").flatMap(Self.number) ?? row.number + 1
          guard (1...SheetContent.maximumRows).contains(number) else {
            throw SpreadsheetError(.damaged)
          }
          let hidden = scanner.attribute("hidden")
          row = SheetContent.Row(
            number: number, cells: [], isHidden: hidden == "1" || hidden == "true")
          column = -1
        } else if scanner.isNamed("rPh") {
          phonetic += 1
        } else if scanner.isNamed("mergeCell") {
          noteJoined(scanner.attribute("ref") ?? "")
        }
      case .text:
        if isValue { cell.text += scanner.text }
      case .close:
        isValue = false
        if scanner.isNamed("c") {
          let text = text(of: cell)
          if !text.isEmpty {
            row.cells.append(SheetContent.Cell(column: cell.column, text: text))
            cellCount += 1
            guard cellCount <= SheetContent.maximumCells else { throw SpreadsheetError(.tooLarge) }
          }
        } else if scanner.isNamed("row") {
          if !row.cells.isEmpty { content.rows.append(row) }
        } else if scanner.isNamed("rPh") {
          phonetic -= 1
        }
      }
    }
  }

  private var isInOrder: Bool {
    zip(content.rows, content.rows.dropFirst()).allSatisfy { $0.number < $1.number }
  }

  private func text(of cell: OpenCell) -> String {
    if cell.text.isEmpty { return "" }
    switch cell.kind {
    case "s":
      let index = Int(cell.text) ?? -1
      return strings.indices.contains(index) ? strings[index] : ""
    case "str", "inlineStr": return ExcelText.unescaped(cell.text)
    case "b": return cell.text == "1" ? "sí" : "no"
    case "d":
      let day = cell.text.hasSuffix("Z") ? String(cell.text.dropLast()) : cell.text
      return day.hasSuffix("T00:00:00") ? String(day.dropLast(9)) : day
    case "e": return cell.text
    default:
      guard let number = Double(cell.text), number.isFinite else { return cell.text }
      if styles.showsDays(cell.style), let day = SheetNumbers.day(number, from1904: from1904) {
        return day
      }
      return SheetNumbers.text(number)
    }
  }

  private mutating func noteJoined(_ reference: String) {
    let ends = reference.split(separator: ":").map { Array($0.utf8) }
    guard ends.count == 2, joined.count < 100_000,
      let first = Self.column(ends[0][...]), let last = Self.column(ends[1][...]),
      let top = Self.number(ends[0].drop { $0 >= UInt8(ascii: "A") }),
      let bottom = Self.number(ends[1].drop { $0 >= UInt8(ascii: "A") }),
      first == last, top < bottom
    else { return }
    joined.append((top...bottom, first))
  }

  /// The column of a place such as `AB12`, counted from 0.
  private static func column(_ place: ArraySlice<UInt8>) -> Int? {
    var column = 0
    var letters = 0
    for byte in place {
      let letter = byte & 0xdf
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter), byte >= UInt8(ascii: "A")
      else { break }
      letters += 1
      guard letters <= 3 else { return SheetContent.maximumColumns }
      column = column * 26 + Int(letter - UInt8(ascii: "A")) + 1
    }
    return letters == 0 ? nil : column - 1
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var number = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
