import Crypto

/// Identifiers derived from what a record is known by, so that two offices that register the same
/// thing offline meet in one row.
public enum Identity {
  /// The namespace of every derived identifier, 16 bytes; never changes.
  static let namespace: [UInt8] = [
    0x7a, 0x1c, 0x5e, 0x0b, 0x93, 0xd4, 0x4f, 0x26, 0xa8, 0x67, 0x2d, 0x41, 0xc0, 0x9e, 0x35, 0xb2,
  ]

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

  /// The UUID version 5 of a name within ``namespace``, in lower case.
  static func derived(from name: String) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: namespace)
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
