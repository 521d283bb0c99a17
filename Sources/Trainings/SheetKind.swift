/// The three files that offices have.
public enum SheetKind: String, CaseIterable, Codable, Sendable {
  case sessions, attendance, deliverables

  /// The columns of such a file, in the order in which it is exported.
  public var fields: [Field] {
    switch self {
    case .sessions: Field.sessions
    case .attendance: Field.attendance
    case .deliverables: Field.deliverables
    }
  }

  /// Where files of several kinds are given: attendance refers to sessions and comes after them.
  public var importOrder: Int {
    switch self {
    case .sessions: 0
    case .attendance: 1
    case .deliverables: 2
    }
  }
}
