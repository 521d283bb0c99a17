import GRDB

/// The fields that persons of an office chose for headers of its files, kept for the next file.
enum ChosenColumns {
  static func all(office: String, _ db: Database) throws -> [String: String] {
    var chosen: [String: String] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT header, field FROM import_column WHERE office_code = ?",
      arguments: [office])
    while let row = try rows.next() { chosen[row[0]] = row[1] }
    return chosen
  }

  /// The choices by the headers' names, where each field is one of the guide's.
  static func checked(_ columns: [String: String]) throws -> [String: String] {
    let fields = SheetKind.allCases.flatMap(\.fields).map(\.header)
    var checked: [String: String] = [:]
    for (header, field) in columns {
      let name = HeaderWords.name(field)
      guard name.isEmpty || fields.contains(name) else {
        throw TrainingsError(.unknownField(field, known: Array(Set(fields)).sorted()))
      }
      checked[HeaderWords.name(header)] = name
    }
    return checked
  }

  static func remember(_ columns: [String: String], office: String, _ db: Database) throws {
    for (header, field) in try checked(columns).sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: """
          INSERT INTO import_column (office_code, header, field) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET field = excluded.field WHERE field <> excluded.field
          """, arguments: [office, header, field])
    }
  }
}
