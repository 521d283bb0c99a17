internal import Indicators
internal import WebPages

extension KeptValues {
  /// The indicators at a cut-off.
  func table(
    cutOff: String, level: IndicatorLevel? = nil, by dimension: IndicatorDimension? = nil
  ) throws -> IndicatorTable {
    let key = "\(cutOff) \(level?.rawValue ?? "") \(dimension?.rawValue ?? "")"
    return try value("table " + key) { db in
      try IndicatorTable.compute(db, cutOff: cutOff, level: level, by: dimension)
    }
  }

  /// What is missing or doubtful.
  func quality(today: String) throws -> QualityReport {
    try value("quality \(today)") { db in try QualityReport.compute(db, today: today) }
  }
}
