/// What an indicator is worth at a cut-off date, with everything that is known about how far to
/// trust it.
public struct IndicatorValue: Hashable, Sendable {
  /// Whether a figure exists.
  ///
  /// Three kinds of empty are kept apart: none of them is 0.
  public enum State: String, Hashable, Sendable {
    case number
    /// Nothing was expected yet.
    case notDue = "not_due"
    case unknown
  }

  /// How many of the persons trained sat both tests.
  public struct Coverage: Hashable, Sendable, CustomStringConvertible {
    /// Persons with an entry and an exit test.
    public var paired: Int
    /// Persons trained.
    public var trained: Int

    /// The coverage of `paired` persons with both tests among those trained.
    public init(paired: Int, trained: Int) {
      self.paired = paired
      self.trained = trained
    }

    /// `29/143`.
    public var description: String { "\(paired)/\(trained)" }
  }

  /// The tests behind a figure.
  public struct Tests: Hashable, Sendable {
    /// The mean of the entry tests of those with both, on the scale 0–20.
    public var preMean: Double?
    /// The mean of their exit tests.
    public var postMean: Double?
    /// Sessions in which anybody sat both tests.
    public var testedSessions: Int
    /// Sessions in which anybody was trained.
    public var sessions: Int
  }

  /// What may still change a figure without any new record.
  public struct Provisional: Hashable, Sendable {
    /// Open conflicts on the records behind the figure, disputed scores included.
    public var openConflicts: Int
    /// Those of them that are about a score.
    public var disputedScores: Int
    /// Documents borne by two ids that nobody has decided about, of persons counted in the figure.
    public var duplicateDocuments: Int

    /// What stands behind a figure; nothing unless said.
    public init(openConflicts: Int = 0, disputedScores: Int = 0, duplicateDocuments: Int = 0) {
      self.openConflicts = openConflicts
      self.disputedScores = disputedScores
      self.duplicateDocuments = duplicateDocuments
    }

    /// Whether nothing is open.
    public var isEmpty: Bool { openConflicts == 0 && duplicateDocuments == 0 }
  }

  /// A figure: its state, and its number exactly when the state is ``State/number``.
  public struct Figure: Hashable, Sendable {
    /// The number, if there is one.
    public let value: Double?
    /// Whether there is a number, and if not, why.
    public let state: State

    /// A number; one that is not finite is unknown.
    public static func number(_ value: Double) -> Figure {
      value.isFinite ? Figure(value: value, state: .number) : .unknown
    }

    /// Due, and not known.
    public static let unknown = Figure(value: nil, state: .unknown)
    /// Not due yet.
    public static let notDue = Figure(value: nil, state: .notDue)
  }

  /// The share of one group, e.g.
  ///
  /// of one office.
  public struct Part: Hashable, Sendable {
    /// The group's code as stored; nil is "not recorded", or "does not apply" where ``applies`` is
    /// false.
    public var group: String?
    /// False where the indicator cannot be told apart by the dimension: then this is the only part.
    public var applies = true
    /// The group's name in Spanish.
    public var labelES: String
    /// The group's name in English.
    public var labelEN: String
    /// The figure.
    public var figure: Figure
    /// Distinct persons, where it counts any.
    public var persons: Int?
    /// Attendances, where it counts any.
    public var attendances: Int?
    /// Persons with both tests of persons trained, where it rests on tests.
    public var coverage: Coverage?
    /// Whether an open question stands behind it; where nobody can tell behind which part one
    /// stands, behind all.
    public var isProvisional = false

    /// The group's name in the language of the report.
    public func label(spanish: Bool) -> String { spanish ? labelES : labelEN }
  }

  /// The definition it was computed by.
  public var definition: IndicatorDefinition
  /// The figure.
  public var figure: Figure
  /// The target valid at the cut-off.
  public var target: Double?
  /// Canonical persons; nil where the indicator does not count people.
  public var persons: Int?
  /// Attendances, shown beside persons.
  public var attendances: Int?
  /// Only for indicators from tests.
  public var coverage: Coverage?
  /// Only for indicators from tests.
  public var tests: Tests?
  /// What may still change the figure.
  public var provisional = Provisional()
  /// The figure by groups of the dimension that was asked for, "not recorded" last.
  public var parts: [Part] = []

  /// The indicator's id.
  public var id: String { definition.id }
  /// The indicator's level.
  public var level: IndicatorLevel { definition.level }
  /// The number, if there is one.
  public var value: Double? { figure.value }
  /// Whether there is a number, and if not, why.
  public var state: State { figure.state }

  /// 100 · value / target, rounded half up; it may exceed 100.
  public var progress: Int? {
    guard let value, let target else { return nil }
    return IndicatorValue.progress(value: value, target: target)
  }

  /// Where the indicator stands against its target.
  public var status: IndicatorStatus {
    IndicatorStatus(
      level: level, figure: figure, target: target, baseline: definition.baseline)
  }

  /// Whether some persons stand in more than one part, so that persons do not add up; attendances
  /// do.
  public var partsSharePersons: Bool {
    guard let persons, !parts.isEmpty else { return false }
    return parts.reduce(0) { $0 + ($1.persons ?? 0) } > persons
  }

  /// 100 · value / target rounded half up; nil without a target that can be divided by.
  ///
  /// 268 of 350 is 77.
  static func progress(value: Double, target: Double) -> Int? {
    guard target != 0 else { return nil }
    // A half that binary fractions put just below itself, such as 100 · 0.145, still rounds up.
    let rounded = (100 * value / target + 0.5 + 1e-9).rounded(.down)
    return Int(exactly: rounded)
  }
}
