/// Everything that a report on a period says, in both languages and in no form yet.
///
/// Computed once from the records; every page, workbook and file is made from it alone. A closed
/// period keeps it, so what was reported can be made again when the records have moved on. It is
/// stored as JSON: parts may be added as optionals, and are never renamed.
public struct QuarterReport: Codable, Hashable, Sendable {
  /// The period and how far the records were counted.
  public struct Span: Codable, Hashable, Sendable {
    /// The period as it is stored: `2020T2`.
    public var name: String
    /// The first day, ISO.
    public var firstDay: String
    /// The last day, ISO.
    public var lastDay: String
    /// The last day that counts, ISO; the period's last day unless somebody said otherwise.
    public var cutOff: String
  }

  /// Who closed the period, and when.
  public struct Closing: Codable, Hashable, Sendable {
    /// An ISO instant.
    public var closedAt: String
    /// As they named themselves.
    public var closedBy: String?
    /// The number of the last changeset in the centre's log.
    public var centralSequence: Int64
  }

  /// A number, or why there is none: a value and a state as ``IndicatorValue/Figure`` has them.
  public struct Figure: Codable, Hashable, Sendable {
    /// The number, if there is one.
    public var value: Double?
    /// `number`, `not_due` or `unknown`.
    public var state: String

    init(_ figure: IndicatorValue.Figure) {
      value = figure.value
      state = figure.state.rawValue
    }
  }

  /// An indicator with its definition as it was, and where it stood.
  public struct Indicator: Codable, Hashable, Sendable {
    /// Level and code.
    public var id: String
    /// `product` or `result`.
    public var level: String
    /// What it counts, in words.
    public var name: BothLanguages
    /// `count` or `percent`.
    public var unit: String?
    /// How it is computed.
    public var computation: String?
    /// Whose attendance counts.
    public var roles: [String]
    /// The value when the project began.
    public var baseline: Double?
    /// Who answers for it.
    public var owner: String?
    /// The target at the cut-off.
    public var target: Double?
    /// The figure at the cut-off.
    public var figure: Figure
    /// The figure on the day before the period.
    public var before: Figure
    /// 100 · value / target, rounded half up.
    public var progress: Int?
    /// Where it stands.
    public var status: IndicatorStatus
    /// Canonical persons.
    public var persons: Int?
    /// Attendances.
    public var attendances: Int?
    /// The tests behind it; only for indicators from tests.
    public var tests: Tests?
    /// Open conflicts behind it.
    public var openConflicts: Int
    /// Those about scores.
    public var disputedScores: Int
    /// Documents on two ids, undecided.
    public var duplicateDocuments: Int

    /// Whether something may still change the figure without any new record.
    public var isProvisional: Bool { openConflicts > 0 || duplicateDocuments > 0 }
  }

  /// The tests behind a figure.
  public struct Tests: Codable, Hashable, Sendable {
    /// Persons with both tests.
    public var paired: Int
    /// Persons trained.
    public var trained: Int
    /// Sessions with both tests.
    public var testedSessions: Int
    /// Sessions that trained anybody.
    public var sessions: Int
    /// Mean of the entry tests, 0–20.
    public var preMean: Double?
    /// Mean of the exit tests, 0–20.
    public var postMean: Double?
  }

  /// A session of the period, or planned for the next.
  public struct Session: Codable, Hashable, Sendable {
    /// Its office's code.
    public var office: String
    /// The office's own number.
    public var code: String
    /// What it is called.
    public var title: String
    /// The ISO day it started, or was planned for.
    public var day: String?
    /// `held`, `planned`, `postponed`, `cancelled`; nil where it was not recorded.
    public var status: String?
    /// `presencial`, `virtual`, `mixta`; nil where it was not recorded.
    public var modality: String?
    /// Where.
    public var department: String?
    /// Its indicators' ids.
    public var indicators: [String]
    /// Canonical persons who came.
    public var persons: Int
    /// Persons who came and are recorded as women.
    public var women: Int
  }

  /// A period of the same length, this one last.
  public struct Trend: Codable, Hashable, Sendable {
    /// The period.
    public var period: String
    /// Sessions held.
    public var sessions: Int
    /// Attendances of them.
    public var attendances: Int
  }

  /// A group of participants.
  public struct Group: Codable, Hashable, Sendable {
    /// The group's code; nil is "not recorded".
    public var code: String?
    /// The group's name.
    public var name: BothLanguages
    /// Canonical persons; one may be in two groups.
    public var persons: Int
    /// Attendances, which add up.
    public var attendances: Int
    /// Attendances of women, men, others, and those whose sex was not recorded.
    public var bySex: [Int]
  }

  /// Who came to the sessions held in the period.
  public struct Participation: Codable, Hashable, Sendable {
    /// Canonical persons.
    public var persons: Int
    /// Attendances.
    public var attendances: Int
    /// By sex.
    public var sexes: [Group]
    /// By office.
    public var offices: [Group]
    /// By the institution of that day.
    public var institutions: [Group]
    /// By the type of authority of the role of that day.
    public var authorityTypes: [Group]
  }

  /// A deliverable of the period.
  public struct Deliverable: Codable, Hashable, Sendable {
    /// The office's own number.
    public var code: String?
    /// The office's code.
    public var office: String?
    /// Its indicator's id.
    public var indicator: String
    /// What it is called.
    public var title: String
    /// `draft`, `submitted`, `approved`, `in_use`.
    public var status: String?
    /// The ISO day.
    public var deliveredOn: String
    /// How many; a missing number counts as 1.
    public var quantity: Double?
    /// Where to see it.
    public var evidence: String?
  }

  /// What is known of an office's records here.
  public struct Office: Codable, Hashable, Sendable {
    /// Its code.
    public var code: String
    /// Its name.
    public var name: BothLanguages
    /// Its laptops that are known here.
    public var nodes: Int
    /// The last sync of any of them, an ISO instant; nil where it is not known here.
    public var lastSync: String?
    /// The last write of the office that is here, an ISO instant.
    public var lastWrite: String?
    /// Changes that its laptops said they had not sent; nil where none said anything.
    public var unsent: Int?
  }

  /// What is open in all the records here.
  public struct Doubts: Codable, Hashable, Sendable {
    /// Open conflicts.
    public var openConflicts: Int
    /// Those about scores.
    public var disputedScores: Int
    /// Documents on two ids, undecided.
    public var duplicateDocuments: Int
    /// Changes that wait in quarantine.
    public var quarantined: Int
  }

  /// How many records of an office a check of quality found.
  public struct Finding: Codable, Hashable, Sendable {
    /// The check's code.
    public var check: String
    /// What it looks for, in words.
    public var message: BothLanguages
    /// The office; nil where none stands behind the records.
    public var office: String?
    /// How many.
    public var count: Int
  }

  /// A narrative text.
  public struct Text: Codable, Hashable, Sendable {
    /// The section it belongs to: a ``ReportSection``.
    public var section: String
    /// Whose text.
    public var office: String
    /// `es` or `en`.
    public var language: String
    /// Paragraphs, an empty line between them.
    public var body: String
  }

  /// The version of this form.
  public var format = 1
  /// The period.
  public var span: Span
  /// When it was computed, an ISO instant in UTC.
  public var madeAt: String
  /// Nil while the period is open.
  public var closing: Closing?
  /// What tells one version of the indicators' definitions from another.
  public var definitionsVersion: String
  /// Product indicators first, then by code.
  public var indicators: [Indicator]
  /// Ids of indicators that are not reported any more.
  public var retired: [String]
  /// Products, results and components.
  public var framework: Framework
  /// Sessions that took place in the period, or should have, by day.
  public var sessions: [Session]
  /// The periods before, and this one.
  public var trend: [Trend]
  /// Who came.
  public var participation: Participation
  /// What was delivered in the period, drafts included, by indicator and day.
  public var deliverables: [Deliverable]
  /// What changed in the last period that was closed before this one; nil where none was.
  public var adjustments: Adjustments?
  /// The offices.
  public var offices: [Office]
  /// What is open.
  public var doubts: Doubts
  /// What is missing or doubtful, by office.
  public var findings: [Finding]
  /// Sessions planned for the next period, and those that are overdue.
  public var plan: [Session]
  /// Narrative texts, by section and office.
  public var texts: [Text]
  /// How far the replica had come: last changeset of each node, by the node's id.
  public var position: [String: Int64]

  /// The office's name, or its code where it is not known.
  func officeName(_ code: String?, _ locale: ReportLocale) -> String {
    guard let code else { return locale.pick("no registrada", "not recorded") }
    return offices.first { $0.code == code }?.name.text(locale) ?? code
  }
}

/// What arrived for a closed period after its closing (*ajuste posterior al cierre*).
public struct Adjustments: Codable, Hashable, Sendable {
  /// An indicator whose figure at the same cut-off is another now.
  public struct Difference: Codable, Hashable, Sendable {
    /// The indicator.
    public var indicator: String
    /// What it counts.
    public var name: BothLanguages
    /// The figure when the period was closed; nil where it was not reported then.
    public var closed: QuarterReport.Figure?
    /// The figure now; nil where it is not reported any more.
    public var now: QuarterReport.Figure?

    /// How much was added; nil where one of the two is no number.
    public var change: Double? {
      guard let before = closed?.value, let after = now?.value else { return nil }
      return after - before
    }
  }

  /// What one laptop wrote about one record.
  public struct Change: Codable, Hashable, Sendable {
    /// `session`, `deliverable`, `measurement`, `person` or `definition`.
    public var kind: String
    /// What the record is known by: the session's code, the indicator's id; empty for persons.
    public var code: String
    /// The record's title; empty where there is none.
    public var title: String
    /// The record's ISO day, if it has one.
    public var day: String?
    /// The author's office.
    public var office: String
    /// The author's laptop.
    public var label: String?
    /// The author's node: the first 8 digits of its id.
    public var node: String
    /// Rows added.
    public var inserted: Int
    /// Rows changed.
    public var updated: Int
    /// Rows deleted.
    public var deleted: Int
    /// The first write, an ISO instant.
    public var firstAt: String
    /// The last write, an ISO instant.
    public var lastAt: String
    /// When the last of it arrived here, an ISO instant.
    public var arrivedAt: String
    /// Indicators that the record belongs to.
    public var indicators: [String]
  }

  /// The closed period.
  public var period: String
  /// Its cut-off.
  public var cutOff: String
  /// When it was closed, an ISO instant.
  public var closedAt: String?
  /// Who closed it.
  public var closedBy: String?
  /// Whether definitions, roles or targets are others now.
  public var definitionsChanged: Bool
  /// Only indicators whose figure differs.
  public var differences: [Difference]
  /// What was written since, about records that the period counts or may count.
  public var changes: [Change]

  /// Whether nothing is different.
  public var isEmpty: Bool { differences.isEmpty && changes.isEmpty }
}

/// Where a narrative text stands in the report.
public enum ReportSection: String, CaseIterable, Codable, Hashable, Sendable {
  case summary, progress, challenges, lessons, budget, plan

  /// The section that a word names, in Spanish or English.
  public init?(word: String) {
    let words: [String: ReportSection] = [
      "summary": .summary, "resumen": .summary,
      "progress": .progress, "avances": .progress,
      "challenges": .challenges, "dificultades": .challenges, "desafios": .challenges,
      "desafíos": .challenges,
      "lessons": .lessons, "lecciones": .lessons,
      "budget": .budget, "presupuesto": .budget,
      "plan": .plan,
    ]
    guard let section = words[word.lowercased()] else { return nil }
    self = section
  }

  /// The section's heading.
  public func heading(_ locale: ReportLocale) -> String {
    switch self {
    case .summary: locale.pick("Resumen", "Summary")
    case .progress: locale.pick("Avances por actividad", "Progress by activity")
    case .challenges: locale.pick("Dificultades", "Challenges")
    case .lessons: locale.pick("Lecciones aprendidas", "Lessons learned")
    case .budget: locale.pick("Ejecución del presupuesto", "Budget execution")
    case .plan: locale.pick("Plan de trabajo", "Work plan")
    }
  }
}
