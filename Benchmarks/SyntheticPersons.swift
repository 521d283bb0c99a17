import TestSupport

/// Invented participants with the kinds of names that the project's regions have, and doubles of
/// some of them, made the way lists make them.
///
/// Names are drawn at random from common ones and from syllables: nobody is meant. Who is whose
/// double is known, so that proposals can be held against it.
struct SyntheticPersons {
  /// A row of `participant` by column; the person it stands for is known beside it.
  struct Record {
    var person: Int
    var values: [String: String]
  }

  private var random: SeededGenerator
  private let surnames: [String]
  private let given: (women: [String], men: [String])
  private var nextNumber = 10_000_000

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    var tail: [String] = []
    let starts = [
      "Cha", "Hua", "Cca", "Lla", "Pu", "Ti", "Su", "Ya", "Ara", "Qui", "Mo", "Be", "Ra",
    ]
    let middles = ["lla", "ri", "ma", "que", "tu", "ca", "no", "hua", "pa", "yo", "se", "li"]
    let ends = ["ni", "ri", "pa", "man", "co", "lla", "ya", "ta", "nca", "rez", "les", "cho", "ra"]
    for start in starts {
      for middle in middles {
        for end in ends { tail.append(start + middle + end) }
      }
    }
    surnames = Self.commonSurnames + tail
    given = (Self.women, Self.men)
  }

  /// Participants in an order that says nothing.
  ///
  /// Of every hundred, six are doubles of another.
  mutating func records(_ count: Int) -> [Record] {
    var records: [Record] = []
    records.reserveCapacity(count)
    var person = 0
    while records.count < count {
      let original = invented()
      let itself = person
      records.append(Record(person: itself, values: original))
      // Brothers and sisters share surnames, and often got their documents on one day.
      if chance(3), records.count < count {
        person += 1
        records.append(Record(person: person, values: sibling(of: original)))
      }
      if chance(6), records.count < count {
        records.append(Record(person: itself, values: double(of: original)))
        if chance(10), records.count < count {
          records.append(Record(person: itself, values: double(of: original)))
        }
      }
      person += 1
    }
    records.shuffle(using: &random)
    return records
  }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  /// One of a list, the first ones far oftener than the last.
  private mutating func frequent(_ items: [String]) -> String {
    // Squared and cubed: some tenth of all bear one of the first few, as with Quispe and Mamani.
    let share = Double(random.below(1_000_000)) / 1_000_000
    let place = share * share * share * Double(items.count)
    return items[min(items.count - 1, Int(place))]
  }

  private mutating func invented() -> [String: String] {
    let isWoman = chance(52)
    var values: [String: String] = [
      "paternal_surname": frequent(surnames), "sex": isWoman ? "F" : "M",
      "given_names": givenNames(isWoman: isWoman),
      "institution_code": frequent(Self.institutions),
      "department": Self.departments[random.below(5)],
    ]
    if !chance(2) { values["maternal_surname"] = frequent(surnames) }
    if !chance(30) { values["workplace"] = "Sede \(random.below(60))" }
    if chance(86) {
      nextNumber += 1 + random.below(90)
      values["document_type"] = "DNI"
      values["document_number"] = padded(nextNumber)
    }
    return values
  }

  private func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 8 - text.count)) + text
  }

  private mutating func givenNames(isWoman: Bool) -> String {
    let names = isWoman ? given.women : given.men
    let first = frequent(names)
    return chance(62) ? first + " " + frequent(names) : first
  }

  private mutating func sibling(of person: [String: String]) -> [String: String] {
    var sibling = invented()
    sibling["paternal_surname"] = person["paternal_surname"]
    sibling["maternal_surname"] = person["maternal_surname"]
    sibling["department"] = person["department"]
    if person["document_number"] != nil, chance(40) {
      nextNumber += 1
      sibling["document_type"] = "DNI"
      sibling["document_number"] = padded(nextNumber)
    }
    return sibling
  }

  /// The same person as another office writes it.
  private mutating func double(of person: [String: String]) -> [String: String] {
    var double = person
    if let number = person["document_number"] {
      switch random.below(100) {
      case ..<50:
        double["document_number"] = nil
        double["document_type"] = nil
      case ..<75: double["document_number"] = replacedDigit(number)
      case ..<90: double["document_number"] = swappedDigits(number)
      default:
        double["document_number"] = String(Int(number) ?? 0).replacing(
          "0", with: "", maxReplacements: 1)
      }
      // A change that changed nothing would be the same document.
      if double["document_number"] == number {
        double["document_number"] = nil
        double["document_type"] = nil
      }
    }
    for column in ["paternal_surname", "maternal_surname", "given_names"] {
      guard let name = double[column] else { continue }
      double[column] = rewritten(name)
    }
    switch random.below(100) {
    case ..<6:
      let paternal = double["paternal_surname"]
      double["paternal_surname"] = double["maternal_surname"] ?? paternal
      if double["maternal_surname"] != nil { double["maternal_surname"] = paternal }
    case ..<18: double["maternal_surname"] = nil
    case ..<22:
      if let maternal = double["maternal_surname"] {
        double["paternal_surname"] = (double["paternal_surname"] ?? "") + " " + maternal
        double["maternal_surname"] = nil
      }
    default: break
    }
    if chance(22), let names = double["given_names"] {
      double["given_names"] = names.split(separator: " ").first.map(String.init)
    }
    if chance(15) { double["institution_code"] = frequent(Self.institutions) }
    if chance(10) { double["institution_code"] = nil }
    if chance(35) { double["workplace"] = nil }
    if chance(25) { double["department"] = nil }
    if chance(6) { double["sex"] = nil }
    return double
  }

  private mutating func rewritten(_ name: String) -> String {
    var name = name
    if chance(20) {
      let spellings = [
        ("Hua", "Wa"), ("hua", "wa"), ("Qui", "Ki"), ("que", "qui"), ("Cca", "Ca"), ("co", "cu"),
        ("z", "s"), ("v", "b"), ("ll", "y"), ("ó", "o"), ("á", "a"), ("nd", "nt"), ("Ca", "Ka"),
      ]
      let (from, to) = spellings[random.below(spellings.count)]
      name = name.replacing(from, with: to)
    }
    if chance(7) {
      var letters = Array(name)
      let place = 1 + random.below(max(1, letters.count - 1))
      switch random.below(3) {
      case 0 where letters.count > 4: letters.remove(at: min(place, letters.count - 1))
      case 1 where place + 1 < letters.count: letters.swapAt(place, place + 1)
      default:
        letters[min(place, letters.count - 1)] = Array("aeioulnrst")[random.below(10)]
      }
      name = String(letters)
    }
    return chance(30) ? name.uppercased() : name
  }

  private mutating func replacedDigit(_ number: String) -> String {
    var digits = Array(number)
    digits[random.below(digits.count)] = Array("0123456789")[random.below(10)]
    return String(digits)
  }

  private mutating func swappedDigits(_ number: String) -> String {
    var digits = Array(number)
    let place = random.below(digits.count - 1)
    digits.swapAt(place, place + 1)
    return String(digits)
  }

  private static let commonSurnames = [
    "Quispe", "Flores", "Mamani", "Rojas", "Huamán", "Sánchez", "García", "Condori", "Rodríguez",
    "Ramos", "Vargas", "Torres", "Choque", "Díaz", "Mendoza", "Castillo", "Chávez", "Gutiérrez",
    "Espinoza", "Apaza", "Ccori", "Huanca", "Cruz", "Fernández", "López", "Pérez", "Vásquez",
    "Ticona", "Cárdenas", "Salazar", "Ríos", "Pinedo", "Tuanama", "Shapiama", "Yupanqui",
    "Ccahuana",
    "Puma", "Cusihuamán", "Ñahui", "Aguilar", "Medina", "Silva", "Pacheco", "Núñez", "Paredes",
    "Villanueva", "de la Cruz", "Zevallos", "Arias", "Valdivia", "Saavedra", "Grández", "Murayari",
    "Ahuanari", "Macedo", "Ponce de León", "Del Águila", "Bustamante", "Coaquira", "Calsin",
  ]

  private static let women = [
    "María", "Rosa", "Ana", "Luz", "Carmen", "Juana", "Elena", "Julia", "Nelly", "Yolanda",
    "Gladys", "Marisol", "Sonia", "Milagros", "Ruth", "Norma", "Vilma", "Flor", "Karina", "Roxana",
    "Lourdes", "Patricia", "Silvia", "Lidia", "Maribel", "Nancy", "Edith", "Zoila", "Wendy",
    "Jhoselyn", "Ayda", "Hilda", "Fiorella", "Katherine", "Mirian", "Olinda", "Saturnina",
    "Epifania",
  ]

  private static let men = [
    "Juan", "José", "Luis", "Carlos", "Jorge", "Víctor", "César", "Miguel", "Julio", "Percy",
    "Wilber", "Edwin", "Raúl", "Walter", "Hugo", "Óscar", "Rubén", "Elmer", "Freddy", "David",
    "Jhon", "Edgar", "Félix", "Santos", "Wilfredo", "Ronald", "Saúl", "Abel", "Ángel", "Gregorio",
    "Yonatan", "Kevin", "Nilton", "Eusebio", "Policarpo", "Hermenegildo", "Braulio", "Zenón",
  ]

  private static let institutions = ["pnp", "mpfn", "pj", "mimp", "inabif", "minedu"]
  private static let departments = ["Cusco", "Puno", "Lima", "Loreto", "Madre de Dios"]
}
