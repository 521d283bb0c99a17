public import GRDB
public import Trainings

/// The table at the door of an event: takes one line after the other, and says what became of it.
///
/// With somebody at a terminal it asks before it writes what could be meant otherwise; without, a
/// line that leaves a question is refused, and nothing waits. See ``EventLine`` for what a line says.
public struct EventDesk: Sendable {
  /// A person who may be the one that is being entered.
  public struct Resemblance: Hashable, Sendable {
    /// Who.
    public var person: EventEntry.Person
    /// How likely, and why.
    public var likeness: NameLikeness
  }

  /// What became of a line, or what is asked.
  public enum Reply: Hashable, Sendable {
    case marked(EventEntry.Person, EventEntry.Mark, isNew: Bool, resembling: [Resemblance])
    /// Enter marks the person; scores may be given with it.
    case confirm(EventEntry.Person)
    /// A number chooses.
    case choose([EventEntry.Person])
    /// Nobody is known by that; a new person in one line, or Enter for none.
    case describe(document: String?)
    /// A number says that it is that person; Enter that it is a new one.
    case resembles([Resemblance])
    case undone(EventEntry.Person?)
    case nothingToUndo
    /// The person in question was not marked.
    case leftOut(EventEntry.Person)
    case cancelled
    case help
    case end
    case refused(TrainingsError)
    case unreadable
  }

  private enum State: Sendable {
    case ready
    case confirming(EventEntry.Person, byDocument: Bool)
    case choosing([EventEntry.Person], [String: String])
    case describing(document: String?)
    case deciding([Resemblance], person: [String: String], attendance: [String: String])
  }

  private var entry: EventEntry
  private var finder: DuplicateFinder
  private let asks: Bool
  private var state = State.ready

  private var newIDs: Set<String> = []
  private var doubtfulIDs: Set<String> = []

  /// How many persons were added, less those taken back.
  public var newPersons: Int { newIDs.count }
  /// How many of them resemble others, for somebody to decide about.
  public var doubtful: Int { doubtfulIDs.count }

  /// Opens the table for a session.
  ///
  /// - Parameter asks: Whether somebody is there to answer.
  public init(entry: EventEntry, asks: Bool, in db: Database) throws {
    self.entry = entry
    self.asks = asks
    finder = try DuplicateFinder(db)
  }

  /// Whether an empty line answers a question.
  public var isWaiting: Bool {
    if case .ready = state { false } else { true }
  }

  /// Takes a line; several replies where it also answers the one before.
  public mutating func take(
    _ line: String, in db: Database, environment: TrainingsEnvironment
  ) throws -> [Reply] {
    do {
      return try replies(line, db, environment)
    } catch let error as TrainingsError {
      return [.refused(error)]
    }
  }

  /// What is left open when the lines end; somebody who was found by document counts as marked.
  public mutating func finish(in db: Database) throws -> [Reply] {
    guard case .confirming(let person, let byDocument) = state else { return [] }
    state = .ready
    return [byDocument ? try mark(person.id, [:], db) : .leftOut(person)]
  }

  /// What stands in the session now.
  public func summary(in db: Database) throws -> EventEntry.Summary {
    try entry.summary(in: db)
  }

  private mutating func replies(
    _ line: String, _ db: Database, _ environment: TrainingsEnvironment
  ) throws -> [Reply] {
    let parsed = EventLine(line)
    switch state {
    case .ready:
      guard let parsed else { return [.unreadable] }
      return [try first(parsed, db, environment)]
    case .confirming(let person, let byDocument):
      return try confirm(person, byDocument: byDocument, line, parsed, db, environment)
    case .choosing(let persons, let values):
      state = .ready
      guard let chosen = choice(line, persons) else {
        guard let parsed, parsed != .empty else { return [.cancelled] }
        return [.cancelled, try first(parsed, db, environment)]
      }
      return [try mark(chosen.id, values, db)]
    case .describing(let document):
      if parsed == .empty || parsed == .undo || parsed == .end {
        state = .ready
        return parsed == .end ? [.cancelled, .end] : [.cancelled]
      }
      guard let values = EventLine.newPerson(document: document ?? "", line) else {
        return [.unreadable]
      }
      return [try register(values.person, values.attendance, db, environment)]
    case .deciding(let resembling, let person, let attendance):
      if parsed == .undo || parsed == .end {
        state = .ready
        return parsed == .end ? [.cancelled, .end] : [.cancelled]
      }
      if let chosen = choice(line, resembling) {
        state = .ready
        try complete(chosen.person.id, person, db)
        return [try mark(chosen.person.id, attendance, db)]
      }
      guard parsed == .empty else { return [.resembles(resembling)] }
      state = .ready
      return [try add(person, attendance, resembling, db, environment)]
    }
  }

  private func choice<Item>(_ line: String, _ items: [Item]) -> Item? {
    Int(line.filter { !$0.isWhitespace }).flatMap {
      items.indices.contains($0 - 1) ? items[$0 - 1] : nil
    }
  }

  private mutating func first(
    _ line: EventLine, _ db: Database, _ environment: TrainingsEnvironment
  ) throws -> Reply {
    switch line {
    case .empty, .help: return .help
    case .end: return .end
    case .undo:
      guard let id = try entry.undo(in: db) else { return .nothingToUndo }
      let person = try? entry.person(id, db)
      if person == nil {
        newIDs.remove(id)
        doubtfulIDs.remove(id)
      }
      return .undone(person)
    case .new(let person, let attendance):
      return try register(person, attendance, db, environment)
    case .person(let text, let values):
      let found = try entry.find(text, in: db)
      let isDocument = text.utf8.contains { (0x30...0x39).contains($0) }
      guard let only = found.first else {
        guard asks else { throw TrainingsError(.unknownParticipant) }
        state = .describing(document: isDocument ? text : nil)
        return .describe(document: isDocument ? text : nil)
      }
      guard found.count == 1 else {
        guard asks else { throw TrainingsError(.ambiguousParticipant) }
        state = .choosing(found, values)
        return .choose(found)
      }
      if asks, values.isEmpty {
        state = .confirming(only, byDocument: isDocument)
        return .confirm(only)
      }
      return try mark(only.id, values, db)
    }
  }

  private mutating func confirm(
    _ person: EventEntry.Person, byDocument: Bool, _ line: String, _ parsed: EventLine?,
    _ db: Database, _ environment: TrainingsEnvironment
  ) throws -> [Reply] {
    let word = PersonName.folded(line)
    if ["n", "no", "."].contains(word) {
      state = .ready
      return [.leftOut(person)]
    }
    if parsed == .help { return [.help, .confirm(person)] }
    if let values = scores(line) {
      let reply = try mark(person.id, values, db)
      state = .ready
      return [reply]
    }
    // The next person was given without an Enter for this one.
    state = .ready
    let pending = byDocument ? try mark(person.id, [:], db) : .leftOut(person)
    guard let parsed else { return [pending, .unreadable] }
    return [pending, try first(parsed, db, environment)]
  }

  /// The scores that a line holds, none where it is empty; nil where it says something else.
  private func scores(_ line: String) -> [String: String]? {
    guard let values = EventLine.attendance(line) else { return nil }
    let numbers = ["pre_score", "post_score"].compactMap { values[$0] }
    let areScores = numbers.allSatisfy { number in
      number.count <= 5 && number.allSatisfy { $0.isNumber || $0 == "." || $0 == "," }
    }
    return areScores ? values : nil
  }

  private mutating func mark(
    _ id: String, _ values: [String: String], _ db: Database, isNew: Bool = false,
    resembling: [Resemblance] = []
  ) throws -> Reply {
    let mark = try entry.mark(id, values, in: db)
    return .marked(try entry.person(id, db), mark, isNew: isNew, resembling: resembling)
  }

  private mutating func register(
    _ person: [String: String], _ attendance: [String: String], _ db: Database,
    _ environment: TrainingsEnvironment
  ) throws -> Reply {
    // Somebody who bears the document is no new person.
    if let number = person["document_number"] {
      let name = (person["document_type"].map { "\($0):" } ?? "") + number
      if let known = try entry.find(name, in: db).first {
        state = .ready
        return try mark(known.id, attendance, db)
      }
    }
    let resembling = try finder.resembling(person).map {
      Resemblance(person: try entry.person($0.id, db), likeness: $0.likeness)
    }
    if asks, !resembling.isEmpty {
      try check(person, attendance, db, environment)
      state = .deciding(resembling, person: person, attendance: attendance)
      return .resembles(resembling)
    }
    return try add(person, attendance, resembling, db, environment)
  }

  /// Finds out whether the values can be written, before anybody is asked about them.
  private func check(
    _ person: [String: String], _ attendance: [String: String], _ db: Database,
    _ environment: TrainingsEnvironment
  ) throws {
    try db.inSavepoint {
      var trial = entry
      let id = try trial.register(person, in: db, environment: environment)
      _ = try trial.mark(id, attendance, in: db)
      return .rollback
    }
  }

  private mutating func add(
    _ person: [String: String], _ attendance: [String: String], _ resembling: [Resemblance],
    _ db: Database, _ environment: TrainingsEnvironment
  ) throws -> Reply {
    var added = entry
    var reply = Reply.unreadable
    // A score that is refused leaves no person without an attendance behind.
    try db.inSavepoint {
      let id = try added.register(person, in: db, environment: environment)
      let mark = try added.mark(id, attendance, in: db)
      reply = .marked(
        try added.person(id, db), mark, isNew: true, resembling: resembling)
      finder.add(person, id: id)
      return .commit
    }
    entry = added
    state = .ready
    if case .marked(let person, _, _, _) = reply {
      newIDs.insert(person.id)
      if !resembling.isEmpty { doubtfulIDs.insert(person.id) }
    }
    return reply
  }

  /// Gives a person who was known without it the document that was typed.
  private func complete(_ id: String, _ person: [String: String], _ db: Database) throws {
    guard let number = person["document_number"],
      try entry.person(id, db).maskedDocument == nil
    else { return }
    var values = ["document_number": number]
    values["document_type"] = person["document_type"] ?? "DNI"
    try Participants.edit(id, values, in: db)
  }
}
