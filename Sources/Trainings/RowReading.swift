/// A row's cells in the form in which the columns store them, with what was found on the way.
///
/// An empty text stands for a cell without a value.
struct RowReading {
  /// One text for each field.
  var values: [String]
  var errors: [(field: Int, reason: ImportReason)] = []
  var warnings: [(field: Int, reason: ImportReason)] = []
}

/// Reads cells as texts and says what is wrong with them.
struct RowReader {
  let fields: [Field]
  let codes: CatalogCodes

  /// The reading of trimmed texts, one for each field.
  func read(_ texts: [String]) -> RowReading {
    var reading = RowReading(values: texts)
    for index in fields.indices where !texts[index].isEmpty {
      read(index, &reading)
    }
    for index in fields.indices where fields[index].isRequired && texts[index].isEmpty {
      reading.errors.append((index, .missingRequired(fields[index].header)))
    }
    readDocument(&reading)
    compare(&reading)
    return reading
  }

  private func read(_ index: Int, _ reading: inout RowReading) {
    let text = reading.values[index]
    switch fields[index].form {
    case .text, .name, .key, .documentType, .documentNumber:
      break
    case .department:
      reading.values[index] = Department.spelled(text)
    case .date:
      guard let date = CellText.date(text) else {
        reading.errors.append((index, .invalidDate(text)))
        return
      }
      reading.values[index] = date
    case .number:
      let number = CellText.number(text)
      take(number.flatMap { $0 >= 0 ? CellText.text($0) : nil }, index, &reading)
    case .score, .scale:
      readScore(index, &reading)
    case .checked(_, let check):
      take(check(text), index, &reading)
    case .word(let vocabulary):
      take(vocabulary.value(text), index, &reading)
    case .flag:
      take(Vocabulary.yesNo.value(text), index, &reading)
    case .reference(let reference):
      readReference(reference, index, &reading)
    case .indicators:
      readIndicators(index, &reading)
    }
  }

  private func take(_ value: String?, _ index: Int, _ reading: inout RowReading) {
    reading.values[index] = value ?? ""
    if value == nil { reading.warnings.append((index, .invalidValue)) }
  }

  private func readReference(
    _ reference: Catalog.Reference, _ index: Int, _ reading: inout RowReading
  ) {
    let text = reading.values[index]
    if let code = codes.code(text, in: reference) {
      reading.values[index] = code
      return
    }
    reading.values[index] = ""
    switch reference {
    case .institution: reading.errors.append((index, .unknownInstitution(text)))
    case .role: reading.errors.append((index, .unknownRole(text)))
    case .indicator: reading.errors.append((index, .unknownIndicator(text)))
    case .partner: reading.warnings.append((index, .unknownPartner(text)))
    }
  }

  private func readIndicators(_ index: Int, _ reading: inout RowReading) {
    var ids: [String] = []
    for part in reading.values[index].split(whereSeparator: { ";,| \n".contains($0) }) {
      if let id = codes.code(String(part), in: .indicator) {
        if !ids.contains(id) { ids.append(id) }
      } else {
        reading.errors.append((index, .unknownIndicator(String(part))))
      }
    }
    reading.values[index] = ids.joined(separator: ";")
  }

  private func readScore(_ index: Int, _ reading: inout RowReading) {
    guard let score = CellText.number(reading.values[index]) else {
      if Self.noScoreWords.contains(PersonName.folded(reading.values[index])) {
        reading.values[index] = ""
        reading.warnings.append((index, .noScore))
      } else {
        reading.errors.append((index, .invalidScore))
      }
      return
    }
    reading.values[index] = CellText.text(score)
  }

  private static let noScoreWords: Set<String> = [
    "-", "--", "—", "na", "n/a", "n.a.", "np", "nsp", "n.p.", "s/n", "¿?", "?", "ausente",
    "falto", "no rindio", "no dio", "no se presento", "sin nota",
  ]

  /// What one cell says about another.
  private func compare(_ reading: inout RowReading) {
    func value(_ column: String) -> (index: Int, text: String)? {
      fields.firstIndex { $0.column == column }
        .flatMap { reading.values[$0].isEmpty ? nil : ($0, reading.values[$0]) }
    }
    if let end = value("ends_on"), let start = value("starts_on"), end.text < start.text,
      !reading.errors.contains(where: { $0.field == end.index || $0.field == start.index })
    {
      reading.errors.append((end.index, .endsBeforeStart))
    }
    guard fields.contains(where: { $0.column == "pre_score" }) else { return }
    var scale = defaultScoreScale
    if let cell = value("score_scale"), let number = Double(cell.text) {
      if number > 0 {
        scale = number
      } else {
        reading.errors.append((cell.index, .invalidScore))
      }
    }
    for column in ["pre_score", "post_score"] {
      if let cell = value(column), let score = Double(cell.text), !(0...scale).contains(score) {
        reading.errors.append((cell.index, .scoreOutOfRange(scale: scale)))
      }
    }
  }

  private func readDocument(_ reading: inout RowReading) {
    guard let type = fields.firstIndex(where: { $0.column == "document_type" }) else { return }
    let number = type + 1
    switch IdentityDocument.read(type: reading.values[type], number: reading.values[number]) {
    case .document(let document, let padded):
      reading.values[type] = document.type
      reading.values[number] = document.number
      if padded { reading.warnings.append((number, .dniPadded)) }
      return
    case .none: break
    case .placeholder: reading.warnings.append((number, .documentPlaceholder))
    case .unknownType: reading.warnings.append((type, .unknownDocumentType))
    case .invalid: reading.errors.append((number, .invalidDocument))
    }
    reading.values[type] = ""
    reading.values[number] = ""
  }
}

/// The scale of a score where none is said.
let defaultScoreScale = 20.0
