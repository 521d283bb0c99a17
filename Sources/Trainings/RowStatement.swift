import CSQLite
import GRDB

/// A statement that is run for each row of a file.
///
/// GRDB's arguments cost several times what SQLite needs to write the row, and an import of 100 000
/// rows runs three statements for each. Used on the connection's own queue, within one import.
final class RowStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      preconditionFailure("a database that is being written has a connection")
    }
    self.connection = connection
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw Self.error(connection, sql) }
    self.handle = handle
  }

  deinit {
    sqlite3_finalize(handle)
  }

  private static func error(_ connection: OpaquePointer, _ sql: String) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }

  /// Binds a text as a column stores it; an empty text is NULL.
  func bind(_ index: Int, _ text: String, as storage: FieldForm.Storage = .text) {
    if text.isEmpty {
      sqlite3_bind_null(handle, Int32(index))
      return
    }
    switch storage {
    case .text: bindText(index, text)
    case .real: sqlite3_bind_double(handle, Int32(index), Double(text) ?? 0)
    case .integer: sqlite3_bind_int64(handle, Int32(index), Int64(text) ?? 0)
    }
  }

  /// Binds a number, or NULL.
  func bindInteger(_ index: Int, _ number: Int64?) {
    if let number {
      sqlite3_bind_int64(handle, Int32(index), number)
    } else {
      sqlite3_bind_null(handle, Int32(index))
    }
  }

  /// Binds a text, even an empty one.
  func bindText(_ index: Int, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // The address of an empty text is nil, which would bind NULL.
      let isBound: Void? = bytes.baseAddress.map {
        _ = quipu_bind_text_copy(handle, Int32(index), $0, Int32(bytes.count))
      }
      if isBound == nil { _ = quipu_bind_text_copy(handle, Int32(index), "", 0) }
    }
  }

  /// Moves to the next row; false at the end, where the statement is ready for new bindings.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    default:
      let error = Self.error(connection, String(cString: sqlite3_sql(handle)))
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs a statement that returns nothing.
  func run() throws {
    while try step() {}
  }

  /// A column's text; an empty one for NULL.
  func text(_ column: Int) -> String {
    guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}
