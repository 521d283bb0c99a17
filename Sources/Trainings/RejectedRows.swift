/// The rows that an import did not take, as a file in the form of the imported one with the reasons
/// behind each row.
struct RejectedRows {
  private let sheet: Sheet
  private let separator: String
  private let lineEnd: String
  private var text: [UInt8] = []

  init(of sheet: Sheet) {
    self.sheet = sheet
    separator = String(decoding: [sheet.rows.separator], as: UTF8.self)
    lineEnd = sheet.usesCarriageReturns ? "\r\n" : "\n"
  }

  /// The file's bytes; nil where no row was added.
  var file: [UInt8]? {
    guard !text.isEmpty else { return nil }
    // Excel takes UTF-8 for Windows-1252 unless a mark says otherwise.
    let mark: [UInt8] = sheet.encoding == .utf8 ? [] : [0xef, 0xbb, 0xbf]
    let own = zip(sheet.headers, sheet.isReport).filter { !$0.1 }.map(\.0)
    return mark + Array(line(own + reportHeaders).utf8) + text
  }

  mutating func add(_ cells: [DelimitedText.Cell], codes: [String], messages: [String]) {
    var values: [String] = []
    for index in 0..<max(cells.count, sheet.headers.count) {
      if index < sheet.isReport.count, sheet.isReport[index] { continue }
      // Cells beyond the headers would take the reasons' columns.
      if index >= sheet.headers.count { break }
      values.append(index < cells.count ? sheet.rows.raw(cells[index]) : "")
    }
    values.append(codes.joined(separator: " "))
    values.append(messages.joined(separator: " "))
    text.append(contentsOf: line(values).utf8)
  }

  private func line(_ values: [String]) -> String {
    values.map { DelimitedText.quoted($0, separator: sheet.rows.separator) }
      .joined(separator: separator) + lineEnd
  }
}
