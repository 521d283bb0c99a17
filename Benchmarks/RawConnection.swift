import CSQLite

/// An SQLite connection without any layer in between, so that ratios are of SQLite's work, not of
/// wrappers.
final class RawConnection {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let handle: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]
  private var byNumber: [OpaquePointer?] = []

  init(_ path: String) throws {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
      throw Failure(description: "\(path) cannot be opened")
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, 10_000)
    try execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF")
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close(handle)
  }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(description: String(cString: sqlite3_errmsg(handle)) + " in " + sql)
    }
  }

  func run(_ sql: String, _ values: [BenchValue]) throws {
    try run(try prepared(sql), values)
  }

  /// Runs a statement of the workload by its number, without looking its text up again.
  func run(number: Int, _ values: [BenchValue]) throws {
    while byNumber.count <= number { byNumber.append(nil) }
    if let statement = byNumber[number] { return try run(statement, values) }
    let statement = try prepared(Workload.statements[number])
    byNumber[number] = statement
    try run(statement, values)
  }

  private func run(_ statement: OpaquePointer, _ values: [BenchValue]) throws {
    for (index, value) in values.enumerated() {
      switch value {
      case .null: sqlite3_bind_null(statement, Int32(index + 1))
      case .integer(let integer): sqlite3_bind_int64(statement, Int32(index + 1), integer)
      case .real(let real): sqlite3_bind_double(statement, Int32(index + 1), real)
      case .text(let bytes):
        _ = bytes.withUnsafeBytes {
          quipu_bind_text_copy(statement, Int32(index + 1), $0.baseAddress, Int32($0.count))
        }
      }
    }
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else {
      throw Failure(description: String(cString: sqlite3_errmsg(handle)))
    }
  }

  func integer(_ sql: String) throws -> Int64 {
    let statement = try prepared(sql)
    defer { sqlite3_reset(statement) }
    return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0
  }

  private func prepared(_ sql: String) throws -> OpaquePointer {
    if let statement = statements[sql] { return statement }
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw Failure(description: String(cString: sqlite3_errmsg(handle)) + " in " + sql)
    }
    statements[sql] = statement
    return statement
  }
}

/// A value of the workload, its text already in bytes.
enum BenchValue: Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text([UInt8])

  static func text(_ string: String) -> BenchValue {
    .text(Array(string.utf8))
  }
}
