/// What a person may do.
public enum WebRole: String, CaseIterable, Codable, Comparable, Hashable, Sendable {
  /// Enters sessions, participants and attendance.
  case registrar
  /// Decides conflicts and duplicates, imports, syncs.
  case coordinator
  /// The monitoring and evaluation officer: indicators, reports, closing a quarter.
  case meOfficer = "me_officer"
  /// Users, nodes, enrolment.
  case administrator
  /// Reads everything, writes nothing.
  case auditor

  /// The order in which roles are listed.
  public static func < (one: WebRole, other: WebRole) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Who uses the pages.
public struct WebUser: Hashable, Sendable {
  /// The name to sign in with; at most 64 characters.
  public var name: String
  /// As the pages show it.
  public var fullName: String
  /// What the person may do.
  public var roles: Set<WebRole>
  /// Whether nobody signed in because the pages are served to this machine alone.
  public var isLocal: Bool

  /// A user.
  public init(name: String, fullName: String, roles: Set<WebRole>, isLocal: Bool = false) {
    self.name = name
    self.fullName = fullName
    self.roles = roles
    self.isLocal = isLocal
  }

  /// The name under which whoever sits at the machine itself is kept.
  static let localName = "local"

  /// Whether the user has one of the roles.
  public func has(_ roles: Set<WebRole>) -> Bool {
    !self.roles.isDisjoint(with: roles)
  }
}
