import GRDB
import Replica
import SyncModel

/// Takes rows of attendance: each is a person in a session.
struct AttendanceImport: RowImporter {
  /// Places of fields in `asistencia.csv`.
  enum Place {
    static let session = 0
    static let documentType = 1
    static let documentNumber = 2
    static let paternal = 3
    static let maternal = 4
    static let given = 5
    static let person = 1...12
    static let names = 3...5

    /// Institution, role and workplace that day; tests, result and notes.
    static let attendance = [7, 8, 9, 13, 14, 15, 16, 17]
    static let scale = 16
  }

  private let environment: TrainingsEnvironment
  private let fields = Field.attendance
  private let memory: ImportMemory
  private let log: ImportLog
  private let conflicts: OpenConflicts
  private var sessions: SessionCodes
  private var people: People
  private let insertion: RowStatement
  private var contexts: [String: SessionContext] = [:]

  init(
    office: String, environment: TrainingsEnvironment, log: ImportLog, _ db: Database
  ) throws {
    self.environment = environment
    self.log = log
    conflicts = try OpenConflicts(db)
    sessions = try SessionCodes(office: office, db)
    people = try People(db)
    insertion = try RowStatement(db, Self.insertion)
    memory = try ImportMemory(kind: .attendance, db)
  }

  mutating func check(_ reading: inout RowReading) {
    let code = reading.values[Place.session]
    if !code.isEmpty {
      switch sessions.find(code) {
      case .one: break
      case .none: reading.errors.append((Place.session, .unknownSession(code)))
      case .several: reading.errors.append((Place.session, .ambiguousSession(code)))
      }
    }
    if reading.values[Place.paternal].isEmpty, reading.values[Place.maternal].isEmpty {
      reading.errors.append((Place.paternal, .missingRequired(fields[Place.paternal].header)))
    }
  }

  mutating func take(
    _ values: [String], _ db: Database, notice: (_ field: Int, ImportReason) -> Void
  ) throws -> RowOutcome {
    guard case .one(let session) = sessions.find(values[Place.session]) else {
      preconditionFailure("check rejects rows whose session is not known")
    }
    let context = try context(session, db)
    let cells = memory.cells(values)
    let document = Self.document(values)
    let name = document == nil ? Self.nameKey(values) : nil
    let remembered = context.remembered(document: document, name: name)
    if let remembered, remembered.cells == cells {
      context.seen.insert(remembered.participant)
      if !context.attendees.contains(remembered.participant) {
        notice(Place.session, .deletedSince)
      }
      return .unchanged
    }
    let (id, isNew) = try person(
      values, document: document, context, remembered: remembered, db)
    let known = remembered ?? context.remembered(participant: id)
    let before = try known.map { try memory.values($0.cells) }
    let isRepeated = !context.seen.insert(id).inserted
    // A new person's row is written whole.
    var changed =
      isNew ? [] : fields.indices.filter { !values[$0].isEmpty && values[$0] != before?[$0] }
    if isRepeated, let before {
      if changed.contains(where: { !before[$0].isEmpty }) { notice(Place.session, .duplicateRow) }
      changed.removeAll { !before[$0].isEmpty }
    }

    let isPersonChanged: Bool
    if isNew {
      try people.insert(id, Array(values[Place.person]))
      isPersonChanged = true
    } else {
      isPersonChanged = try change(id, values, changed, db, notice: notice)
    }
    let outcome = try writeAttendance(context, id, values, changed, db, notice: notice)

    let merged = before.map { memory.merge(values, over: $0, isRepeated: isRepeated) } ?? values
    let mergedCells = before == nil ? cells : memory.cells(merged)
    if mergedCells != known?.cells {
      context.remember(
        Remembered(participant: id, cells: mergedCells), document: Self.document(merged),
        name: Self.nameKey(merged))
    }
    return outcome == .unchanged && isPersonChanged ? .updated : outcome
  }

  mutating func finish(_ db: Database) throws {
    try people.writeChanges(db, log)
    // In the order of the keys each page is written once.
    for session in contexts.keys.sorted() {
      for row in contexts[session]?.news ?? [] {
        let key = "\(session)\t\(row.participant)"
        try memory.remember(row.cells, key)
        // Of a row that is new all around it follows.
        let earlier = contexts[session]?.earlier[row.participant]
        if earlier != nil || !log.isInserted(.attendance, key) {
          try log.remember(key, target: key, before: earlier, after: row.cells)
        }
      }
    }
  }

  private static func document(_ values: [String]) -> IdentityDocument? {
    values[Place.documentNumber].isEmpty
      ? nil
      : IdentityDocument(
        type: values[Place.documentType], number: values[Place.documentNumber])
  }

  private static func nameKey(_ values: [String]) -> String {
    PersonName.key(
      paternal: values[Place.paternal], maternal: values[Place.maternal],
      given: values[Place.given])
  }

  private mutating func context(_ session: String, _ db: Database) throws -> SessionContext {
    if let context = contexts[session] { return context }
    let context = try SessionContext(session: session, db)
    contexts[session] = context
    return context
  }

  /// Whose row it is: the person of the last import, else the bearer of the document, else someone
  /// without a document but with the name in this session, else somebody new.
  private mutating func person(
    _ values: [String], document: IdentityDocument?, _ context: SessionContext,
    remembered: Remembered?, _ db: Database
  ) throws -> (id: String, isNew: Bool) {
    if let remembered, try people.contains(remembered.participant) {
      return (remembered.participant, false)
    }
    guard let document else {
      let name = Self.nameKey(values)
      if let id = try context.withoutDocument(name, db) { return (id, false) }
      let id = environment.newID()
      context.addWithoutDocument(id, name)
      return (id, true)
    }
    if let id = try people.bearer(of: document) { return (id, false) }
    if try context.hasAnyWithoutDocument(db) {
      let name = Self.nameKey(values)
      if let id = try context.withoutDocument(name, db), try people.contains(id) {
        context.removeWithoutDocument(name)
        return (id, false)
      }
    }
    let derived = Identity.participant(
      documentType: document.type, documentNumber: document.number)
    guard try people.contains(derived) else { return (derived, true) }
    // Without its document nobody finds a person who was erased or is reserved; it must not be there
    // twice.
    let key = [CellValue.text(derived)]
    let isKnown =
      try Replica.isErased(db, table: "participant", key: key)
      || Replica.isReserved(db, table: "participant", key: key)
    return isKnown ? (derived, false) : (environment.newID(), true)
  }

  private mutating func change(
    _ id: String, _ values: [String], _ changed: [Int], _ db: Database,
    notice: (_ field: Int, ImportReason) -> Void
  ) throws -> Bool {
    var isChanged = false
    var disputed: Set<String>?
    let person = try people.values(id)
    for field in changed where Place.person.contains(field) {
      let column = field - Place.person.lowerBound
      let current = person[column]
      if current == values[field] { continue }
      if Place.names.contains(field), !current.isEmpty,
        try !Replica.isReserved(db, table: "participant", key: [.text(id)])
      {
        if !PersonName.agree(current, values[field]) { notice(field, .nameKept) }
        continue
      }
      if disputed == nil {
        disputed = try conflicts.columns(db, table: "participant", key: [id])
      }
      if disputed?.contains(fields[field].column) == true {
        notice(field, .disputed)
        continue
      }
      log.show(fields[field].header, from: current.isEmpty ? nil : current, to: values[field])
      people.change(id, column, to: values[field])
      isChanged = true
    }
    return isChanged
  }

  private func writeAttendance(
    _ context: SessionContext, _ id: String, _ values: [String], _ changed: [Int], _ db: Database,
    notice: (_ field: Int, ImportReason) -> Void
  ) throws -> RowOutcome {
    if context.attendees.insert(id).inserted {
      insertion.bindText(1, context.session)
      insertion.bindText(2, id)
      let texts = Place.attendance.map { field in
        field == Place.scale && values[field].isEmpty
          ? CellText.text(defaultScoreScale) : values[field]
      }
      for (index, field) in Place.attendance.enumerated() {
        insertion.bind(index + 3, texts[index], as: fields[field].form.storage)
      }
      try insertion.run()
      try log.insert(.attendance, "\(context.session)\t\(id)", texts)
      return .inserted
    }
    let cells = changed.filter { Place.attendance.contains($0) }.map {
      (field: $0, column: fields[$0].column, value: fields[$0].stored(values[$0]))
    }
    if cells.isEmpty { return .unchanged }
    let row = StoredRow(
      table: "attendance", keyColumns: ["session_id", "participant_id"], key: [context.session, id])
    let isWritten = try row.write(
      cells, sparing: conflicts, log, as: .attendance, fields: fields, db, notice: notice)
    return isWritten == true ? .updated : .unchanged
  }

  private static let insertion = {
    let columns = Place.attendance.map { Field.attendance[$0].column }
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return """
      INSERT INTO attendance (session_id, participant_id, \(columns.joined(separator: ", ")))
      VALUES (?, ?, \(marks))
      """
  }()
}
