import CSQLite
import GRDB
import SyncModel

/// A statement on the engine's connection, bound and read without making Swift values of text and
/// blobs.
///
/// Used on the connection's own queue only. Bytes are bound without a copy: whoever binds them
/// keeps them alive until the statement has been stepped.
final class PreparedStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ connection: OpaquePointer, _ sql: String) throws {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code),
        message: String(cString: sqlite3_errmsg(connection)),
        sql: sql)
    }
    self.handle = handle
    self.connection = connection
  }

  deinit {
    sqlite3_finalize(handle)
  }

  func bind(_ index: Int, _ integer: Int64) {
    sqlite3_bind_int64(handle, Int32(index), integer)
  }

  func bind(_ index: Int, _ real: Double) {
    sqlite3_bind_double(handle, Int32(index), real)
  }

  func bindNull(_ index: Int) {
    sqlite3_bind_null(handle, Int32(index))
  }

  func bind(_ index: Int, blob: UnsafeRawBufferPointer) {
    if let base = blob.baseAddress {
      quipu_bind_blob(handle, Int32(index), base, Int32(blob.count))
    } else {
      sqlite3_bind_zeroblob(handle, Int32(index), 0)
    }
  }

  /// Binds a value of a column whose bytes lie at `base`.
  @inline(__always)
  func bind(_ index: Int, kind: UInt8, word: Int64, base: UnsafeRawPointer?) {
    switch kind {
    case 1: sqlite3_bind_int64(handle, Int32(index), word)
    case 2: sqlite3_bind_double(handle, Int32(index), Double(bitPattern: UInt64(bitPattern: word)))
    case 3:
      let start = (base ?? emptyBytes) + Int(word >> 32)
      quipu_bind_text(
        handle, Int32(index), start.assumingMemoryBound(to: CChar.self), Int32(word & 0xffff_ffff))
    case 4:
      let length = Int32(word & 0xffff_ffff)
      if length == 0 {
        sqlite3_bind_zeroblob(handle, Int32(index), 0)
      } else {
        quipu_bind_blob(handle, Int32(index), (base ?? emptyBytes) + Int(word >> 32), length)
      }
    default: sqlite3_bind_null(handle, Int32(index))
    }
  }

  /// Binds a value, copying its bytes.
  func bind(_ index: Int, _ value: CellValue) {
    switch value {
    case .null: bindNull(index)
    case .integer(let integer): bind(index, integer)
    case .real(let real): bind(index, real)
    case .text(var text):
      _ = text.withUTF8 { bytes in
        quipu_bind_text_copy(
          handle, Int32(index), UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(emptyText)),
          Int32(bytes.count))
      }
    case .malformedText(let text):
      _ = text.withUnsafeBytes { bytes in
        quipu_bind_text_copy(
          handle, Int32(index), bytes.baseAddress ?? emptyBytes, Int32(bytes.count))
      }
    case .blob(let blob):
      _ = blob.withUnsafeBytes { bytes in
        quipu_bind_blob_copy(
          handle, Int32(index), bytes.baseAddress ?? emptyBytes, Int32(bytes.count))
      }
    }
  }

  /// Moves to the next row; false at the end.
  @inline(__always)
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let error = DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)),
      sql: String(cString: sqlite3_sql(handle)))
    sqlite3_reset(handle)
    throw error
  }

  /// Makes the statement ready for the next bindings, which stay as they are.
  @inline(__always)
  func reset() {
    sqlite3_reset(handle)
  }

  /// Runs a statement that returns nothing.
  @inline(__always)
  func run() throws {
    while try step() {}
    sqlite3_reset(handle)
  }

  @inline(__always)
  func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(handle, Int32(column))
  }

  @inline(__always)
  func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  func real(_ column: Int) -> Double {
    sqlite3_column_double(handle, Int32(column))
  }

  /// The bytes of a text or blob; valid until the next step.
  @inline(__always)
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  func text(_ column: Int) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }

  /// The storage class and word of a value, and its bytes where it has any; valid until the next
  /// step.
  @inline(__always)
  func raw(_ column: Int) -> (kind: UInt8, word: Int64, bytes: UnsafeRawBufferPointer) {
    let none = UnsafeRawBufferPointer(start: nil, count: 0)
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: return (1, integer(column), none)
    case SQLITE_FLOAT: return (2, Int64(bitPattern: real(column).bitPattern), none)
    case SQLITE_TEXT: return (3, 0, bytes(column))
    case SQLITE_BLOB: return (4, 0, bytes(column))
    default: return (0, 0, none)
    }
  }

  func value(_ column: Int) -> CellValue {
    let (kind, word, bytes) = raw(column)
    switch kind {
    case 1: return .integer(word)
    case 2: return .real(Double(bitPattern: UInt64(bitPattern: word)))
    case 3: return CellValue(text: bytes)
    case 4: return .blob(Array(bytes))
    default: return .null
    }
  }
}

private nonisolated(unsafe) let emptyBytes = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
private nonisolated(unsafe) let emptyText = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

extension ValueColumn {
  /// Appends a value read from a statement.
  @inline(__always)
  mutating func append(_ raw: (kind: UInt8, word: Int64, bytes: UnsafeRawBufferPointer)) {
    switch raw.kind {
    case 3: append(.text, bytes: raw.bytes)
    case 4: append(.blob, bytes: raw.bytes)
    case 1: append(kind: .integer, word: raw.word)
    case 2: append(kind: .real, word: raw.word)
    default: append(kind: .null, word: 0)
    }
  }
}

extension PreparedStatement {
  /// The hash of the row whose key begins at column `first` of the result, the other columns after it.
  func rowHash(from first: Int, keyCount: Int, columns: Int) -> UInt64 {
    var keyHash: UInt64 = 0
    for position in 0..<keyCount {
      let raw = raw(first + position)
      keyHash = RowHash.key(
        keyHash, adding: RowHash.value(kind: raw.kind, word: raw.word, bytes: raw.bytes))
    }
    var hash = keyHash
    for column in 0..<columns {
      let raw = raw(first + keyCount + column)
      hash &+= RowHash.cell(
        key: keyHash, column: column + 1,
        value: RowHash.value(kind: raw.kind, word: raw.word, bytes: raw.bytes))
    }
    return hash
  }
}
