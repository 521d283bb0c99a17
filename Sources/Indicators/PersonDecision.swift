public import GRDB

/// Decisions on whether two participants are one person.
///
/// A pair is decided in one row: who decides again, having seen it, changes that row, and its history
/// stays in the change log. Two rows about one pair were made without sight of each other; where they
/// differ, the later holds and ``PersonGroups/contradictions`` lists them.
public enum PersonDecision {
  /// Why a decision cannot be written.
  public enum Failure: Error, Hashable, Sendable {
    /// No participant has this id.
    case unknownParticipant(String)
    /// One id was given twice.
    case oneParticipant(String)
  }

  /// Writes that participants are one person: the second and later ones are the first.
  ///
  /// Earlier decisions among any two of them are answered too.
  ///
  /// - Parameter at: The instant of the decision, ISO in UTC.
  /// - Returns: The contradictions that are left among the participants' groups.
  @discardableResult
  public static func merge(
    _ db: Database, _ participants: [String], by: String?, at: String, newID: () -> String
  ) throws -> [PersonGroups.Contradiction] {
    try check(db, participants)
    for (place, one) in participants.enumerated().dropFirst() {
      for other in participants[..<place] {
        try write(
          db, one, other, "same", insert: other == participants[0], by: by, at: at, newID: newID)
      }
    }
    return try contradictions(db, participants)
  }

  /// Writes that participants are different persons, each from the first.
  ///
  /// - Returns: The contradictions that are left: other decisions may still make one person of them.
  @discardableResult
  public static func separate(
    _ db: Database, _ participants: [String], by: String?, at: String, newID: () -> String
  ) throws -> [PersonGroups.Contradiction] {
    try check(db, participants)
    for other in participants.dropFirst() {
      try write(
        db, other, participants[0], "different", insert: true, by: by, at: at, newID: newID)
    }
    return try contradictions(db, participants)
  }

  private static func check(_ db: Database, _ participants: [String]) throws {
    for (place, id) in participants.enumerated() {
      let exists = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM participant WHERE id = ?)", arguments: [id])
      guard exists == true else { throw Failure.unknownParticipant(id) }
      guard !participants[..<place].contains(id) else { throw Failure.oneParticipant(id) }
    }
  }

  private static func write(
    _ db: Database, _ one: String, _ other: String, _ decision: String, insert: Bool, by: String?,
    at: String, newID: () -> String
  ) throws {
    let known = try String.fetchAll(
      db,
      sql: """
        SELECT decision FROM person_link
        WHERE (participant_id = ?1 AND same_as = ?2) OR (participant_id = ?2 AND same_as = ?1)
        """, arguments: [one, other])
    if known.isEmpty {
      guard insert else { return }
      try db.execute(
        sql: """
          INSERT INTO person_link (id, participant_id, same_as, decision, decided_by, decided_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """, arguments: [newID(), one, other, decision, by, at])
    } else if known.contains(where: { $0 != decision }) {
      try db.execute(
        sql: """
          UPDATE person_link SET decision = ?3, decided_by = ?4, decided_at = ?5
          WHERE (participant_id = ?1 AND same_as = ?2) OR (participant_id = ?2 AND same_as = ?1)
          """, arguments: [one, other, decision, by, at])
    }
  }

  private static func contradictions(
    _ db: Database, _ participants: [String]
  ) throws -> [PersonGroups.Contradiction] {
    try PersonGroups.load(db).contradictions.filter {
      !Set($0.group).isDisjoint(with: participants)
    }
  }
}

extension PersonDecision.Failure: CustomStringConvertible {
  /// The sentence in English.
  public var description: String { message(spanish: false) }

  /// What went wrong, for the reader who can mend it.
  public func message(spanish: Bool) -> String {
    switch self {
    case .unknownParticipant(let id):
      spanish
        ? "ningún participante tiene el identificador \(id)" : "no participant has the id \(id)"
    case .oneParticipant(let id):
      spanish
        ? "el identificador \(id) se dio dos veces; dé dos participantes distintos"
        : "the id \(id) was given twice; give two different participants"
    }
  }
}
