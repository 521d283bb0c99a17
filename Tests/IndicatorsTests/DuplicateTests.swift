import GRDB
import Indicators
import Testing

@Suite("Duplicates")
struct DuplicateTests {
  private func proposals(_ fixture: Fixture) throws -> [DuplicateList.Proposal] {
    try fixture.queue.read { try DuplicateList.find($0).proposals }
  }

  @Test(
    "spellings of one name are proposed",
    arguments: [
      (("Huamán", "Quispe", "José Luis"), ("WAMAN", "QUISPE", "JOSE LUIS")),
      (("Núñez", "Flores", "Ana María"), ("Nunes", "Flores", "Ana María")),
      (("de la Cruz", "Rojas", "Rosa"), ("Cruz", "Rojas", "Rosa")),
      (("Mamani", "Condori", "Juan Carlos"), ("Condori", "Mamani", "Juan Carlos")),
      (("Ccori", "Paredes", "Ana Luz"), ("Cori", "Paredes", "Ana Luz")),
      (("Gutiérrez", "Vargas", "Elena"), ("Gutierres", "Bargas", "Elena")),
    ] as [((String, String, String), (String, String, String))])
  func spellings(
    one: (String, String, String), other: (String, String, String)
  ) throws {
    let fixture = try Fixture()
    try fixture.participant("a", paternal: one.0, maternal: one.1, given: one.2)
    try fixture.participant("b", paternal: other.0, maternal: other.1, given: other.2)
    let found = try proposals(fixture)
    #expect(found.map { $0.persons.map(\.id) } == [["a", "b"]])
    #expect(found.first?.countedAsOne == false)
  }

  @Test(
    "different persons are not proposed",
    arguments: [
      (("Quispe", "Rojas", "Ana"), ("Quispe", "Flores", "Ana")),
      (("Quispe", "Rojas", "Ana"), ("Quispe", "Rojas", "Augusto")),
      (("Mamani", "Apaza", "Luz"), ("Mamani", "Tuesta", "Luz María")),
    ] as [((String, String, String), (String, String, String))])
  func different(
    one: (String, String, String), other: (String, String, String)
  ) throws {
    let fixture = try Fixture()
    try fixture.participant("a", paternal: one.0, maternal: one.1, given: one.2)
    try fixture.participant("b", paternal: other.0, maternal: other.1, given: other.2)
    #expect(try proposals(fixture).isEmpty)
  }

  @Test("two documents are two persons, whatever their names")
  func documents() throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: "12345678")
    try fixture.participant("b", number: "87654321")
    #expect(try proposals(fixture).isEmpty)
  }

  @Test("one document on two ids is listed first, masked, and says that it counts as one")
  func sharedDocument() throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: "12345678")
    try fixture.participant("b", number: "12345678", paternal: "Apaza")
    let found = try #require(proposals(fixture).first)
    #expect(found.countedAsOne)
    #expect(found.reasons == [.sameDocument])
    #expect(found.persons.map(\.maskedDocument) == ["DNI 1•••••78", "DNI 1•••••78"])
  }

  @Test("a decision ends the proposal, and merging is undone by separating")
  func decisions() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    for id in ["a", "b"] {
      try fixture.participant(id)
      try fixture.attendance("s", id)
    }
    #expect(try fixture.value("P-1.2.1.3").persons == 2)
    try fixture.queue.write {
      try PersonDecision.merge($0, ["a", "b"], by: "x", at: "2020-01-01T00:00:00Z") { "1" }
    }
    #expect(try proposals(fixture).isEmpty)
    #expect(try fixture.value("P-1.2.1.3").persons == 1)
    try fixture.queue.write {
      try PersonDecision.separate($0, ["b", "a"], by: "x", at: "2020-01-02T00:00:00Z") { "2" }
    }
    #expect(try proposals(fixture).isEmpty)
    #expect(try fixture.value("P-1.2.1.3").persons == 2)
  }

  @Test("a decision about nobody is refused")
  func unknown() throws {
    let fixture = try Fixture()
    try fixture.participant("a")
    #expect(throws: PersonDecision.Failure.unknownParticipant("z")) {
      try fixture.queue.write {
        try PersonDecision.merge($0, ["a", "z"], by: nil, at: "2020-01-01T00:00:00Z") { "1" }
      }
    }
    #expect(throws: PersonDecision.Failure.oneParticipant("a")) {
      try fixture.queue.write {
        try PersonDecision.merge($0, ["a", "a"], by: nil, at: "2020-01-01T00:00:00Z") { "1" }
      }
    }
  }
}
