import Crypto
import Schema

/// Identifiers derived from what a record is known by, so that two offices that register the same
/// thing offline meet in one row.
public enum Identity {
  /// The identifier of the participant who bears a document.
  public static func participant(documentType: String, documentNumber: String) -> String {
    derived(from: "\(documentType):\(documentNumber)")
  }

  /// The identifier of a session that a file names by its office's code.
  public static func session(office: String, code: String) -> String {
    derived(from: "session:\(office):\(code)")
  }

  /// The identifier of a deliverable that a file names by its office's code.
  public static func deliverable(office: String, code: String) -> String {
    derived(from: "deliverable:\(office):\(code)")
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// The UUID version 5 of a name within ``IdentityNamespace``, in lower case.
  static func derived(from name: String) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: IdentityNamespace.bytes)
    hash.update(data: Array(name.utf8))
    var bytes = Array(hash.finalize().prefix(16))
    bytes[6] = (bytes[6] & 0x0f) | 0x50
    bytes[8] = (bytes[8] & 0x3f) | 0x80
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
