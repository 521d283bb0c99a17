import SyncModel
import TestSupport
import Testing

/// Changes of one row with two columns, each with what its author had seen: a small world of which
/// every case can be tried.
private struct History {
  enum Kind: CaseIterable {
    case insert, first, second, delete

    /// Cells written; 0 is the row itself.
    var cells: [Int] {
      switch self {
      case .insert: [0, 1, 2]
      case .first: [1]
      case .second: [2]
      case .delete: []
      }
    }
  }

  struct Change {
    var id: ChangeID
    var kind: Kind
    var value: CellValue
    var rank: WriteRank
    /// Places of the changes that its author had seen, with all that those had seen.
    var seen: Set<Int>
  }

  private(set) var changes: [Change] = []

  mutating func add(_ kind: Kind, by node: Int, seen: Set<Int>, value: Int64) {
    let counter = changes.filter { $0.id.node == Self.node(node) }.count + 1
    changes.append(
      Change(
        id: ChangeID(node: Self.node(node), counter: Int64(counter)), kind: kind,
        value: value == 0 ? .null : .integer(value),
        // Clocks that disagree with the order of writing.
        rank: WriteRank(rawValue: Int64((changes.count * 5 + node) % 3)), seen: seen))
  }

  private static func node(_ number: Int) -> NodeID {
    NodeID(high: 7, low: UInt64(number))
  }

  /// Sets that an author `node` can have seen next: with everything of its own, and with everything
  /// that was seen by what it saw.
  func possibleSights(of node: Int) -> [Set<Int>] {
    var sights: [Set<Int>] = []
    for bits in 0..<(1 << changes.count) {
      let sight = Set(changes.indices.filter { bits >> $0 & 1 == 1 })
      let isClosed = sight.allSatisfy { changes[$0].seen.isSubset(of: sight) }
      let ownAll = changes.indices.allSatisfy {
        changes[$0].id.node != Self.node(node) || sight.contains($0)
      }
      if isClosed, ownAll { sights.append(sight) }
    }
    return sights
  }

  private func saw(_ place: Int, _ other: ChangeID) -> Bool {
    changes[place].seen.contains { changes[$0].id == other }
  }

  /// The state after taking the changes in, in this order.
  func state(_ order: [Int]) -> RowState {
    var row = RowState(columnCount: 2)
    for place in order {
      let change = changes[place]
      let isSeenBy = { (other: ChangeID) in
        changes.indices.contains { changes[$0].id == other && changes[$0].seen.contains(place) }
      }
      if change.kind == .delete {
        row.delete(
          change: change.id, rank: change.rank, hasSeen: { saw(place, $0) }, isSeenBy: isSeenBy)
      } else {
        row.write(
          change.kind.cells.map { ($0, $0 == 0 ? .null : change.value) }, change: change.id,
          rank: change.rank, isInsert: change.kind == .insert, hasSeen: { saw(place, $0) },
          isSeenBy: isSeenBy)
      }
    }
    return row
  }

  /// The definition: a cell's heads are its writes that no other write of it has seen, a delete
  /// counts until some change of the row has seen it.
  func isDefined(_ row: RowState) -> Bool {
    for cell in 0...2 {
      let writers = changes.indices.filter { changes[$0].kind.cells.contains(cell) }
      let heads = writers.filter { head in !writers.contains { changes[$0].seen.contains(head) } }
      guard Set(row.cells[cell].map(\.change)) == Set(heads.map { changes[$0].id }),
        row.cells[cell].count == heads.count
      else { return false }
    }
    let deletes = changes.indices.filter { place in
      changes[place].kind == .delete && !changes.contains { $0.seen.contains(place) }
    }
    return Set(row.deletes.map(\.change)) == Set(deletes.map { changes[$0].id })
      && row.deletes.count == deletes.count
  }

  static func orders(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return orders(count - 1).flatMap { order in
      (0..<count).map { place in
        var order = order
        order.insert(count - 1, at: place)
        return order
      }
    }
  }
}

@Suite("Laws of a row's state")
struct RowStateLawTests {
  @Test("every history of three changes comes to its definition, in every order of arrival")
  func exhaustive() {
    var histories = [History()]
    for _ in 0..<3 {
      histories = histories.flatMap { history in
        (0..<3).flatMap { node in
          history.possibleSights(of: node).flatMap { seen in
            History.Kind.allCases.map { kind in
              var longer = history
              longer.add(kind, by: node, seen: seen, value: Int64(history.changes.count % 2))
              return longer
            }
          }
        }
      }
    }
    let orders = History.orders(3)
    // Also orders against causality: a change that waited in quarantine comes after those that saw
    // it.
    let failures = histories.count { history in
      orders.contains { !history.isDefined(history.state($0)) }
    }
    #expect(histories.count > 5000)
    #expect(failures == 0)
  }

  @Test("long histories come to their definition in any order", arguments: 0..<20)
  func random(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<60 {
      var history = History()
      for value in 0..<9 {
        let node = Int.random(in: 0..<4, using: &random)
        guard let seen = history.possibleSights(of: node).randomElement(using: &random),
          let kind = History.Kind.allCases.randomElement(using: &random)
        else { continue }
        history.add(kind, by: node, seen: seen, value: Int64(value))
      }
      for _ in 0..<5 {
        let order = Array(history.changes.indices).shuffled(using: &random)
        #expect(history.isDefined(history.state(order)))
      }
    }
  }

  @Test("a change taken in twice changes nothing", arguments: 0..<20)
  func idempotent(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<60 {
      var history = History()
      for value in 0..<6 {
        let node = Int.random(in: 0..<3, using: &random)
        guard let seen = history.possibleSights(of: node).randomElement(using: &random),
          let kind = History.Kind.allCases.randomElement(using: &random)
        else { continue }
        history.add(kind, by: node, seen: seen, value: Int64(value))
      }
      let order = Array(history.changes.indices)
      #expect(history.isDefined(history.state(order + order.shuffled(using: &random))))
    }
  }
}
