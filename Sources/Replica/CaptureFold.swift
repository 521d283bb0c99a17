/// One captured write of a table, in the order of writing.
struct CapturedWrite {
  var row: Int64
  /// Changed columns, or a ``CaptureTriggers/Mark``.
  var mask: Int64
  /// Julian day.
  var at: Double
  /// Where the values before a delete or replacement are kept; 0: nowhere.
  var old: Int64
}

/// A net change to be sealed.
struct NetChange {
  enum Kind: UInt8 {
    case insert, update, delete
    /// Not sealed: the row is gone, and an insert of the same key follows.
    case forget
  }

  var kind: Kind
  /// Columns written by an update.
  var mask: Int64
  /// Julian day of the last write folded into it.
  var at: Double
  /// The row whose values it has.
  var row: Int64
  /// Where the values are kept, if the row is gone; 0: the row itself.
  var old: Int64
  /// Its place among the changes of the same key.
  var round: Int
}

/// Folds what was captured into net changes: what a row's writes since the last seal come to.
///
/// Never across a delete: what was written to a row before it was deleted comes first, then the
/// delete; a delete followed by an insert of the same key is an insert of every column. Writes more
/// than ``window`` apart stay apart, so that each keeps its time.
struct CaptureFold {
  /// Edits of one row within a minute are one sitting.
  ///
  /// Longer apart, the time of the later would pass for that of the earlier and could wrongly win
  /// against another office's write made in between.
  static let window = 1.0 / 1440

  /// A row from its insert, or from the last seal, to its delete, or to now.
  private struct Life {
    var row: Int64
    var start: Int
    var insertedAt: Double?
    var mask: Int64 = 0
    var at: Double = 0
    var endOld: Int64 = 0
    var endAt: Double = 0
  }

  /// - Parameters:
  ///   - writes: One table's writes in order.
  ///   - keyOfOld: The encoded key among kept values.
  ///   - keyOfRow: The encoded key of a row that exists.
  static func changes(
    _ writes: [CapturedWrite], keyOfOld: (Int64) throws -> [UInt8],
    keyOfRow: (Int64) throws -> [UInt8]?
  ) rethrows -> [NetChange] {
    var fold = CaptureFold()
    fold.run(writes)
    if fold.hasEnds || !fold.replacements.isEmpty {
      try fold.endReplaced(keyOfOld: keyOfOld, keyOfRow: keyOfRow)
    }
    return try fold.netChanges(keyOfOld: keyOfOld, keyOfRow: keyOfRow)
  }

  private var lives: [Life] = []
  private var current: [Int64: Int] = [:]
  private var earlierPieces: [Int: [(mask: Int64, at: Double)]] = [:]
  private var replacements: [(row: Int64, start: Int, at: Double, old: Int64)] = []
  private var hasEnds = false

  private mutating func life(of row: Int64, at start: Int) -> Int {
    if let index = current[row] { return index }
    lives.append(Life(row: row, start: start))
    current[row] = lives.count - 1
    return lives.count - 1
  }

  private mutating func run(_ writes: [CapturedWrite]) {
    current.reserveCapacity(writes.count)
    lives.reserveCapacity(writes.count)
    for (start, write) in writes.enumerated() {
      switch write.mask {
      case CaptureTriggers.Mark.insert:
        if let index = current[write.row] {
          // REPLACE of a row whose key is its rowid.
          let replaced = replacements.last { $0.row == write.row }
          lives[index].endOld = replaced?.old ?? 0
          lives[index].endAt = write.at
          hasEnds = true
        } else if let replaced = replacements.last(where: { $0.row == write.row }),
          !lives.contains(where: { $0.row == write.row && $0.start > replaced.start })
        {
          lives.append(
            Life(row: write.row, start: replaced.start, endOld: replaced.old, endAt: write.at))
          hasEnds = true
        }
        lives.append(Life(row: write.row, start: start, insertedAt: write.at, at: write.at))
        current[write.row] = lives.count - 1
      case CaptureTriggers.Mark.delete:
        let index = life(of: write.row, at: start)
        lives[index].endOld = write.old
        lives[index].endAt = write.at
        current[write.row] = nil
        hasEnds = true
      case CaptureTriggers.Mark.replace:
        replacements.append((write.row, start, write.at, write.old))
      case CaptureTriggers.Mark.restate:
        let index = life(of: write.row, at: start)
        lives[index].insertedAt = write.at
        lives[index].at = write.at
      default:
        let index = life(of: write.row, at: start)
        if lives[index].mask != 0, write.at - lives[index].at > Self.window {
          earlierPieces[index, default: []].append((lives[index].mask, lives[index].at))
          lives[index].mask = 0
        }
        lives[index].mask |= write.mask
        lives[index].at = write.at
      }
    }
  }

  /// A logged replacement took place if an insert of the same key followed while the row was there;
  /// otherwise the statement became an update (UPSERT) or did nothing (IGNORE).
  private mutating func endReplaced(
    keyOfOld: (Int64) throws -> [UInt8], keyOfRow: (Int64) throws -> [UInt8]?
  ) rethrows {
    guard !replacements.isEmpty else { return }
    var insertsByKey: [[UInt8]: [Int]] = [:]
    for (index, life) in lives.enumerated() where life.insertedAt != nil {
      let key = life.endOld != 0 ? try keyOfOld(life.endOld) : try keyOfRow(life.row)
      if let key { insertsByKey[key, default: []].append(index) }
    }
    for replacement in replacements {
      let key = try keyOfOld(replacement.old)
      guard
        let insert = insertsByKey[key]?.first(where: {
          lives[$0].start > replacement.start && lives[$0].row != replacement.row
        })
      else { continue }
      let insertStart = lives[insert].start
      let holder = lives.lastIndex {
        $0.row == replacement.row && $0.start <= replacement.start
      }
      if let holder {
        // Already ended by a delete trigger, before or at the replacement.
        if lives[holder].endAt != 0 { continue }
        lives[holder].endOld = replacement.old
        lives[holder].endAt = replacement.at
      } else if !lives.contains(where: {
        $0.row == replacement.row && $0.start > replacement.start && $0.start < insertStart
      }) {
        lives.append(
          Life(
            row: replacement.row, start: replacement.start, endOld: replacement.old,
            endAt: replacement.at))
      }
      hasEnds = true
    }
  }

  private func netChanges(
    keyOfOld: (Int64) throws -> [UInt8], keyOfRow: (Int64) throws -> [UInt8]?
  ) rethrows -> [NetChange] {
    var changes: [NetChange] = []
    changes.reserveCapacity(lives.count)
    var rounds: [[UInt8]: Int] = [:]
    var lastByKey: [[UInt8]: Int] = [:]
    var keys: [Int: [UInt8]] = [:]
    if hasEnds {
      // Only keys that ended once can have several lives.
      var ended: Set<[UInt8]> = []
      for (index, life) in lives.enumerated() where life.endAt != 0 && life.endOld != 0 {
        let key = try keyOfOld(life.endOld)
        keys[index] = key
        ended.insert(key)
      }
      for (index, life) in lives.enumerated() where life.endAt == 0 {
        if let key = try keyOfRow(life.row), ended.contains(key) { keys[index] = key }
      }
    }
    // Only lives ended by a replacement were found out of order.
    let order =
      replacements.isEmpty
      ? Array(lives.indices) : lives.indices.sorted { lives[$0].start < lives[$1].start }
    for index in order {
      if let key = keys[index] { lastByKey[key] = index }
    }
    for index in order {
      let life = lives[index]
      var round = keys[index].flatMap { rounds[$0] } ?? 0
      func add(_ kind: NetChange.Kind, mask: Int64, at: Double) {
        changes.append(
          NetChange(kind: kind, mask: mask, at: at, row: life.row, old: life.endOld, round: round))
        round += 1
      }
      var pieces = earlierPieces[index] ?? []
      if life.mask != 0 { pieces.append((life.mask, life.at)) }
      if let insertedAt = life.insertedAt {
        // What was written soon after the insert is part of it.
        var at = insertedAt
        while let first = pieces.first, first.at - insertedAt <= Self.window {
          at = first.at
          pieces.removeFirst()
        }
        add(.insert, mask: 0, at: at)
      }
      var later: Int64 = 0
      var masks: [(mask: Int64, at: Double)] = []
      for piece in pieces.reversed() {
        if piece.mask & ~later != 0 { masks.append((piece.mask & ~later, piece.at)) }
        later |= piece.mask
      }
      for piece in masks.reversed() { add(.update, mask: piece.mask, at: piece.at) }
      if life.endAt != 0, life.endOld != 0 {
        let isFollowed = keys[index].flatMap { lastByKey[$0] }.map { $0 != index } ?? false
        // The insert that follows has seen everything that a delete here would have.
        add(isFollowed ? .forget : .delete, mask: 0, at: life.endAt)
      }
      if let key = keys[index] { rounds[key] = round }
    }
    return changes
  }
}
