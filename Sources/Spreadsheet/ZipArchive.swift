import CMiniZip

/// The files packed in a ZIP file that is in memory; nothing is ever written to disk.
///
/// What is unpacked is counted, whatever sizes the archive claims, and ends at a limit.
final class ZipArchive {
  private let source: MemoryFile
  private let handle: unzFile
  private var places: [String: unz64_file_pos] = [:]
  private var budget: Int

  /// Opens an archive, of which at most `limit` bytes will be unpacked.
  init(_ bytes: [UInt8], limit: Int) throws(SpreadsheetError) {
    source = MemoryFile(bytes)
    budget = limit
    var functions = MemoryFile.functions(source)
    guard let handle = unzOpen2_64(nil, &functions) else { throw SpreadsheetError(.notWorkbook) }
    self.handle = handle
    var code = unzGoToFirstFile(handle)
    while code == UNZ_OK {
      guard places.count < 10_000 else { throw SpreadsheetError(.tooLarge) }
      var name = [CChar](repeating: 0, count: 1024)
      var place = unz64_file_pos()
      guard
        unzGetCurrentFileInfo64(handle, nil, &name, UInt(name.count - 1), nil, 0, nil, 0) == UNZ_OK,
        unzGetFilePos64(handle, &place) == UNZ_OK
      else { throw SpreadsheetError(.damaged) }
      let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let key = String(decoding: bytes, as: UTF8.self).lowercased()
      places[key] = places[key] ?? place
      code = unzGoToNextFile(handle)
    }
    guard code == UNZ_END_OF_LIST_OF_FILE else { throw SpreadsheetError(.damaged) }
  }

  deinit {
    unzClose(handle)
  }

  func contains(_ name: String) -> Bool {
    places[name.lowercased()] != nil
  }

  /// The bytes of a packed file; nil where there is none of that name.
  func read(_ name: String) throws(SpreadsheetError) -> [UInt8]? {
    guard var place = places[name.lowercased()] else { return nil }
    var info = unz_file_info64()
    guard unzGoToFilePos64(handle, &place) == UNZ_OK,
      unzGetCurrentFileInfo64(handle, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK
    else { throw SpreadsheetError(.damaged) }
    guard info.flag & 1 == 0 else { throw SpreadsheetError(.encrypted) }
    guard unzOpenCurrentFile(handle) == UNZ_OK else { throw SpreadsheetError(.damaged) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(Int(clamping: info.uncompressed_size), 1 << 20))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unzReadCurrentFile(handle, &chunk, UInt32(chunk.count))
      guard count > 0 else {
        // Closing compares the checksum.
        let isWhole = unzCloseCurrentFile(handle) == UNZ_OK
        guard count == 0, isWhole else { throw SpreadsheetError(.damaged) }
        return bytes
      }
      budget -= Int(count)
      guard budget >= 0 else {
        unzCloseCurrentFile(handle)
        throw SpreadsheetError(.tooLarge)
      }
      bytes.append(contentsOf: chunk.prefix(Int(count)))
    }
  }
}

/// Bytes that minizip reads as if they were a file.
private final class MemoryFile {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> MemoryFile? {
    pointer.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
  }

  /// - Precondition: The file outlives every use of the functions.
  static func functions(_ file: MemoryFile) -> zlib_filefunc64_def {
    zlib_filefunc64_def(
      zopen64_file: { file, _, _ in file },
      zread_file: { file, _, buffer, count in
        MemoryFile.of(file)?.read(into: buffer, count) ?? 0
      },
      zwrite_file: { _, _, _, _ in 0 },
      ztell64_file: { file, _ in
        UInt64(MemoryFile.of(file)?.position ?? 0)
      },
      zseek64_file: { file, _, offset, origin in
        MemoryFile.of(file)?.seek(offset, from: origin) ?? -1
      },
      zclose_file: { _, _ in 0 },
      zerror_file: { _, _ in 0 },
      opaque: Unmanaged.passUnretained(file).toOpaque())
  }

  private func read(into buffer: UnsafeMutableRawPointer?, _ count: UInt) -> UInt {
    let count = min(Int(clamping: count), bytes.count - position)
    guard count > 0, let buffer else { return 0 }
    let target = UnsafeMutableRawBufferPointer(start: buffer, count: count)
    target.copyBytes(from: bytes[position..<position + count])
    position += count
    return UInt(count)
  }

  private func seek(_ offset: UInt64, from origin: Int32) -> Int {
    let start =
      switch origin {
      case ZLIB_FILEFUNC_SEEK_SET: 0
      case ZLIB_FILEFUNC_SEEK_CUR: position
      default: bytes.count
      }
    let (target, overflow) = start.addingReportingOverflow(Int(truncatingIfNeeded: offset))
    guard !overflow, (0...bytes.count).contains(target) else { return -1 }
    position = target
    return 0
  }
}
