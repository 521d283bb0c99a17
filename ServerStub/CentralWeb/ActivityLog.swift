internal import GRDB
internal import Replica
internal import WebPages

/// Who did what in the central web application, and when: identifiers and counts, never names,
/// documents or values of persons.
struct ActivityLog: Sendable {
  /// What can be done.
  enum Action: String, CaseIterable, Sendable {
    case conflictDecide = "conflict.decide"
    case conflictUndo = "conflict.undo"
    case duplicateMerge = "duplicate.merge"
    case duplicateSeparate = "duplicate.separate"
    case duplicateUndo = "duplicate.undo"
    case nodeEnroll = "node.enroll"
    case nodeRevoke = "node.revoke"
    case userAdd = "user.add"
    case userRoles = "user.roles"
    case userPassword = "user.password"
    case userRemove = "user.remove"
    case quarterClose = "quarter.close"
    case quarterNarrative = "quarter.narrative"
    case reportDownload = "report.download"
    case scopeChange = "scope.change"

    func words(_ say: Wording) -> String {
      switch self {
      case .conflictDecide: say("decidió un conflicto", "decided a conflict")
      case .conflictUndo: say("deshizo una decisión", "undid a decision")
      case .duplicateMerge: say("unió duplicados", "merged duplicates")
      case .duplicateSeparate: say("separó personas", "separated persons")
      case .duplicateUndo:
        say("deshizo lo decidido de un duplicado", "undid a duplicate's decision")
      case .nodeEnroll: say("creó un código de inscripción", "made an enrolment code")
      case .nodeRevoke: say("revocó un equipo", "revoked a node")
      case .userAdd: say("agregó un usuario", "added a user")
      case .userRoles: say("cambió roles", "changed roles")
      case .userPassword: say("cambió una contraseña", "changed a password")
      case .userRemove: say("quitó un usuario", "removed a user")
      case .quarterClose: say("cerró un trimestre", "closed a quarter")
      case .quarterNarrative: say("editó textos del informe", "edited the report's texts")
      case .reportDownload: say("descargó un informe", "downloaded a report")
      case .scopeChange: say("cambió el alcance de una oficina", "changed an office's scope")
      }
    }
  }

  struct Entry: Sendable {
    var at: Int64
    var who: String
    var role: String
    var action: Action?
    var actionCode: String
    var subject: String?
    var detail: String?
  }

  struct Filter: Sendable {
    var who: String?
    var action: String?
    var from: Int64?
    var until: Int64?
  }

  let replica: Replica

  /// Notes what a user did.
  func note(
    _ action: Action, subject: String? = nil, detail: String? = nil, by user: WebUser, at: Int64
  ) throws {
    let roles = user.roles.sorted().map(\.rawValue).joined(separator: " ")
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO central_activity(at, who, role, action, subject, detail)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          at, user.name, user.isLocal ? "local" : roles, action.rawValue, subject, detail,
        ])
    }
  }

  /// Entries, newest first, with how many there are in all.
  func entries(
    _ filter: Filter, offset: Int, limit: Int
  ) throws -> (entries: [Entry], total: Int) {
    let condition = """
      (?1 IS NULL OR who = ?1) AND (?2 IS NULL OR action = ?2) AND (?3 IS NULL OR at >= ?3)
        AND (?4 IS NULL OR at < ?4)
      """
    let given: StatementArguments = [filter.who, filter.action, filter.from, filter.until]
    return try replica.read { db in
      let total = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM central_activity WHERE \(condition)", arguments: given)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT at, who, role, action, subject, detail FROM central_activity
          WHERE \(condition) ORDER BY no DESC LIMIT ?5 OFFSET ?6
          """, arguments: given + [limit, offset])
      return (
        rows.map {
          Entry(
            at: $0[0], who: $0[1], role: $0[2], action: Action(rawValue: $0[3]), actionCode: $0[3],
            subject: $0[4], detail: $0[5])
        }, total ?? 0
      )
    }
  }

  /// Everybody who did something.
  func people() throws -> [String] {
    try replica.read { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT who FROM central_activity ORDER BY who")
    }
  }
}
