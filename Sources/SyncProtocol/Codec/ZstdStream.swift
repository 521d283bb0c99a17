internal import CZstd

/// Compresses a stream of any length in little memory, as one zstd frame with a checksum.
public final class ZstdCompressor {
  private let context: OpaquePointer

  /// A frame of level 6: a replica shrinks to about a fifth.
  public init() throws {
    guard let context = ZSTD_createCCtx() else { throw ZstdError.outOfMemory }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 6)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    ZSTD_freeCCtx(context)
  }

  /// What can be written now.
  public func compress(_ bytes: [UInt8]) throws -> [UInt8] {
    try run(bytes, ZSTD_e_continue)
  }

  /// The end of the frame.
  public func finish() throws -> [UInt8] {
    try run([], ZSTD_e_end)
  }

  private func run(_ bytes: [UInt8], _ mode: ZSTD_EndDirective) throws -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
    try bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while true {
        let (left, count) = try buffer.withUnsafeMutableBytes { target in
          var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let left = ZSTD_compressStream2(context, &output, &input, mode)
          guard ZSTD_isError(left) == 0 else {
            throw ZstdError.failed(String(cString: ZSTD_getErrorName(left)))
          }
          return (left, output.pos)
        }
        result += buffer[..<count]
        if mode == ZSTD_e_end ? left == 0 : input.pos == input.size { return }
      }
    }
    return result
  }
}

/// Reads a zstd frame as it comes.
public final class ZstdDecompressor {
  private let context: OpaquePointer
  /// Whether the frame has ended.
  public private(set) var isComplete = false

  /// A reader of one frame.
  public init() throws {
    guard let context = ZSTD_createDCtx() else { throw ZstdError.outOfMemory }
    self.context = context
  }

  deinit {
    ZSTD_freeDCtx(context)
  }

  /// Gives what the bytes hold, piece by piece.
  ///
  /// - Throws: ``BundleError`` `damaged` where they are no frame, or go on after it.
  public func decompress(_ bytes: [UInt8], _ take: ([UInt8]) throws -> Void) throws {
    if bytes.isEmpty { return }
    var buffer = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    try bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      var isFull = true
      while input.pos < input.size || isFull {
        guard !isComplete else { throw BundleError.damaged }
        let count = try buffer.withUnsafeMutableBytes { target in
          var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
          let left = ZSTD_decompressStream(context, &output, &input)
          guard ZSTD_isError(left) == 0 else { throw BundleError.damaged }
          isComplete = left == 0
          return output.pos
        }
        isFull = count == buffer.count && !isComplete
        if count > 0 { try take(Array(buffer[..<count])) }
        if isComplete, input.pos < input.size { throw BundleError.damaged }
      }
    }
  }
}
