import GRDB

/// Values that a person entered for a record, checked by the same rules as a file's cells.
struct EnteredValues {
  let fields: [Field]

  /// The text of every field, entered or stored before.
  let texts: [String]

  /// The fields that were entered, or that follow from one that was.
  let entered: Set<Int>

  /// Checks entered values by column or header; a blank erases.
  ///
  /// - Parameter stored: What the record holds, one text for each field; nil for a new record.
  init(
    _ values: [String: String], for fields: [Field], over stored: [String]?, codes: CatalogCodes
  ) throws {
    self.fields = fields
    var texts = stored ?? fields.map { _ in "" }
    var entered: Set<Int> = []
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let index = fields.firstIndex(where: { $0.column == name || $0.header == name }) else {
        throw TrainingsError(.unknownField(name, known: fields.map(\.column)))
      }
      texts[index] = Self.cleaned(value)
      entered.insert(index)
    }
    var reading = RowReader(fields: fields, codes: codes).read(texts)
    for index in fields.indices where texts[index].count > fields[index].limit {
      reading.errors.append((index, .tooLong(limit: fields[index].limit)))
    }
    let columns = Set(entered.map { fields[$0].column })
    if !columns.isDisjoint(with: ["document_type", "document_number"]) {
      entered.formUnion(fields.indices.filter { fields[$0].column.hasPrefix("document_") })
    }
    let mustHold = stored == nil ? Set(fields.indices) : entered
    let refused = (reading.errors + reading.warnings).first { index, reason in
      switch reason {
      case .dniPadded, .noScore: false
      case .endsBeforeStart: !columns.isDisjoint(with: ["starts_on", "ends_on"])
      case .scoreOutOfRange: mustHold.contains(index) || columns.contains("score_scale")
      default: mustHold.contains(index)
      }
    }
    if let refused {
      throw TrainingsError(
        .refusedValue(field: fields[refused.field].column, reason: refused.reason))
    }
    self.texts = reading.values
    self.entered = entered
  }

  static func cleaned(_ value: String) -> String {
    let bytes = Array(value.utf8)
    let text = DelimitedText(bytes, separator: 0)
    return text.text(
      .init(start: 0, end: bytes.count, hasDoubledQuotes: false), keepingLines: true)
  }

  subscript(_ column: String) -> String {
    fields.firstIndex { $0.column == column }.map { texts[$0] } ?? ""
  }

  /// The columns and values to write, without the list of indicators.
  func cells(all: Bool) -> [(column: String, value: DatabaseValue)] {
    fields.indices.filter { (all || entered.contains($0)) && fields[$0].column != "indicators" }
      .map { index in
        let value = fields[index].stored(texts[index])
        // A surname may be missing, but the column cannot be NULL.
        let isSurname = fields[index].column == "paternal_surname"
        return (fields[index].column, isSurname && value.isNull ? "".databaseValue : value)
      }
  }
}

extension StoredRow {
  /// What the row holds, one text for each field; nil where there is no such row.
  func texts(_ fields: [Field], _ db: Database) throws -> [String]? {
    let columns = fields.map { $0.column == "indicators" ? "NULL" : $0.column }
    return try fetch(columns, db)?.map { $0.shownText ?? "" }
  }

  /// Writes entered cells that differ from what is stored; whether any did.
  func change(_ cells: [(column: String, value: DatabaseValue)], _ db: Database) throws -> Bool {
    guard !cells.isEmpty, let stored = try fetch(cells.map(\.column), db) else { return false }
    let different = zip(cells, stored).filter { $0.value != $1 }.map(\.0)
    try update(different, db)
    return !different.isEmpty
  }
}
