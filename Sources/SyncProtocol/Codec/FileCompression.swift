internal import CZstd
internal import Crypto
internal import Foundation

/// Whole files as one zstd frame, a megabyte at a time.
public enum FileCompression {
  /// What a file was found to be.
  public struct Facts: Hashable, Sendable {
    /// Its bytes.
    public var size: Int64
    /// SHA-256 of them.
    public var hash: [UInt8]
  }

  /// Why a file could not be read or written.
  public enum Failure: Error, Hashable {
    /// It cannot be opened.
    case inaccessible(path: String)
    /// What it holds is no frame, or one that ends early.
    case damaged
    /// It holds more than was announced.
    case tooLarge(limit: Int64)
  }

  private static let chunk = 1 << 20
  /// As changesets: see ``Zstd``.
  private static let level: Int32 = 9

  /// Writes `source` as a frame to `target`, which is made or overwritten.
  ///
  /// - Returns: What the frame is.
  public static func compress(_ source: String, to target: String) throws -> Facts {
    let (input, output) = try (open(source), create(target))
    defer {
      try? input.close()
      try? output.close()
    }
    guard let context = ZSTD_createCCtx() else { throw ZstdError.outOfMemory }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var facts = (size: Int64(0), hash: SHA256())
    var isAtEnd = false
    while !isAtEnd {
      let part = try input.read(upToCount: chunk) ?? Data()
      isAtEnd = part.isEmpty
      let mode = isAtEnd ? ZSTD_e_end : ZSTD_e_continue
      try part.withUnsafeBytes { bytes in
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var rest = 1
        while isAtEnd ? rest > 0 : source.pos < source.size {
          let written = try fill { rest = ZSTD_compressStream2(context, &$0, &source, mode) }
          guard ZSTD_isError(rest) == 0 else {
            throw ZstdError.failed(String(cString: ZSTD_getErrorName(rest)))
          }
          facts.size += Int64(written.count)
          facts.hash.update(data: written)
          try output.write(contentsOf: written)
        }
      }
    }
    return Facts(size: facts.size, hash: Array(facts.hash.finalize()))
  }

  /// Writes what the frame in `source` holds to `target`, which is made or overwritten; no more than
  /// `limit` bytes, whatever the frame claims.
  ///
  /// - Throws: ``Failure`` when it is no whole frame of exactly `limit` bytes.
  public static func decompress(_ source: String, to target: String, size limit: Int64) throws {
    let (input, output) = try (open(source), create(target))
    defer {
      try? input.close()
      try? output.close()
    }
    guard let context = ZSTD_createDCtx() else { throw ZstdError.outOfMemory }
    defer { ZSTD_freeDCtx(context) }
    var size: Int64 = 0
    var rest = 1
    while let part = try input.read(upToCount: chunk), !part.isEmpty {
      guard rest > 0 else { throw Failure.damaged }
      try part.withUnsafeBytes { bytes in
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var isFull = true
        while rest > 0, source.pos < source.size || isFull {
          let written = try fill { rest = ZSTD_decompressStream(context, &$0, &source) }
          guard ZSTD_isError(rest) == 0 else { throw Failure.damaged }
          isFull = written.count == chunk
          size += Int64(written.count)
          guard size <= limit else { throw Failure.tooLarge(limit: limit) }
          try output.write(contentsOf: written)
        }
        guard source.pos == source.size else { throw Failure.damaged }
      }
    }
    guard rest == 0, size == limit else { throw Failure.damaged }
    try output.synchronize()
  }

  /// Size and hash of a file.
  public static func facts(of path: String) throws -> Facts {
    let input = try open(path)
    defer { try? input.close() }
    var facts = (size: Int64(0), hash: SHA256())
    while let part = try input.read(upToCount: chunk), !part.isEmpty {
      facts.size += Int64(part.count)
      facts.hash.update(data: part)
    }
    return Facts(size: facts.size, hash: Array(facts.hash.finalize()))
  }

  private static func fill(_ body: (inout ZSTD_outBuffer) -> Void) throws -> Data {
    var data = Data(count: chunk)
    let written = data.withUnsafeMutableBytes { bytes in
      var buffer = ZSTD_outBuffer(dst: bytes.baseAddress, size: bytes.count, pos: 0)
      body(&buffer)
      return buffer.pos
    }
    return data.prefix(written)
  }

  private static func open(_ path: String) throws -> FileHandle {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw Failure.inaccessible(path: path)
    }
    return file
  }

  private static func create(_ path: String) throws -> FileHandle {
    guard
      FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Failure.inaccessible(path: path) }
    return file
  }
}
