import SyncModel
import Testing

@Suite("Laws of merge")
struct MergeLawTests {
  private static let values: [CellValue] = [
    .null, .text("Díaz"), .text("DIAZ"), .text("Dias"), .integer(3), .real(3),
  ]

  /// Every set of up to three heads over a few values, ranks and authors.
  private static let headSets: [[CellHead]] = {
    var heads: [CellHead] = []
    for (index, value) in values.enumerated() {
      for node in 1...2 {
        heads.append(
          CellHead(
            change: ChangeID(node: NodeID(high: 0, low: UInt64(node)), counter: Int64(index + 1)),
            rank: WriteRank(rawValue: Int64(index * 7 % 5)),
            isInsertNull: value.isNull && node == 1, value: value))
      }
    }
    var sets: [[CellHead]] = heads.map { [$0] }
    for first in heads {
      for second in heads where second.change != first.change {
        sets.append([first, second])
        for third in heads where third.change != first.change && third.change != second.change {
          sets.append([first, second, third])
        }
      }
    }
    return sets
  }()

  @Test("what is shown does not depend on the order of the heads", arguments: MergePolicy.allCases)
  func commutative(_ policy: MergePolicy) {
    for heads in Self.headSets {
      let outcome = policy.outcome(of: heads)
      let reversed = policy.outcome(of: heads.reversed())
      #expect(outcome.value == reversed.value)
      #expect(outcome.against == reversed.against)
    }
  }

  @Test(
    "every head's value is shown, agrees, is ranked under the shown one, or stands against it",
    arguments: [MergePolicy.latest, .manual])
  func nothingLost(_ policy: MergePolicy) {
    for heads in Self.headSets {
      let outcome = policy.outcome(of: heads)
      for head in heads where !head.isInsertNull {
        #expect(
          head.value.agrees(with: outcome.value)
            || outcome.against.contains { $0.value.agrees(with: head.value) })
      }
    }
  }

  @Test("policies that rank never make a conflict", arguments: [MergePolicy.append, .max, .min])
  func ranked(_ policy: MergePolicy) {
    #expect(Self.headSets.allSatisfy { policy.outcome(of: $0).against.isEmpty })
  }

  @Test("of spellings that differ in capitals and tildes alone the better written one is shown")
  func spelling() {
    func head(_ text: String, _ rank: Int64) -> CellHead {
      CellHead(
        change: ChangeID(node: NodeID(high: 1, low: UInt64(rank)), counter: rank),
        rank: WriteRank(rawValue: rank), value: .text(text))
    }
    let agreed = MergePolicy.name.outcome(of: [head("Díaz", 1), head("DIAZ", 3), head("Diaz", 2)])
    #expect(agreed.value == .text("Díaz"))
    #expect(agreed.against.isEmpty)
    let differing = MergePolicy.name.outcome(of: [
      head("ROJAS", 1), head("Rojas", 2), head("Rojaz", 3),
    ])
    #expect(differing.value == .text("Rojaz"))
    #expect(differing.against.count == 2)
  }

  @Test("changes that saw nothing of each other come to the same state in every order")
  func concurrentOrders() {
    let seen: [ChangeID: Set<ChangeID>] = [:]
    let changes = (1...4).map { ChangeID(node: NodeID(high: 0, low: UInt64($0)), counter: 1) }
    func state(_ order: [Int]) -> (Set<CellHead>, Set<ChangeID>) {
      var row = RowState(columnCount: 1)
      for index in order {
        let change = changes[index]
        let hasSeen = { (other: ChangeID) in seen[change]?.contains(other) == true }
        if index == 3 {
          row.delete(change: change, rank: WriteRank(rawValue: 9), hasSeen: hasSeen)
        } else {
          row.write(
            [(0, .null), (1, .integer(Int64(index)))], change: change,
            rank: WriteRank(rawValue: Int64(index)), isInsert: true, hasSeen: hasSeen)
        }
      }
      return (Set(row.cells.joined()), Set(row.deletes.map(\.change)))
    }
    let first = state([0, 1, 2, 3])
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
      #expect(state(order) == first)
    }
  }

  @Test(
    "any time that an author may write has a rank, above the ground's",
    arguments: [Int64.min, -1, 0, 1 << 62, .max], [true, false])
  func extremeTimes(_ time: Int64, isMeasured: Bool) {
    let rank = WriteRank(HybridTimestamp(rawValue: time), clockIsMeasured: isMeasured)
    #expect(rank > .ground)
    #expect((rank.rawValue >= 0) == isMeasured)
  }

  @Test("a clock that was never compared ranks below every one that was")
  func unmeasured() {
    let far = HybridTimestamp(milliseconds: 4_000_000_000_000)
    let near = HybridTimestamp(milliseconds: 1)
    #expect(WriteRank(far, clockIsMeasured: false) < WriteRank(near, clockIsMeasured: true))
    #expect(WriteRank(far, clockIsMeasured: false).timestamp == far)
    #expect(WriteRank.ground < WriteRank(near, clockIsMeasured: false))
  }

  @Test("an exception was not seen although it arrived")
  func exceptions() {
    let node = NodeID(high: 1, low: 2)
    let knowledge = Knowledge(last: [node: 5], exceptions: [ChangeID(node: node, counter: 3)])
    #expect(knowledge.contains(ChangeID(node: node, counter: 5)))
    #expect(!knowledge.contains(ChangeID(node: node, counter: 3)))
    #expect(!knowledge.contains(ChangeID(node: node, counter: 6)))
    #expect(knowledge.hasReceived(Knowledge(last: [node: 5])))
  }
}
