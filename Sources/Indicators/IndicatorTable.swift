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
  /// - Complexity: one pass over the attendances of held sessions.
  public static func compute(
    _ db: Database, cutOff: String, level: IndicatorLevel? = nil,
    by dimension: IndicatorDimension? = nil
  ) throws -> IndicatorTable {
    let tables = try compute(db, cutOffs: [cutOff], level: level, by: dimension)
    guard let table = tables.first else { preconditionFailure("a cut-off has a table") }
    return table
  }

  /// Computes the tables at several cut-offs in one pass, in the order of the cut-offs given.
  ///
  /// - Parameter persons: Who is whom, where it was read already.
  public static func compute(
    _ db: Database, cutOffs: [String], level: IndicatorLevel? = nil,
    by dimension: IndicatorDimension? = nil, persons: PersonGroups? = nil
  ) throws -> [IndicatorTable] {
    let rising = Set(cutOffs).sorted()
    let catalog = try IndicatorCatalog.load(db, level: level)
    let persons = try persons ?? PersonGroups.load(db)
    let (sums, undecided) = try SessionSums.gather(
      db, catalog: catalog, persons: persons, cutOffs: rising, dimension: dimension)
    let labels = try dimension.map { try GroupLabels.load(db, for: $0) }
    var tables: [String: IndicatorTable] = [:]
    for (cutOff, sessions) in zip(rising, sums) {
      let maker = ValueMaker(
        catalog: catalog, cutOff: cutOff, dimension: dimension, labels: labels,
        sessions: sessions, undecided: undecided,
        deliverables: try DeliverableSums.gather(db, cutOff: cutOff, dimension: dimension),
        measurements: try Measurements.gather(db, cutOff: cutOff),
        conflicts: try OpenConflicts.gather(db, cutOff: cutOff))
      tables[cutOff] = IndicatorTable(
        cutOff: cutOff, dimension: dimension,
        values: catalog.definitions.indices
          .filter { !catalog.definitions[$0].isRetired(on: cutOff) }.map(maker.value),
        retired: catalog.definitions.filter { $0.isRetired(on: cutOff) })
    }
    return cutOffs.compactMap { tables[$0] }
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

/// Makes values out of what was gathered at a cut-off.
private struct ValueMaker {
  let catalog: IndicatorCatalog
  let cutOff: String
  let dimension: IndicatorDimension?
  let labels: GroupLabels?
  let sessions: SessionSums
  let undecided: [Int]
  let deliverables: DeliverableSums
  let measurements: Measurements
  let conflicts: OpenConflicts

  func value(at position: Int) -> IndicatorValue {
    let definition = catalog.definitions[position]
    var value = IndicatorValue(
      definition: definition, figure: .unknown, target: catalog.target(at: position, on: cutOff))
    var parts: [String?: IndicatorValue.Part] = [:]
    switch definition.computation {
    case .countSessions:
      value.figure = .number(Double(sessions.counts[position]))
      parts = sessions.counts(at: position).mapValues { .init(.number(Double($0))) }
    case .countDeliverables:
      value.figure = .number(deliverables.totals[definition.id] ?? 0)
      parts = (deliverables.groups[definition.id] ?? [:]).mapValues { .init(.number($0)) }
    case .countDistinctParticipants, .knowledgeGain, .weightedGain:
      let computation = definition.computation ?? .countDistinctParticipants
      let tally = sessions.tallies[position]
      value.show(tally, computation)
      value.provisional.duplicateDocuments = undecided.count { tally.persons.contains($0) }
      parts = sessions.tallies(at: position).mapValues { tally in
        var part = IndicatorValue.Part(tally, computation)
        part.isProvisional = undecided.contains { tally.persons.contains($0) }
        return part
      }
    case .ratio, .measurement, nil:
      value.figure = measurements.figures[definition.id] ?? .unknown
    }
    if let found = conflicts.byIndicator[definition.id] {
      value.provisional.openConflicts = found.open
      value.provisional.disputedScores = found.scores
      for group in parts.keys where dimension != .office || found.offices.contains(group ?? "") {
        parts[group]?.isProvisional = true
      }
    }
    if let dimension, let labels {
      value.parts =
        dimension.applies(to: definition.computation) ? labels.label(parts) : [.notApplying(value)]
    }
    return value
  }
}

extension IndicatorValue {
  fileprivate mutating func show(_ tally: Tally, _ computation: Computation) {
    figure = tally.figure(computation)
    persons = tally.persons.count
    attendances = tally.attendances
    coverage = computation.comesFromTests ? tally.coverage : nil
    tests = computation.comesFromTests ? tally.tests : nil
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
