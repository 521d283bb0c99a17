package import GRDB

/// One cell as a person writes it outside its record's form, held to the rules of that record.
package enum EnteredCell {
  /// Why a text cannot stand in a cell, and what can.
  package struct Refusal: Error {
    let error: TrainingsError
    /// The words of which it may be one; empty where it may be another.
    let words: [String]

    /// What was found and what is expected.
    package func message(in language: Language) -> String {
      let found = error.refusal(in: language)
      guard !words.isEmpty else { return found }
      return found + language.pick(" Se espera: ", " Expected: ")
        + words.joined(separator: ", ") + "."
    }
  }

  /// The value that a text means in a cell.
  ///
  /// - Throws: ``Refusal``.
  package static func value(
    _ text: String, table: String, column: String, key: [String], in db: Database
  ) throws -> DatabaseValue {
    let fields = Self.fields(table)
    let place = fields.firstIndex { $0.column == column }
    do {
      guard place != nil else { return try plain(text, table: table, column: column, db) }
      let row = StoredRow(
        table: table, keyColumns: try db.primaryKey(table).columns, key: key)
      let entered = try EnteredValues(
        [column: text], for: fields, over: row.texts(fields, db), codes: CatalogCodes(db))
      try check(entered, table: table, column: column, key: key, db)
      guard let cell = entered.cells(all: false).first(where: { $0.column == column }) else {
        return .null
      }
      return cell.value
    } catch let error as TrainingsError {
      var words: [String] = []
      if let place, case .word(let vocabulary) = fields[place].form { words = vocabulary.words }
      throw Refusal(error: error, words: words)
    }
  }

  /// What is held against a record's fields beside their own forms.
  private static func check(
    _ entered: EnteredValues, table: String, column: String, key: [String], _ db: Database
  ) throws {
    switch (table, column) {
    case ("participant", _): try Participants.requireSurname(entered)
    case ("training_session", "code"):
      try Sessions.refuseUsedCode(entered[column], by: key[0], db)
    case ("deliverable", "code"):
      try Deliverables.refuseUsedCode(entered[column], by: key[0], db)
    case ("group_score", _): try EntryTable.checkMean(column, entered)
    default: break
    }
  }

  private static func fields(_ table: String) -> [Field] {
    switch table {
    case "participant": return Field.participants
    case "attendance": return Field.attendanceRecord
    case "training_session": return Field.sessions
    case "deliverable": return Field.deliverables
    default:
      return [
        EntryTable.institutions, .roles, .partners, .targets, .groupScores,
      ].first { $0.table == table }?.fields ?? []
    }
  }

  /// A value of a column that no form enters: its kind, and whether it may be empty.
  private static func plain(
    _ text: String, table: String, column: String, _ db: Database
  ) throws -> DatabaseValue {
    func refusal(_ reason: ImportReason) -> TrainingsError {
      TrainingsError(.refusedValue(field: column, reason: reason))
    }
    let text = EnteredValues.cleaned(text)
    guard let known = try db.columns(in: table).first(where: { $0.name == column }) else {
      throw TrainingsError(.unknownField(column, known: []))
    }
    if text.isEmpty {
      if known.isNotNull { throw refusal(.missingRequired(column)) }
      return .null
    }
    switch known.type {
    case "REAL":
      guard let number = CellText.number(text) else { throw refusal(.invalidNumber) }
      return number.databaseValue
    case "INTEGER":
      guard let number = CellText.number(text).flatMap({ Int64(exactly: $0) }) else {
        throw refusal(.invalidNumber)
      }
      return number.databaseValue
    default: return text.databaseValue
    }
  }
}
