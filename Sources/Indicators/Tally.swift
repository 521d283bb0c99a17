/// A set of small integers: persons, numbered as they are met.
struct PersonSet {
  private(set) var count = 0
  private var words: [UInt64] = []

  mutating func insert(_ person: Int) {
    let word = person >> 6
    let bit = UInt64(1) << UInt64(person & 63)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    if words[word] & bit == 0 {
      words[word] |= bit
      count += 1
    }
  }

  func contains(_ person: Int) -> Bool {
    let word = person >> 6
    return word < words.count && words[word] & (1 << UInt64(person & 63)) != 0
  }
}

/// Running sums over attendances, from which every figure about people follows.
///
/// Scores stand on the scale 0–20. A weighted mean over regions, Σ(nᵣ·meanᵣ)/Σnᵣ, needs no regions
/// here: nᵣ·meanᵣ is the sum of the region's scores, whatever the regions are.
struct Tally {
  private(set) var attendances = 0
  private(set) var persons = PersonSet()
  private(set) var pairedPersons = PersonSet()
  private var pairs = 0
  private var preSum = 0.0
  private var postSum = 0.0
  private var grouped = 0
  private var groupedPre = 0.0
  private var groupedPost = 0.0

  mutating func add(person: Int, pre: Double?, post: Double?) {
    attendances += 1
    persons.insert(person)
    if let pre, let post {
      pairedPersons.insert(person)
      pairs += 1
      preSum += pre
      postSum += post
    }
  }

  /// Adds a test known only by group: how many sat both tests, and the two means.
  mutating func add(group count: Int, pre: Double, post: Double) {
    grouped += count
    groupedPre += Double(count) * pre
    groupedPost += Double(count) * post
  }

  var coverage: IndicatorValue.Coverage {
    .init(paired: pairedPersons.count + grouped, trained: persons.count)
  }

  /// (mean post − mean pre) · 100 / mean pre, over those with both tests.
  ///
  /// Entry 8 and 12, exit 10 and 14: means 10 and 12, a gain of 20. Nobody trained: not due.
  /// Trained but no pair, or an entry mean of 0: unknown.
  var gain: IndicatorValue.Figure {
    let count = pairs + grouped
    guard count > 0 else { return attendances == 0 ? .notDue : .unknown }
    let pre = (preSum + groupedPre) / Double(count)
    let post = (postSum + groupedPost) / Double(count)
    return pre > 0 ? .number((post - pre) * 100 / pre) : .unknown
  }

  /// The figure, and what is shown beside it, of an indicator about people.
  func figure(_ computation: Computation) -> IndicatorValue.Figure {
    computation.comesFromTests ? gain : .number(Double(persons.count))
  }
}
