/// What a value means beside its target.
///
/// The words are those of the source; the data model (Indicators) gives the rules.
public enum IndicatorStatus: String, Codable, Hashable, Sendable, CaseIterable {
  case delivered, inProgress, notDelivered
  case achieved, advancing, noProgress, notMeasured

  /// The status of one indicator.
  ///
  /// A product indicator that is entered by hand and was not measured is *not measured*: to say
  /// that nothing was delivered would be a guess.
  public init(
    level: IndicatorLevel, figure: IndicatorValue.Figure, target: Double?, baseline: Double?
  ) {
    switch (level, figure.state, figure.value) {
    case (_, .unknown, _), (_, .number, nil):
      self = .notMeasured
    case (.product, .notDue, _):
      self = .notDelivered
    case (.result, .notDue, _):
      self = .noProgress
    case (.product, .number, let value?):
      if let target, value >= target {
        self = .delivered
      } else {
        self = value > 0 ? .inProgress : .notDelivered
      }
    case (.result, .number, let value?):
      if let target, value >= target {
        self = .achieved
      } else {
        self = value > baseline ?? 0 ? .advancing : .noProgress
      }
    }
  }

  /// The status of a product: all its indicators met, at least one with progress, or neither.
  ///
  /// - Parameter indicators: The values of the product's indicators; a product without any has
  ///   delivered nothing.
  public init(ofProduct indicators: [IndicatorValue]) {
    if !indicators.isEmpty, indicators.allSatisfy({ $0.status == .delivered }) {
      self = .delivered
    } else if indicators.contains(where: { ($0.value ?? 0) > 0 }) {
      self = .inProgress
    } else {
      self = .notDelivered
    }
  }

  /// The status of a result: all its indicators achieved, at least one with progress, none with
  /// progress but some not measured, or none.
  ///
  /// - Parameter indicators: The values of the result's indicators; one without any is not measured.
  public init(ofResult indicators: [IndicatorValue]) {
    let statuses = indicators.map(\.status)
    if !statuses.isEmpty, statuses.allSatisfy({ $0 == .achieved }) {
      self = .achieved
    } else if statuses.contains(.achieved) || statuses.contains(.advancing) {
      self = .advancing
    } else if statuses.isEmpty || statuses.contains(.notMeasured) {
      self = .notMeasured
    } else {
      self = .noProgress
    }
  }

  /// The status in words.
  public func word(spanish: Bool) -> String {
    switch self {
    case .delivered: spanish ? "Entregado" : "Delivered"
    case .inProgress: spanish ? "En proceso" : "In progress"
    case .notDelivered: spanish ? "No entregado" : "Not delivered"
    case .achieved: spanish ? "Alcanzado" : "Achieved"
    case .advancing: spanish ? "Avanzando" : "Advancing"
    case .noProgress: spanish ? "Sin avances" : "No progress"
    case .notMeasured: spanish ? "No medido" : "Not measured"
    }
  }
}
