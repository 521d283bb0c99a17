public import GRDB
import Trainings

/// What may stand in the record twice, and waits for a person's decision.
///
/// Participants that share a document are counted as one already; those that are alike are only
/// proposed. Either way the answer is a `person_link`: reversible, and synced. What somebody decided
/// is not proposed again, nor what follows from it.
public struct DuplicateList: Sendable {
  /// A participant as it is shown in a list.
  public struct Person: Hashable, Sendable {
    /// The participant's id.
    public var id: String
    /// Surnames and given names.
    public var name: String
    /// `DNI 4•••••21`; nil without a document.
    public var maskedDocument: String?
    /// The document in full, where the list was asked to show it; else as ``maskedDocument``.
    public var document: String?
    /// The institution's code.
    public var institution: String?
    /// The role's code.
    public var role: String?
    /// Where the person works.
    public var workplace: String?
    /// The department, as registered.
    public var department: String?
    /// How many sessions the participant came to.
    public var attendances: Int
    /// The offices of those sessions, in order.
    public var offices: [String]
  }

  /// Two or more participants that may be one.
  public struct Proposal: Hashable, Sendable {
    /// In the order of their ids.
    public var persons: [Person]
    /// 1 for one document, less for likeness (``NameLikeness/score``), of several pairs the least.
    public var score: Double
    /// Why they are alike.
    public var reasons: [NameLikeness.Reason]
    /// Whether they are counted as one already.
    public var countedAsOne: Bool
  }

  /// Decisions that cannot all be true, with the participants whom they concern.
  public struct Contradiction: Hashable, Sendable {
    /// What contradicts what.
    public var kind: PersonGroups.Contradiction.Kind
    /// The pair in question first, then who else is counted as one with them.
    public var persons: [Person]
  }

  /// The likeness from which a pair is proposed: as likely as not.
  public static let leastScore = 0.5

  /// Shared documents first, then likeness by falling score.
  public let proposals: [Proposal]
  /// Decisions that contradict each other.
  public let contradictions: [Contradiction]
  /// Codes of sessions and deliverables that an office used twice.
  public let codes: [CodeTwice]

  /// Whether nothing waits for a decision.
  public var isEmpty: Bool { proposals.isEmpty && contradictions.isEmpty && codes.isEmpty }

  /// Looks for what nobody has decided about.
  ///
  /// - Parameters:
  ///   - least: The least likeness to be proposed, above 0 and below 1.
  ///   - unmasked: Whether documents are shown in full.
  /// - Complexity: see ``CandidateBlocks``; 100,000 participants take seconds.
  public static func find(
    _ db: Database, atLeast least: Double = leastScore, unmasked: Bool = false
  ) throws -> DuplicateList {
    let groups = try PersonGroups.load(db)
    let finder = try DuplicateFinder(db)
    let shown = try PersonReader(db, unmasked: unmasked)
    var proposals: [Proposal] = []
    for document in groups.undecided {
      let first = document.participants[0]
      let differ = document.participants.dropFirst().contains { finder.namesDiffer(first, $0) }
      proposals.append(
        Proposal(
          persons: try document.participants.compactMap(shown.person), score: 1,
          reasons: differ ? [.sameDocument, .otherName] : [.sameDocument], countedAsOne: true))
    }
    let open = Undecided(groups).open(finder.pairs(atLeast: least))
    proposals += try LikeGroup.joined(open).map { group in
      Proposal(
        persons: try group.participants.compactMap(shown.person), score: group.score,
        reasons: group.reasons, countedAsOne: false)
    }
    let contradictions = try groups.contradictions.map { contradiction in
      let others = contradiction.group.filter { !contradiction.participants.contains($0) }
      return Contradiction(
        kind: contradiction.kind,
        persons: try (contradiction.participants + others).compactMap(shown.person))
    }
    return DuplicateList(
      proposals: proposals, contradictions: contradictions, codes: try CodeTwice.find(db))
  }

  /// Who is counted as one person by decisions or by a shared document, each group in order.
  public static func decided(_ db: Database, unmasked: Bool = false) throws -> [[Person]] {
    let shown = try PersonReader(db, unmasked: unmasked)
    return try PersonGroups.load(db).groups.map { try $0.compactMap(shown.person) }
      .filter { $0.count > 1 }
  }

  /// A participant as lists show it; nil where there is none of that id.
  public static func person(
    _ id: String, unmasked: Bool = false, _ db: Database
  ) throws -> Person? {
    try PersonReader(db, unmasked: unmasked).person(id)
  }
}

/// Reads participants one by one, as lists show them.
private struct PersonReader {
  private let statement: Statement
  private let unmasked: Bool

  init(_ db: Database, unmasked: Bool) throws {
    self.unmasked = unmasked
    statement = try db.makeStatement(
      sql: """
        SELECT id, trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', '
            || given_names,
          document_type, nullif(document_number, ''), institution_code, role_code, workplace,
          department, (SELECT count(*) FROM attendance WHERE participant_id = p.id),
          (SELECT group_concat(office_code) FROM (SELECT DISTINCT s.office_code
            FROM attendance AS a JOIN training_session AS s ON s.id = a.session_id
            WHERE a.participant_id = p.id ORDER BY 1))
        FROM participant AS p WHERE id = ?
        """)
  }

  func person(_ id: String) throws -> DuplicateList.Person? {
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    let type: String? = row[2]
    let number: String? = row[3]
    func document(_ shown: (String) -> String) -> String? {
      number.map { (type.map { "\($0) " } ?? "") + shown($0) }
    }
    let offices: String? = row[9]
    return DuplicateList.Person(
      id: row[0], name: row[1], maskedDocument: document(IdentityDocument.masked),
      document: document { unmasked ? $0 : IdentityDocument.masked($0) }, institution: row[4],
      role: row[5], workplace: row[6], department: row[7], attendances: row[8],
      offices: offices.map { $0.split(separator: ",").map(String.init) } ?? [])
  }
}

/// Leaves out what is decided, or follows from decisions.
private struct Undecided {
  private let groups: PersonGroups
  private let different: Set<Pair>

  init(_ groups: PersonGroups) {
    self.groups = groups
    // Whoever is different from one participant is different from the person.
    different = Set(
      groups.different.map {
        Pair(groups.representative(of: $0.low), groups.representative(of: $0.high))
      })
  }

  /// One pair, the likeliest, for each two persons that nobody has decided about.
  func open(_ pairs: [DuplicateFinder.PairLikeness]) -> [DuplicateFinder.PairLikeness] {
    var best: [Pair: DuplicateFinder.PairLikeness] = [:]
    for found in pairs {
      let persons = Pair(
        groups.representative(of: found.pair.low), groups.representative(of: found.pair.high))
      guard persons.low != persons.high, !different.contains(persons) else { continue }
      if let known = best[persons], known.likeness.score >= found.likeness.score { continue }
      best[persons] = found
    }
    return best.values.sorted { left, right in
      (right.likeness.score, left.pair.low, left.pair.high)
        < (left.likeness.score, right.pair.low, right.pair.high)
    }
  }
}

/// Participants that are all alike, each to each: proposed together, so that one decision does.
private struct LikeGroup {
  var participants: [String]
  var score: Double
  var reasons: [NameLikeness.Reason]

  /// Groups of three and more where every pair was found; the rest stays in pairs.
  static func joined(_ pairs: [DuplicateFinder.PairLikeness]) -> [LikeGroup] {
    var union = UnionFind()
    for found in pairs { union.join(found.pair.low, found.pair.high) }
    var members: [String: Set<String>] = [:]
    var count: [String: Int] = [:]
    for found in pairs {
      let root = union.find(found.pair.low)
      members[root, default: []].formUnion(found.pair.ids)
      count[root, default: 0] += 1
    }
    var groups: [LikeGroup] = []
    var places: [String: Int] = [:]
    for found in pairs {
      let root = union.find(found.pair.low)
      let size = members[root]?.count ?? 2
      guard size > 2, count[root] == size * (size - 1) / 2 else {
        groups.append(
          LikeGroup(
            participants: found.pair.ids, score: found.likeness.score,
            reasons: found.likeness.reasons))
        continue
      }
      if let place = places[root] {
        // Pairs come by falling score.
        groups[place].score = found.likeness.score
        groups[place].reasons += found.likeness.reasons.filter {
          !groups[place].reasons.contains($0)
        }
      } else {
        places[root] = groups.count
        groups.append(
          LikeGroup(
            participants: (members[root] ?? []).sorted(), score: found.likeness.score,
            reasons: found.likeness.reasons))
      }
    }
    return groups
  }
}
