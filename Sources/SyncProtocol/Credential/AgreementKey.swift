internal import Crypto
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The X25519 form of a node's Ed25519 key: what a bundle is sealed for.
///
/// Both curves are one curve in two forms (RFC 7748, section 4.1), so that whoever knows a node's
/// public key can seal for it, and no second key need be registered. The same map as libsodium's
/// `crypto_sign_ed25519_pk_to_curve25519` and age's SSH recipients; that one key serves both uses
/// safely is shown by Thormarker, "On using the same key pair for Ed25519 and an X25519 based KEM"
/// (2021).
enum AgreementKey {
  /// u = (1 + y) / (1 − y) modulo 2^255 − 19, y being what the Ed25519 key holds beside a sign.
  ///
  /// Works on public numbers alone: it need not take the same time for all.
  ///
  /// - Returns: nil where the bytes are no key, or the neutral point.
  static func publicKey(
    ofSigning key: [UInt8]
  ) -> Curve25519.KeyAgreement.PublicKey? {
    guard key.count == 32 else { return nil }
    var bytes = key
    bytes[31] &= 0x7f
    let y = FieldElement(littleEndian: bytes)
    let denominator = FieldElement.one - y
    guard denominator != .zero else { return nil }
    let u = (.one + y) * denominator.inverse
    return try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: u.littleEndian)
  }

  /// The secret number that RFC 8032 derives from an Ed25519 key, which is that of X25519 too.
  static func privateKey(
    ofSigning key: Curve25519.Signing.PrivateKey
  ) throws -> Curve25519.KeyAgreement.PrivateKey {
    let hash = SHA512.hash(data: key.rawRepresentation)
    return try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Array(hash.prefix(32)))
  }
}

/// A number modulo p = 2^255 − 19, in four words of 64 bits, the lowest first, always below p.
struct FieldElement: Equatable {
  private var words: [UInt64]

  static let zero = FieldElement(words: [0, 0, 0, 0])
  static let one = FieldElement(words: [1, 0, 0, 0])
  private static let modulus: [UInt64] = [
    0xffff_ffff_ffff_ffed, .max, .max, 0x7fff_ffff_ffff_ffff,
  ]

  private init(words: [UInt64]) {
    self.words = words
  }

  /// From 32 bytes, the lowest first.
  init(littleEndian bytes: [UInt8]) {
    words = (0..<4).map { word in
      (0..<8).reduce(0) { $0 | UInt64(bytes[8 * word + $1]) << UInt64(8 * $1) }
    }
    reduce()
  }

  /// 32 bytes, the lowest first.
  var littleEndian: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(8 * ($0 % 8))) }
  }

  static func + (left: FieldElement, right: FieldElement) -> FieldElement {
    // Both are below 2^255: the sum fits 256 bits.
    var sum = FieldElement(words: add(left.words, right.words))
    sum.reduce()
    return sum
  }

  static func - (left: FieldElement, right: FieldElement) -> FieldElement {
    var difference = FieldElement(words: add(left.words, subtract(modulus, right.words).words))
    difference.reduce()
    return difference
  }

  static func * (left: FieldElement, right: FieldElement) -> FieldElement {
    var product = [UInt64](repeating: 0, count: 8)
    for (i, a) in left.words.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in right.words.enumerated() {
        let (high, low) = a.multipliedFullWidth(by: b)
        let (first, over) = low.addingReportingOverflow(product[i + j])
        let (second, again) = first.addingReportingOverflow(carry)
        product[i + j] = second
        carry = high + (over ? 1 : 0) + (again ? 1 : 0)
      }
      product[i + 4] = carry
    }
    // 2^256 is 38 modulo p.
    var carry: UInt64 = 0
    var words = [UInt64](repeating: 0, count: 4)
    for index in 0..<4 {
      let (high, low) = product[index + 4].multipliedFullWidth(by: 38)
      let (first, over) = low.addingReportingOverflow(product[index])
      let (second, again) = first.addingReportingOverflow(carry)
      words[index] = second
      carry = high + (over ? 1 : 0) + (again ? 1 : 0)
    }
    // What is left above is below 39; folding it in may overflow once more, then by at most 38.
    while carry > 0 {
      var fold = carry * 38
      carry = 0
      for index in 0..<4 where fold > 0 {
        let (sum, over) = words[index].addingReportingOverflow(fold)
        words[index] = sum
        fold = over ? 1 : 0
      }
      carry = fold
    }
    var result = FieldElement(words: words)
    result.reduce()
    return result
  }

  /// The number by which this one gives 1, zero for zero: its power p − 2 (Fermat).
  var inverse: FieldElement {
    var result = FieldElement.one
    // p − 2 in binary: 250 ones, then 01011.
    let exponent: [Bool] = Array(repeating: true, count: 250) + [false, true, false, true, true]
    for bit in exponent {
      result = result * result
      if bit { result = result * self }
    }
    return result
  }

  private mutating func reduce() {
    while true {
      let (difference, borrowed) = Self.subtract(words, Self.modulus)
      if borrowed { return }
      words = difference
    }
  }

  private static func add(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var carry: UInt64 = 0
    return (0..<4).map { index in
      let (first, over) = left[index].addingReportingOverflow(right[index])
      let (second, again) = first.addingReportingOverflow(carry)
      carry = over || again ? 1 : 0
      return second
    }
  }

  private static func subtract(
    _ left: [UInt64], _ right: [UInt64]
  ) -> (words: [UInt64], borrowed: Bool) {
    var borrow: UInt64 = 0
    let words = (0..<4).map { index in
      let (first, under) = left[index].subtractingReportingOverflow(right[index])
      let (second, again) = first.subtractingReportingOverflow(borrow)
      borrow = under || again ? 1 : 0
      return second
    }
    return (words, borrow == 1)
  }
}
