import GRDB
import Trainings

/// A participant prepared for comparing names.
struct NameCandidate {
  let id: String
  let paternal: String
  let maternal: String
  let given: [String]
  let document: String?
  let institution: String?
  let workplace: String?

  init(
    id: String, paternal: String, maternal: String?, given: String, document: String? = nil,
    institution: String? = nil, workplace: String? = nil
  ) {
    self.id = id
    self.paternal = NameKey.words(paternal).joined(separator: " ")
    self.maternal = NameKey.words(maternal ?? "").joined(separator: " ")
    self.given = NameKey.words(given)
    self.document = document
    self.institution = institution
    self.workplace = workplace.map(PersonName.folded)
  }

  static func fetch(_ db: Database) throws -> [NameCandidate] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, paternal_surname, maternal_surname, given_names,
          document_type || ' ' || nullif(document_number, ''), institution_code, workplace
        FROM participant ORDER BY id
        """
    ).map { row in
      NameCandidate(
        id: row[0], paternal: row[1], maternal: row[2], given: row[3], document: row[4],
        institution: row[5], workplace: row[6])
    }
  }

  /// Pairs whose names are alike, each once.
  ///
  /// Two participants meet where a surname of one, its start at least, is a surname of the other,
  /// and an initial is shared: a misspelt end of a surname does not keep them apart.
  static func compare(
    _ candidates: [NameCandidate], atLeast least: Double
  ) -> [Pair: NameLikeness] {
    var blocks: [String: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      var keys: Set<String> = []
      for surname in [candidate.paternal, candidate.maternal] where !surname.isEmpty {
        for name in candidate.given.prefix(2) {
          keys.insert("\(surname.prefix(4))|\(name.prefix(1))")
        }
      }
      for key in keys { blocks[key, default: []].append(index) }
    }
    var found: [Pair: NameLikeness] = [:]
    for block in blocks.values where block.count > 1 {
      for (position, first) in block.enumerated() {
        for second in block[(position + 1)...] {
          let one = candidates[first]
          let other = candidates[second]
          let pair = Pair(one.id, other.id)
          guard found[pair] == nil, let likeness = one.likeness(to: other),
            likeness.score >= least
          else { continue }
          found[pair] = likeness
        }
      }
    }
    return found
  }

  /// How alike two are; nil where different documents say that they are not.
  func likeness(to other: NameCandidate) -> NameLikeness? {
    var reasons: [NameLikeness.Reason] = []
    var documents = 0.0
    if let mine = document, let theirs = other.document, mine != theirs {
      // Two documents are two persons, unless one number is the other with a slip.
      guard NameKey.likeness(mine, theirs) >= 0.9 else { return nil }
      documents = 0.05
    }
    let straight = Self.surnames(paternal, other.paternal, maternal, other.maternal)
    let swapped = Self.surnames(paternal, other.maternal, maternal, other.paternal)
    let surnames = max(straight, swapped)
    guard surnames >= 0.7 else { return nil }
    let given = Self.given(self.given, other.given)
    guard given >= 0.7 else { return nil }

    var score = 0.55 * surnames + 0.4 * given
    if score >= 0.9499 {
      reasons.append(.sameName)
    } else {
      reasons.append(.similarName)
    }
    if swapped > straight { reasons.append(.surnamesSwapped) }
    if maternal.isEmpty != other.maternal.isEmpty { reasons.append(.surnameMissing) }
    if self.given.count != other.given.count { reasons.append(.givenNameMissing) }
    if documents > 0 { reasons.append(.similarDocument) }
    if let institution, institution == other.institution {
      reasons.append(.sameInstitution)
      score += 0.02
    }
    if let workplace, workplace == other.workplace {
      reasons.append(.sameWorkplace)
      score += 0.03
    }
    return NameLikeness(score: min(1, score + documents), reasons: reasons)
  }

  /// A missing second surname says less than an equal one, and more than a different one.
  private static func surnames(
    _ a: String, _ b: String, _ c: String, _ d: String
  ) -> Double {
    if a.isEmpty || b.isEmpty { return 0.85 * NameKey.likeness(c, d) }
    if c.isEmpty || d.isEmpty { return 0.85 * NameKey.likeness(a, b) }
    return min(NameKey.likeness(a, b), NameKey.likeness(c, d)) * 0.5
      + (NameKey.likeness(a, b) + NameKey.likeness(c, d)) * 0.25
  }

  /// Each given name of the shorter list with its likest of the longer; one left out costs a
  /// little.
  private static func given(_ mine: [String], _ theirs: [String]) -> Double {
    let short = mine.count <= theirs.count ? mine : theirs
    let long = mine.count <= theirs.count ? theirs : mine
    guard !short.isEmpty else { return 0 }
    let sum = short.reduce(0.0) { sum, name in
      sum + (long.map { NameKey.likeness(name, $0) }.max() ?? 0)
    }
    return sum / Double(short.count) * (long.count == short.count ? 1 : 0.9)
  }
}
