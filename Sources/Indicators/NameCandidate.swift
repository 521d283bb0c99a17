import GRDB
import Trainings

/// A participant prepared for comparison: every text is a number of ``CandidateTexts``.
///
/// Plain numbers, so that tens of millions of pairs are compared without touching a string.
struct NameCandidate: Sendable {
  /// Two surnames as they may be meant; ``CandidateTexts/none`` where there is none.
  struct Surnames: Hashable, Sendable {
    var paternal: Int32
    var maternal: Int32
  }

  var surnames: Surnames

  /// Another reading: both surnames in one field, or a husband's behind the mother's.
  var otherSurnames: Surnames?

  /// Up to four given names, ``CandidateTexts/none`` behind them.
  var given: SIMD4<Int32>

  /// 0 without a document, else a number for the type.
  var documentType: UInt8 = 0

  /// A number of up to eight characters packed into one, 0 for a longer one.
  var shortNumber: UInt64 = 0
  var number = CandidateTexts.none
  var sex: UInt8 = 0
  var institution = CandidateTexts.none
  var workplace = CandidateTexts.none
  var department = CandidateTexts.none
  var phone = CandidateTexts.none
  var email = CandidateTexts.none
}

/// The texts of candidates, each with a number and how often it was met.
struct CandidateTexts: Sendable {
  static let none: Int32 = -1

  private var numbers: [String: Int32] = [:]
  private(set) var bytes: [[UInt8]] = []
  /// A bit for each letter of the text, so that most texts that differ much are told apart at once.
  private(set) var letters: [UInt32] = []
  private(set) var counts: [Int32] = []

  /// The number of a text; an empty one has none.
  mutating func number(_ text: String) -> Int32 {
    if text.isEmpty { return Self.none }
    if let known = numbers[text] {
      counts[Int(known)] += 1
      return known
    }
    let number = Int32(counts.count)
    numbers[text] = number
    let bytes = Array(text.utf8)
    self.bytes.append(bytes)
    letters.append(bytes.reduce(0) { $0 | 1 << UInt32($1 & 31) })
    counts.append(1)
    return number
  }
}

/// Everything that candidates are made of, by what it says of a person: a name may be a surname and
/// a given name, and is as rare as it is among its kind.
struct CandidateReader: Sendable {
  var surnames = CandidateTexts()
  var given = CandidateTexts()
  var numbers = CandidateTexts()
  var institutions = CandidateTexts()
  var workplaces = CandidateTexts()
  var departments = CandidateTexts()
  var contacts = CandidateTexts()

  /// Reads values by column, as a row of `participant` or an entry form has them.
  mutating func candidate(_ value: (String) -> String?) -> NameCandidate {
    func text(_ column: String) -> String { value(column) ?? "" }
    let paternal = NameSound.words(text("paternal_surname"))
    let maternal = NameSound.words(text("maternal_surname"))
    var candidate = NameCandidate(
      surnames: surnames(NameSound.joined(paternal), NameSound.joined(maternal)), given: .init())
    if maternal.isEmpty, paternal.count > 1 {
      candidate.otherSurnames = surnames(paternal[0], NameSound.joined(paternal.dropFirst()))
    } else if maternal.count > 1 {
      candidate.otherSurnames = surnames(NameSound.joined(paternal), maternal[0])
    }
    var names = SIMD4<Int32>(repeating: CandidateTexts.none)
    for (place, name) in NameSound.words(text("given_names"), areGiven: true).prefix(4).enumerated()
    {
      names[place] = given.number(name)
    }
    candidate.given = names
    read(type: text("document_type"), number: text("document_number"), into: &candidate)
    candidate.sex = text("sex").utf8.first ?? 0
    candidate.institution = institutions.number(text("institution_code"))
    candidate.workplace = workplaces.number(
      PersonName.folded(text("workplace")).filter { $0.isLetter || $0.isNumber })
    candidate.department = departments.number(PersonName.folded(text("department")))
    candidate.phone = contacts.number(String(text("phone").filter(\.isNumber).suffix(9)))
    candidate.email = contacts.number(PersonName.folded(text("email")))
    return candidate
  }

  private mutating func surnames(
    _ paternal: String, _ maternal: String
  ) -> NameCandidate.Surnames {
    .init(paternal: surnames.number(paternal), maternal: surnames.number(maternal))
  }

  private mutating func read(type: String, number: String, into candidate: inout NameCandidate) {
    guard !number.isEmpty, number.utf8.contains(where: { $0 != UInt8(ascii: "0") }) else { return }
    // What is typed without a type is a DNI.
    let types = ["DNI", "CE", "PAS"]
    candidate.documentType = UInt8((types.firstIndex(of: type.isEmpty ? "DNI" : type) ?? 3) + 1)
    candidate.number = numbers.number(number)
    if number.utf8.count <= 8 {
      candidate.shortNumber = number.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}
