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
  private(set) var sessions = 0
  private(set) var testedSessions = 0
  private(set) var persons = PersonSet()
  private(set) var pairedPersons = PersonSet()
  private var pairs = 0
  private var preSum = 0.0
  private var postSum = 0.0
  private var grouped = 0
  private var groupedPre = 0.0
  private var groupedPost = 0.0

  mutating func add(_ attendance: Attendance) {
    attendances += 1
    persons.insert(attendance.person)
    if let pre = attendance.pre, let post = attendance.post {
      pairedPersons.insert(attendance.person)
      pairs += 1
      preSum += pre
      postSum += post
    }
  }

  /// Adds a test known only by group.
  mutating func add(_ score: GroupScore) {
    grouped += score.count
    groupedPre += Double(score.count) * score.pre
    groupedPost += Double(score.count) * score.post
  }

  /// Adds a session that trained anybody, and whether it has entry and exit tests.
  mutating func addSession(tested: Bool) {
    sessions += 1
    if tested { testedSessions += 1 }
  }

  var coverage: IndicatorValue.Coverage {
    .init(paired: pairedPersons.count + grouped, trained: persons.count)
  }

  /// (mean post − mean pre) · 100 / mean pre, over those with both tests.
  ///
  /// Entry 8 and 12, exit 10 and 14: means 10 and 12, a gain of 20. Nobody trained: not due.
  /// Trained but no pair, or an entry mean of 0: unknown.
  var gain: IndicatorValue.Figure {
    guard let (pre, post) = means else { return attendances == 0 ? .notDue : .unknown }
    return pre > 0 ? .number((post - pre) * 100 / pre) : .unknown
  }

  /// The mean scores of those with both tests.
  var means: (pre: Double, post: Double)? {
    let count = pairs + grouped
    guard count > 0 else { return nil }
    return ((preSum + groupedPre) / Double(count), (postSum + groupedPost) / Double(count))
  }

  /// What stands beside a figure from tests.
  var tests: IndicatorValue.Tests {
    .init(
      preMean: means?.pre, postMean: means?.post, testedSessions: testedSessions,
      sessions: sessions)
  }

  /// The figure, and what is shown beside it, of an indicator about people.
  func figure(_ computation: Computation) -> IndicatorValue.Figure {
    computation.comesFromTests ? gain : .number(Double(persons.count))
  }
}
