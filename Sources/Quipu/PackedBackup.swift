import Crypto
import CryptoExtras
import Foundation
import SyncModel
import SyncProtocol
import Trainings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The form of a backup's file: the database as it is, compressed, or compressed and sealed with a
/// passphrase.
///
/// A compressed one is a plain zstd frame: `zstd -d` reads it too. A sealed one begins with lines
/// that say how the key follows from the passphrase (scrypt, RFC 7914), then come sealed pieces.
enum PackedBackup {
  /// How a file is written.
  enum Form: Equatable {
    case plain
    case compressed
    case sealed(passphrase: [UInt8])
  }

  private static let firstLine = "quipu backup 1"
  private static let readSize = 1 << 20
  /// 32 MiB and about a tenth of a second for each guess.
  private static let rounds = 1 << 15

  /// The form that a file's first bytes show.
  static func isPacked(_ path: String) throws -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    let start = Array(try handle.read(upToCount: 16) ?? Data())
    return start.starts(with: [0x28, 0xb5, 0x2f, 0xfd])
      || start.starts(with: Array(firstLine.utf8))
  }

  /// Writes the database at `source` in a form.
  static func pack(_ source: String, to path: String, _ form: Form) throws {
    let compressor = try ZstdCompressor()
    var sealer: PieceSealer?
    try write(path) { output in
      if case .sealed(let passphrase) = form {
        let salt = BackupRandom.bytes(16)
        let header = Array(
          "\(firstLine)\nscrypt: \(rounds) 8 1\nsalt: \(hexadecimal(salt))\n\n".utf8)
        sealer = PieceSealer(key: try key(passphrase, salt: salt), header: header)
        try output(header)
      }
      try read(source) { bytes in
        let packed = try compressor.compress(bytes)
        try output(try sealer?.seal(packed) ?? packed)
      }
      let end = try compressor.finish()
      try output(try sealer?.seal(end) ?? end)
      if var last = sealer { try output(try last.finish()) }
    }
  }

  /// Writes the database that a packed file holds.
  ///
  /// - Throws: ``Failure`` where the passphrase is missing or wrong, or the file is damaged.
  static func unpack(
    _ source: String, to path: String, passphrase: [UInt8]?, _ texts: BackupTexts
  ) throws {
    let decompressor = try ZstdDecompressor()
    do {
      try write(path) { output in
        var opener: PieceOpener?
        var start: [UInt8]? = []
        try read(source) { bytes in
          var bytes = bytes
          if let begun = start {
            start = nil
            _ = begun
            if bytes.starts(with: Array(firstLine.utf8)) {
              guard let end = BundleHeader.end(in: bytes) else { throw BundleError.damaged }
              guard let passphrase else {
                throw Failure(
                  code: "passphrase_missing", message: texts.sealed(source),
                  hint: texts.sealedHint, status: .usage)
              }
              let header = Array(bytes[..<end])
              opener = PieceOpener(
                key: try key(passphrase, salt: try salt(header)), header: header)
              bytes = Array(bytes[end...])
            }
          }
          try decompressor.decompress(try opener?.open(bytes) ?? bytes, output)
        }
        if var last = opener { try decompressor.decompress(try last.finish(), output) }
        guard decompressor.isComplete else { throw BundleError.damaged }
      }
    } catch BundleError.damaged {
      throw Failure(
        code: "backup_damaged",
        message: passphrase == nil ? texts.damaged(source, "zstd") : texts.unopened(source),
        status: .damaged)
    }
  }

  private static func salt(_ header: [UInt8]) throws -> [UInt8] {
    let lines = String(decoding: header, as: UTF8.self).split(separator: "\n")
    guard lines.count == 3, lines[0] == firstLine, lines[1] == "scrypt: \(rounds) 8 1",
      let salt = bytes(hexadecimal: lines[2].dropFirst("salt: ".count)), salt.count == 16
    else { throw BundleError.damaged }
    return salt
  }

  private static func key(_ passphrase: [UInt8], salt: [UInt8]) throws -> [UInt8] {
    try KDF.Scrypt.deriveKey(
      from: passphrase, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: 8,
      parallelism: 1
    ).withUnsafeBytes { Array($0) }
  }

  private static func read(_ path: String, _ take: ([UInt8]) throws -> Void) throws {
    let handle = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? handle.close() }
    while let bytes = try handle.read(upToCount: readSize), !bytes.isEmpty {
      try take(Array(bytes))
    }
  }

  private static func write(
    _ path: String, _ body: (_ output: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    // Who may read the backup may read the records.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure.disk(path) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try body { bytes in
      do { try handle.write(contentsOf: Data(bytes)) } catch { throw Failure.disk(path) }
    }
    do { try handle.synchronize() } catch { throw Failure.disk(path) }
    try handle.close()
  }
}

/// Bytes that nobody can guess.
enum BackupRandom {
  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}

extension Failure {
  /// A file that the disk does not take.
  static func disk(_ path: String) -> Failure {
    Failure(
      code: "file_unwritable",
      message: Language.ofProcess.pick(
        "no se puede escribir «\(path)»", "\"\(path)\" cannot be written"),
      hint: Language.ofProcess.pick(
        "Revise la carpeta, los permisos y el espacio libre.",
        "Check the folder, its permissions and the free space."))
  }
}
