/// A document of identity: a type and a number that is text, since its zeros count.
public struct IdentityDocument: Hashable, Sendable {
  /// `DNI`, `CE` or `PAS`.
  public let type: String

  /// The number as the document shows it; eight digits for a DNI.
  public let number: String

  /// A document of a type and a number as they are stored.
  public init(type: String, number: String) {
    self.type = type
    self.number = number
  }

  /// The number with only its first and last digits shown, as `4•••••21`.
  public static func masked(_ number: String) -> String {
    let characters = Array(number)
    guard characters.count > 4, characters[0] != "#" else {
      return String(repeating: "•", count: characters.count)
    }
    return String(characters.prefix(1)) + String(repeating: "•", count: characters.count - 3)
      + String(characters.suffix(2))
  }

  /// Several numbers as ``masked(_:)`` shows them, with the first three digits by which numbers of
  /// one length differ.
  public static func masked(_ numbers: [String]) -> [String] {
    let known = numbers.filter { !$0.isEmpty }.map(Array.init)
    let shown = numbers.map(masked)
    guard let length = known.first?.count, known.allSatisfy({ $0.count == length }) else {
      return shown
    }
    let differing = (0..<length).filter { place in
      Set(known.map { $0[place] }).count > 1 && Array(masked(String(known[0])))[place] == "•"
    }
    return zip(numbers, shown).map { number, mask in
      var characters = Array(mask)
      for place in differing.prefix(3) where !number.isEmpty {
        characters[place] = Array(number)[place]
      }
      return String(characters)
    }
  }

  /// What a type and a number as written mean.
  enum Reading: Equatable {
    case none
    case document(IdentityDocument, padded: Bool)

    /// A number that stands for "none", such as `00000000`.
    case placeholder

    /// A type that is not kept; its number cannot be kept either.
    case unknownType
    case invalid
  }

  /// Reads a type and a number, both already trimmed.
  static func read(type: String, number: String) -> Reading {
    if type == "DNI", number.utf8.count == 8,
      number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), number != "00000000"
    {
      return .document(IdentityDocument(type: type, number: number), padded: false)
    }
    let word = PersonName.folded(type).filter { $0 != "." && $0 != " " }
    if number.isEmpty || noneWords.contains(word) || noneWords.contains(number.lowercased()) {
      return .none
    }
    guard let type = types[word] else {
      return .unknownType
    }
    if type == "CE" || type == "PAS" {
      return .document(IdentityDocument(type: type, number: number.uppercased()), padded: false)
    }
    guard let digits = digits(of: number), digits.utf8.count <= 8 else {
      return .invalid
    }
    if digits.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) {
      return .placeholder
    }
    let missing = 8 - digits.utf8.count
    return .document(
      IdentityDocument(type: "DNI", number: String(repeating: "0", count: missing) + digits),
      padded: missing > 0)
  }

  /// The digits of a DNI as spreadsheets write it: with a leading apostrophe, spaces between, dots
  /// between thousands, or the `.0` of a number; nil where anything else stands in it.
  private static func digits(of number: String) -> String? {
    var bytes = Array(number.utf8.filter { $0 != UInt8(ascii: " ") })
    if bytes.first == UInt8(ascii: "'") { bytes.removeFirst() }
    let isPoint = { (byte: UInt8) in byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }
    if bytes.count > 2, bytes.last == UInt8(ascii: "0"), isPoint(bytes[bytes.count - 2]) {
      bytes.removeLast(2)
    }
    let groups = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }), groups[0].count <= 3 {
      bytes = groups.flatMap { $0 }
    }
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let noneWords: Set<String> = ["-", "s/d", "sd", "ninguno", "sindocumento", "no"]

  private static let types: [String: String] = [
    "": "DNI", "dni": "DNI", "documentonacionaldeidentidad": "DNI",
    "ce": "CE", "cex": "CE", "carnetdeextranjeria": "CE", "carnedeextranjeria": "CE",
    "carnetextranjeria": "CE", "carneextranjeria": "CE", "extranjeria": "CE",
    "pas": "PAS", "pass": "PAS", "pasaporte": "PAS", "passport": "PAS",
  ]
}
