import GRDB
import SyncModel

/// Applies the changes of one changeset to the tables.
///
/// Fresh inserts, and updates of cells whose present value the author had seen, go a short way: one
/// look-up and two writes. Everything else goes through the row's state.
struct ChangeApplier {
  private let engine: EngineConnection
  private let header: ChangesetHeader
  private let author: Int
  private let seen: SeenVector
  private let isMeasured: Bool
  /// Changes that go into quarantine untried, by counter, and why.
  var barred: [Int64: Bar] = [:]
  /// Whether later changes of the author may have been applied already.
  var isRetry = false
  private(set) var applied = 0

  static let rowIsMissing = "the row that it changes waits itself or is not here"

  /// Why a change is not tried.
  struct Bar {
    var reason: QuarantineReason
    var detail: String
  }

  init(engine: EngineConnection, header: ChangesetHeader, author: Int, seen: SeenVector) {
    self.engine = engine
    self.header = header
    self.author = author
    self.seen = seen
    isMeasured = header.clockOffsetMilliseconds != nil
  }

  private func rank(_ timestamp: Int64) -> WriteRank {
    WriteRank(HybridTimestamp(rawValue: timestamp), clockIsMeasured: isMeasured)
  }

  /// Applies a whole group, or one change of it, whose first counter is `counter`.
  mutating func apply(_ group: ChangeGroup, only: Int? = nil, counter: Int64) throws {
    guard let index = engine.schema.byName[group.table] else {
      return try quarantine(
        group, only, counter, .unknownTable,
        "table \(group.table) is not known to schema \(engine.program.version)")
    }
    let table = engine.schema.tables[index]
    guard group.keyColumns == table.keyColumns else {
      return try quarantine(
        group, only, counter, .unknownTable, "the key of \(group.table) differs")
    }
    var columns: [Int] = []
    for name in group.columns {
      guard let column = table.columns.firstIndex(of: name) else {
        return try quarantine(
          group, only, counter, .unknownColumn,
          "column \(group.table).\(name) is not known to schema \(engine.program.version)")
      }
      columns.append(column)
    }
    let group = engine.erased.replacing(group)
    let range = only.map { $0..<$0 + 1 } ?? 0..<group.count
    let first = only == nil ? counter : counter - Int64(range.lowerBound)
    barMistyped(table, group, range, first)
    if engine.restricted.contains(index) {
      try withholdOutOfScope(index, group, range, first)
    }
    if isRetry || group.kind == .delete {
      for change in range {
        let position = only == nil ? counter + Int64(change) : counter
        try applySlowly(
          index, table, group, change, Origin(node: author, counter: position))
      }
    } else if group.kind == .insert {
      try insert(index, table, group, columns, counter)
    } else {
      try update(index, table, group, columns, counter)
    }
  }

  /// Finds the changes of a group to rows of another office than the author's.
  ///
  /// `first` is the counter of the group's first change.
  private mutating func withholdOutOfScope(
    _ index: Int, _ group: ChangeGroup, _ range: Range<Int>, _ first: Int64
  ) throws {
    let writer = engine.nodes[author].facts
    guard !writer.isCentral else { return }
    for change in range {
      let key = group.key(at: change)
      var offices: [String?] = [try engine.office(ofRow: index, key: key)]
      if group.kind != .delete {
        let written = Dictionary(
          uniqueKeysWithValues: zip(
            group.keyColumns + group.columns, key + group.values.map { $0[change] }))
        offices.append(try engine.office(index, values: written))
      }
      if let other = offices.compactMap({ $0 }).first(where: { $0 != writer.office }) {
        barred[first + Int64(change)] = Bar(
          reason: .scope,
          detail: "office \(writer.office) may not write \(group.table) of office \(other)")
      }
    }
  }

  /// Finds values that SQLite would store as others: of a type that a STRICT table does not hold, a
  /// NULL as a key, a real number that is none, a negative zero.
  ///
  /// No writer of such a table can have read them from it; rows would differ from what their changes
  /// say.
  private mutating func barMistyped(
    _ table: SyncedTable, _ group: ChangeGroup, _ range: Range<Int>, _ first: Int64
  ) {
    func bar(_ change: Int, _ name: String) {
      barred[first + Int64(change)] = Bar(
        reason: .constraint, detail: "\(table.name).\(name) does not hold such a value")
    }
    let (null, aReal) = (ValueColumn.Kind.null.rawValue, ValueColumn.Kind.real.rawValue)
    for (name, column) in zip(group.keyColumns, group.keys) {
      for change in range where column.kinds[change] == null { bar(change, name) }
    }
    for (name, column) in zip(group.keyColumns + group.columns, group.keys + group.values) {
      let kind = table.strictKinds[name]
      for change in range {
        let found = column.kinds[change]
        if found == null { continue }
        if let kind, found != kind { bar(change, name) }
        guard found == aReal else { continue }
        let real = Double(bitPattern: UInt64(bitPattern: column.words[change]))
        if real.isNaN || kind == aReal && real == 0 && real.sign == .minus { bar(change, name) }
      }
    }
  }

  private mutating func quarantine(
    _ group: ChangeGroup, _ only: Int?, _ counter: Int64, _ reason: QuarantineReason,
    _ detail: String
  ) throws {
    for change in only.map({ $0..<$0 + 1 }) ?? 0..<group.count {
      let position = only == nil ? counter + Int64(change) : counter
      try engine.quarantine(
        Origin(node: author, counter: position), table: group.table, key: group.key(at: change),
        reason: reason, detail: detail)
    }
  }

  // MARK: - The short way

  private mutating func insert(
    _ index: Int, _ table: SyncedTable, _ group: ChangeGroup, _ columns: [Int], _ counter: Int64
  ) throws {
    let names = group.keyColumns + group.columns
    let marks: String = names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    let insert = try engine.statement(
      """
      INSERT INTO \(table.quotedName)(\(table.list(names))) VALUES (\(marks)) ON CONFLICT DO NOTHING
      """)
    let plan = try engine.plan(index)
    let keyCount = group.keyColumns.count
    let all = group.keys + group.values
    for change in 0..<group.count {
      let origin = Origin(node: author, counter: counter + Int64(change))
      if engine.hasDead[index] || !barred.isEmpty {
        if try barred[origin.counter] != nil || engine.isDead(index, key: group.key(at: change)) {
          try applySlowly(index, table, group, change, origin)
          continue
        }
      }
      var keyHash: UInt64 = 0
      var hash: UInt64 = 0
      for position in all.indices {
        let kind = all[position].kinds[change]
        let word = all[position].words[change]
        var value: UInt64 = 0
        all[position].bytes.withUnsafeBytes { bytes in
          insert.bind(position + 1, kind: kind, word: word, base: bytes.baseAddress)
          value =
            kind < 3
            ? RowHash.value(
              kind: kind, word: word, bytes: UnsafeRawBufferPointer(start: nil, count: 0))
            : RowHash.value(
              kind: kind, word: 0,
              bytes: UnsafeRawBufferPointer(
                rebasing: bytes[Int(word >> 32)..<Int(word >> 32) + Int(word & 0xffff_ffff)]))
        }
        if position < keyCount {
          keyHash = RowHash.key(keyHash, adding: value)
          hash = keyHash
        } else {
          hash &+= RowHash.cell(
            key: keyHash, column: columns[position - keyCount] + 1, value: value)
        }
      }
      do {
        try insert.run()
      } catch let error as DatabaseError where error.isRefusal {
        try refuse(group, change, origin, .constraint, error)
        continue
      }
      guard engine.changedRows == 1 else {
        try applySlowly(index, table, group, change, origin)
        continue
      }
      plan.insertMeta.bind(1, engine.lastInsertedRow)
      plan.insertMeta.bind(2, origin.packed)
      plan.insertMeta.bind(3, rank(group.timestamps[change]).rawValue)
      plan.insertMeta.bind(4, Int64(bitPattern: hash))
      do {
        try plan.insertMeta.run()
      } catch let error as DatabaseError where error.isRefusal {
        throw BypassedRow(table: index, row: engine.lastInsertedRow, isGone: true)
      }
      engine.digestDeltas[index].add(hash)
      applied += 1
    }
  }

  private mutating func update(
    _ index: Int, _ table: SyncedTable, _ group: ChangeGroup, _ columns: [Int], _ counter: Int64
  ) throws {
    guard !columns.isEmpty else { return }
    let assignments: String = group.columns.enumerated().map {
      "\($1.quotedDatabaseIdentifier) = ?\($0 + 2)"
    }.joined(separator: ", ")
    let update = try engine.statement(
      "UPDATE \(table.quotedName) SET \(assignments) WHERE rowid = ?1")
    let plan = try engine.plan(index)
    let select = plan.selectByKey
    for change in 0..<group.count {
      let origin = Origin(node: author, counter: counter + Int64(change))
      var keyHash: UInt64 = 0
      for (position, column) in group.keys.enumerated() {
        keyHash = RowHash.key(keyHash, adding: column.hash(at: change))
        column.bytes.withUnsafeBytes {
          select.bind(
            position + 1, kind: column.kinds[change], word: column.words[change],
            base: $0.baseAddress)
        }
      }
      let found = try barred[origin.counter] == nil && select.step()
      guard found, !select.isNull(1) else {
        select.reset()
        try applySlowly(index, table, group, change, origin)
        continue
      }
      let row = select.integer(0)
      var meta = RowMeta(
        origin: select.integer(1), rank: select.integer(2), hash: select.integer(3),
        bytes: select.bytes(4))
      let isPlain =
        !meta.isComplex
        && columns.allSatisfy { seen.contains(meta.origin(of: $0 + 1), at: origin.counter) }
      guard isPlain else {
        select.reset()
        try applySlowly(index, table, group, change, origin)
        continue
      }
      var before = keyHash
      var hash = keyHash
      var place = 0
      for column in table.columns.indices {
        let raw = select.raw(5 + column)
        let old = RowHash.value(kind: raw.kind, word: raw.word, bytes: raw.bytes)
        before &+= RowHash.cell(key: keyHash, column: column + 1, value: old)
        var new = old
        if place < columns.count, let written = columns.firstIndex(of: column) {
          new = group.values[written].hash(at: change)
          place += 1
        }
        hash &+= RowHash.cell(key: keyHash, column: column + 1, value: new)
      }
      select.reset()
      guard before == meta.hash else { throw BypassedRow(table: index, row: row) }
      update.bind(1, row)
      for (position, values) in group.values.enumerated() {
        values.bytes.withUnsafeBytes {
          update.bind(
            position + 2, kind: values.kinds[change], word: values.words[change],
            base: $0.baseAddress)
        }
      }
      do {
        try update.run()
      } catch let error as DatabaseError where error.isRefusal {
        try refuse(group, change, origin, .constraint, error)
        continue
      }
      let rank = rank(group.timestamps[change]).rawValue
      for column in columns { meta.set(column + 1, origin: origin, rank: rank) }
      plan.updateMeta.bind(1, row)
      plan.updateMeta.bind(2, meta.origin.packed)
      plan.updateMeta.bind(3, meta.rank)
      plan.updateMeta.bind(4, Int64(bitPattern: hash))
      try meta.bytes.withUnsafeBytes {
        plan.updateMeta.bind(5, blob: $0)
        try plan.updateMeta.run()
      }
      engine.digestDeltas[index].remove(before)
      engine.digestDeltas[index].add(hash)
      applied += 1
    }
  }

  // MARK: - The general way

  private mutating func applySlowly(
    _ index: Int, _ table: SyncedTable, _ group: ChangeGroup, _ change: Int, _ origin: Origin
  ) throws {
    if let bar = barred[origin.counter] {
      try engine.quarantine(
        origin, table: group.table, key: group.key(at: change), reason: bar.reason,
        detail: bar.detail)
      return
    }
    let key = group.key(at: change)
    var stored = try engine.load(index, key: key)
    guard group.kind == .insert || stored.exists else {
      try engine.quarantine(
        origin, table: group.table, key: key, reason: .reference,
        detail: Self.rowIsMissing)
      return
    }
    if isRetry, group.kind != .delete, try waitsForParent(index, group, change, origin) { return }
    let id = engine.change(origin)
    let rank = rank(group.timestamps[change])
    let hasSeen = { (other: ChangeID) in
      seen.contains(engine.origin(other), at: origin.counter)
    }
    var failure: (any Error)?
    let isSeenBy = { (other: ChangeID) -> Bool in
      guard isRetry else { return false }
      do { return try engine.hasSeen(other, id) } catch {
        failure = error
        return false
      }
    }
    if group.kind == .delete {
      stored.state.delete(change: id, rank: rank, hasSeen: hasSeen, isSeenBy: isSeenBy)
    } else {
      stored.state.write(
        group.cells(at: change, of: table), change: id, rank: rank,
        isInsert: group.kind == .insert, hasSeen: hasSeen, isSeenBy: isSeenBy)
    }
    if let failure { throw failure }
    let wasShown = stored.row != nil
    do {
      let isShown = try engine.store(&stored, keep: stored.wasKept, cause: id)
      if wasShown, !isShown { engine.died.append((index, key)) }
      if isRetry, isShown, let values = try engine.shownValues(index, key: key) {
        for missing in try engine.missingParents(index, values: values) {
          _ = try engine.keepParent(missing, cause: id)
        }
      }
      applied += 1
    } catch let error as DatabaseError where error.isRefusal {
      try refuse(group, change, origin, .constraint, error)
    }
  }

  /// Whether the row refers to one that is still unknown; then the change goes on waiting.
  private func waitsForParent(
    _ index: Int, _ group: ChangeGroup, _ change: Int, _ origin: Origin
  ) throws -> Bool {
    let values = Dictionary(
      uniqueKeysWithValues: zip(
        group.keyColumns + group.columns, group.key(at: change) + group.values.map { $0[change] }))
    for missing in try engine.missingParents(index, values: values) {
      if try engine.keepParent(missing, cause: engine.change(origin)) { continue }
      try engine.quarantine(
        origin, table: group.table, key: group.key(at: change), reason: .reference,
        detail: missing.detail
      )
      return true
    }
    return false
  }

  private mutating func refuse(
    _ group: ChangeGroup, _ change: Int, _ origin: Origin, _ reason: QuarantineReason,
    _ error: DatabaseError
  ) throws {
    try engine.quarantine(
      origin, table: group.table, key: group.key(at: change), reason: reason,
      detail: error.message ?? "\(error.resultCode)")
  }
}

extension DatabaseError {
  /// Whether the table does not take a row with these values: a constraint, or a key of another
  /// type.
  fileprivate var isRefusal: Bool {
    resultCode == .SQLITE_CONSTRAINT || resultCode == .SQLITE_MISMATCH
  }
}
