import GRDB
public import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Part of the change log, in order of arrival.
public struct LogPage: Hashable, Sendable {
  /// Changesets with their place in the log.
  public var changesets: [SignedChangeset] = []
  /// The last place looked at: where the next page starts after.
  public var last: Int64
  /// The last place of the log.
  public var end: Int64
}

extension Replica {
  /// The last changeset of a node that is on this replica's disk without a gap, applied or held.
  ///
  /// - Returns: Its sequence number, its last counter and its hash; nil when there is none.
  public func head(of node: NodeID) throws -> (sequence: Int64, counter: Int64, hash: [UInt8])? {
    let codec = environment.codec
    return try read { db in
      let entry = try GRDB.Row.fetchOne(
        db, sql: "SELECT no, last_sequence, last_counter, last_hash FROM sync_node WHERE id = ?",
        arguments: [Data(node.bytes)])
      guard let entry else { return nil }
      var sequence: Int64 = entry["last_sequence"]
      var counter: Int64 = entry["last_counter"]
      var hash = (entry["last_hash"] as Data?).map(Array.init) ?? []
      let held = try GRDB.Row.fetchCursor(
        db,
        sql: """
          SELECT sequence, header FROM sync_changeset
          WHERE node_no = ? AND sequence > ? AND state = 'held' ORDER BY sequence
          """, arguments: [entry["no"] as Int, sequence])
      while let row = try held.next(), row["sequence"] as Int64 == sequence + 1 {
        let decoded = try codec.decodeHeader(Array(row["header"] as Data))
        guard decoded.header.previousHash == hash else { break }
        sequence += 1
        counter = decoded.header.lastCounter
        hash = decoded.hash
      }
      return sequence == 0 ? nil : (sequence, counter, hash)
    }
  }

  /// The hash of a changeset that is on this replica's disk, or nil.
  public func hash(of node: NodeID, sequence: Int64) throws -> [UInt8]? {
    let codec = environment.codec
    return try read { db in
      try Data.fetchOne(
        db,
        sql: """
          SELECT header FROM sync_changeset
          WHERE node_no = (SELECT no FROM sync_node WHERE id = ?) AND sequence = ?
          """, arguments: [Data(node.bytes), sequence]
      ).map { try codec.decodeHeader(Array($0)).hash }
    }
  }

  /// Some of a node's changesets that are on this replica's disk, applied or waiting.
  ///
  /// The last ones, and earlier ones at growing distances: by them two logs find where they part.
  public func marks(of node: NodeID) throws -> [LogMark] {
    let codec = environment.codec
    return try read { db in
      let no = try Int.fetchOne(
        db, sql: "SELECT no FROM sync_node WHERE id = ?", arguments: [Data(node.bytes)])
      let last = try Int64.fetchOne(
        db, sql: "SELECT max(sequence) FROM sync_changeset WHERE node_no = ?", arguments: [no])
      guard let no, let last else { return [] }
      let distances: [Int64] = Array(0..<8) + (4..<32).map { Int64(1) << $0 }
      return try distances.map { last - $0 }.filter { $0 > 0 }.compactMap { sequence in
        try Data.fetchOne(
          db.cachedStatement(
            sql: "SELECT header FROM sync_changeset WHERE node_no = ? AND sequence = ?"),
          arguments: [no, sequence]
        ).map { LogMark(sequence: sequence, hash: try codec.decodeHeader(Array($0)).hash) }
      }
    }
  }

  /// This node's changesets after `sequence`, as many as fit; at least one if there is any.
  public func ownChangesets(after sequence: Int64, maxBytes: Int) throws -> [SignedChangeset] {
    try read { db in
      try Self.page(
        db,
        sql: """
          SELECT log_no, header, signature, body FROM sync_changeset
          WHERE node_no = (SELECT node_no FROM sync_replica) AND sequence > ? AND body IS NOT NULL
          ORDER BY sequence
          """, arguments: [sequence], maxBytes: maxBytes
      ).map(\.changeset)
    }
  }

  /// The log after a place in it, as much as fits; at least one changeset if there is any.
  ///
  /// - Parameter node: Whose changesets are passed over: they are the asker's own.
  public func log(after place: Int64, maxBytes: Int, leavingOut node: NodeID?) throws -> LogPage {
    try read { db in
      let end = try Int64.fetchOne(db, sql: "SELECT max(log_no) FROM sync_changeset") ?? 0
      let left = try node.flatMap {
        try Int.fetchOne(
          db, sql: "SELECT no FROM sync_node WHERE id = ?", arguments: [Data($0.bytes)])
      }
      let found = try Self.page(
        db,
        sql: """
          SELECT log_no, header, signature, body FROM sync_changeset
          WHERE log_no > ? AND node_no <> ? AND body IS NOT NULL ORDER BY log_no
          """, arguments: [place, left ?? -1], maxBytes: maxBytes)
      let more = try found.last.map { last in
        try Bool.fetchOne(
          db,
          sql: "SELECT EXISTS (SELECT 1 FROM sync_changeset WHERE log_no > ? AND node_no <> ?)",
          arguments: [last.log, left ?? -1]) ?? false
      }
      return LogPage(
        changesets: found.map(\.changeset), last: more == true ? found.last?.log ?? end : end,
        end: end)
    }
  }

  private static func page(
    _ db: Database, sql: String, arguments: StatementArguments, maxBytes: Int
  ) throws -> [(log: Int64, changeset: SignedChangeset)] {
    var found: [(log: Int64, changeset: SignedChangeset)] = []
    var size = 0
    let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      let changeset = SignedChangeset(
        header: Array(row["header"] as Data), signature: Array(row["signature"] as Data),
        body: Array(row["body"] as Data))
      size += changeset.size
      if !found.isEmpty, size > maxBytes { break }
      found.append((row["log_no"], changeset))
    }
    return found
  }

  /// What has arrived here, less what waits in quarantine.
  public func knowledge() throws -> Knowledge {
    try read { db in try Self.knowledge(db) }
  }

  static func knowledge(_ db: Database) throws -> Knowledge {
    let directory = try NodeDirectory(db)
    var last: [NodeID: Int64] = [:]
    for entry in directory.entries.dropFirst() { last[entry.facts.id] = entry.lastCounter }
    let exceptions = try GRDB.Row.fetchAll(db, sql: "SELECT node_no, counter FROM sync_quarantine")
      .map {
        ChangeID(node: directory.id($0[0]), counter: $0[1])
      }
    return Knowledge(last: last, exceptions: Set(exceptions))
  }

  /// All nodes heard of.
  public func nodes() throws -> [NodeFacts] {
    try read { db in try NodeDirectory.all(db) }
  }

  /// Takes in what others say of nodes.
  ///
  /// A key, once known, is never replaced.
  public func learn(_ nodes: [NodeFacts]) throws {
    try inEngineTransaction { db, _ in try NodeDirectory.learn(db, nodes) }
  }

  /// The content in numbers, with what it rests on: equal knowledge and nothing unsealed make
  /// digests comparable.
  public func digests() throws -> (knowledge: Knowledge, unsealed: Int, tables: [TableDigest]) {
    try read { db in try Self.digests(db) }
  }

  static func digests(
    _ db: Database
  ) throws -> (knowledge: Knowledge, unsealed: Int, tables: [TableDigest]) {
    let tables = try GRDB.Row.fetchAll(
      db, sql: "SELECT name, row_count, digest_1, digest_2 FROM sync_table ORDER BY name"
    ).map { row in
      TableDigest(
        table: row["name"], rowCount: row["row_count"],
        digest: digestText(row["digest_1"], row["digest_2"]))
    }
    let unsealed = try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_capture") ?? 0
    return (try knowledge(db), unsealed, tables)
  }

  /// Notes how far the central clock is ahead of this machine's.
  public func setClockOffset(milliseconds: Int64) throws {
    try inEngineTransaction { db, _ in
      try db.execute(sql: "UPDATE sync_replica SET clock_offset_ms = ?", arguments: [milliseconds])
    }
  }
}

/// The two sums of a table's digest as text.
func digestText(_ first: Int64, _ second: Int64) -> String {
  hexadecimal(bigEndian(first) + bigEndian(second))
}

private func bigEndian(_ word: Int64) -> [UInt8] {
  withUnsafeBytes(of: word.bigEndian) { Array($0) }
}
