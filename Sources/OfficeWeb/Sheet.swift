internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// A session with the rows of its attendance sheet.
struct Sheet {
  /// The cells that are entered in the sheet itself.
  static let cells = ["completed", "pre_score", "post_score"]

  /// A person in the sheet.
  struct Entry {
    var participant: String
    var name: String
    /// What the rows are sorted by.
    var sortKey: String
    var document: String
    var institution: String?
    var role: String?
    var workplace: String?
    /// By column, as a form shows them.
    var cells: [String: String]
    var scale: String
  }

  let id: String
  let session: [String: String]
  let entries: [Entry]
  /// What waits for a decision in the attendances, by session and participant.
  let disputes: Disputes
  /// The same of the persons themselves.
  let personDisputes: Disputes

  /// Reads a session's sheet, by surname.
  ///
  /// - Parameter participant: Only this one's row.
  init(_ id: String, participant: String? = nil, masked: Bool = true, _ db: Database) throws {
    self.id = id
    session = try SessionPages.stored(id, db)
    entries = try Row.fetchAll(
      db,
      sql: """
        SELECT p.id, trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', '
            || p.given_names, p.document_type, p.document_number, a.institution_code, a.role_code,
          a.workplace, a.completed, a.pre_score, a.post_score, a.score_scale, p.paternal_surname,
          p.maternal_surname, p.given_names
        FROM attendance a JOIN participant p ON p.id = a.participant_id
        WHERE a.session_id = ?1 AND (?2 IS NULL OR a.participant_id = ?2)
        """, arguments: [id, participant]
    ).map { row in
      let number: String? = row[3]
      let type: String? = row[2]
      let document = number.map {
        "\(type ?? "") \(masked ? IdentityDocument.masked($0) : $0)"
      }
      var cells: [String: String] = [:]
      for (place, column) in Self.cells.enumerated() {
        cells[column] = (row[7 + place] as DatabaseValue).formText
      }
      return Entry(
        participant: row[0], name: row[1],
        sortKey: PersonName.sortKey(paternal: row[11], maternal: row[12] ?? "", given: row[13]),
        document: document ?? "", institution: row[4],
        role: row[5], workplace: row[6], cells: cells, scale: (row[10] as DatabaseValue).formText)
    }.sorted { ($0.sortKey, $0.participant) < ($1.sortKey, $1.participant) }
    disputes = try Disputes(db, table: "attendance", firsts: [id])
    personDisputes = try Disputes(db, table: "participant", firsts: entries.map(\.participant))
  }

  /// What the template `sheet_row` names.
  func row(_ entry: Entry, number: Int?, words: RecordWords, mayEnter: Bool) -> [String: Any] {
    let disputed = disputes[[id, entry.participant]]
    var data: [String: Any] = [
      "participant": entry.participant, "name": entry.name, "document": entry.document,
      "person": "/participants/\(entry.participant.pathPart)",
      "edit": "/sessions/\(id.pathPart)/rows/\(entry.participant.pathPart)",
      "mayEnter": mayEnter,
    ]
    data["number"] = number.map { "\($0)" } ?? ""
    data.set("role", entry.role.map { words.name("role", $0) })
    data.set("institution", entry.institution.map { words.name("institution", $0) })
    data.set("workplace", entry.workplace)
    data["noRole"] = entry.role == nil
    data.set("scale", entry.scale == "20" ? nil : entry.scale)
    let own = personDisputes[[entry.participant]]
    let inName = ["paternal_surname", "maternal_surname", "given_names", "document_number", ""]
    // What the row shows of the person or of the attendance, beside the cells with their own marks.
    data.set(
      "disputedRow",
      disputed[""] ?? disputed["role_code"] ?? disputed["workplace"] ?? disputed["institution_code"]
        ?? inName.compactMap { own[$0] }.first)
    let completed = entry.cells["completed"] ?? ""
    data["completed"] = completed
    data["yes"] = completed == "1"
    data["no"] = completed == "0"
    data["completedText"] =
      completed.isEmpty ? "–" : completed == "1" ? words.say("sí", "yes") : words.say("no", "no")
    for column in ["pre_score", "post_score"] {
      data[column] = entry.cells[column] ?? ""
      data.set("disputed_" + column, disputed[column])
    }
    data.set("disputed_completed", disputed["completed"])
    return data
  }

  /// How many rows lack what, in a sentence each.
  func missing(_ say: Wording) -> [String] {
    var found: [String] = []
    func add(_ column: String, _ spanish: String, _ english: String) {
      let count = entries.count { ($0.cells[column] ?? "").isEmpty }
      if count > 0, count < entries.count { found.append("\(count) \(say(spanish, english))") }
      if count == entries.count {
        found.append(
          say("nadie tiene \(spanish.dropFirst(4))", "nobody has \(english.dropFirst(8))"))
      }
    }
    guard !entries.isEmpty else { return [] }
    add("pre_score", "sin prueba de entrada", "without entry test")
    add("post_score", "sin prueba de salida", "without exit test")
    let roles = entries.count { $0.role == nil }
    if roles > 0 {
      found.append(
        say(
          "\(roles) sin cargo: no cuentan en los indicadores",
          "\(roles) without a role: they count for no indicator"))
    }
    return found
  }
}
