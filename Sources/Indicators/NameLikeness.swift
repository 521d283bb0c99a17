import Trainings

/// How much two names look like one person's.
public struct NameLikeness: Hashable, Sendable {
  /// What two participants have in common.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case sameDocument = "same_document"
    case sameName = "same_name"
    case similarName = "similar_name"
    case surnamesSwapped = "surnames_swapped"
    case givenNameMissing = "given_name_missing"
    case surnameMissing = "surname_missing"
    case sameInstitution = "same_institution"
    case sameWorkplace = "same_workplace"
    case similarDocument = "similar_document"

    /// The reason in words.
    public func word(spanish: Bool) -> String {
      switch self {
      case .sameDocument: spanish ? "mismo documento" : "same document"
      case .sameName: spanish ? "mismo nombre" : "same name"
      case .similarName: spanish ? "nombre parecido" : "similar name"
      case .surnamesSwapped: spanish ? "apellidos en otro orden" : "surnames in another order"
      case .givenNameMissing: spanish ? "falta un nombre" : "a given name is missing"
      case .surnameMissing: spanish ? "falta un apellido" : "a surname is missing"
      case .sameInstitution: spanish ? "misma institución" : "same institution"
      case .sameWorkplace: spanish ? "mismo centro" : "same workplace"
      case .similarDocument: spanish ? "documento parecido" : "similar document"
      }
    }
  }

  /// 0…1.
  public let score: Double
  /// Why the names are alike.
  public let reasons: [Reason]
}

/// The letters of a name that tell persons apart.
enum NameKey {
  /// Words of a name without tildes, particles and spellings that sound alike.
  ///
  /// `de la Cruz Huamán` and `CRUZ WAMAN` give the same words: Quechua and Aymara names are written
  /// the Spanish way or their own.
  static func words(_ text: String) -> [String] {
    PersonName.folded(text).split { !$0.isLetter }.map(String.init)
      .filter { !particles.contains($0) }.map(sounds)
  }

  private static let particles: Set<String> = [
    "de", "del", "la", "las", "los", "y", "da", "do", "dos", "van", "von", "di",
  ]

  /// One spelling for what sounds alike in Peruvian Spanish.
  private static func sounds(_ word: String) -> String {
    var word = word
    for (from, to) in spellings where word.contains(from) {
      word = replaced(word, from, to)
    }
    // Doubled letters are a frequent slip: Ccori, Gutierrez.
    var result = ""
    for letter in word where result.last != letter { result.append(letter) }
    return result
  }

  private static let spellings: [(String, String)] = [
    ("hua", "wa"), ("hui", "wi"), ("hue", "we"), ("gua", "wa"), ("cqu", "k"), ("qu", "k"),
    ("q", "k"), ("ch", "C"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("C", "ch"), ("z", "s"),
    ("v", "b"), ("ll", "y"), ("gi", "ji"), ("ge", "je"), ("ph", "f"), ("h", ""), ("i", "y"),
  ]

  private static func replaced(_ word: String, _ from: String, _ to: String) -> String {
    var result = ""
    var rest = word[...]
    while let first = rest.first {
      if rest.hasPrefix(from) {
        result += to
        rest = rest.dropFirst(from.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// 1 minus the share of letters to change, with swapped neighbours as one change.
  static func likeness(_ one: String, _ other: String) -> Double {
    if one == other { return 1 }
    let a = Array(one.unicodeScalars)
    let b = Array(other.unicodeScalars)
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i]
      for j in 1...b.count {
        let change = a[i - 1] == b[j - 1] ? 0 : 1
        var best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return 1 - Double(previous[b.count]) / Double(max(a.count, b.count))
  }
}
