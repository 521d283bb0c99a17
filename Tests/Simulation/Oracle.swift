import Foundation
import GRDB
import Replica
import SyncModel
import SyncProtocol

/// The semantics, slow and obviously right: a replica is a set of changes; rows and conflicts are a
/// pure function of that set.
///
/// Shares nothing with the engine but the format of changesets.
struct Oracle {
  struct Write {
    var id: ChangeID
    var rank: Int64
    /// The corrected time of the write, its correction and the time of its seal, in milliseconds.
    var at: Int64 = 0
    var offset: Int64 = 0
    var sealedAt: Int64 = 0
    var isDelete: Bool
    var isInsert: Bool
    var values: [String: CellValue]
    var seen: Knowledge
  }

  struct RowName: Hashable, Comparable, CustomStringConvertible {
    var table: String
    var key: [CellValue]

    var description: String { "\(table) \(Oracle.text(key))" }

    static func < (left: RowName, right: RowName) -> Bool {
      (left.table, left.key.description) < (right.table, right.key.description)
    }
  }

  /// One open conflict as text: table, key, column, kind, and both values.
  private(set) var openConflicts: Set<String> = []
  /// Rows shown, by table, as text.
  private(set) var rows: [String: Set<String>] = [:]

  /// A table's columns beside its key.
  func columns(of table: String) -> [String] {
    tables.first { $0.name == table }?.columns ?? []
  }

  /// How many changes there are.
  var count: Int { writes.values.reduce(0) { $0 + $1.count } }

  private var writes: [RowName: [Write]] = [:]
  private var visible: [RowName: [String: CellValue]] = [:]
  private let tables: [OracleTable]

  /// The state that the changes in a replica's log come to.
  init(_ replica: Replica) throws {
    tables = try OracleTable.all(replica)
    let codec = ProtobufChangesetCodec()
    let log = try replica.log(after: 0, maxBytes: .max, leavingOut: nil).changesets
    for table in tables {
      for ground in table.ground {
        writes[RowName(table: table.name, key: ground.key), default: []].append(ground.write)
      }
    }
    for changeset in log {
      let (header, _) = try codec.decodeHeader(changeset.header)
      var counter = header.firstCounter
      for group in try codec.decodeBody(changeset.body, header: header) {
        for index in 0..<group.count {
          var seen = header.knowledge
          seen.receive(header.node, upTo: counter - 1)
          let stamp = group.timestamps[index]
          writes[RowName(table: group.table, key: group.key(at: index)), default: []].append(
            Write(
              id: ChangeID(node: header.node, counter: counter),
              rank: header.clockOffsetMilliseconds == nil ? stamp - (1 << 62) : stamp,
              at: stamp >> 16, offset: header.clockOffsetMilliseconds ?? 0,
              sealedAt: header.sealedAtMilliseconds,
              isDelete: group.kind == .delete, isInsert: group.kind == .insert,
              values: Dictionary(
                uniqueKeysWithValues: zip(group.columns, group.values.map { $0[index] })),
              seen: seen))
          counter += 1
        }
      }
    }
    evaluate()
  }

  private mutating func evaluate() {
    var alive: [RowName: Bool] = [:]
    var shown: [RowName: [String: CellValue]] = [:]
    for (name, all) in writes {
      guard let table = tables.first(where: { $0.name == name.table }) else { continue }
      let deletes = maximalDeletes(all)
      var values: [String: CellValue] = [:]
      var lives = false
      for column in table.columns + [""] {
        let heads = heads(all, column)
        lives = lives || heads.contains { head in !deletes.contains { $0.seen.contains(head.id) } }
        if !column.isEmpty { values[column] = table.show(heads, column).value }
      }
      alive[name] = lives
      shown[name] = values
    }
    // A living row keeps what it refers to.
    var visible = Set(alive.filter(\.value).keys)
    var queue = Array(visible)
    while let name = queue.popLast() {
      guard let table = tables.first(where: { $0.name == name.table }) else { continue }
      for (columns, parent) in table.references {
        let key = columns.map { column -> CellValue in
          table.key.firstIndex(of: column).map { name.key[$0] } ?? shown[name]?[column] ?? .null
        }
        let parentName = RowName(table: parent, key: key)
        if writes[parentName] != nil, visible.insert(parentName).inserted {
          queue.append(parentName)
        }
      }
    }
    for table in tables { rows[table.name] = [] }
    for name in visible { self.visible[name] = shown[name] ?? [:] }
    for name in visible {
      guard let table = tables.first(where: { $0.name == name.table }), let all = writes[name]
      else { continue }
      rows[table.name]?.insert(
        Self.text(name.key + table.columns.map { shown[name]?[$0] ?? .null }))
      for column in table.columns {
        for other in table.show(heads(all, column), column).against {
          openConflicts.insert("\(table.name) \(Self.text(name.key)) \(column) edit \(other)")
        }
      }
      for _ in maximalDeletes(all) {
        openConflicts.insert(
          "\(table.name) \(Self.text(name.key)) - \(alive[name] == true ? "delete" : "reference")")
      }
    }
  }

  /// Deletes that no other change of the row has seen.
  private func maximalDeletes(_ all: [Write]) -> [Write] {
    all.filter { delete in delete.isDelete && !all.contains { $0.seen.contains(delete.id) } }
  }

  /// Writes of a cell that no later write of it has seen; the empty name stands for the row itself.
  private func heads(_ all: [Write], _ column: String) -> [Write] {
    let writes = all.filter { !$0.isDelete && ($0.isInsert || $0.values[column] != nil) }
    return writes.filter { write in
      !writes.contains { $0.id != write.id && $0.seen.contains(write.id) }
    }
  }

  // MARK: - What follows from the definition

  /// Whether the log holds what a user wrote, by one of these authors, who had seen of the others
  /// exactly what stood in the replica; at one of these times by the replica's clock.
  func holds(
    _ entry: Ledger.Entry, by identities: Set<NodeID>, writtenAt times: [Int64]
  ) -> Bool {
    func others(_ knowledge: Knowledge) -> Knowledge {
      Knowledge(
        last: knowledge.last.filter { !identities.contains($0.key) },
        exceptions: knowledge.exceptions.filter { !identities.contains($0.node) })
    }
    let seen = others(entry.knowledge)
    return (writes[entry.row] ?? []).contains { write in
      guard identities.contains(write.id.node) else { return false }
      guard entry.isBypass || others(write.seen) == seen else { return false }
      // Timed by the replica's clock, set right by what was measured, and not after the seal.
      let isTimely = times.contains { time in
        abs(write.at - max(0, min(time + write.offset, write.sealedAt))) <= 61_000
      }
      guard entry.isBypass || isTimely else { return false }
      guard let column = entry.column else { return write.isDelete }
      if column.isEmpty { return write.isInsert }
      return write.values[column] == entry.value
    }
  }

  /// What the log holds of the row by these authors, for a failure's message.
  func told(_ entry: Ledger.Entry, by identities: Set<NodeID>) -> [String] {
    (writes[entry.row] ?? []).filter { identities.contains($0.id.node) }.map { write in
      let kind = write.isDelete ? "delete" : write.isInsert ? "insert" : "update"
      let value = entry.column.flatMap { write.values[$0] }.map { " \($0)" } ?? ""
      let sight = write.seen == entry.knowledge ? "" : ", seen \(write.seen) for \(entry.knowledge)"
      return "\(kind)\(value) at \(write.at) for \(entry.at)\(sight)"
    }
  }

  /// Values that are neither shown nor overwritten by somebody who had seen them nor listed as
  /// standing against another, and deletions undone without a reason on record.
  ///
  /// Policies that rank or gather (`append`, `max`, `min`) are left out: they say themselves what
  /// becomes of a value.
  func silentLosses() -> [String] {
    var losses: [String] = []
    for (name, all) in writes.sorted(by: { $0.key < $1.key }) {
      guard let table = tables.first(where: { $0.name == name.table }) else { continue }
      let isVisible = visible[name] != nil
      for write in all where write.isDelete && isVisible {
        let isAnswered = all.contains { $0.seen.contains(write.id) }
        let isRecorded = openConflicts.contains { line in
          line == "\(name.table) \(Self.text(name.key)) - delete"
            || line == "\(name.table) \(Self.text(name.key)) - reference"
        }
        if !isAnswered, !isRecorded { losses.append("the deletion of \(name) is undone silently") }
      }
      for write in all where !write.isDelete {
        for (column, value) in write.values.sorted(by: { $0.key < $1.key }) {
          let policy = table.policies[column] ?? "latest"
          guard ["latest", "manual", "name"].contains(policy) else { continue }
          // An insert's NULL says nothing.
          if write.isInsert, value.isNull { continue }
          let isOverwritten = all.contains { other in
            other.id != write.id && other.seen.contains(write.id)
              && (other.isDelete || other.isInsert || other.values[column] != nil)
          }
          if isOverwritten { continue }
          guard let cells = visible[name] else {
            // A row that is gone takes its values along: the deletion must have seen them.
            losses.append("\(name).\(column) = \(value) is gone with its row")
            continue
          }
          let shown = cells[column] ?? .null
          let isShown =
            shown.agrees(with: value)
            || policy == "name" && OracleTable.fold(shown) == OracleTable.fold(value)
          let line = "\(name.table) \(Self.text(name.key)) \(column) edit "
          // What stands against it may be listed in another spelling that agrees.
          let isListed = openConflicts.contains { $0.hasPrefix(line) }
          if !isShown, !isListed {
            losses.append("\(name).\(column) = \(value) is neither shown nor listed")
          }
        }
      }
    }
    return losses
  }

  static func text(_ values: [CellValue]) -> String {
    values.map { "\($0)" }.joined(separator: "|")
  }
}

/// A table as the oracle sees it.
struct OracleTable {
  var name: String
  var key: [String]
  var columns: [String]
  var policies: [String: String]
  var references: [(columns: [String], parent: String)]
  var ground: [(key: [CellValue], write: Oracle.Write)]

  static func all(_ replica: Replica) throws -> [OracleTable] {
    try replica.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sync_table").map { name in
        let info = try GRDB.Row.fetchAll(
          db, sql: "SELECT name, pk FROM pragma_table_info(?)", arguments: [name])
        let policies = try GRDB.Row.fetchAll(
          db, sql: "SELECT column_name, policy FROM sync_policy WHERE table_name = ?",
          arguments: [name])
        let foreign = try GRDB.Row.fetchAll(
          db, sql: #"SELECT "table", "from" FROM pragma_foreign_key_list(?)"#, arguments: [name])
        var table = OracleTable(
          name: name, key: info.filter { ($0["pk"] as Int) > 0 }.map { $0["name"] },
          columns: info.filter { ($0["pk"] as Int) == 0 }.map { $0["name"] },
          policies: Dictionary(uniqueKeysWithValues: policies.map { ($0[0], $0[1]) }),
          references: foreign.map { ([$0[1]], $0[0]) }, ground: [])
        if name == "team" {
          table.ground = [("t0", "Ground", 1), ("t1", "Grund", 2)].map { id, title, level in
            (
              [.text(id)],
              Oracle.Write(
                id: ChangeID(node: .ground, counter: 0), rank: .min, isDelete: false,
                isInsert: true,
                values: ["name": .text(title), "level": .integer(Int64(level))], seen: Knowledge())
            )
          }
        }
        return table
      }
    }
  }

  /// The value shown among heads, and the values that stand against it.
  func show(_ heads: [Oracle.Write], _ column: String) -> (value: CellValue, against: Set<String>) {
    func value(_ head: Oracle.Write) -> CellValue { head.values[column] ?? .null }
    let strong = heads.filter { !($0.isInsert && value($0).isNull) }
    let pool = (strong.isEmpty ? heads : strong).sorted {
      ($0.rank, $0.id.node, $0.id.counter) > ($1.rank, $1.id.node, $1.id.counter)
    }
    guard let first = pool.first else { return (.null, []) }
    let differing = { (same: (CellValue) -> Bool) in
      Set(pool.map(value).filter { !same($0) }.map { "\($0)" })
    }
    switch policies[column] ?? "latest" {
    case "append":
      let texts = pool.reversed().compactMap { head -> String? in
        if case .text(let text) = value(head) { text } else { nil }
      }
      if texts.isEmpty { return (.null, []) }
      if texts.count == 1 { return (.text(texts[0]), []) }
      var lines: [String] = []
      for line in texts.flatMap({ $0.split(separator: "\n").map(String.init) })
      where !lines.contains(line) {
        lines.append(line)
      }
      return (.text(lines.joined(separator: "\n")), [])
    case "max": return (pool.map(value).max() ?? .null, [])
    case "min":
      let numbers = pool.map(value).filter { !$0.isNull }
      return (numbers.min() ?? .null, [])
    case "name":
      func quality(_ value: CellValue) -> Int {
        guard case .text(let text) = value else { return 0 }
        let plain = text.folding(options: .diacriticInsensitive, locale: nil)
        return (text != text.uppercased() ? 2 : 0) + (plain != text ? 1 : 0)
      }
      let family = pool.filter { Self.fold(value($0)) == Self.fold(value(first)) }
      let best = family.map { quality(value($0)) }.max() ?? 0
      let shown = family.first { quality(value($0)) == best } ?? first
      return (value(shown), differing { Self.fold($0) == Self.fold(value(first)) })
    default:
      return (value(first), differing { $0.agrees(with: value(first)) })
    }
  }

  /// A name without what careful and careless spellings differ in.
  static func fold(_ value: CellValue) -> String {
    guard case .text(let text) = value else { return "\(value)" }
    return text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
      .split(separator: " ").joined(separator: " ")
  }
}
