/// Which candidates are worth comparing: those that share two parts of a name in any order, or a
/// document but for one character, or a way to reach them.
///
/// A name that is misspelt in one part, lacks one, or has its surnames swapped still shares two
/// others. A block is a run of equal keys in a sorted array.
///
/// - Complexity: building O(*n* log *n*); pairs grow with the squares of the shares of names in the
///   record, not with the square of its size times a constant: in 100,000 persons with the names of
///   the southern Andes some 0.2 % of all pairs share a block, and most of those are told apart by
///   their documents.
struct CandidateBlocks: Sendable {
  struct Entry: Sendable {
    var key: UInt64
    var candidate: Int32
  }

  private(set) var entries: [Entry] = []

  init(_ candidates: [NameCandidate], _ reader: CandidateReader) {
    entries.reserveCapacity(candidates.count * 16)
    for (index, candidate) in candidates.enumerated() {
      Self.keys(of: candidate, reader) { key in
        entries.append(Entry(key: key, candidate: Int32(index)))
      }
    }
    entries.sort { ($0.key, $0.candidate) < ($1.key, $1.candidate) }
  }

  /// The candidates that share a key with one that is not among them.
  func candidates(sharing candidate: NameCandidate, _ reader: CandidateReader) -> Set<Int32> {
    var found: Set<Int32> = []
    Self.keys(of: candidate, reader) { key in
      var low = 0
      var high = entries.count
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].key < key { low = middle + 1 } else { high = middle }
      }
      while low < entries.count, entries[low].key == key {
        found.insert(entries[low].candidate)
        low += 1
      }
    }
    return found
  }

  /// Calls with every run of candidates that share a key, at least two.
  func forEachBlock(_ body: (ArraySlice<Entry>) -> Void) {
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].key == entries[start].key { end += 1 }
      if end - start > 1 { body(entries[start..<end]) }
      start = end
    }
  }

  private enum Kind: UInt64 {
    case surnames = 1
    case surnameAndGiven, document, contact
  }

  private static func keys(
    of candidate: NameCandidate, _ reader: CandidateReader, _ add: (UInt64) -> Void
  ) {
    func key(_ kind: Kind, _ one: Int32, _ other: Int32) -> UInt64 {
      kind.rawValue << 60 | UInt64(UInt32(bitPattern: one)) << 30
        | UInt64(UInt32(bitPattern: other))
    }
    for surnames in [candidate.surnames, candidate.otherSurnames].compactMap(\.self) {
      let known = [surnames.paternal, surnames.maternal].filter { $0 != CandidateTexts.none }
      if known.count == 2 {
        add(key(.surnames, min(known[0], known[1]), max(known[0], known[1])))
      }
      for surname in known {
        for place in 0..<4 where candidate.given[place] != CandidateTexts.none {
          add(key(.surnameAndGiven, surname, candidate.given[place]))
        }
      }
    }
    if candidate.phone != CandidateTexts.none { add(key(.contact, candidate.phone, 0)) }
    if candidate.email != CandidateTexts.none { add(key(.contact, candidate.email, 0)) }
    if candidate.documentType != 0 {
      documentKeys(reader.numbers.bytes[Int(candidate.number)]) {
        add(Kind.document.rawValue << 60 | $0 >> 4)
      }
    }
  }

  /// The number, and the number without each of its characters: two numbers that one slip separates
  /// share one of them.
  private static func documentKeys(_ number: [UInt8], _ add: (UInt64) -> Void) {
    let digits = Array(number.drop { $0 == 0x30 })
    func hash(without left: Int) -> UInt64 {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for (place, byte) in digits.enumerated() where place != left {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      return hash ^ hash >> 29
    }
    add(hash(without: -1))
    guard digits.count >= 5 else { return }
    for left in digits.indices where left == 0 || digits[left] != digits[left - 1] {
      add(hash(without: left))
    }
  }
}
