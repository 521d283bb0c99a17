import Foundation
import SyncModel

/// Spellings of names, compared the way people of an office do.
public enum PersonName {
  /// The text without capitals, tildes and the tilde of ñ, with single spaces.
  ///
  /// `"  NÚÑEZ  de la Cruz"` becomes `"nunez de la cruz"`.
  public static func folded(_ text: String) -> String {
    var text = text
    let quick = text.withUTF8 { foldedLatin($0) }
    return quick ?? foldedScalars(text)
  }

  /// The folded text where it has only ASCII and the letters of U+00C0 to U+00FF, composed: every
  /// Spanish name does, and folding is what an import would spend most of its time on.
  private static func foldedLatin(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    var space = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == .space || (9...13).contains(byte) {
        space = !folded.isEmpty
        continue
      }
      if space { folded.append(.space) }
      space = false
      if byte < 0x80 {
        folded.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
      } else if byte == 0xc3, index < text.count {
        let base = latinBases[Int(text[index] & 0x3f)]
        if base < 0x80 {
          folded.append(base)
        } else {
          folded.append(0xc3)
          folded.append(base)
        }
        index += 1
      } else {
        return nil
      }
    }
    return String(decoding: folded, as: UTF8.self)
  }

  /// For U+00C0 to U+00FF, the letter without its mark, or the second byte of what stays itself.
  private static let latinBases: [UInt8] = (0xc0...0xff).map { code in
    let folded = Array(foldedScalars(String(UnicodeScalar(UInt8(code)))).utf8)
    return folded.count == 1 ? folded[0] : folded[folded.count - 1]
  }

  /// What persons are listed by: capitals and tildes do not matter, ñ stands after n, a shorter
  /// surname before the longer ones that begin with it.
  public static func sortKey(paternal: String, maternal: String, given: String) -> String {
    "\(sortKey(paternal))\u{1}\(sortKey(maternal))\u{1}\(sortKey(given))"
  }

  private static func sortKey(_ text: String) -> String {
    // Only those whose bytes may hold an ñ are looked at letter by letter.
    guard text.utf8.contains(where: { $0 == 0xc3 || $0 == 0xcc }) else { return folded(text) }
    return folded(String(text.flatMap { "ñÑ".contains($0) ? "n\u{7f}" : String($0) }))
  }

  /// As merging folds names, with the marks of any letter taken off first.
  static func foldedScalars(_ text: String) -> String {
    foldedName(text.decomposedStringWithCanonicalMapping)
  }

  /// Whether two spellings differ in nothing but capitals, tildes, ñ for n, or spacing.
  public static func agree(_ one: String, _ other: String) -> Bool {
    one == other
      || folded(one).filter { $0 != " " } == folded(other).filter { $0 != " " }
  }

  /// What recognises a person without a document within one session.
  static func key(paternal: String, maternal: String, given: String) -> String {
    "\(folded(paternal))|\(folded(maternal))|\(folded(given))"
  }
}
