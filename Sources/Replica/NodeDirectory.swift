import GRDB
import SyncModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The nodes that this replica has heard of, by their local numbers.
struct NodeDirectory {
  struct Entry {
    var no: Int
    var facts: NodeFacts
    var lastSequence: Int64
    var lastCounter: Int64
    var lastHash: [UInt8]
  }

  /// By local number; numbers are dense from 0, the ground.
  private(set) var entries: [Entry] = []
  private var noByID: [NodeID: Int] = [:]

  init() {}

  init(_ db: Database) throws {
    let rows = try GRDB.Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT no, id, office, label, public_key, last_sequence, last_counter, last_hash
          FROM sync_node ORDER BY no
          """))
    for row in rows {
      let no: Int = row["no"]
      guard let id = NodeID(bytes: row["id"] as Data), no == entries.count else {
        throw ReplicaError(.damaged("node \(no) has no readable identity"))
      }
      append(
        Entry(
          no: no, facts: Self.facts(row, id: id), lastSequence: row["last_sequence"],
          lastCounter: row["last_counter"],
          lastHash: (row["last_hash"] as Data?).map(Array.init) ?? []))
    }
  }

  private static func facts(_ row: GRDB.Row, id: NodeID) -> NodeFacts {
    NodeFacts(
      id: id, office: row["office"], label: row["label"],
      publicKey: (row["public_key"] as Data?).map(Array.init))
  }

  private mutating func append(_ entry: Entry) {
    entries.append(entry)
    noByID[entry.facts.id] = entry.no
  }

  subscript(no: Int) -> Entry {
    get { entries[no] }
    set { entries[no] = newValue }
  }

  func no(of id: NodeID) -> Int? {
    noByID[id]
  }

  func id(_ no: Int) -> NodeID {
    no < entries.count ? entries[no].facts.id : .ground
  }

  /// The local number of a node, given now if it is new.
  mutating func number(_ db: Database, _ id: NodeID) throws -> Int {
    if let no = noByID[id] { return no }
    let no = entries.count
    precondition(no < 1 << 16, "a replica has fewer than 65,536 nodes")
    try db.execute(
      sql: "INSERT INTO sync_node(no, id, office) VALUES (?, ?, '')",
      arguments: [no, Data(id.bytes)])
    append(
      Entry(
        no: no, facts: NodeFacts(id: id, office: "", label: nil, publicKey: nil), lastSequence: 0,
        lastCounter: 0, lastHash: []))
    return no
  }

  /// Takes in what others say of nodes.
  ///
  /// A key, once known, is never replaced.
  static func learn(_ db: Database, _ nodes: [NodeFacts]) throws {
    for node in nodes {
      try db.execute(
        sql: """
          INSERT INTO sync_node(no, id, office, label, public_key)
          VALUES ((SELECT max(no) + 1 FROM sync_node), ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET
            office = excluded.office,
            label = coalesce(excluded.label, label),
            public_key = coalesce(public_key, excluded.public_key)
          """,
        arguments: [
          Data(node.id.bytes), node.office, node.label, node.publicKey.map { Data($0) },
        ])
    }
  }

  static func own(_ db: Database) throws -> NodeFacts {
    let row = try GRDB.Row.fetchOne(
      db,
      sql: """
        SELECT id, office, label, public_key FROM sync_node
        WHERE no = (SELECT node_no FROM sync_replica)
        """)
    guard let row, let id = NodeID(bytes: row["id"] as Data) else {
      throw ReplicaError(.damaged("it does not know its own identity"))
    }
    return facts(row, id: id)
  }

  static func all(_ db: Database) throws -> [NodeFacts] {
    try NodeDirectory(db).entries.dropFirst().map(\.facts)
  }
}

/// A change's author and counter in one integer: counter << 16 | local node number.
///
/// What rows keep of their origin; it fits six bytes up to 2^32 changes a node.
struct Origin: Hashable {
  let packed: Int64

  init(packed: Int64) {
    self.packed = packed
  }

  init(node: Int, counter: Int64) {
    packed = counter << 16 | Int64(node)
  }

  var node: Int {
    Int(packed & 0xffff)
  }

  var counter: Int64 {
    packed >> 16
  }
}

/// A changeset's knowledge in local node numbers, as merging asks it.
struct SeenVector {
  /// By node number.
  var last: [Int64]
  /// Packed origins that had arrived and were not seen.
  var exceptions: Set<Int64>
  /// The author, who has seen its own earlier changes.
  var author: Int

  /// Whether the author, at its own change `counter`, had seen `origin`.
  @inline(__always)
  func contains(_ origin: Origin, at counter: Int64) -> Bool {
    let node = origin.node
    if node == 0 { return true }
    if node == author { return origin.counter < counter && !isException(origin) }
    return node < last.count && origin.counter <= last[node] && !isException(origin)
  }

  @inline(__always)
  private func isException(_ origin: Origin) -> Bool {
    !exceptions.isEmpty && exceptions.contains(origin.packed)
  }
}
