import Spreadsheet

/// A file of one of the three kinds, opened: its columns are known and its rows can be read.
///
/// Either a CSV, or one sheet of a workbook; the rows of a sheet are read as if it had been saved as a
/// CSV, but keep their numbers.
struct Sheet {
  let kind: SheetKind
  let encoding: TextEncoding

  /// The header cells as the file has them.
  let headers: [String]

  /// What each column was taken for.
  let matches: [ColumnMatch]

  /// For each field of the kind, the column where the file has it.
  let columns: [Int?]

  /// For each column of the file, whether it is one that we appended to a list of rejected rows.
  let isReport: [Bool]

  /// What was noticed about the header line and the sheet.
  let notices: [(column: String, reason: ImportReason)]

  /// The name of the workbook's sheet; nil for a CSV.
  let name: String?

  let headerLine: Int
  let usesCarriageReturns: Bool
  var rows: DelimitedText

  /// Opens the bytes of a file, finding its encoding, separator or sheet, and its kind.
  ///
  /// - Parameters:
  ///   - name: The sheet of a workbook; by default the first that fits, hidden ones last.
  ///   - chosen: Fields by the names of headers, as persons chose them.
  init(
    _ bytes: [UInt8], kind asked: SheetKind?, sheet name: String? = nil,
    chosen: [String: String] = [:]
  ) throws(TrainingsError) {
    if WorkbookFile.isLikely(bytes) {
      self = try Self.sheet(of: bytes, kind: asked, name: name, chosen: chosen)
      return
    }
    let (text, encoding) = try TextEncoding.decode(bytes)
    let usesCarriageReturns =
      text.firstIndex(of: .lineFeed).map { $0 > 0 && text[$0 - 1] == 13 } ?? false
    var best: HeaderPlace?
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      let rows = DelimitedText(text, separator: separator)
      guard let place = HeaderPlace(in: rows, chosen: chosen) else { continue }
      if best == nil || place.known > best?.known ?? 0 { best = place }
    }
    guard let best else { throw TrainingsError(.emptyFile) }
    try self.init(
      best, kind: asked, chosen: chosen, encoding: encoding, name: nil, notices: [],
      usesCarriageReturns: usesCarriageReturns)
  }

  private init(
    _ place: HeaderPlace, kind asked: SheetKind?, chosen: [String: String],
    encoding: TextEncoding, name: String?, notices: [(column: String, reason: ImportReason)],
    usesCarriageReturns: Bool
  ) throws(TrainingsError) {
    let match: HeaderMatch
    (kind, match) = try Self.kind(of: place.headers, asked: asked, chosen: chosen)
    if let (column, fields) = match.ambiguous.first {
      let kind = kind
      throw TrainingsError(
        .ambiguousColumn(place.headers[column], fields: fields.map { kind.fields[$0].header }))
    }
    self.encoding = encoding
    self.name = name
    self.usesCarriageReturns = usesCarriageReturns
    headers = place.headers
    headerLine = place.line
    rows = place.rows
    columns = match.columns
    matches = match.matches
    var found = notices
    isReport = headers.map { reportHeaders.contains(HeaderWords.name($0)) }
    for (index, header) in headers.enumerated() where !header.isEmpty && !isReport[index] {
      let matched = match.matches[index]
      if match.repeated.contains(index) {
        found.append((HeaderWords.name(header), .repeatedColumn))
      } else if matched.reason == .none {
        found.append((header, .unknownColumn))
      } else if matched.reason == .likeness, let field = matched.field {
        found.append((header, .matchedColumn(field)))
      }
    }
    self.notices = found
  }

  private static func kind(
    of headers: [String], asked: SheetKind?, chosen: [String: String]
  ) throws(TrainingsError) -> (SheetKind, HeaderMatch) {
    let present = Set(headers.map(HeaderWords.name))
    let counted = SheetKind.allCases.map { kind in
      (kind: kind, match: HeaderMatch(headers, kind: kind, chosen: chosen))
    }
    // The guide's own names decide before those that are only like them.
    let named = counted.filter { $0.kind.missingHeader(among: present) == nil }
    let complete =
      named.isEmpty ? counted.filter { $0.match.missingHeader(of: $0.kind) == nil } : named
    let likeliest = (complete.isEmpty ? counted : complete).max {
      ($0.match.sureCount, $0.match.count) < ($1.match.sureCount, $1.match.count)
    }
    guard let found = likeliest, found.match.count >= 2 else {
      throw TrainingsError(.unknownKind(headers: Array(headers.prefix(12))))
    }
    if let asked, asked != found.kind {
      guard let other = counted.first(where: { $0.kind == asked }),
        other.match.missingHeader(of: asked) == nil
      else { throw TrainingsError(.wrongKind(found: found.kind, asked: asked)) }
      return other
    }
    if let missing = found.match.missingHeader(of: found.kind) {
      if let (column, fields) = found.match.ambiguous.first {
        let names = fields.map { found.kind.fields[$0].header }
        throw TrainingsError(.ambiguousColumn(headers[column], fields: names))
      }
      throw TrainingsError(.missingHeader(missing, found.kind))
    }
    return found
  }

  // MARK: Workbooks

  private static func sheet(
    of bytes: [UInt8], kind: SheetKind?, name: String?, chosen: [String: String]
  ) throws(TrainingsError) -> Sheet {
    let book = try OpenedWorkbook(bytes)
    var failure: (error: TrainingsError, known: Int)?
    for sheet in try book.sheets(named: name) {
      let content = try book.content(of: sheet)
      guard let place = HeaderPlace(in: DelimitedText(content), chosen: chosen) else { continue }
      let hidden = content.rows.first { $0.isHidden && $0.number > place.line }
      let notices = hidden.map {
        (column: place.headers[0], reason: ImportReason.hiddenRows(from: $0.number))
      }
      do throws(TrainingsError) {
        return try Sheet(
          place, kind: kind, chosen: chosen, encoding: .workbook, name: sheet.name,
          notices: notices.map { [$0] } ?? [], usesCarriageReturns: true)
      } catch {
        if place.known > failure?.known ?? -1 { failure = (error, place.known) }
      }
    }
    throw failure?.error ?? TrainingsError(.emptyFile)
  }
}

/// Where the header of a file stands: there may be titles above it.
struct HeaderPlace {
  let line: Int
  let headers: [String]

  /// How many fields of the likeliest kind it names, the guide's own names counted twice.
  let known: Int

  /// What follows it.
  let rows: DelimitedText

  /// Finds the header among the first rows that are not blank; nil where there is none.
  ///
  /// The first row is it unless a later one names more.
  init?(in text: DelimitedText, chosen: [String: String]) {
    var rows = text
    var cells: [DelimitedText.Cell] = []
    var best: HeaderPlace?
    var count = 0
    while count < 20, let line = rows.next(into: &cells) {
      let headers = cells.map { rows.text($0) }
      let isSeparatorHint = headers[0].lowercased().hasPrefix("sep=")
      if isSeparatorHint || headers.allSatisfy(\.isEmpty) { continue }
      count += 1
      let known =
        headers.count > 512
        ? 0
        : SheetKind.allCases.map {
          let match = HeaderMatch(headers, kind: $0, chosen: chosen)
          return match.sureCount + match.count
        }.max() ?? 0
      // A row of data may happen to name a field or two.
      if best == nil || (known >= 4 && known > best?.known ?? 0) {
        best = HeaderPlace(line: line, headers: headers, known: known, rows: rows)
      }
      // Enough to be sure: large files are not searched.
      if let best, best.known >= 6 { break }
    }
    guard let best else { return nil }
    self = best
  }

  private init(line: Int, headers: [String], known: Int, rows: DelimitedText) {
    self.line = line
    self.headers = headers
    self.known = known
    self.rows = rows
  }
}

/// The headers of what a list of rejected rows adds to the file's own columns.
let reportHeaders = ["codigo_error", "error"]

extension HeaderMatch {
  /// The number of fields that a column was found for.
  var count: Int { columns.count { $0 != nil } }

  /// The number of those found by the guide's name or a person's choice.
  var sureCount: Int {
    matches.count { $0.field != nil && ($0.reason == .name || $0.reason == .choice) }
  }

  /// The first header that such a file cannot do without.
  func missingHeader(of kind: SheetKind) -> String? {
    kind.missingHeader(among: Set(matches.compactMap(\.field)))
  }
}

extension SheetKind {
  /// The first header that such a file cannot do without and that is not among `names`.
  fileprivate func missingHeader(among names: Set<String>) -> String? {
    if let field = fields.first(where: { $0.isRequired && !names.contains($0.header) }) {
      return field.header
    }
    let surnames = ["apellido_paterno", "apellido_materno"]
    return self == .attendance && names.isDisjoint(with: surnames) ? surnames[0] : nil
  }
}
