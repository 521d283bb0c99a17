internal import CentralNode
internal import GRDB
internal import Replica

/// The offices in a line: how many laptops are proven equal, and who has not been heard of.
struct NodeSummary {
  var nodes = 0
  var proven = 0
  /// Names of offices of which no laptop synced for a week.
  var late: [String] = []

  init(_ centre: Centre, now: Int64) throws {
    let accesses = try centre.node.register.all().filter { $0.revokedAt == nil }
    let states = try centre.node.register.states()
    nodes = accesses.count
    proven = accesses.count { states[$0]?.report?.verified == true }
    let week: Int64 = 7 * 86_400_000
    let fresh = Set(
      accesses.filter { access in
        let last = states[access].map { $0.report?.at ?? $0.helloAt } ?? access.lastSeenAt
        return last.map { now - $0 <= week } ?? false
      }.map(\.office))
    let names = try centre.replica.read { db in
      try Row.fetchAll(db, sql: "SELECT code, name_es FROM office WHERE code <> 'central'")
        .map { ($0[0] as String, $0[1] as String) }
    }
    late = names.filter { !fresh.contains($0.0) }.map(\.1)
  }
}
