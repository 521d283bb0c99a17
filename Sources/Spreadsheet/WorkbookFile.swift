/// A spreadsheet file that was opened: Excel's XLSX.
///
/// Reads bytes and nothing else: no links, no macros, no formulas are followed, only their last
/// results read. What is unpacked stays below a limit, so that a small file cannot fill the memory.
public struct WorkbookFile {
  /// A sheet before it is read.
  public struct SheetName: Hashable, Sendable {
    /// What its tab says.
    public let name: String

    /// Whether its tab is out of sight.
    public let isHidden: Bool
    let part: String
  }

  /// In the order of their tabs.
  public let sheets: [SheetName]

  private let archive: ZipArchive
  private let strings: [String]
  private let styles: ExcelStyles
  private let countsFrom1904: Bool

  /// The bytes that are unpacked of one file at most.
  static let limit = 256 << 20

  /// Whether bytes begin like a file that this type should be asked about.
  public static func isLikely(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) || bytes.starts(with: oleMark)
  }

  private static let oleMark: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0]

  /// Opens the bytes of a file.
  public init(_ bytes: [UInt8]) throws(SpreadsheetError) {
    if bytes.starts(with: Self.oleMark) {
      // Excel puts a workbook under a password into the container of its old format.
      let mark = "EncryptedPackage".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
      throw SpreadsheetError(Self.contains(bytes, mark) ? .encrypted : .oldFormat)
    }
    archive = try ZipArchive(bytes, limit: Self.limit)
    let book = try Self.mainPart(archive)
    guard let xml = try archive.read(book) else { throw SpreadsheetError(.notWorkbook) }
    let parts = try PackageParts(of: book, in: archive)
    (sheets, countsFrom1904) = try Self.sheets(xml, parts)
    guard !sheets.isEmpty else { throw SpreadsheetError(.notWorkbook) }
    strings = try Self.strings(archive.read(parts.first("sharedStrings") ?? "") ?? [])
    styles = try ExcelStyles(archive.read(parts.first("styles") ?? "") ?? [])
  }

  /// The cells of a sheet.
  public func content(of sheet: SheetName) throws(SpreadsheetError) -> SheetContent {
    guard let xml = try archive.read(sheet.part) else { throw SpreadsheetError(.damaged) }
    var reader = ExcelSheetReader(strings: strings, styles: styles, from1904: countsFrom1904)
    return try reader.read(xml)
  }

  private static func contains(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
    var start = bytes.startIndex
    while let place = bytes[start...].firstIndex(of: mark[0]) {
      if bytes[place...].starts(with: mark) { return true }
      start = place + 1
    }
    return false
  }

  private static func mainPart(_ archive: ZipArchive) throws(SpreadsheetError) -> String {
    let parts = try PackageParts(of: "", in: archive)
    let main = parts.first("officeDocument") ?? "xl/workbook.xml"
    if main.lowercased().hasSuffix(".bin") { throw SpreadsheetError(.binaryFormat) }
    return main
  }

  private static func sheets(
    _ xml: [UInt8], _ parts: PackageParts
  ) throws(SpreadsheetError) -> (sheets: [SheetName], from1904: Bool) {
    var sheets: [SheetName] = []
    var from1904 = false
    var scanner = XMLScanner(xml)
    while true {
      switch try scanner.next() {
      case .end: return (sheets, from1904)
      case .open where scanner.isNamed("workbookPr"):
        from1904 = ["1", "true"].contains(scanner.attribute("date1904") ?? "")
      case .open where scanner.isNamed("sheet"):
        // Sheets that are only a chart have another kind of part.
        guard let name = scanner.attribute("name"),
          let id = scanner.attribute("id"), let part = parts.worksheet(id)
        else { continue }
        let isHidden = (scanner.attribute("state") ?? "visible") != "visible"
        sheets.append(SheetName(name: name, isHidden: isHidden, part: part))
      default: continue
      }
    }
  }

  private static func strings(_ xml: [UInt8]) throws(SpreadsheetError) -> [String] {
    var strings: [String] = []
    var current = ""
    var isText = false
    var phonetic = 0
    var scanner = XMLScanner(xml)
    while true {
      switch try scanner.next() {
      case .end: return strings
      case .open:
        if scanner.isNamed("si") { current = "" }
        if scanner.isNamed("rPh") { phonetic += 1 }
        isText = scanner.isNamed("t") && phonetic == 0
      case .close:
        if scanner.isNamed("si") { strings.append(ExcelText.unescaped(current)) }
        if scanner.isNamed("rPh") { phonetic -= 1 }
        isText = false
      case .text:
        if isText { current += scanner.text }
      }
    }
  }
}

/// The parts that a part of an Office package refers to.
struct PackageParts {
  private var byID: [String: (kind: String, target: String)] = [:]
  private var ids: [String] = []

  /// - Parameter part: A part's name, or an empty one for the package itself.
  init(of part: String, in archive: ZipArchive) throws(SpreadsheetError) {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    let name = part.split(separator: "/").last.map(String.init) ?? ""
    let place = (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels"
    guard let xml = try archive.read(place) else { return }
    var scanner = XMLScanner(xml)
    while true {
      let event = try scanner.next()
      if case .end = event { return }
      guard case .open = event, scanner.isNamed("Relationship"),
        scanner.attribute("TargetMode") != "External",
        let id = scanner.attribute("Id"), let type = scanner.attribute("Type"),
        let target = scanner.attribute("Target")
      else { continue }
      let kind = type.split(separator: "/").last.map(String.init) ?? ""
      byID[id] = (kind, Self.resolved(target, from: folder))
      ids.append(id)
    }
  }

  /// A name within the package; steps above its root stay at the root.
  private static func resolved(_ target: String, from folder: String) -> String {
    var steps = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = steps.popLast()
      default: steps.append(step)
      }
    }
    return steps.joined(separator: "/")
  }

  func first(_ kind: String) -> String? {
    ids.lazy.compactMap { byID[$0] }.first { $0.kind == kind }?.target
  }

  func worksheet(_ id: String) -> String? {
    byID[id].flatMap { $0.kind == "worksheet" ? $0.target : nil }
  }
}

/// Which of a workbook's cell styles show days.
struct ExcelStyles {
  private var showsDays: [Bool] = []

  init(_ xml: [UInt8]) throws(SpreadsheetError) {
    var codes: [Int: Bool] = [:]
    var isInCells = false
    var scanner = XMLScanner(xml)
    while true {
      switch try scanner.next() {
      case .end: return
      case .open:
        if scanner.isNamed("numFmt"), let id = scanner.attribute("numFmtId").flatMap(Int.init) {
          codes[id] = SheetNumbers.showsDays(scanner.attribute("formatCode") ?? "")
        } else if scanner.isNamed("cellXfs") {
          isInCells = true
        } else if isInCells, scanner.isNamed("xf") {
          let id = scanner.attribute("numFmtId").flatMap(Int.init) ?? 0
          showsDays.append(codes[id] ?? SheetNumbers.showsDays(builtIn: id))
        }
      case .close:
        if scanner.isNamed("cellXfs") { isInCells = false }
      case .text: continue
      }
    }
  }

  func showsDays(_ style: Int) -> Bool {
    style >= 0 && style < showsDays.count && showsDays[style]
  }
}

enum ExcelText {
  /// A text in which Excel wrote characters that XML cannot hold as `_x000D_`.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var result = ""
    var rest = Substring(text)
    while let mark = rest.firstRange(of: "_x") {
      result += rest[..<mark.lowerBound]
      let digits = rest[mark.upperBound...].prefix(4)
      let after = rest[digits.endIndex...]
      if digits.count == 4, after.first == "_", let code = UInt32(digits, radix: 16),
        let scalar = UnicodeScalar(code)
      {
        result.unicodeScalars.append(scalar)
        rest = after.dropFirst()
      } else {
        result += "_x"
        rest = rest[mark.upperBound...]
      }
    }
    return result + rest
  }
}
