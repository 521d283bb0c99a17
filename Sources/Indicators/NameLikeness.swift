import Foundation

/// How likely it is that two participants are one person, and why.
public struct NameLikeness: Hashable, Sendable {
  /// What speaks for one person, or is to be looked at before saying so.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case sameDocument = "same_document"
    case sameName = "same_name"
    case similarName = "similar_name"
    case rareName = "rare_name"
    case surnamesSwapped = "surnames_swapped"
    case givenNameMissing = "given_name_missing"
    case surnameMissing = "surname_missing"
    case similarDocument = "similar_document"
    case documentZeros = "document_zeros"
    case sameInstitution = "same_institution"
    case sameWorkplace = "same_workplace"
    case sameDepartment = "same_department"
    case samePhone = "same_phone"
    case sameEmail = "same_email"
    case otherInstitution = "other_institution"
    case otherDepartment = "other_department"
    case otherSex = "other_sex"
    case otherName = "other_name"

    /// The reason in words.
    public func word(spanish: Bool) -> String {
      switch self {
      case .sameDocument: spanish ? "mismo documento" : "same document"
      case .sameName: spanish ? "mismo nombre" : "same name"
      case .similarName: spanish ? "nombre parecido" : "similar name"
      case .rareName: spanish ? "nombre poco común" : "uncommon name"
      case .surnamesSwapped: spanish ? "apellidos en otro orden" : "surnames in another order"
      case .givenNameMissing: spanish ? "falta un nombre" : "a given name is missing"
      case .surnameMissing: spanish ? "falta un apellido" : "a surname is missing"
      case .similarDocument:
        spanish ? "documento con un dígito distinto" : "document with one digit different"
      case .documentZeros: spanish ? "documento sin sus ceros" : "document without its zeros"
      case .sameInstitution: spanish ? "misma institución" : "same institution"
      case .sameWorkplace: spanish ? "mismo centro" : "same workplace"
      case .sameDepartment: spanish ? "mismo departamento" : "same department"
      case .samePhone: spanish ? "mismo teléfono" : "same phone"
      case .sameEmail: spanish ? "mismo correo" : "same email"
      case .otherInstitution: spanish ? "otra institución" : "another institution"
      case .otherDepartment: spanish ? "otro departamento" : "another department"
      case .otherSex: spanish ? "otro sexo" : "another sex"
      case .otherName:
        spanish ? "nombres distintos: revise el número" : "different names: check the number"
      }
    }
  }

  /// 0…1: the share of such pairs that are one person, as far as names and particulars can tell.
  public let score: Double
  /// Why, the weightiest kind first.
  public let reasons: [Reason]
}

/// Weighs what two participants have in common against how common it is.
///
/// After Fellegi and Sunter (1969): each agreement adds the logarithm of how much likelier it is in
/// one person than in two, so that a shared `Quispe` says little and a shared `Inquiltupa` much; a
/// contradiction takes away; the sum starts from how rare duplicates are among all pairs. What is
/// missing says next to nothing.
struct LikenessModel: Sendable {
  private let reader: CandidateReader
  private let surnames: [Double]
  private let given: [Double]
  private let institutions: [Double]
  private let workplaces: [Double]
  private let departments: [Double]

  /// The sum that a pair starts with.
  private let prior: Double

  init(_ reader: CandidateReader, count: Int) {
    self.reader = reader
    // In a small record a name's share says little about how common it is: it is taken as if two
    // hundred more had been seen, of which each name is a fiftieth.
    func weights(_ texts: CandidateTexts, of total: Int, agreeing: Double) -> [Double] {
      texts.counts.map { agreeing / ((Double($0) + 4) / (Double(total) + 200)) }
        .map { log($0) }
    }
    func total(_ texts: CandidateTexts) -> Int { texts.counts.reduce(0) { $0 + Int($1) } }
    surnames = weights(reader.surnames, of: total(reader.surnames), agreeing: 0.92)
    given = weights(reader.given, of: count, agreeing: 0.95)
    institutions = weights(
      reader.institutions, of: total(reader.institutions), agreeing: 0.8)
    workplaces = weights(reader.workplaces, of: total(reader.workplaces), agreeing: 0.7)
    departments = weights(reader.departments, of: total(reader.departments), agreeing: 0.9)
    // One in twenty participants has a double.
    prior = log(0.1 / Double(max(count, 20)))
  }

  /// How alike two are; nil where the likeness is below `least`, or where different documents say
  /// that they are two.
  func compare(_ one: NameCandidate, _ other: NameCandidate, atLeast least: Double) -> NameLikeness?
  {
    var evidence = Evidence(sum: prior)
    guard weighDocuments(one, other, &evidence) else { return nil }
    let names = weighNames(one, other)
    evidence.sum += names.sum
    // No particulars make up for names that contradict each other.
    guard evidence.sum + Self.mostFromParticulars > Self.logit(least) else { return nil }
    weighParticulars(one, other, &evidence)
    guard evidence.sum >= Self.logit(least) else { return nil }
    return NameLikeness(
      score: 1 / (1 + exp(-evidence.sum)),
      reasons: names.reasons(surnameCount: surnameCount(one)) + evidence.reasons)
  }

  /// More than everything beside the name can add up to.
  private static let mostFromParticulars = 21.0

  private static func logit(_ score: Double) -> Double {
    log(score / (1 - score))
  }

  /// Whether the names of two speak against one person.
  func namesContradict(_ one: NameCandidate, _ other: NameCandidate) -> Bool {
    weighNames(one, other).sum < 0
  }

  private struct Evidence {
    var sum: Double
    var reasons: [NameLikeness.Reason] = []
  }

  private func surnameCount(_ one: NameCandidate) -> Int {
    (one.surnames.paternal == CandidateTexts.none ? 0 : 1)
      + (one.surnames.maternal == CandidateTexts.none ? 0 : 1)
  }
}

// Documents.
extension LikenessModel {
  /// False where the documents say that they are two persons.
  private func weighDocuments(
    _ one: NameCandidate, _ other: NameCandidate, _ evidence: inout Evidence
  ) -> Bool {
    guard one.documentType != 0, other.documentType != 0 else { return true }
    guard one.documentType == other.documentType else {
      evidence.sum -= 1
      return true
    }
    if one.number == other.number {
      evidence.sum += 9
      evidence.reasons.append(.sameDocument)
      return true
    }
    let slip: DocumentSlip? =
      one.shortNumber != 0 && other.shortNumber != 0
      ? DocumentSlip(one.shortNumber, other.shortNumber)
      : DocumentSlip(
        reader.numbers.bytes[Int(one.number)], reader.numbers.bytes[Int(other.number)])
    switch slip {
    case .digit: evidence.reasons.append(.similarDocument)
    case .zeros: evidence.reasons.append(.documentZeros)
    case nil: return false
    }
    evidence.sum += 9
    return true
  }
}

/// What may have happened between two numbers of one document.
enum DocumentSlip {
  case digit, zeros

  init?(_ one: [UInt8], _ other: [UInt8]) {
    if one.drop(while: { $0 == 0x30 }) == other.drop(while: { $0 == 0x30 }) {
      self = .zeros
    } else if min(one.count, other.count) >= 6, Slip.distance(one, other, atMost: 1) == 1 {
      self = .digit
    } else {
      return nil
    }
  }

  /// Of numbers packed by ``NameCandidate/shortNumber``: most pairs are told apart in a few steps.
  init?(_ one: UInt64, _ other: UInt64) {
    let length = { (packed: UInt64) in 8 - packed.leadingZeroBitCount / 8 }
    if length(one) == length(other) {
      let difference = one ^ other
      let low = difference.trailingZeroBitCount / 8
      let high = 7 - difference.leadingZeroBitCount / 8
      guard high - low <= 1 else { return nil }
      if high > low,
        (one >> (8 * low)) & 0xff != (other >> (8 * high)) & 0xff
          || (one >> (8 * high)) & 0xff != (other >> (8 * low)) & 0xff
      {
        return nil
      }
      guard length(one) >= 6 else { return nil }
      self = .digit
    } else {
      self.init(Self.bytes(one), Self.bytes(other))
    }
  }

  private static func bytes(_ packed: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: packed >> (56 - 8 * $0)) }.filter { $0 != 0 }
  }
}

// Names.
extension LikenessModel {
  private struct Names {
    var sum: Double
    var isExact = true
    var isSwapped = false
    var lacksSurname = false
    var lacksGiven = false
    /// What the names add up to where nothing contradicts.
    func reasons(surnameCount: Int) -> [NameLikeness.Reason] {
      var reasons: [NameLikeness.Reason] = [isExact ? .sameName : .similarName]
      if sum > 16 { reasons.append(.rareName) }
      if isSwapped { reasons.append(.surnamesSwapped) }
      if lacksSurname { reasons.append(.surnameMissing) }
      if lacksGiven { reasons.append(.givenNameMissing) }
      return reasons
    }
  }

  private func weighNames(_ one: NameCandidate, _ other: NameCandidate) -> Names {
    var best = weighSurnames(one.surnames, other.surnames)
    if one.otherSurnames != nil || other.otherSurnames != nil {
      for mine in [one.surnames, one.otherSurnames].compactMap(\.self) {
        for theirs in [other.surnames, other.otherSurnames].compactMap(\.self) {
          var reading = weighSurnames(mine, theirs)
          reading.isExact = false
          if reading.sum > best.sum { best = reading }
        }
      }
    }
    weighGiven(one.given, other.given, &best)
    return best
  }

  private func weighSurnames(
    _ one: NameCandidate.Surnames, _ other: NameCandidate.Surnames
  ) -> Names {
    var straight = Names(sum: 0)
    weigh(one.paternal, other.paternal, surnames, reader.surnames, &straight)
    weigh(one.maternal, other.maternal, surnames, reader.surnames, &straight)
    if one.paternal == other.paternal, one.maternal == other.maternal { return straight }
    var swapped = Names(sum: -2, isSwapped: true)
    weigh(one.paternal, other.maternal, surnames, reader.surnames, &swapped)
    weigh(one.maternal, other.paternal, surnames, reader.surnames, &swapped)
    return swapped.sum > straight.sum ? swapped : straight
  }

  private func weigh(
    _ one: Int32, _ other: Int32, _ weights: [Double], _ texts: CandidateTexts,
    _ names: inout Names
  ) {
    if one == CandidateTexts.none || other == CandidateTexts.none {
      if one != other {
        names.sum -= 0.3
        names.lacksSurname = true
      }
      return
    }
    if one == other {
      names.sum += weights[Int(one)]
      return
    }
    names.isExact = false
    names.sum +=
      isNear(one, other, texts)
      ? max(-1.5, min(weights[Int(one)], weights[Int(other)]) - 2.7) : -5.5
  }

  private func isNear(_ one: Int32, _ other: Int32, _ texts: CandidateTexts) -> Bool {
    let (a, b) = (Int(one), Int(other))
    // Two changes touch at most four letters.
    if (texts.letters[a] ^ texts.letters[b]).nonzeroBitCount > 4 { return false }
    return Slip.separates(texts.bytes[a], texts.bytes[b])
  }

  /// Each given name finds its own among the other's, whatever their order; what is left over on one
  /// side is missing on the other, what is left over on both contradicts.
  private func weighGiven(_ one: SIMD4<Int32>, _ other: SIMD4<Int32>, _ names: inout Names) {
    if one == other, one[0] != CandidateTexts.none {
      for place in 0..<4 where one[place] != CandidateTexts.none {
        names.sum += given[Int(one[place])]
      }
      return
    }
    var mine = one
    var theirs = other
    var matched = 0
    // Ana María and María Ana are two persons more often than one.
    if count(one) > 1, count(one) == count(other), one[0] == other[1], one[1] == other[0] {
      names.sum -= 3
    }
    for step in 0..<3 {
      for place in 0..<4 where mine[place] != CandidateTexts.none {
        for rival in 0..<4 where theirs[rival] != CandidateTexts.none {
          let weight: Double
          switch step {
          case 0 where mine[place] == theirs[rival]:
            weight = given[Int(mine[place])]
          case 1 where isNear(mine[place], theirs[rival], reader.given):
            weight = max(-1, min(given[Int(mine[place])], given[Int(theirs[rival])]) - 2.5)
          case 2 where isInitial(mine[place], theirs[rival]):
            weight = 0.5
          default: continue
          }
          if step > 0 { names.isExact = false }
          names.sum += weight
          matched += 1
          mine[place] = CandidateTexts.none
          theirs[rival] = CandidateTexts.none
          break
        }
      }
    }
    let left = count(mine)
    let right = count(theirs)
    if left + right > 0 { names.isExact = false }
    if left > 0, right > 0 {
      // Brothers and sisters share everything else, even documents but for a digit.
      names.sum -= matched == 0 ? 14 : 6
    } else if left + right > 0 {
      names.sum -= matched == 0 ? 1 : 0.6 * Double(left + right)
      names.lacksGiven = true
    }
  }

  private func count(_ names: SIMD4<Int32>) -> Int {
    (0..<4).count { names[$0] != CandidateTexts.none }
  }

  /// `J.` for `Juan`.
  private func isInitial(_ one: Int32, _ other: Int32) -> Bool {
    let (a, b) = (reader.given.bytes[Int(one)], reader.given.bytes[Int(other)])
    return min(a.count, b.count) == 1 && a[0] == b[0]
  }
}

// Particulars.
extension LikenessModel {
  private func weighParticulars(
    _ one: NameCandidate, _ other: NameCandidate, _ evidence: inout Evidence
  ) {
    func weigh(
      _ mine: Int32, _ theirs: Int32, _ weights: [Double], most: Double, apart: Double,
      _ same: NameLikeness.Reason, _ different: NameLikeness.Reason?
    ) {
      guard mine != CandidateTexts.none, theirs != CandidateTexts.none else { return }
      if mine == theirs {
        evidence.sum += max(0, min(most, weights[Int(mine)]))
        evidence.reasons.append(same)
      } else {
        evidence.sum -= apart
        if let different { evidence.reasons.append(different) }
      }
    }
    weigh(
      one.workplace, other.workplace, workplaces, most: 5, apart: 0.3, .sameWorkplace, nil)
    weigh(
      one.institution, other.institution, institutions, most: 3, apart: 0.7, .sameInstitution,
      .otherInstitution)
    weigh(
      one.department, other.department, departments, most: 2, apart: 1.2, .sameDepartment,
      .otherDepartment)
    func weigh(contact mine: Int32, _ theirs: Int32, _ same: NameLikeness.Reason) {
      guard mine == theirs, mine != CandidateTexts.none else { return }
      // A number that many give is an institution's.
      evidence.sum += max(0, 6 - log(Double(reader.contacts.counts[Int(mine)])))
      evidence.reasons.append(same)
    }
    weigh(contact: one.phone, other.phone, .samePhone)
    weigh(contact: one.email, other.email, .sameEmail)
    if one.sex != 0, other.sex != 0, one.sex != other.sex {
      evidence.sum -= 4
      evidence.reasons.append(.otherSex)
    }
  }
}
