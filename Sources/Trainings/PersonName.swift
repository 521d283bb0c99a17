import Foundation

/// Spellings of names, compared the way people of an office do.
public enum PersonName {
  /// The text without capitals, tildes and the tilde of ñ, with single spaces.
  ///
  /// `"  NÚÑEZ  de la Cruz"` becomes `"nunez de la cruz"`.
  public static func folded(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var space = false
    let plain = text.utf8.allSatisfy { $0 < 0x80 }
    let source = plain ? text : text.decomposedStringWithCanonicalMapping
    for scalar in source.unicodeScalars {
      if scalar.properties.isWhitespace {
        space = !scalars.isEmpty
        continue
      }
      if !plain, scalar.properties.generalCategory == .nonspacingMark { continue }
      if space { scalars.append(" ") }
      space = false
      scalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return String(scalars)
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
