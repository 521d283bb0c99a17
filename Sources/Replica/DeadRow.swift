import SyncModel

/// The stored form of a deleted row's state: heads with their values, and the deletes.
///
/// Local to a replica: nodes by local number. Varints, little end first; signed ones zigzag.
enum DeadRow {
  static func encode(_ state: RowState, number: (NodeID) -> Int) -> [UInt8] {
    var bytes: [UInt8] = []
    append(UInt64(state.cells.count), to: &bytes)
    for heads in state.cells {
      append(UInt64(heads.count), to: &bytes)
      for head in heads {
        append(head.change, head.rank, to: &bytes, number: number)
        bytes.append(head.isInsertNull ? 1 : 0)
        append(head.value, to: &bytes)
      }
    }
    append(UInt64(state.deletes.count), to: &bytes)
    for delete in state.deletes {
      append(delete.change, delete.rank, to: &bytes, number: number)
    }
    return bytes
  }

  static func decode(_ bytes: UnsafeRawBufferPointer, id: (Int) -> NodeID) throws -> RowState {
    var reader = ByteReader(bytes: bytes)
    var state = RowState(columnCount: 0)
    state.cells = []
    for _ in 0..<(try reader.count()) {
      var heads: [CellHead] = []
      for _ in 0..<(try reader.count()) {
        let (change, rank) = try reader.change(id: id)
        let isInsertNull = try reader.byte() == 1
        heads.append(
          CellHead(
            change: change, rank: rank, isInsertNull: isInsertNull, value: try reader.value()))
      }
      state.cells.append(heads)
    }
    for _ in 0..<(try reader.count()) {
      let (change, rank) = try reader.change(id: id)
      state.deletes.append(RowState.DeleteMark(change: change, rank: rank))
    }
    return state
  }

  /// A key's stored form: values one after the other.
  static func key(_ values: [CellValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values { append(value, to: &bytes) }
    return bytes
  }

  /// The values of a key's stored form.
  static func values(ofKey bytes: UnsafeRawBufferPointer) throws -> [CellValue] {
    var reader = ByteReader(bytes: bytes)
    var values: [CellValue] = []
    while !reader.isAtEnd { values.append(try reader.value()) }
    return values
  }

  private static func append(
    _ change: ChangeID, _ rank: WriteRank, to bytes: inout [UInt8], number: (NodeID) -> Int
  ) {
    append(UInt64(number(change.node)), to: &bytes)
    append(UInt64(change.counter), to: &bytes)
    withUnsafeBytes(of: rank.rawValue.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func append(_ value: CellValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(0)
    case .integer(let integer):
      bytes.append(1)
      append(UInt64(bitPattern: integer << 1 ^ integer >> 63), to: &bytes)
    case .real(let real):
      bytes.append(2)
      withUnsafeBytes(of: real.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    case .text(let text):
      bytes.append(3)
      append(UInt64(text.utf8.count), to: &bytes)
      bytes.append(contentsOf: text.utf8)
    case .malformedText(let text):
      bytes.append(3)
      append(UInt64(text.count), to: &bytes)
      bytes.append(contentsOf: text)
    case .blob(let blob):
      bytes.append(4)
      append(UInt64(blob.count), to: &bytes)
      bytes.append(contentsOf: blob)
    }
  }

  private static func append(_ integer: UInt64, to bytes: inout [UInt8]) {
    var rest = integer
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

private struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  var offset = 0

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool {
    offset >= bytes.count
  }

  private func truncated() -> ReplicaError {
    ReplicaError(.damaged("the state of a deleted row ends early"))
  }

  mutating func byte() throws -> UInt8 {
    guard offset < bytes.count else { throw truncated() }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func integer() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  mutating func count() throws -> Int {
    let value = try integer()
    guard value <= UInt64(bytes.count) else { throw truncated() }
    return Int(value)
  }

  mutating func word() throws -> UInt64 {
    guard offset + 8 <= bytes.count else { throw truncated() }
    defer { offset += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  mutating func change(id: (Int) -> NodeID) throws -> (ChangeID, WriteRank) {
    let node = id(Int(try integer()))
    let change = ChangeID(node: node, counter: Int64(try integer()))
    return (change, WriteRank(rawValue: Int64(bitPattern: try word())))
  }

  mutating func value() throws -> CellValue {
    switch try byte() {
    case 1:
      let raw = try integer()
      return .integer(Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1))
    case 2: return .real(Double(bitPattern: try word()))
    case 3:
      let length = try count()
      guard offset + length <= bytes.count else { throw truncated() }
      defer { offset += length }
      return CellValue(
        text: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
    case 4:
      let length = try count()
      guard offset + length <= bytes.count else { throw truncated() }
      defer { offset += length }
      return .blob(Array(bytes[offset..<offset + length]))
    default: return .null
    }
  }
}
