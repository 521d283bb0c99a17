/// A row as the set of changes that reached it: the heads of its cells and the deletes nobody has
/// answered.
///
/// Cell 0 stands for the row itself and is written by every insert; the others are the columns that
/// are not in the key, in the order of their numbers. What a replica shows is a pure function of
/// this.
public struct RowState: Hashable, Sendable {
  /// A delete that no later change of the row has seen.
  public struct DeleteMark: Hashable, Sendable {
    /// The change that deleted.
    public var change: ChangeID
    /// When, and how well known.
    public var rank: WriteRank

    /// A delete by `change`.
    public init(change: ChangeID, rank: WriteRank) {
      self.change = change
      self.rank = rank
    }
  }

  /// Heads by cell; a cell that nobody wrote has none.
  public var cells: [[CellHead]]

  /// Unanswered deletes.
  public var deletes: [DeleteMark]

  /// A row of `columnCount` columns that nobody has written.
  public init(columnCount: Int) {
    cells = Array(repeating: [], count: columnCount + 1)
    deletes = []
  }

  /// Takes in an insert or update: each cell written keeps the heads its author had not seen, and
  /// the new one.
  ///
  /// - Parameters:
  ///   - values: By cell number; an insert names every cell.
  ///   - hasSeen: Whether the author of this change had seen another.
  ///   - isSeenBy: Whether the author of another change had seen this one: possible only when this
  ///     one waited in quarantine while later ones were applied.
  public mutating func write(
    _ values: [(cell: Int, value: CellValue)],
    change: ChangeID,
    rank: WriteRank,
    isInsert: Bool,
    hasSeen: (ChangeID) -> Bool,
    isSeenBy: (ChangeID) -> Bool = { _ in false }
  ) {
    for (cell, value) in values {
      while cells.count <= cell { cells.append([]) }
      cells[cell].removeAll { $0.change == change || hasSeen($0.change) }
      if cells[cell].contains(where: { isSeenBy($0.change) }) { continue }
      cells[cell].append(
        CellHead(
          change: change, rank: rank, isInsertNull: isInsert && value.isNull && cell > 0,
          value: value))
    }
    deletes.removeAll { hasSeen($0.change) }
  }

  /// Takes in a delete.
  ///
  /// Heads stay: an edit that the author had not seen brings the row back whole.
  public mutating func delete(
    change: ChangeID,
    rank: WriteRank,
    hasSeen: (ChangeID) -> Bool,
    isSeenBy: (ChangeID) -> Bool = { _ in false }
  ) {
    deletes.removeAll { $0.change == change || hasSeen($0.change) }
    let isAnswered =
      deletes.contains { isSeenBy($0.change) } || cells.joined().contains { isSeenBy($0.change) }
    if !isAnswered { deletes.append(DeleteMark(change: change, rank: rank)) }
  }

  /// Whether some head is unseen by every delete.
  ///
  /// - Parameter knows: Whether the author of a delete had seen a change.
  public func isAlive(_ knows: (DeleteMark, ChangeID) -> Bool) -> Bool {
    if deletes.isEmpty { return cells.contains { !$0.isEmpty } }
    return cells.contains { heads in
      heads.contains { head in !deletes.contains { knows($0, head.change) } }
    }
  }

  /// The strongest head that a delete's author had not seen.
  public func strongestHead(
    unseenBy delete: DeleteMark, _ knows: (DeleteMark, ChangeID) -> Bool
  ) -> CellHead? {
    cells.joined().filter { !knows(delete, $0.change) }.max(by: CellHead.precedes)
  }

  /// The strongest head of all.
  public var strongestHead: CellHead? {
    cells.joined().max(by: CellHead.precedes)
  }
}
