/// A write of a cell that no later write has seen.
public struct CellHead: Hashable, Sendable {
  /// The change that wrote it.
  public var change: ChangeID
  /// What decides between it and concurrent writes.
  public var rank: WriteRank
  /// Whether it is an insert's NULL, which yields to any concurrent value.
  public var isInsertNull: Bool
  /// What was written.
  public var value: CellValue

  /// A head of all its parts.
  public init(change: ChangeID, rank: WriteRank, isInsertNull: Bool = false, value: CellValue) {
    self.change = change
    self.rank = rank
    self.isInsertNull = isInsertNull
    self.value = value
  }

  /// Weaker before stronger: rank, then node, then counter.
  static func precedes(_ left: CellHead, _ right: CellHead) -> Bool {
    (left.rank, left.change) < (right.rank, right.change)
  }
}

/// How the value of a cell is chosen among its heads.
///
/// A pure function of the heads: their order never matters.
public enum MergePolicy: String, Hashable, Sendable, CaseIterable {
  /// The strongest write is shown; the others are conflicts.
  case latest
  /// As `latest`, and the cell counts as disputed until a person decides.
  case manual
  /// The lines of all heads, each once, in order of time. Never a conflict.
  case append
  /// As `latest`, but spellings that differ only in capitals, tildes or spacing agree.
  case name
  /// The greatest value. Never a conflict.
  case max
  /// The smallest value. Never a conflict.
  case min

  /// What a cell with these heads looks like.
  public struct Outcome: Hashable, Sendable {
    /// The value shown.
    public var value: CellValue
    /// The head that stands for it: for `append` the strongest.
    public var shown: CellHead
    /// One head for each value that stands against it, strongest first.
    public var against: [CellHead]
  }

  /// Chooses among `heads`.
  ///
  /// - Precondition: `heads` is not empty.
  public func outcome(of heads: [CellHead]) -> Outcome {
    precondition(!heads.isEmpty, "a cell has at least one head")
    let written = heads.filter { !$0.isInsertNull }
    let pool = (written.isEmpty ? heads : written).sorted { CellHead.precedes($1, $0) }
    let strongest = pool[0]
    switch self {
    case .latest, .manual:
      return Outcome(
        value: strongest.value, shown: strongest,
        against: Self.distinct(pool.filter { !$0.value.agrees(with: strongest.value) }))
    case .append:
      return Outcome(value: Self.lines(of: pool), shown: strongest, against: [])
    case .max, .min:
      let shown = pool.dropFirst().reduce(strongest) { best, head in
        let better = self == .max ? best.value < head.value : head.value < best.value
        return better && !head.value.isNull || best.value.isNull ? head : best
      }
      return Outcome(value: shown.value, shown: shown, against: [])
    case .name:
      let folded = strongest.value.foldedName
      let same = pool.filter { $0.value.foldedName == folded }
      let shown = same.dropFirst().reduce(strongest) { best, head in
        head.value.spellingQuality > best.value.spellingQuality ? head : best
      }
      return Outcome(
        value: shown.value, shown: shown,
        against: Self.distinct(pool.filter { $0.value.foldedName != folded }))
    }
  }

  private static func distinct(_ heads: [CellHead]) -> [CellHead] {
    var kept: [CellHead] = []
    for head in heads where !kept.contains(where: { $0.value.agrees(with: head.value) }) {
      kept.append(head)
    }
    return kept
  }

  private static func lines(of pool: [CellHead]) -> CellValue {
    var seen: Set<Substring> = []
    var lines: [Substring] = []
    var texts: [String] = []
    for head in pool.reversed() {
      guard case .text(let text) = head.value else { continue }
      texts.append(text)
    }
    if texts.isEmpty { return pool[0].value }
    if texts.count == 1 { return .text(texts[0]) }
    for text in texts {
      for line in text.split(whereSeparator: \.isNewline) where seen.insert(line).inserted {
        lines.append(line)
      }
    }
    return .text(lines.joined(separator: "\n"))
  }
}

extension CellValue: Comparable {
  /// SQLite's order of values: NULL, numbers, text, blobs.
  public static func < (left: CellValue, right: CellValue) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.real(let left), .real(let right)): left < right
    case (.integer(let left), .real(let right)): Double(left) < right
    case (.real(let left), .integer(let right)): left < Double(right)
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.malformedText(let left), .text(let right)):
      left.lexicographicallyPrecedes(right.utf8)
    case (.text(let left), .malformedText(let right)): left.utf8.lexicographicallyPrecedes(right)
    case (.malformedText(let left), .malformedText(let right)), (.blob(let left), .blob(let right)):
      left.lexicographicallyPrecedes(right)
    default: left.classOrder < right.classOrder
    }
  }

  private var classOrder: Int {
    switch self {
    case .null: 0
    case .integer, .real: 1
    case .text, .malformedText: 2
    case .blob: 3
    }
  }
}
