internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A stream sealed piece by piece, so that one of any length is sealed and opened in little memory.
///
/// Pieces can be neither changed, nor left out, nor put in another order, nor can the stream be cut
/// short: a piece's nonce is its number and whether it is the last (Hoang, Reyhanitabar, Rogaway,
/// Vizár: "Online authenticated encryption and its nonce-reuse misuse-resistance", STREAM, 2015).
/// Each key seals one stream.
struct SealedPieces {
  /// The bytes of a piece before it is sealed.
  static let size = 64 << 10
  /// What sealing adds to a piece.
  static let tag = 16

  private let key: SymmetricKey
  private var number: UInt64 = 0

  /// Pieces under the key that follows from `key` for this `header`.
  init(key: [UInt8], header: [UInt8]) {
    self.key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: key), info: Array(SHA256.hash(data: header)),
      outputByteCount: 32)
  }

  private mutating func nextNonce(isLast: Bool) throws -> ChaChaPoly.Nonce {
    var bytes = [UInt8](repeating: 0, count: 12)
    for index in 0..<8 {
      bytes[10 - index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
    }
    bytes[11] = isLast ? 1 : 0
    number += 1
    return try ChaChaPoly.Nonce(data: bytes)
  }

  mutating func seal(_ piece: ArraySlice<UInt8>, isLast: Bool) throws -> [UInt8] {
    let box = try ChaChaPoly.seal(piece, using: key, nonce: try nextNonce(isLast: isLast))
    return Array(box.ciphertext) + Array(box.tag)
  }

  mutating func open(_ piece: ArraySlice<UInt8>, isLast: Bool) throws -> [UInt8] {
    guard piece.count >= Self.tag else { throw BundleError.damaged }
    do {
      let box = try ChaChaPoly.SealedBox(
        nonce: try nextNonce(isLast: isLast), ciphertext: piece.dropLast(Self.tag),
        tag: piece.suffix(Self.tag))
      return Array(try ChaChaPoly.open(box, using: key))
    } catch {
      throw BundleError.damaged
    }
  }
}

/// Takes bytes as they come and gives sealed pieces.
public struct PieceSealer {
  private var pieces: SealedPieces
  private var waiting: [UInt8] = []

  /// Seals under a key of 32 bytes that is used for nothing else, bound to the bytes of `header`.
  public init(key: [UInt8], header: [UInt8]) {
    pieces = SealedPieces(key: key, header: header)
  }

  /// The pieces that are complete now.
  public mutating func seal(_ bytes: [UInt8]) throws -> [UInt8] {
    waiting += bytes
    var sealed: [UInt8] = []
    var from = 0
    // The last piece is sealed otherwise: one whole piece always waits.
    while waiting.count - from > SealedPieces.size {
      sealed += try pieces.seal(waiting[from..<from + SealedPieces.size], isLast: false)
      from += SealedPieces.size
    }
    waiting.removeFirst(from)
    return sealed
  }

  /// The last piece.
  public mutating func finish() throws -> [UInt8] {
    try pieces.seal(waiting[...], isLast: true)
  }
}

/// Takes sealed pieces as they come and gives what they hold.
public struct PieceOpener {
  private var pieces: SealedPieces
  private var waiting: [UInt8] = []

  /// Opens what ``PieceSealer`` sealed with the same key and header.
  public init(key: [UInt8], header: [UInt8]) {
    pieces = SealedPieces(key: key, header: header)
  }

  /// What the pieces hold that are complete now.
  ///
  /// - Throws: ``BundleError`` `damaged` for a piece that is not the next one sealed.
  public mutating func open(_ bytes: [UInt8]) throws -> [UInt8] {
    waiting += bytes
    let whole = SealedPieces.size + SealedPieces.tag
    var opened: [UInt8] = []
    var from = 0
    while waiting.count - from > whole {
      opened += try pieces.open(waiting[from..<from + whole], isLast: false)
      from += whole
    }
    waiting.removeFirst(from)
    return opened
  }

  /// What the last piece holds.
  ///
  /// - Throws: ``BundleError`` `damaged` where the stream was cut short or goes on.
  public mutating func finish() throws -> [UInt8] {
    try pieces.open(waiting[...], isLast: true)
  }
}
