internal import CentralNode
internal import Foundation
internal import GRDB
internal import Replica
internal import WebPages

/// The offices in a line: how many laptops were proven equal when they last synced, which of them
/// have everything that the centre has, and who has not been heard of.
struct NodeSummary {
  var nodes = 0
  var proven = 0
  /// Those of the proven since whose sync the centre has neither written nor received anything.
  var current = 0
  /// Names of offices of which no laptop synced for a week.
  var late: [String] = []

  init(_ centre: Centre, now: Int64) throws {
    let accesses = try centre.node.register.all().filter { $0.revokedAt == nil }
    let states = try centre.node.register.states()
    nodes = accesses.count
    proven = accesses.count { states[$0]?.report?.verified == true }
    let last = try centre.replica.read { db in try Self.lastChange(db) }
    current = accesses.count { access in
      guard let report = states[access]?.report, report.verified == true else { return false }
      return last.map { report.at >= $0 } ?? false
    }
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

  /// When the centre's records last changed; nil while something is not sealed yet.
  private static func lastChange(_ db: Database) throws -> Int64? {
    let isOpen = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sync_capture WHERE mask <> -3)")
    if isOpen == true { return nil }
    let text = try String.fetchOne(
      db, sql: "SELECT received_at FROM sync_changeset ORDER BY log_no DESC LIMIT 1")
    guard let text else { return 0 }
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
      return nil
    }
    return Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
  }

  /// `5 de 5 equipos comprobados idénticos en su última sincronización, 3 de ellos al día`.
  func words(_ say: Wording) -> String {
    say(
      "\(proven) de \(nodes) equipos comprobados idénticos en su última sincronización, \(current) de ellos al día",
      "\(proven) of \(nodes) laptops proved identical at their last sync, \(current) of them up to date"
    )
  }
}
