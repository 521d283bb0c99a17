/// The two levels of indicators: 37 codes exist at both.
public enum IndicatorLevel: String, Hashable, Sendable, CaseIterable {
  case product, result
}

/// How an indicator's value comes about.
public enum Computation: String, Hashable, Sendable {
  case countSessions = "count_sessions"
  case countDistinctParticipants = "count_distinct_participants"
  case countDeliverables = "count_deliverables"
  case knowledgeGain = "pct_increase_pre_post"
  case weightedGain = "weighted_pct_increase"
  case ratio
  case measurement

  /// Whether it is computed over attendances.
  var countsPeople: Bool {
    self == .countDistinctParticipants || comesFromTests
  }

  /// Whether it is computed over entry and exit tests.
  var comesFromTests: Bool {
    self == .knowledgeGain || self == .weightedGain
  }

  /// Whether it is computed over sessions, at any depth.
  var needsSessions: Bool {
    self == .countSessions || countsPeople
  }
}

/// A row of the catalog `indicator`.
public struct IndicatorDefinition: Hashable, Sendable {
  /// Level and code, as in `P-1.2.1.1`.
  public var id: String
  /// Product or result.
  public var level: IndicatorLevel
  /// The code in the logical framework; the same at both levels for some.
  public var code: String
  /// The product or result it belongs to.
  public var parent: String?
  /// The name in Spanish.
  public var nameES: String
  /// The name in English.
  public var nameEN: String?
  /// What the value counts.
  public var unit: String?
  /// Nil where the catalog names none that is known here: the value is then unknown.
  public var computation: Computation?
  /// The value when the project began.
  public var baseline: Double?
  /// Who answers for it.
  public var owner: String?
  /// Whether it is one of the few that are watched closely.
  public var isKey: Bool
  /// The ISO day from which it is not reported any more.
  public var retiredOn: String?

  /// The name in the language of the report.
  public func name(spanish: Bool) -> String {
    spanish ? nameES : nameEN ?? nameES
  }

  /// Whether it is retired on a day.
  func isRetired(on day: String) -> Bool {
    retiredOn.map { $0 <= day } ?? false
  }

  /// Product before result, then by the numbers of the code: 1.2.10 after 1.2.9.
  static func precedes(_ left: IndicatorDefinition, _ right: IndicatorDefinition) -> Bool {
    if left.level != right.level { return left.level == .product }
    let mine = left.code.split(separator: ".")
    let theirs = right.code.split(separator: ".")
    for (a, b) in zip(mine, theirs) where a != b {
      if let a = Int(a), let b = Int(b) { return a < b }
      return a < b
    }
    return mine.count == theirs.count ? left.id < right.id : mine.count < theirs.count
  }
}
