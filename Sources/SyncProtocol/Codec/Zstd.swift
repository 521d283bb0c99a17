internal import CZstd
internal import SyncModel
internal import Synchronization

/// zstd frames, with contexts that are used again: making one costs more than a small changeset.
package final class Zstd: Sendable {
  package static let shared = Zstd()

  /// The compression level.
  ///
  /// Measured on 17,096 changes of the mixed office workload (release, two cores): 18.06 bytes a change at
  /// 1.0 million changes a second. Level 12: 17.97 at half the speed; 19: 17.81 at a ninth.
  private static let level: Int32 = 9
  /// Pieces smaller than this share a block.
  ///
  /// Without blocks of their own for columns the same changes take 19.83 bytes each; with 256 to 2048
  /// here they take the same 18.1, with 4096 a small changeset grows by 2 %.
  private static let blockMinimum = 1024

  /// A context belongs to whoever took it out of the pool, so it is never used by two at a time.
  private struct Context: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private let compressors = Mutex<[Context]>([])
  private let decompressors = Mutex<[Context]>([])

  private init() {}

  /// One frame over `input`, in which blocks end at `boundaries` where the pieces are big enough.
  package func compress(_ input: UnsafeRawBufferPointer, boundaries: [Int]) throws -> [UInt8] {
    let context = try compressors.withLock { $0.popLast() } ?? makeCompressor()
    defer { compressors.withLock { $0.append(context) } }
    let ends = blockEnds(boundaries, count: input.count)
    let capacity = ZSTD_compressBound(input.count) + 8 * ends.count
    ZSTD_CCtx_reset(context.pointer, ZSTD_reset_session_only)
    try check(ZSTD_CCtx_setPledgedSrcSize(context.pointer, UInt64(input.count)))
    return try [UInt8](unsafeUninitializedCapacity: capacity) { target, initialized in
      var output = ZSTD_outBuffer(dst: target.baseAddress, size: capacity, pos: 0)
      var source = ZSTD_inBuffer(src: input.baseAddress, size: 0, pos: 0)
      for end in ends {
        source.size = end
        let mode = end == input.count ? ZSTD_e_end : ZSTD_e_flush
        while try check(ZSTD_compressStream2(context.pointer, &output, &source, mode)) > 0 {
          precondition(output.pos < output.size, "the bound of a frame covers its blocks")
        }
      }
      initialized = output.pos
    }
  }

  private func blockEnds(_ boundaries: [Int], count: Int) -> [Int] {
    var ends: [Int] = []
    var last = 0
    for (index, boundary) in boundaries.enumerated() where boundary > last && boundary < count {
      let next = index + 1 < boundaries.count ? boundaries[index + 1] : count
      if boundary - last >= Self.blockMinimum || next - boundary >= Self.blockMinimum {
        ends.append(boundary)
        last = boundary
      }
    }
    return ends + [count]
  }

  /// What the one frame in `input` holds, when it is exactly `size` bytes.
  package func decompress(_ input: [UInt8], size: Int) throws -> [UInt8] {
    guard ZSTD_getFrameContentSize(input, input.count) == UInt64(size) else {
      throw ChangesetError.malformed(
        "the body's frame does not hold the \(size) bytes its header names")
    }
    guard ZSTD_findFrameCompressedSize(input, input.count) == input.count else {
      throw ChangesetError.malformed("the body is not one whole frame")
    }
    let context = try decompressors.withLock { $0.popLast() } ?? makeDecompressor()
    defer { decompressors.withLock { $0.append(context) } }
    return try [UInt8](unsafeUninitializedCapacity: size) { target, initialized in
      let written = ZSTD_decompressDCtx(
        context.pointer, target.baseAddress, size, input, input.count)
      guard ZSTD_isError(written) == 0, written == size else {
        throw ChangesetError.malformed("the body's frame is damaged")
      }
      initialized = written
    }
  }

  private func makeCompressor() throws -> Context {
    guard let pointer = ZSTD_createCCtx() else { throw ZstdError.outOfMemory }
    try check(ZSTD_CCtx_setParameter(pointer, ZSTD_c_compressionLevel, Self.level))
    return Context(pointer: pointer)
  }

  private func makeDecompressor() throws -> Context {
    guard let pointer = ZSTD_createDCtx() else { throw ZstdError.outOfMemory }
    return Context(pointer: pointer)
  }

  @discardableResult
  private func check(_ code: Int) throws -> Int {
    guard ZSTD_isError(code) == 0 else {
      throw ZstdError.failed(String(cString: ZSTD_getErrorName(code)))
    }
    return code
  }
}

/// What can go wrong inside libzstd while it writes.
enum ZstdError: Error, Hashable {
  /// A context could not be made.
  case outOfMemory
  /// What the library says.
  case failed(String)
}
