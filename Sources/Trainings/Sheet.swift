/// A file of one of the three kinds, opened: its columns are known and its rows can be read.
struct Sheet {
  let kind: SheetKind
  let encoding: TextEncoding

  /// The header cells as the file has them.
  let headers: [String]

  /// For each field of the kind, the column where the file has it.
  let columns: [Int?]

  /// For each column of the file, whether it is one that we appended to a list of rejected rows.
  let isReport: [Bool]

  /// What was noticed about the header line.
  let notices: [(column: String, reason: ImportReason)]

  let headerLine: Int
  let usesCarriageReturns: Bool
  var rows: DelimitedText

  /// Opens the bytes of a file, finding its encoding, separator and kind.
  init(_ bytes: [UInt8], kind asked: SheetKind?) throws(TrainingsError) {
    let (text, encoding) = try TextEncoding.decode(bytes)
    self.encoding = encoding
    usesCarriageReturns =
      text.firstIndex(of: .lineFeed).map { $0 > 0 && text[$0 - 1] == 13 } ?? false
    var best: (rows: DelimitedText, line: Int, headers: [String], known: Int)?
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      var rows = DelimitedText(text, separator: separator)
      guard let (line, headers) = Self.header(of: &rows) else { continue }
      let names = Set(headers.map(Self.name))
      let known = SheetKind.allCases.map { $0.knownHeaders(among: names) }.max() ?? 0
      if best == nil || known > best?.known ?? 0 { best = (rows, line, headers, known) }
    }
    guard let best else { throw TrainingsError(.emptyFile) }
    rows = best.rows
    headerLine = best.line
    headers = best.headers
    let names = best.headers.map(Self.name)
    kind = try Self.kind(of: names, headers: best.headers, asked: asked)
    var notices: [(String, ImportReason)] = []
    var columns = [Int?](repeating: nil, count: kind.fields.count)
    var isReport = [Bool](repeating: false, count: names.count)
    for (index, name) in names.enumerated() {
      if let field = kind.fields.firstIndex(where: { $0.header == name }) {
        if columns[field] == nil {
          columns[field] = index
        } else {
          notices.append((name, .repeatedColumn))
        }
      } else if reportHeaders.contains(name) {
        isReport[index] = true
      } else if !name.isEmpty {
        notices.append((best.headers[index], .unknownColumn))
      }
    }
    self.columns = columns
    self.isReport = isReport
    self.notices = notices
  }

  private static func header(of rows: inout DelimitedText) -> (line: Int, headers: [String])? {
    var cells: [DelimitedText.Cell] = []
    while let line = rows.next(into: &cells) {
      let headers = cells.map { rows.text($0) }
      let isSeparatorHint = headers[0].lowercased().hasPrefix("sep=")
      if !isSeparatorHint, headers.contains(where: { !$0.isEmpty }) { return (line, headers) }
    }
    return nil
  }

  /// A header without capitals, tildes, blanks and the “de” between words.
  private static func name(_ header: String) -> String {
    let plain = PersonName.folded(header).map { " -.".contains($0) ? "_" : $0 }
    return String(plain).replacing("_de_", with: "_")
  }

  private static func kind(
    of names: [String], headers: [String], asked: SheetKind?
  ) throws(TrainingsError) -> SheetKind {
    let present = Set(names)
    let counted = SheetKind.allCases.map { ($0, $0.knownHeaders(among: present)) }
    let complete = counted.filter { $0.0.missingHeader(among: present) == nil }
    let likeliest = (complete.isEmpty ? counted : complete).max { $0.1 < $1.1 }
    guard let (found, known) = likeliest, known >= 2 else {
      throw TrainingsError(.unknownKind(headers: Array(headers.prefix(12))))
    }
    if let asked, asked != found {
      guard asked.missingHeader(among: present) == nil else {
        throw TrainingsError(.wrongKind(found: found, asked: asked))
      }
      return asked
    }
    if let missing = found.missingHeader(among: present) {
      throw TrainingsError(.missingHeader(missing, found))
    }
    return found
  }
}

/// The headers of what a list of rejected rows adds to the file's own columns.
let reportHeaders = ["codigo_error", "error"]

extension SheetKind {
  fileprivate func knownHeaders(among names: Set<String>) -> Int {
    fields.count { names.contains($0.header) }
  }

  /// The first header that such a file cannot do without.
  fileprivate func missingHeader(among names: Set<String>) -> String? {
    if let field = fields.first(where: { $0.isRequired && !names.contains($0.header) }) {
      return field.header
    }
    let surnames = ["apellido_paterno", "apellido_materno"]
    return self == .attendance && names.isDisjoint(with: surnames) ? surnames[0] : nil
  }
}
