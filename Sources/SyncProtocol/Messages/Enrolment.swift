internal import Crypto

/// A replica asks for its credential with a one-time code.
///
/// JSON.
public struct EnrolmentRequest: Codable, Hashable, Sendable {
  /// The one-time code, as a person typed it.
  public var code: String
  /// The replica's identity: 32 hexadecimal digits.
  public var node: String
  /// Its public key (Ed25519): 64 hexadecimal digits.
  public var publicKey: String
  /// The office the replica belongs to.
  public var office: String
  /// What the office calls it.
  public var label: String?
  /// Ed25519 over ``challenge``: the key is really the replica's.
  ///
  /// 128 hexadecimal digits.
  public var proof: String

  /// A request of all its parts.
  public init(
    code: String,
    node: String,
    publicKey: String,
    office: String,
    label: String?,
    proof: String = ""
  ) {
    self.code = code
    self.node = node
    self.publicKey = publicKey
    self.office = office
    self.label = label
    self.proof = proof
  }

  /// What the proof signs: SHA-256 of code, node and public key.
  public var challenge: [UInt8] {
    let words = ["quipu enrolment", EnrolmentCode.normalized(code), node, publicKey]
    return Array(SHA256.hash(data: Array(words.joined(separator: "\n").utf8)))
  }
}

/// How a one-time code is read: without regard to what people confuse.
public enum EnrolmentCode {
  /// The code without hyphens and spaces, in capitals, with O and I for 0 and 1 (Crockford's base
  /// 32).
  public static func normalized(_ code: String) -> String {
    String(
      code.uppercased().compactMap { character in
        switch character {
        case "-", " ", "\t", "\n": nil
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      })
  }
}

/// The credential that the centre gives, once.
///
/// JSON.
public struct EnrolmentAnswer: Codable, Hashable, Sendable {
  /// What the replica shows at every call from now on.
  ///
  /// The centre keeps only its hash.
  public var token: String
  /// The central node: 32 hexadecimal digits.
  public var centralNode: String
  /// What the central node is called.
  public var centralLabel: String?
  /// The central node's public key: 64 hexadecimal digits.
  public var centralPublicKey: String
  /// The centre's epoch.
  public var epoch: String

  /// An answer of all its parts.
  public init(
    token: String,
    centralNode: String,
    centralLabel: String?,
    centralPublicKey: String,
    epoch: String
  ) {
    self.token = token
    self.centralNode = centralNode
    self.centralLabel = centralLabel
    self.centralPublicKey = centralPublicKey
    self.epoch = epoch
  }
}
