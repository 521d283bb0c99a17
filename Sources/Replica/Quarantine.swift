import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a change waits.
public enum QuarantineReason: String, Sendable, CaseIterable {
  /// The table came with a later schema.
  case unknownTable = "unknown_table"
  /// A column came with a later schema.
  case unknownColumn = "unknown_column"
  /// The table's constraints refuse it.
  case constraint
  /// It refers to a row, or changes one, that is not here.
  case reference
  /// Its author may not write there.
  case scope

  /// Those that this replica can judge itself; what is out of scope waits for the centre's word.
  static let own = allCases.filter { $0 != .scope }
}

extension EngineConnection {
  /// Puts a change aside: it arrived and was not seen.
  func quarantine(
    _ origin: Origin, table: String, key: [CellValue], reason: QuarantineReason, detail: String
  ) throws {
    let put = try statement(
      """
      INSERT INTO sync_quarantine(node_no, counter, table_name, key, reason, detail, since)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (node_no, counter) DO UPDATE SET reason = excluded.reason, detail = excluded.detail
      """)
    put.bind(1, Int64(origin.node))
    put.bind(2, origin.counter)
    put.bind(3, .text(table))
    put.bind(4, .text(keyJSON(key)))
    put.bind(5, .text(reason.rawValue))
    put.bind(6, .text(detail))
    put.bind(7, .text(instant(environment.now())))
    try put.run()
    if exceptions.insert(origin.packed).inserted { quarantinedNow += 1 }
  }

  /// Tries again what waits, until nothing more can be applied.
  ///
  /// - Returns: How many changes left the quarantine.
  /// - Complexity: Each pass decodes every changeset that has a change waiting.
  func retryQuarantine(
    _ db: Database, reasons: [QuarantineReason] = QuarantineReason.own,
    only: Set<Int64>? = nil
  ) throws -> Int {
    let wanted: String = reasons.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    var freed = 0
    var progress = !exceptions.isEmpty
    while progress {
      progress = false
      let waiting = try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT node_no, counter FROM sync_quarantine WHERE reason IN (\(wanted))
          ORDER BY node_no, counter
          """)
      for entry in waiting {
        let origin = Origin(node: entry[0], counter: entry[1])
        if let only, !only.contains(origin.packed) { continue }
        guard let (header, group, index) = try change(of: origin) else { continue }
        exceptions.remove(origin.packed)
        try db.execute(
          sql: "DELETE FROM sync_quarantine WHERE node_no = ? AND counter = ?",
          arguments: [origin.node, origin.counter])
        let seen = seenVector(of: header, author: origin.node)
        var applier = ChangeApplier(engine: self, header: header, author: origin.node, seen: seen)
        applier.isRetry = true
        try applier.apply(group, only: index, counter: origin.counter)
        try settleReferences(db, cause: change(origin))
        if !exceptions.contains(origin.packed) {
          freed += 1
          progress = true
        }
      }
    }
    if hasOpenReferences { try withdrawDangling(db) }
    quarantinedNow = 0
    try flushDigests()
    return freed
  }

  /// A change out of the log.
  func change(of origin: Origin) throws -> (ChangesetHeader, ChangeGroup, Int)? {
    let find = try statement(
      """
      SELECT log_no, header, body FROM sync_changeset
      WHERE node_no = ?1 AND first_counter <= ?2 ORDER BY first_counter DESC LIMIT 1
      """)
    find.bind(1, Int64(origin.node))
    find.bind(2, origin.counter)
    defer { find.reset() }
    guard try find.step(), !find.isNull(2) else { return nil }
    if lastRead?.log != find.integer(0) {
      let header = try environment.codec.decodeHeader(Array(find.bytes(1))).header
      let groups = try environment.codec.decodeBody(Array(find.bytes(2)), header: header)
      lastRead = (find.integer(0), header, groups)
    }
    guard let (_, header, groups) = lastRead else { return nil }
    var offset = Int(origin.counter - header.firstCounter)
    for group in groups {
      if offset < group.count { return (header, group, offset) }
      offset -= group.count
    }
    return nil
  }
}

/// A change that waits.
public struct QuarantinedChange: Hashable, Sendable {
  /// The change.
  public var change: ChangeID
  /// Its author's office.
  public var office: String
  /// The table.
  public var table: String
  /// The row's key, in key order.
  public var key: [CellValue]
  /// Why it waits.
  public var reason: QuarantineReason
  /// What exactly, without values of rows.
  public var detail: String
  /// Since when, as an ISO instant.
  public var since: String
}

extension Replica {
  /// All changes that wait, oldest first.
  public func quarantine() throws -> [QuarantinedChange] {
    try inEngineTransaction { db, engine in
      let rows = try GRDB.Row.fetchAll(
        db, sql: "SELECT * FROM sync_quarantine ORDER BY since, node_no, counter")
      return try rows.compactMap { row in
        let origin = Origin(node: row["node_no"], counter: row["counter"])
        guard let reason = QuarantineReason(rawValue: row["reason"]) else { return nil }
        let change = try engine.change(of: origin)
        return QuarantinedChange(
          change: engine.change(origin), office: engine.nodes[origin.node].facts.office,
          table: row["table_name"], key: change.map { $0.1.key(at: $0.2) } ?? [], reason: reason,
          detail: row["detail"], since: row["since"])
      }
    }
  }
}
