/// One value as SQLite stores it.
///
/// Equal are values that SQLite stores alike, byte for byte: an `é` of one code point and one of two
/// differ, as do 0.0 and -0.0. Whether two values mean the same is ``agrees(with:)``.
public enum CellValue: Sendable {
  /// SQL NULL.
  case null
  /// A 64-bit integer.
  case integer(Int64)
  /// A double; never NaN, which SQLite stores as NULL.
  case real(Double)
  /// UTF-8 text.
  case text(String)
  /// Text whose bytes are no UTF-8, as a program that writes Latin-1 leaves it.
  case malformedText([UInt8])
  /// Bytes.
  case blob([UInt8])

  /// Text of these bytes.
  public init(text bytes: UnsafeRawBufferPointer) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self = .text(text)
    } else {
      self = .malformedText(Array(bytes))
    }
  }

  /// Whether it is NULL.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// As a person reads it: nothing for NULL and blobs, U+FFFD for what is no UTF-8.
  public var text: String {
    switch self {
    case .null, .blob: ""
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .malformedText(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Whether two values mean the same to SQLite: 1 and 1.0 do, `NULL` and `NULL` do.
  public func agrees(with other: CellValue) -> Bool {
    switch (self, other) {
    case (.integer(let integer), .real(let real)), (.real(let real), .integer(let integer)):
      Double(integer) == real && Int64(exactly: real) == integer
    case (.real(let left), .real(let right)): left == right
    // One letter may be written as one code point or as two.
    case (.text(let left), .text(let right)): left == right
    default: self == other
    }
  }
}

extension CellValue: Hashable {
  /// Whether SQLite stores both alike.
  public static func == (left: CellValue, right: CellValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.integer(let left), .integer(let right)): left == right
    case (.real(let left), .real(let right)): left.bitPattern == right.bitPattern
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.malformedText(let left), .malformedText(let right)): left == right
    case (.blob(let left), .blob(let right)): left == right
    default: false
    }
  }

  /// Feeds what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .integer(let integer): hasher.combine(integer)
    case .real(let real): hasher.combine(real.bitPattern)
    case .text(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .malformedText(let bytes), .blob(let bytes): hasher.combine(bytes)
    }
  }
}
