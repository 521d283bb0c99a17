import Spreadsheet

/// A workbook whose problems are told in the words of an import.
struct OpenedWorkbook {
  private let file: WorkbookFile

  init(_ bytes: [UInt8]) throws(TrainingsError) {
    do throws(SpreadsheetError) {
      file = try WorkbookFile(bytes)
    } catch {
      throw TrainingsError(.notText(TrainingsError.FileFormat(error)))
    }
  }

  /// The sheet of a name, or all in the order in which they are tried.
  func sheets(named name: String?) throws(TrainingsError) -> [WorkbookFile.SheetName] {
    guard let name else {
      return file.sheets.filter { !$0.isHidden } + file.sheets.filter(\.isHidden)
    }
    let folded = PersonName.folded(name)
    let found =
      file.sheets.first { $0.name == name }
      ?? file.sheets.first { PersonName.folded($0.name) == folded }
    guard let found else {
      throw TrainingsError(.unknownSheet(name, known: file.sheets.map(\.name)))
    }
    return [found]
  }

  func content(of sheet: WorkbookFile.SheetName) throws(TrainingsError) -> SheetContent {
    do throws(SpreadsheetError) {
      return try file.content(of: sheet)
    } catch {
      throw TrainingsError(.notText(TrainingsError.FileFormat(error)))
    }
  }
}

extension TrainingsError.FileFormat {
  fileprivate init(_ error: SpreadsheetError) {
    switch error.reason {
    case .oldFormat: self = .oldWorkbook
    case .binaryFormat: self = .binaryWorkbook
    case .encrypted: self = .lockedWorkbook
    case .tooLarge: self = .hugeWorkbook
    case .unsafe: self = .unsafeWorkbook
    case .notWorkbook: self = .archive
    case .damaged, .notWritable: self = .damagedWorkbook
    }
  }
}

extension DelimitedText {
  /// More columns than any of the offices' files has; what stands beyond is left out.
  private static let maximumColumns = 512

  /// The rows of a sheet as delimited text, each with its number in the sheet.
  init(_ content: SheetContent) {
    // What Excel in Peru takes for a separator; the list of rejected rows has it, too.
    let separator = UInt8(ascii: ";")
    var bytes: [UInt8] = []
    for row in content.rows {
      var column = 0
      for cell in row.cells where cell.column < Self.maximumColumns {
        while column < cell.column {
          bytes.append(separator)
          column += 1
        }
        bytes.append(contentsOf: Self.quoted(cell.text, separator: separator).utf8)
      }
      bytes.append(.lineFeed)
    }
    self.init(bytes, separator: separator, numbers: content.rows.map(\.number))
  }
}
