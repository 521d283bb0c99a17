import Testing

@testable import Trainings

@Suite("Reading cells")
struct ReadingTests {
  @Test("a date is ISO or day/month/year, and must exist")
  func dates() {
    let readings = [
      "2019-05-14": "2019-05-14", "14/05/2019": "2019-05-14", "4/5/2019": "2019-05-04",
      "14-05-2019": "2019-05-14", "2019-05-14 00:00:00": "2019-05-14",
      "29/02/2020": "2020-02-29", "31/02/2020": nil, "29/02/2019": nil, "2019-13-01": nil,
      "0/1/2019": nil, "14/05/19": nil, "mayo": nil, "2019-05": nil, "1/1/1/2019": nil,
    ]
    for (text, date) in readings { #expect(CellText.date(text) == date, "\(text)") }
  }

  @Test("a number has a decimal point or comma")
  func numbers() {
    let readings: [String: Double?] = [
      "14.5": 14.5, "14,5": 14.5, "16": 16, "-1": -1, "1.234,5": 1234.5, "1,234.5": 1234.5,
      "1,2,3": nil, "quince": nil, "1e5": nil, "": nil, "nan": nil, "0x10": nil,
    ]
    for (text, number) in readings { #expect(CellText.number(text) == number, "\(text)") }
    #expect(CellText.text(16) == "16")
    #expect(CellText.text(14.5) == "14.5")
  }

  @Test("a DNI has eight digits, of which the first may have been lost")
  func documents() {
    func read(_ type: String, _ number: String) -> IdentityDocument.Reading {
      IdentityDocument.read(type: type, number: number)
    }
    func dni(_ number: String, padded: Bool = false) -> IdentityDocument.Reading {
      .document(IdentityDocument(type: "DNI", number: number), padded: padded)
    }
    #expect(read("DNI", "12345678") == dni("12345678"))
    #expect(read("", "12345678") == dni("12345678"))
    #expect(read("d.n.i.", "1234567") == dni("01234567", padded: true))
    #expect(read("DNI", "1234567.0") == dni("01234567", padded: true))
    #expect(read("DNI", "'01234567") == dni("01234567"))
    #expect(read("DNI", "12.345.678") == dni("12345678"))
    #expect(read("DNI", "123456789") == .invalid)
    #expect(read("", "4O123456") == .invalid)
    #expect(read("DNI", "00000000") == .placeholder)
    #expect(read("DNI", "") == .none)
    #expect(
      read("Carné de extranjería", "000123456")
        == .document(IdentityDocument(type: "CE", number: "000123456"), padded: false))
    #expect(
      read("pasaporte", "xd12")
        == .document(IdentityDocument(type: "PAS", number: "XD12"), padded: false))
    #expect(read("RUC", "20123456789") == .unknownType)
  }

  @Test("a masked document shows its first and its last two digits")
  func masks() {
    #expect(IdentityDocument.masked("45678921") == "4•••••21")
    #expect(IdentityDocument.masked("123") == "•••")
  }

  @Test("spellings agree when only capitals, tildes, ñ or spacing differ")
  func names() {
    #expect(PersonName.folded("  NÚÑEZ  de la Cruz") == "nunez de la cruz")
    #expect(PersonName.agree("NUNEZ", "Núñez"))
    #expect(PersonName.agree("De la Cruz", "DELACRUZ"))
    #expect(!PersonName.agree("Rojas", "Rojaz"))
    #expect(!PersonName.agree("Huamán", "Waman"))
  }

  @Test("the quick way to fold gives what the careful one gives")
  func folding() {
    for code in 0x20...0xff where code != 0xa0 {
      let text = "x\(UnicodeScalar(UInt8(code)))x"
      #expect(PersonName.folded(text) == PersonName.foldedScalars(text), "\(text)")
    }
    #expect(PersonName.folded("n\u{303}\u{A0}Ő") == "n o")
  }

  @Test("derived identifiers are UUIDs of version 5 that never change")
  func identifiers() {
    // As any other program derives them, for ever.
    #expect(
      Identity.participant(documentType: "DNI", documentNumber: "12345678")
        == "e26220a0-eeae-5186-8f21-92cf2f3d1aa8")
    #expect(
      Identity.session(office: "cusco", code: "CUS-2020-014")
        == "26c15636-5530-5f94-97f2-f6ee5b16f526")
    #expect(
      Identity.deliverable(office: "cusco", code: "E-1") == "4ad73211-2364-58cd-a6c2-0d5b108cdac4")
    let id = Identity.participant(documentType: "DNI", documentNumber: "01234567")
    #expect(id == "f51af910-7f6e-50aa-8bb6-0e9b9eb106e2")
    #expect(id != Identity.participant(documentType: "CE", documentNumber: "01234567"))
    #expect(
      Identity.session(office: "cusco", code: "1")
        != Identity.deliverable(office: "cusco", code: "1"))
  }
}
