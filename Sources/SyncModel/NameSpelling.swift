/// The name without what offices write differently: capitals, tildes, ñ for n, spacing.
///
/// Covers the Latin letters of Spanish, Quechua, Aymara and their neighbours, composed or
/// decomposed.
public func foldedName(_ name: String) -> String {
  var folded = String.UnicodeScalarView()
  var pendingSpace = false
  for scalar in name.lowercased().unicodeScalars {
    if scalar.properties.isWhitespace {
      pendingSpace = !folded.isEmpty
      continue
    }
    if (0x300...0x36F).contains(scalar.value) { continue }
    if pendingSpace {
      folded.append(" ")
      pendingSpace = false
    }
    folded.append(baseLetters[scalar] ?? scalar)
  }
  return String(folded)
}

private let baseLetters: [Unicode.Scalar: Unicode.Scalar] = {
  let families: [(Unicode.Scalar, String)] = [
    ("a", "áàâäãåā"), ("e", "éèêëē"), ("i", "íìîïī"), ("o", "óòôöõō"), ("u", "úùûüū"),
    ("n", "ñń"), ("c", "çć"), ("y", "ýÿ"),
  ]
  var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
  for (base, marked) in families {
    for letter in marked.unicodeScalars { letters[letter] = base }
  }
  return letters
}()

extension CellValue {
  var foldedName: CellValue {
    if case .text(let text) = self { .text(SyncModel.foldedName(text)) } else { self }
  }

  /// How well a name is written: not all capitals first, then with tildes.
  var spellingQuality: Int {
    guard case .text(let text) = self else { return 0 }
    let mixed = text.unicodeScalars.contains(where: \.properties.isLowercase)
    let marked = text.lowercased().unicodeScalars.contains {
      baseLetters[$0] != nil || (0x300...0x36F).contains($0.value)
    }
    return (mixed ? 2 : 0) + (marked ? 1 : 0)
  }
}
