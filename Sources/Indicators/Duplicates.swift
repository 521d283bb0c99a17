public import GRDB
import Trainings

/// Participants that may be one person: those that share a document, and those with similar names.
///
/// The first are counted as one already; the second are only proposed. Both wait for a person's
/// decision, which is a `person_link`: reversible, and synced.
public struct DuplicateList: Sendable {
  /// A participant as it is shown in a list: its document masked.
  public struct Person: Hashable, Sendable {
    /// The participant's id.
    public var id: String
    /// Surnames and given names.
    public var name: String
    /// `DNI 4•••••21`; nil without a document.
    public var maskedDocument: String?
    /// The institution's code.
    public var institution: String?
    /// Where the person works.
    public var workplace: String?
  }

  /// Two or more participants that may be one.
  public struct Proposal: Hashable, Sendable {
    /// In the order of their ids.
    public var persons: [Person]
    /// 1 for one document, less for similar names.
    public var score: Double
    /// Why the names are alike.
    public var reasons: [NameLikeness.Reason]
    /// Whether they are counted as one already.
    public var countedAsOne: Bool
  }

  /// Shared documents first, then similar names by falling score.
  public let proposals: [Proposal]

  /// Looks for participants that nobody has decided about.
  ///
  /// - Parameter atLeast: The least likeness to be proposed, 0…1.
  /// - Complexity: names are compared within blocks of one folded surname, in either order, and
  ///   initial.
  public static func find(_ db: Database, atLeast least: Double = 0.8) throws -> DuplicateList {
    let groups = try PersonGroups.load(db)
    let decided = Set(
      try Row.fetchAll(db, sql: "SELECT participant_id, same_as FROM person_link").map {
        Pair($0[0], $0[1])
      })
    var proposals: [Proposal] = []
    for document in groups.undecided {
      proposals.append(
        Proposal(
          persons: try document.participants.compactMap { try person($0, db) }, score: 1,
          reasons: [.sameDocument], countedAsOne: true))
    }

    let candidates = try NameCandidate.fetch(db)
    var similar: [(pair: Pair, likeness: NameLikeness)] = []
    for (pair, likeness) in NameCandidate.compare(candidates, atLeast: least) {
      guard !decided.contains(pair),
        groups.representative(of: pair.low) != groups.representative(of: pair.high)
      else { continue }
      similar.append((pair, likeness))
    }
    similar.sort { left, right in
      (right.likeness.score, left.pair.low, left.pair.high)
        < (left.likeness.score, right.pair.low, right.pair.high)
    }
    for (pair, likeness) in similar {
      proposals.append(
        Proposal(
          persons: try [pair.low, pair.high].compactMap { try person($0, db) },
          score: likeness.score, reasons: likeness.reasons, countedAsOne: false))
    }
    return DuplicateList(proposals: proposals)
  }

  private static func person(_ id: String, _ db: Database) throws -> Person? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', ' || given_names,
          document_type, document_number, institution_code, workplace
        FROM participant WHERE id = ?
        """, arguments: [id])
    guard let row else { return nil }
    let type: String? = row[1]
    let number: String? = row[2]
    let masked = number.map { "\(type.map { "\($0) " } ?? "")\(IdentityDocument.masked($0))" }
    return Person(
      id: id, name: row[0], maskedDocument: masked, institution: row[3], workplace: row[4])
  }
}

/// Decisions on whether two participants are one person.
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
  /// - Parameter at: The instant of the decision, ISO in UTC; the latest about a pair holds.
  public static func merge(
    _ db: Database, _ participants: [String], by: String?, at: String, newID: () -> String
  ) throws {
    try decide(db, participants, "same", by: by, at: at, newID: newID)
  }

  /// Writes that participants are different persons, each from the first.
  public static func separate(
    _ db: Database, _ participants: [String], by: String?, at: String, newID: () -> String
  ) throws {
    try decide(db, participants, "different", by: by, at: at, newID: newID)
  }

  private static func decide(
    _ db: Database, _ participants: [String], _ decision: String, by: String?, at: String,
    newID: () -> String
  ) throws {
    for id in participants {
      let exists = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM participant WHERE id = ?)", arguments: [id])
      guard exists == true else { throw Failure.unknownParticipant(id) }
    }
    guard let first = participants.first else { return }
    for other in participants.dropFirst() {
      guard other != first else { throw Failure.oneParticipant(first) }
      try db.execute(
        sql: """
          INSERT INTO person_link (id, participant_id, same_as, decision, decided_by, decided_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """, arguments: [newID(), other, first, decision, by, at])
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
