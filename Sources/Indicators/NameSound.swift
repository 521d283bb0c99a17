import Trainings

/// One spelling for the spellings of a name that sound alike in Peru.
///
/// Spanish confuses b and v, s and z, c and k, y and ll, and drops h. Quechua and Aymara have three
/// vowels (so `e` is `i`, and `o` is `u`), are written the Spanish way or their own (`Huamán`,
/// `Waman`; `Quispe`, `Qispi`, `Kispe`; `Ccori`, `Quri`), and were voiced behind a nasal (`Condori`,
/// `Kunturi`). Names that differ only so get one sound; a few that are different names do, too,
/// which is why a sound proposes and never decides.
enum NameSound {
  /// The sounds of a name's words, without particles: `de la Cruz` and `CRUZ` are both `krus`.
  static func words(_ text: String, areGiven: Bool = false) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    func end() {
      if !word.isEmpty, let sound = sound(word, isGiven: areGiven) { words.append(sound) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in PersonName.folded(text).utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: word.append(byte)
      // An ejective, Ch'uqi, is written with a mark or without.
      case UInt8(ascii: "'"), UInt8(ascii: "`"): break
      default: end()
      }
    }
    end()
    return words
  }

  /// The sounds of a name in one: `San Martín` and `Sanmartín` are one surname.
  static func joined(_ words: some Sequence<String>) -> String {
    words.reduce("", +)
  }

  private static let particles: Set<[UInt8]> = Set(
    [
      "de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "van", "von", "di", "vda",
      "viuda",
    ]
    .map { Array($0.utf8) })

  private static func sound(_ word: [UInt8], isGiven: Bool) -> String? {
    if !isGiven, particles.contains(word) { return nil }
    if isGiven, particles.contains(word), word.count > 1 { return nil }
    var letters = word[...]
    if isGiven, word == Array("ma".utf8) { letters = Array("maria".utf8)[...] }
    if !isGiven, word.count > 7, word.starts(with: Array("dela".utf8)) { letters = word[4...] }
    return sounds(of: Array(letters), isGiven: isGiven)
  }

  private static func sounds(of letters: [UInt8], isGiven: Bool) -> String {
    var sound: [UInt8] = []
    sound.reserveCapacity(letters.count)
    var index = 0
    func letter(_ offset: Int) -> UInt8 {
      index + offset < letters.count ? letters[index + offset] : 0
    }
    func isFront(_ offset: Int) -> Bool {
      letter(offset) == UInt8(ascii: "e") || letter(offset) == UInt8(ascii: "i")
    }
    while index < letters.count {
      let next = letter(1)
      var step = 1
      var made: UInt8?
      switch letters[index] {
      case UInt8(ascii: "h"): made = nil
      case UInt8(ascii: "c"):
        if next == UInt8(ascii: "h") {
          (made, step) = (UInt8(ascii: "x"), 2)
        } else if next == UInt8(ascii: "c") {
          (made, step) = (UInt8(ascii: "k"), 2)
        } else {
          made = isFront(1) ? UInt8(ascii: "s") : UInt8(ascii: "k")
        }
      case UInt8(ascii: "q"):
        made = UInt8(ascii: "k")
        if next == UInt8(ascii: "u"), isFront(2) || letter(2) == UInt8(ascii: "y") { step = 2 }
      case UInt8(ascii: "g"):
        if next == UInt8(ascii: "u"), letter(2) == UInt8(ascii: "a") {
          made = nil
        } else if next == UInt8(ascii: "u"), isFront(2) {
          (made, step) = (UInt8(ascii: "g"), 2)
        } else if isFront(1) {
          made = UInt8(ascii: "j")
        } else {
          made = sound.last == UInt8(ascii: "n") ? UInt8(ascii: "k") : UInt8(ascii: "g")
        }
      case UInt8(ascii: "p") where next == UInt8(ascii: "h") && isGiven:
        (made, step) = (UInt8(ascii: "f"), 2)
      case UInt8(ascii: "l") where next == UInt8(ascii: "l"):
        step = 2
        made = isVowel(letter(2)) ? UInt8(ascii: "i") : UInt8(ascii: "l")
      case UInt8(ascii: "n")
      where [UInt8(ascii: "p"), UInt8(ascii: "b"), UInt8(ascii: "v")].contains(next):
        made = UInt8(ascii: "m")
      case UInt8(ascii: "d"):
        made = sound.last == UInt8(ascii: "n") ? UInt8(ascii: "t") : UInt8(ascii: "d")
      case UInt8(ascii: "b"), UInt8(ascii: "v"):
        made = sound.last == UInt8(ascii: "m") ? UInt8(ascii: "p") : UInt8(ascii: "b")
      case UInt8(ascii: "z"), UInt8(ascii: "x"): made = UInt8(ascii: "s")
      case UInt8(ascii: "w"), UInt8(ascii: "o"): made = UInt8(ascii: "u")
      case UInt8(ascii: "y"), UInt8(ascii: "e"): made = UInt8(ascii: "i")
      case let other: made = other
      }
      if let made, made != sound.last { sound.append(made) }
      index += step
    }
    return String(decoding: sound, as: UTF8.self)
  }

  private static func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      true
    default: false
    }
  }
}

/// How many letters or digits stand between two texts.
enum Slip {
  /// Whether one change makes one text of the other: a letter put, left out or replaced, or two
  /// neighbours swapped; two changes where both texts are long.
  static func separates(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let allowed = min(one.count, other.count) >= 8 ? 2 : min(one.count, other.count) >= 4 ? 1 : 0
    return allowed > 0 && distance(one, other, atMost: allowed) <= allowed
  }

  /// The number of changes, swapped neighbours being one; any number above `limit` is too many.
  static func distance(_ one: [UInt8], _ other: [UInt8], atMost limit: Int) -> Int {
    if abs(one.count - other.count) > limit { return limit + 1 }
    if one.isEmpty || other.isEmpty { return max(one.count, other.count) }
    let width = other.count + 1
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { rows in
      for column in 0..<width { rows[column] = column }
      var (before, previous, current) = (2 * width, 0, width)
      for i in 1...one.count {
        rows[current] = i
        var least = i
        for j in 1..<width {
          let change = one[i - 1] == other[j - 1] ? 0 : 1
          var best = min(rows[previous + j], rows[current + j - 1]) + 1
          best = min(best, rows[previous + j - 1] + change)
          if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
            best = min(best, rows[before + j - 2] + 1)
          }
          rows[current + j] = best
          least = min(least, best)
        }
        if least > limit { return limit + 1 }
        (before, previous, current) = (previous, current, before)
      }
      return rows[previous + width - 1]
    }
  }
}
