import CZstd

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report as bytes: JSON with sorted keys in one zstd frame.
///
/// The same report gives the same JSON; its bytes may differ with the version of zstd.
enum ReportArchive {
  /// No report of a real project comes near: a bound for what a damaged row may ask for.
  private static let sizeLimit = 256 << 20

  enum Failure: Error {
    case unreadable
  }

  static func json(_ report: some Encodable, pretty: Bool = true) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return [UInt8](try encoder.encode(report))
  }

  static func pack(_ report: QuarterReport) throws -> [UInt8] {
    let json = try json(report, pretty: false)
    let capacity = ZSTD_compressBound(json.count)
    return try [UInt8](unsafeUninitializedCapacity: capacity) { target, initialized in
      let size = json.withUnsafeBytes {
        ZSTD_compress(target.baseAddress, capacity, $0.baseAddress, $0.count, 12)
      }
      guard ZSTD_isError(size) == 0 else { throw Failure.unreadable }
      initialized = size
    }
  }

  static func unpack(_ bytes: [UInt8]) throws -> QuarterReport {
    let size = bytes.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    guard size <= UInt64(sizeLimit) else { throw Failure.unreadable }
    let json = try [UInt8](unsafeUninitializedCapacity: Int(size)) { target, initialized in
      let count = bytes.withUnsafeBytes {
        ZSTD_decompress(target.baseAddress, Int(size), $0.baseAddress, $0.count)
      }
      guard ZSTD_isError(count) == 0, count == Int(size) else { throw Failure.unreadable }
      initialized = count
    }
    return try JSONDecoder().decode(QuarterReport.self, from: Data(json))
  }
}
