package import SyncModel

/// Changes of every shape, from a seed.
package struct RandomChanges {
  package var generator: SeededGenerator

  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  package mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  package mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  package mutating func groups() -> [ChangeGroup] {
    (0..<number(0...6)).map { _ in group() }
  }

  package mutating func group() -> ChangeGroup {
    let kind = [ChangeKind.insert, .update, .delete].randomElement(using: &generator) ?? .insert
    let keys = (0..<number(1...3)).map { "key_\($0)" }
    let columns = kind == .delete ? [] : (0..<number(0...8)).map { "column_\($0)" }
    var group = ChangeGroup(
      table: "table_\(number(0...3))", kind: kind, keyColumns: keys, columns: columns)
    let count = [1, 2, number(3...20), number(60...400)].randomElement(using: &generator) ?? 1
    group.keys = keys.map { _ in column(count) }
    group.values = columns.map { _ in column(count) }
    group.timestamps = timestamps(count)
    return group
  }

  package mutating func timestamps(_ count: Int) -> [Int64] {
    let style = number(0...2)
    var last: Int64 = 1_763_900_000_000 << 16
    return (0..<count).map { _ in
      switch style {
      case 0: last += Int64(number(1...3)) << 16
      case 1: last += 1
      default: last = Int64.random(in: .min ... .max, using: &generator)
      }
      return last
    }
  }

  package mutating func column(_ count: Int) -> ValueColumn {
    var column = ValueColumn()
    let style = number(0...12)
    let nulls = number(0...3) == 0
    let pool = (0..<number(1...12)).map { _ in text() }
    let identifiers = (0..<number(1...count)).map { _ in identifier(hyphens: style == 8) }
    for _ in 0..<count {
      if nulls, number(0...2) == 0 {
        column.appendNull()
        continue
      }
      switch style {
      case 0: column.appendNull()
      case 1: column.append(Int64(number(-3...3)))
      case 2: column.append(Int64.random(in: .min ... .max, using: &generator))
      case 3: column.append(.real(Double(number(-2000...2000)) / 100))
      case 4: column.append(.real(real()))
      case 5: append(pool.randomElement(using: &generator) ?? [], as: .text, to: &column)
      case 6: append(text(), as: .text, to: &column)
      case 7: append(bytes(number(0...40)), as: .blob, to: &column)
      case 8, 9: append(identifiers.randomElement(using: &generator) ?? [], as: .text, to: &column)
      case 10: append(Array("CUS-2019-".utf8) + text(), as: .text, to: &column)
      case 11: append(identifier(hyphens: number(0...1) == 0), as: .text, to: &column)
      default: appendAnything(to: &column)
      }
    }
    return column
  }

  package mutating func appendAnything(to column: inout ValueColumn) {
    switch number(0...5) {
    case 0: column.appendNull()
    case 1: column.append(Int64(number(-70_000...70_000)))
    case 2: column.append(.real(real()))
    case 3: append(text(), as: .text, to: &column)
    case 4: append(identifier(hyphens: true), as: .text, to: &column)
    default: append(bytes(number(0...5)), as: .blob, to: &column)
    }
  }

  package mutating func real() -> Double {
    let special: [Double] = [
      -0.0, 0, 0.1, 0.07, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude,
      .infinity, -.infinity, .nan, 0x1p53, 0x1p53 + 2, 1e15 + 0.3, -1e300, 13.333333333333334,
    ]
    if number(0...3) == 0 { return special.randomElement(using: &generator) ?? 0 }
    return Double(bitPattern: generator.next())
  }

  /// Bytes that need not be UTF-8.
  package mutating func text() -> [UInt8] {
    switch number(0...5) {
    case 0: []
    case 1: [0]
    case 2: [0xff, 0xfe, 0x00, 0xc3]
    case 3: Array("Taller de lectura – Quispe Ñahui \(number(0...99))".utf8)
    case 4: Array(repeating: UInt8(ascii: "a"), count: number(0...300))
    default: bytes(number(0...20))
    }
  }

  package mutating func identifier(hyphens: Bool) -> [UInt8] {
    let digits = Array(hexadecimal(bytes(16)).utf8)
    guard hyphens else { return digits }
    return Array(
      [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        .joined(separator: [UInt8(ascii: "-")]))
  }

  package func append(_ bytes: [UInt8], as kind: ValueColumn.Kind, to column: inout ValueColumn) {
    bytes.withUnsafeBytes { column.append(kind, bytes: $0) }
  }

  package mutating func knowledge() -> Knowledge {
    var last: [NodeID: Int64] = [:]
    var exceptions: Set<ChangeID> = []
    for _ in 0..<number(0...5) {
      let node = NodeID.random(using: &generator)
      last[node] = Int64(number(1...1_000_000))
      for _ in 0..<number(0...3) {
        exceptions.insert(ChangeID(node: node, counter: Int64(number(1...1_000_000))))
      }
    }
    return Knowledge(last: last, exceptions: exceptions)
  }

  package mutating func header(changeCount: Int) -> ChangesetHeader {
    let sequence = Int64(number(1...3))
    return ChangesetHeader(
      node: .random(using: &generator),
      sequence: sequence,
      firstCounter: Int64(number(1...1_000_000)),
      changeCount: changeCount,
      previousHash: sequence == 1 ? [] : bytes(32),
      knowledge: knowledge(),
      schemaVersion: number(0...40),
      clockOffsetMilliseconds: number(0...1) == 0 ? nil : Int64(number(-1_000_000...1_000_000)),
      sealedAtMilliseconds: 1_763_900_000_000 + Int64(number(0...1_000_000)),
      groupContinues: number(0...1) == 0)
  }

  /// The bytes with one to three faults: a bit or byte changed, some cut off, left out or put in.
  package mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    var damaged = bytes
    for _ in 0..<number(1...3) {
      guard !damaged.isEmpty else { break }
      let at = number(0...damaged.count - 1)
      switch number(0...5) {
      case 0: damaged[at] ^= 1 << UInt8(number(0...7))
      case 1: damaged[at] = UInt8(number(0...255))
      case 2: damaged.removeSubrange(at...)
      case 3: damaged.remove(at: at)
      case 4: damaged.insert(contentsOf: self.bytes(number(1...8)), at: at)
      default: damaged[at] = [0, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
      }
    }
    return damaged
  }
}
