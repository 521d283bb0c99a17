/// Values of one column, beside each other: what a group of changes is made of.
///
/// Text and blobs lie in one run of bytes and are never turned into `String`s between SQLite and
/// the wire.
public struct ValueColumn: Hashable, Sendable {
  /// The storage class of a value, as SQLite numbers them but for NULL.
  public enum Kind: UInt8, Sendable {
    /// NULL; its word is 0.
    case null = 0
    /// Its word is the integer.
    case integer = 1
    /// Its word is the bit pattern of the double.
    case real = 2
    /// Its word is offset << 32 | length into `bytes`.
    case text = 3
    /// Its word is offset << 32 | length into `bytes`.
    case blob = 4
  }

  /// Raw kinds, one a value.
  public private(set) var kinds: [UInt8] = []

  /// What the kind says.
  public private(set) var words: [Int64] = []

  /// The bytes of text and blobs.
  public private(set) var bytes: [UInt8] = []

  /// An empty column.
  public init() {}

  /// A column over parts that were decoded.
  ///
  /// - Precondition: As many kinds as words; every span lies within `bytes`.
  public init(kinds: [UInt8], words: [Int64], bytes: [UInt8]) {
    precondition(kinds.count == words.count, "a value has a kind and a word")
    self.kinds = kinds
    self.words = words
    self.bytes = bytes
  }

  /// How many values there are.
  public var count: Int {
    kinds.count
  }

  /// Makes room for `count` values in all.
  public mutating func reserveCapacity(_ count: Int) {
    kinds.reserveCapacity(count)
    words.reserveCapacity(count)
  }

  /// Appends NULL.
  @inlinable
  public mutating func appendNull() {
    append(kind: .null, word: 0)
  }

  /// Appends an integer.
  @inlinable
  public mutating func append(_ integer: Int64) {
    append(kind: .integer, word: integer)
  }

  /// Appends a double.
  @inlinable
  public mutating func append(_ real: Double) {
    append(kind: .real, word: Int64(bitPattern: real.bitPattern))
  }

  /// Appends a value that has no bytes of its own.
  public mutating func append(kind: Kind, word: Int64) {
    kinds.append(kind.rawValue)
    words.append(word)
  }

  /// Appends text or a blob.
  public mutating func append(_ kind: Kind, bytes span: UnsafeRawBufferPointer) {
    kinds.append(kind.rawValue)
    words.append(Int64(bytes.count) << 32 | Int64(span.count))
    bytes.append(contentsOf: span)
  }

  /// Appends any value.
  public mutating func append(_ value: CellValue) {
    switch value {
    case .null: appendNull()
    case .integer(let integer): append(integer)
    case .real(let real): append(real)
    case .text(var text): text.withUTF8 { append(.text, bytes: UnsafeRawBufferPointer($0)) }
    case .malformedText(let text): text.withUnsafeBytes { append(.text, bytes: $0) }
    case .blob(let blob): blob.withUnsafeBytes { append(.blob, bytes: $0) }
    }
  }

  /// Appends the value of another column.
  public mutating func append(_ column: ValueColumn, at index: Int) {
    switch column.kinds[index] {
    case Kind.text.rawValue, Kind.blob.rawValue:
      let span = column.span(at: index)
      kinds.append(column.kinds[index])
      words.append(Int64(bytes.count) << 32 | Int64(span.count))
      bytes.append(contentsOf: column.bytes[span])
    default:
      kinds.append(column.kinds[index])
      words.append(column.words[index])
    }
  }

  /// Where the bytes of a text or blob lie.
  public func span(at index: Int) -> Range<Int> {
    let offset = Int(words[index] >> 32)
    return offset..<offset + Int(words[index] & 0xffff_ffff)
  }

  /// Whether all values are NULL.
  public var isAllNull: Bool {
    kinds.allSatisfy { $0 == Kind.null.rawValue }
  }

  /// The value at `index`.
  public subscript(index: Int) -> CellValue {
    switch Kind(rawValue: kinds[index]) {
    case .integer: .integer(words[index])
    case .real: .real(Double(bitPattern: UInt64(bitPattern: words[index])))
    case .text:
      bytes.withUnsafeBytes {
        CellValue(text: UnsafeRawBufferPointer(rebasing: $0[span(at: index)]))
      }
    case .blob: .blob(Array(bytes[span(at: index)]))
    case .null, nil: .null
    }
  }
}
