internal import SyncModel

/// Packed values one after another, and where each run of them starts: a good place for a
/// compression block to end, since one column's bytes say nothing about the next one's.
struct SectionWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = []

  mutating func append(_ span: UnsafeRawBufferPointer) {
    beginSection()
    bytes.append(contentsOf: span)
  }

  /// Appends `count` zeros and hands them to `fill`.
  mutating func append(count: Int, fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    guard count > 0 else { return }
    beginSection()
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    bytes.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { fill(base + start) }
    }
  }

  /// Appends the sections of another writer.
  mutating func append(_ other: SectionWriter) {
    let shift = bytes.count
    bytes.append(contentsOf: other.bytes)
    starts.append(contentsOf: other.starts.map { shift + $0 })
  }

  private mutating func beginSection() {
    if starts.last != bytes.count { starts.append(bytes.count) }
  }
}

/// Takes sections off the front of a buffer that somebody else filled.
struct SectionReader {
  private let buffer: UnsafeRawBufferPointer
  private var offset = 0
  /// Twice what a writer may write: the entries of dictionaries count here, and again where they
  /// are used.
  private static let textLimit = 2 * CodecLimits.textSize
  private var textBudget = Self.textLimit

  init(_ buffer: UnsafeRawBufferPointer) {
    self.buffer = buffer
  }

  var remaining: Int {
    buffer.count - offset
  }

  mutating func take(_ count: Int) throws(ChangesetError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else {
      throw .malformed("a section of \(count) bytes where \(remaining) are left")
    }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: buffer[offset..<offset + count])
  }

  /// Counts text bytes against the limit before anybody makes them.
  mutating func spendText(_ count: Int) throws(ChangesetError) {
    guard count >= 0, count <= textBudget else {
      throw .tooLarge(size: Self.textLimit - textBudget + max(0, count), limit: Self.textLimit)
    }
    textBudget -= count
  }
}
