/// Which participants are one person.
///
/// Two rows are one person where somebody decided so (`person_link`, the latest decision about the
/// pair), or where both bear the same document and nobody decided that they are different. The
/// second is computed and never written: it disappears when a document is corrected.
///
/// Decisions lead on: where *a* is *b* and *b* is *c*, all three are one person. A decision that two
/// of them are different does not cut such a chain, since nobody can say where; it stands in
/// ``contradictions`` until somebody decides again.
///
/// Pure: it is given links and documents, and knows no database.
public struct PersonGroups: Sendable {
  /// A decision about two participants, as a row of `person_link` holds it.
  public struct Link: Hashable, Sendable {
    /// The decision's id.
    public var id: String
    /// One participant's id.
    public var participant: String
    /// The other participant's id.
    public var sameAs: String
    /// Whether they are one person; else they are two.
    public var isSame: Bool
    /// When it was decided, as an ISO instant.
    public var decidedAt: String?

    /// A decision of all its parts.
    public init(
      id: String, participant: String, sameAs: String, isSame: Bool, decidedAt: String?
    ) {
      self.id = id
      self.participant = participant
      self.sameAs = sameAs
      self.isSame = isSame
      self.decidedAt = decidedAt
    }
  }

  /// Participants with one document that count as one person though nobody decided it.
  public struct SharedDocument: Hashable, Sendable {
    /// The document's type.
    public let type: String
    /// The document's number.
    public let number: String
    /// Participant ids in order, at least two.
    public let participants: [String]

    /// A document that several participants bear.
    public init(type: String, number: String, participants: [String]) {
      self.type = type
      self.number = number
      self.participants = participants
    }
  }

  /// Decisions that cannot all be true.
  public struct Contradiction: Hashable, Sendable {
    /// What contradicts what.
    public enum Kind: String, Hashable, Sendable {
      /// Two decisions about the pair itself, made without sight of each other; the later holds.
      case pair
      /// Decided to be different, and one person by other decisions; they count as one.
      case chain
    }

    /// What contradicts what.
    public let kind: Kind
    /// The two participants, in the order of their ids.
    public let participants: [String]
    /// Everybody who is counted as one with either of them, in order.
    public let group: [String]
  }

  /// Decisions that cannot all be true, in the order of their participants.
  public let contradictions: [Contradiction]

  /// Pairs that were decided to be different, and count as such or contradict other decisions.
  let different: Set<Pair>

  /// Representatives of all participants that are not alone; the least id of each group.
  public let representatives: [String: String]

  /// Documents on several ids with a pair that nobody has decided about.
  public let undecided: [SharedDocument]

  /// The groups that follow from decisions and documents.
  ///
  /// - Complexity: O(*n*) in the rows given, but for pairs with one document that were decided to
  ///   be different, each of which is compared with each automatic pair.
  public init(links: [Link], documents: [SharedDocument]) {
    var latest: [Pair: Link] = [:]
    var decisions: [Pair: Set<Bool>] = [:]
    for link in links where link.participant != link.sameAs {
      let pair = Pair(link.participant, link.sameAs)
      decisions[pair, default: []].insert(link.isSame)
      if let known = latest[pair], !Self.precedes(known, link) { continue }
      latest[pair] = link
    }

    var union = UnionFind()
    var different: [Pair] = []
    for (pair, link) in latest {
      if link.isSame { union.join(pair.low, pair.high) } else { different.append(pair) }
    }

    var undecided: [SharedDocument] = []
    for document in documents {
      let ids = document.participants
      var isOpen = false
      for (index, first) in ids.enumerated() {
        for second in ids[(index + 1)...] where latest[Pair(first, second)] == nil {
          let a = union.find(first)
          let b = union.find(second)
          if a == b {
            isOpen = isOpen || !Self.decided(first, second, in: latest, among: ids)
            continue
          }
          // A decision that two are different also holds against what documents alone would join.
          let separated = different.contains { pair in
            let low = union.find(pair.low)
            let high = union.find(pair.high)
            return (low == a && high == b) || (low == b && high == a)
          }
          if separated { continue }
          union.join(first, second)
          isOpen = true
        }
      }
      if isOpen { undecided.append(document) }
    }
    let representatives = union.representatives
    self.representatives = representatives
    self.undecided = undecided
    self.different = Set(different)
    var members: [String: [String]] = [:]
    for (id, representative) in representatives { members[representative, default: []].append(id) }
    func group(_ pair: Pair) -> [String] {
      Set(
        [pair.low, pair.high].flatMap { id in representatives[id].flatMap { members[$0] } ?? [id] }
      ).sorted()
    }
    let pairs = decisions.filter { $0.value.count > 1 }.map {
      Contradiction(kind: .pair, participants: $0.key.ids, group: group($0.key))
    }
    let chains = different.filter { pair in
      representatives[pair.low] != nil && representatives[pair.low] == representatives[pair.high]
    }.map { Contradiction(kind: .chain, participants: $0.ids, group: group($0)) }
    contradictions = (pairs + chains).sorted {
      $0.participants.lexicographicallyPrecedes($1.participants)
        || $0.participants == $1.participants && $0.kind == .chain && $1.kind == .pair
    }
  }

  /// The participants that count as one person with another, each group and the groups in order.
  public var groups: [[String]] {
    Dictionary(grouping: representatives.keys) { representatives[$0] ?? $0 }.values
      .map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// The id under which a participant is counted.
  public func representative(of participant: String) -> String {
    representatives[participant] ?? participant
  }

  private static func precedes(_ left: Link, _ right: Link) -> Bool {
    let mine = left.decidedAt ?? ""
    let theirs = right.decidedAt ?? ""
    return mine == theirs ? left.id < right.id : mine < theirs
  }

  /// Whether decisions that two are the same lead from one participant to another.
  private static func decided(
    _ first: String, _ second: String, in latest: [Pair: Link], among ids: [String]
  ) -> Bool {
    var reached: Set = [first]
    var open = [first]
    while let id = open.popLast() {
      for other in ids where !reached.contains(other) {
        guard latest[Pair(id, other)]?.isSame == true else { continue }
        if other == second { return true }
        reached.insert(other)
        open.append(other)
      }
    }
    return false
  }
}

/// Two ids without an order.
struct Pair: Hashable, Sendable {
  let low: String
  let high: String

  init(_ a: String, _ b: String) {
    low = min(a, b)
    high = max(a, b)
  }

  var ids: [String] { [low, high] }
}

/// Disjoint sets of ids; the least id of a set stands for it.
struct UnionFind {
  private var parents: [String: String] = [:]

  mutating func find(_ id: String) -> String {
    var root = id
    while let parent = parents[root] { root = parent }
    var step = id
    while let parent = parents[step], parent != root {
      parents[step] = root
      step = parent
    }
    return root
  }

  mutating func join(_ a: String, _ b: String) {
    let first = find(a)
    let second = find(b)
    if first == second { return }
    parents[max(first, second)] = min(first, second)
  }

  /// Every id that was joined to another, with the one that stands for it, itself included.
  var representatives: [String: String] {
    var copy = self
    var result: [String: String] = [:]
    for id in parents.keys {
      let root = copy.find(id)
      result[id] = root
      result[root] = root
    }
    return result
  }
}
