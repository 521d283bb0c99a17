import SyncModel

/// What the engine keeps beside a live row: the origin that most of its cells share, and the cells
/// that differ.
struct RowMeta {
  struct Entry: Equatable {
    /// Flags of an entry.
    enum Flag {
      /// The value is an insert's NULL.
      static let insertNull: UInt8 = 1
      /// The cell has several heads, in `sync_head`.
      static let contested: UInt8 = 2
    }

    /// The cell's number; ``deletesCell`` marks a row with unanswered deletes.
    var cell: UInt8
    var flags: UInt8
    var origin: Origin
    var rank: Int64
  }

  static let deletesCell: UInt8 = 255
  private static let entrySize = 18

  var origin: Origin
  var rank: Int64
  var hash: UInt64
  var entries: [Entry]

  init(origin: Origin, rank: Int64, hash: UInt64, entries: [Entry] = []) {
    self.origin = origin
    self.rank = rank
    self.hash = hash
    self.entries = entries
  }

  /// Reads the entries' stored form.
  init(origin: Int64, rank: Int64, hash: Int64, bytes: UnsafeRawBufferPointer) {
    self.origin = Origin(packed: origin)
    self.rank = rank
    self.hash = UInt64(bitPattern: hash)
    entries = []
    var offset = 0
    while offset + Self.entrySize <= bytes.count {
      entries.append(
        Entry(
          cell: bytes[offset], flags: bytes[offset + 1],
          origin: Origin(
            packed: Int64(
              littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 2, as: Int64.self))),
          rank: Int64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 10, as: Int64.self))))
      offset += Self.entrySize
    }
  }

  /// The entries' stored form.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * Self.entrySize)
    for entry in entries {
      bytes.append(entry.cell)
      bytes.append(entry.flags)
      withUnsafeBytes(of: entry.origin.packed.littleEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: entry.rank.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// Whether some cell is contested or some delete unanswered.
  var isComplex: Bool {
    entries.contains { $0.cell == Self.deletesCell || $0.flags & Entry.Flag.contested != 0 }
  }

  func entry(of cell: Int) -> Entry? {
    entries.first { Int($0.cell) == cell }
  }

  /// The origin of an uncontested cell.
  func origin(of cell: Int) -> Origin {
    entry(of: cell)?.origin ?? origin
  }

  mutating func set(_ cell: Int, origin: Origin, rank: Int64, flags: UInt8 = 0) {
    let entry = Entry(cell: UInt8(cell), flags: flags, origin: origin, rank: rank)
    if let index = entries.firstIndex(where: { Int($0.cell) == cell }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }
}
