public import GRDB

/// All indicators at a cut-off date.
///
/// Formulas: the data model (Indicators). A session counts by the day it started, when it was held;
/// a deliverable by the day it was delivered, when it is no draft; a measurement from the end of
/// its period.
public struct IndicatorTable: Sendable {
  /// The last day that counts, ISO.
  public let cutOff: String
  /// What the parts of each value are told apart by.
  public let dimension: IndicatorDimension?
  /// Product indicators first, then by code.
  public let values: [IndicatorValue]
  /// Indicators that were retired by the cut-off: they have no value and are only named.
  public let retired: [IndicatorDefinition]

  /// Computes the table.
  ///
  /// - Parameters:
  ///   - cutOff: An ISO day.
  ///   - level: Nil for both.
  ///   - dimension: Nil for totals alone.
  /// - Complexity: one pass over the attendances of held sessions; 1,000,000 of them in about a
  ///   second.
  public static func compute(
    _ db: Database, cutOff: String, level: IndicatorLevel? = nil,
    by dimension: IndicatorDimension? = nil
  ) throws -> IndicatorTable {
    let catalog = try IndicatorCatalog.load(db, cutOff: cutOff, level: level)
    let persons = try PersonGroups.load(db)
    let sessions = try SessionSums.gather(
      db, catalog: catalog, persons: persons, cutOff: cutOff, dimension: dimension)
    let deliverables = try DeliverableSums.gather(db, cutOff: cutOff, dimension: dimension)
    let measurements = try Measurements.gather(db, cutOff: cutOff)
    let conflicts = try OpenConflicts.gather(db, cutOff: cutOff)
    let labels = try dimension.map { try GroupLabels.load(db, for: $0) }

    let values = catalog.definitions.enumerated().map { index, definition in
      var value = IndicatorValue(
        definition: definition, figure: .unknown, target: catalog.targets[definition.id])
      var parts: [String?: IndicatorValue.Part] = [:]
      switch definition.computation {
      case .countSessions:
        value.figure = .number(Double(sessions.counts[index]))
        parts = sessions.countsByGroup[index].mapValues { .init(.number(Double($0))) }
      case .countDeliverables:
        value.figure = .number(deliverables.totals[definition.id] ?? 0)
        parts = (deliverables.groups[definition.id] ?? [:]).mapValues { .init(.number($0)) }
      case .countDistinctParticipants, .knowledgeGain, .weightedGain:
        let computation = definition.computation ?? .countDistinctParticipants
        value.show(sessions.tallies[index], computation)
        value.provisional.duplicateDocuments =
          sessions.undecidedPersons.count { sessions.tallies[index].persons.contains($0) }
        parts = sessions.talliesByGroup[index].mapValues { .init($0, computation) }
      case .ratio, .measurement:
        value.figure = measurements.figures[definition.id] ?? .unknown
      case nil:
        value.figure = measurements.figures[definition.id] ?? .unknown
      }
      if let found = conflicts.byIndicator[definition.id] {
        value.provisional.openConflicts = found.open
        value.provisional.disputedScores = found.scores
      }
      if let dimension, let labels {
        value.parts =
          dimension.applies(to: definition.computation)
          ? labels.label(parts) : [.notApplying(value)]
      }
      return value
    }
    return IndicatorTable(
      cutOff: cutOff, dimension: dimension, values: values, retired: catalog.retired)
  }

  /// The status of each product: its indicators at the product level taken together.
  public var productStatuses: [(product: String, status: IndicatorStatus)] {
    var order: [String] = []
    var indicators: [String: [IndicatorValue]] = [:]
    for value in values where value.level == .product {
      guard let product = value.definition.parent else { continue }
      if indicators[product] == nil { order.append(product) }
      indicators[product, default: []].append(value)
    }
    return order.map { ($0, IndicatorStatus(ofProduct: indicators[$0] ?? [])) }
  }
}

extension IndicatorValue {
  fileprivate mutating func show(_ tally: Tally, _ computation: Computation) {
    figure = tally.figure(computation)
    persons = tally.persons.count
    attendances = tally.attendances
    coverage = computation.comesFromTests ? tally.coverage : nil
  }
}

extension IndicatorValue.Part {
  fileprivate init(_ figure: IndicatorValue.Figure) {
    self.init(labelES: "", labelEN: "", figure: figure)
  }

  fileprivate init(_ tally: Tally, _ computation: Computation) {
    self.init(
      labelES: "", labelEN: "", figure: tally.figure(computation), persons: tally.persons.count,
      attendances: tally.attendances,
      coverage: computation.comesFromTests ? tally.coverage : nil)
  }

  fileprivate static func notApplying(_ value: IndicatorValue) -> IndicatorValue.Part {
    .init(
      applies: false, labelES: "no aplica", labelEN: "does not apply", figure: value.figure)
  }
}
