internal import Crypto
internal import CryptoExtras
internal import Foundation

/// How much work it is to try a password: parameters of scrypt (RFC 7914).
public struct PasswordCost: Hashable, Sendable {
  /// N, a power of two.
  ///
  /// With r = 8 memory is N kilobytes.
  public var rounds = 1 << 15
  /// r.
  public var blockSize = 8
  /// p.
  public var parallelism = 1

  /// 32 MB, about a tenth of a second.
  public init() {}

  /// A cost for tests.
  public init(rounds: Int) {
    self.rounds = rounds
  }
}

/// Passwords as they are kept: `scrypt$N$r$p$salt$hash`, salt and hash in base 64.
enum Password {
  private static let saltBytes = 16
  private static let hashBytes = 32

  static func hashed(_ password: String, cost: PasswordCost) throws -> String {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    let hash = try derive(password, salt: salt, cost: cost)
    return [
      "scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)",
      salt.base64EncodedString(), hash.base64EncodedString(),
    ].joined(separator: "$")
  }

  /// Whether the password is the kept one; a kept text that is none never is.
  static func isValid(_ password: String, for kept: String) -> Bool {
    let parts = kept.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = Data(base64Encoded: parts[4]), let hash = Data(base64Encoded: parts[5])
    else { return false }
    var cost = PasswordCost(rounds: rounds)
    cost.blockSize = blockSize
    cost.parallelism = parallelism
    guard let derived = try? derive(password, salt: salt, cost: cost) else { return false }
    return Secret.areEqual(derived, hash)
  }

  private static func derive(_ password: String, salt: Data, cost: PasswordCost) throws -> Data {
    // One spelling of é: keyboards differ in whether they compose.
    let text = Data(password.precomposedStringWithCanonicalMapping.utf8)
    let key = try KDF.Scrypt.deriveKey(
      from: text, salt: salt, outputByteCount: hashBytes, rounds: cost.rounds,
      blockSize: cost.blockSize, parallelism: cost.parallelism,
      maxMemory: 256 * cost.rounds * cost.blockSize)
    return key.withUnsafeBytes { Data($0) }
  }
}

/// Random and derived secrets.
enum Secret {
  /// 32 random bytes in hexadecimal.
  static func token() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { hexadecimal($0) }
  }

  static func hash(_ token: String) -> Data {
    Data(SHA256.hash(data: Data(token.utf8)))
  }

  /// A text bound to a key and a purpose.
  static func signature(of text: String, for purpose: String, key: Data) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(purpose):\(text)".utf8), using: SymmetricKey(data: key))
    return hexadecimal(code)
  }

  /// Compares without saying by its duration where the difference is.
  static func areEqual(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
