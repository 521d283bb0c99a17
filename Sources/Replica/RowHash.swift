import SyncModel

/// 64-bit hashes of rows, built so that changing one cell changes the row's hash by that cell
/// alone: hash(row) = mix(key) + Σ mix(key, column, value) modulo 2^64, NULL counting nothing.
///
/// A column that nobody has written therefore hashes as one that does not exist, so replicas one
/// schema version apart have equal digests until the new column is used. The mixing is wyhash's
/// multiply-and-fold (Wang Yi, 2019); it guards against accidents, not against an attacker, whom
/// signatures keep out.
enum RowHash {
  private static let secret0: UInt64 = 0xa076_1d64_78bd_642f
  private static let secret1: UInt64 = 0xe703_7ed1_a0b4_28db
  private static let secret2: UInt64 = 0x8ebc_6af0_9c88_c6e3

  @inline(__always)
  static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// The hash of a value as SQLite compares it: 1 and 1.0 are one value.
  @inline(__always)
  static func value(kind: UInt8, word: Int64, bytes: UnsafeRawBufferPointer) -> UInt64 {
    switch kind {
    case 1: return mix(UInt64(bitPattern: word) ^ secret0, secret1)
    case 2:
      let real = Double(bitPattern: UInt64(bitPattern: word))
      if let integer = Int64(exactly: real) {
        return mix(UInt64(bitPattern: integer) ^ secret0, secret1)
      }
      return mix(UInt64(bitPattern: word) ^ secret1, secret2)
    case 3: return hash(bytes, seed: secret2)
    case 4: return hash(bytes, seed: secret0 ^ secret2)
    default: return 0
    }
  }

  static func value(_ value: CellValue) -> UInt64 {
    switch value {
    case .null: return 0
    case .integer(let integer):
      return self.value(kind: 1, word: integer, bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    case .real(let real):
      return self.value(
        kind: 2, word: Int64(bitPattern: real.bitPattern),
        bytes: UnsafeRawBufferPointer(start: nil, count: 0))
    case .text(var text):
      return text.withUTF8 { self.value(kind: 3, word: 0, bytes: UnsafeRawBufferPointer($0)) }
    case .malformedText(let text):
      return text.withUnsafeBytes { self.value(kind: 3, word: 0, bytes: $0) }
    case .blob(let blob):
      return blob.withUnsafeBytes { self.value(kind: 4, word: 0, bytes: $0) }
    }
  }

  @inline(__always)
  static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(bytes.count)
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state = mix(state ^ UInt64(littleEndian: word), secret1)
      offset += 8
    }
    if offset < bytes.count {
      var tail: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count {
        tail |= UInt64(bytes[offset]) << shift
        shift += 8
        offset += 1
      }
      state = mix(state ^ tail, secret0)
    }
    return mix(state, secret2)
  }

  /// Takes the next key column into the hash of a key, which starts at 0.
  @inline(__always)
  static func key(_ state: UInt64, adding value: UInt64) -> UInt64 {
    mix(state &+ secret1, value ^ secret0) &+ 1
  }

  /// What a cell adds to its row's hash.
  @inline(__always)
  static func cell(key: UInt64, column: Int, value: UInt64) -> UInt64 {
    value == 0 ? 0 : mix(key ^ (UInt64(truncatingIfNeeded: column) &* secret0), value ^ secret2)
  }

  /// The second mixing of a row's hash, for the digest's second sum.
  @inline(__always)
  static func second(_ row: UInt64) -> UInt64 {
    mix(row ^ secret2, secret0)
  }
}
