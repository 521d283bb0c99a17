public import GRDB
internal import Replica

/// Finds participants that may be one person, among all of them or for one who is being entered.
///
/// Reads the record once; what is written afterwards it does not see, but for what it is told with
/// ``add(_:id:)``.
public struct DuplicateFinder: Sendable {
  /// A participant that may be the person looked for.
  public struct Match: Hashable, Sendable {
    /// The participant's id.
    public var id: String
    /// How likely, and why.
    public var likeness: NameLikeness
  }

  struct PairLikeness {
    var pair: Pair
    var likeness: NameLikeness
  }

  private var ids: [String] = []
  private var candidates: [NameCandidate] = []
  private var reader = CandidateReader()
  private let blocks: CandidateBlocks
  private let model: LikenessModel

  /// Participants told of since the record was read, beside the blocks.
  private var added: [Int] = []

  /// Reads every participant.
  public init(_ db: Database) throws {
    let columns = [
      "id", "document_type", "document_number", "paternal_surname", "maternal_surname",
      "given_names", "sex", "institution_code", "workplace", "department", "phone", "email",
    ]
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(columns.joined(separator: ", ")) FROM participant ORDER BY id")
    // What stands in the place of a name makes nobody alike.
    let nameless = try Replica.keysWithoutValues(db, table: "participant")
    while let row = try rows.next() {
      if nameless.contains(row[0]) { continue }
      ids.append(row[0])
      candidates.append(reader.candidate { column in places[column].flatMap { row[$0] } })
    }
    model = LikenessModel(reader, count: candidates.count)
    blocks = CandidateBlocks(candidates, reader)
  }

  /// The participants that may be a person of these values (by column), the likeliest first.
  public func resembling(
    _ values: [String: String], atLeast least: Double = DuplicateList.leastScore, limit: Int = 5
  ) -> [Match] {
    var reader = reader
    let candidate = reader.candidate { values[$0] }
    let model = LikenessModel(reader, count: candidates.count)
    let near = blocks.candidates(sharing: candidate, reader).map(Int.init) + added
    var matches: [Match] = []
    for index in near {
      guard let likeness = model.compare(candidate, candidates[index], atLeast: least) else {
        continue
      }
      matches.append(Match(id: ids[index], likeness: likeness))
    }
    matches.sort { ($1.likeness.score, $0.id) < ($0.likeness.score, $1.id) }
    return Array(matches.prefix(limit))
  }

  /// Takes in a participant that was written after the record was read.
  public mutating func add(_ values: [String: String], id: String) {
    added.append(candidates.count)
    ids.append(id)
    candidates.append(reader.candidate { values[$0] })
  }

  /// Every pair at least so likely to be one person, in the order of ids.
  func pairs(atLeast least: Double) -> [PairLikeness] {
    var found: [(pair: UInt64, likeness: NameLikeness)] = []
    candidates.withUnsafeBufferPointer { candidates in
      blocks.forEachBlock { block in
        for (place, first) in zip(block.indices, block) {
          for second in block[(place + 1)...] where second.candidate != first.candidate {
            guard
              let likeness = model.compare(
                candidates[Int(first.candidate)], candidates[Int(second.candidate)], atLeast: least)
            else { continue }
            found.append(
              (UInt64(first.candidate) << 32 | UInt64(second.candidate), likeness))
          }
        }
      }
    }
    found.sort { $0.pair < $1.pair }
    var last: UInt64?
    return found.compactMap { pair, likeness in
      defer { last = pair }
      if pair == last { return nil }
      return PairLikeness(
        pair: Pair(ids[Int(pair >> 32)], ids[Int(pair & 0xffff_ffff)]), likeness: likeness)
    }
  }

  /// Whether two participants' names contradict each other, whatever their documents.
  func namesDiffer(_ one: String, _ other: String) -> Bool {
    guard let a = index(of: one), let b = index(of: other) else { return false }
    return model.namesContradict(candidates[a], candidates[b])
  }

  private func index(of id: String) -> Int? {
    // Ids were read in SQLite's order, which is the order of their bytes.
    var low = 0
    var high = candidates.count - added.count
    while low < high {
      let middle = (low + high) / 2
      if ids[middle].utf8.lexicographicallyPrecedes(id.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < ids.count && ids[low] == id ? low : nil
  }
}
