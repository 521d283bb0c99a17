/// One value as SQLite stores it.
public enum CellValue: Hashable, Sendable {
  /// SQL NULL.
  case null
  /// A 64-bit integer.
  case integer(Int64)
  /// A double; never NaN, which SQLite stores as NULL.
  case real(Double)
  /// UTF-8 text.
  case text(String)
  /// Bytes.
  case blob([UInt8])

  /// Whether it is NULL.
  public var isNull: Bool {
    self == .null
  }

  /// Whether two values mean the same to SQLite: 1 and 1.0 do, `NULL` and `NULL` do.
  public func agrees(with other: CellValue) -> Bool {
    switch (self, other) {
    case (.integer(let integer), .real(let real)), (.real(let real), .integer(let integer)):
      Double(integer) == real && Int64(exactly: real) == integer
    default: self == other
    }
  }
}
