import Indicators
import Testing

@Suite("Canonical persons")
struct PersonGroupsTests {
  private func link(
    _ id: String, _ a: String, _ b: String, _ isSame: Bool, _ at: String?
  ) -> PersonGroups.Link {
    .init(id: id, participant: a, sameAs: b, isSame: isSame, decidedAt: at)
  }

  private func document(_ ids: String...) -> PersonGroups.SharedDocument {
    .init(type: "DNI", number: "12345678", participants: ids)
  }

  @Test("the order of decisions and their direction do not matter")
  func order() {
    let links = [
      link("1", "a", "b", true, "2020-01-01T00:00:00Z"),
      link("2", "c", "b", true, "2020-01-02T00:00:00Z"),
      link("3", "b", "a", false, "2020-01-03T00:00:00Z"),
      link("4", "d", "c", true, nil),
    ]
    let first = PersonGroups(links: links, documents: []).representatives
    for shift in links.indices {
      let turned = Array(links[shift...] + links[..<shift])
      #expect(PersonGroups(links: turned, documents: []).representatives == first)
      #expect(PersonGroups(links: turned.reversed(), documents: []).representatives == first)
    }
    #expect(first == ["b": "b", "c": "b", "d": "b"])
  }

  @Test("the latest decision about a pair holds, at one instant the greater id")
  func latest() {
    let apart = PersonGroups(
      links: [link("2", "a", "b", false, "2020"), link("1", "b", "a", true, "2020")], documents: [])
    #expect(apart.representatives.isEmpty)
    let joined = PersonGroups(
      links: [link("2", "a", "b", false, "2020"), link("1", "b", "a", true, "2021")], documents: [])
    #expect(joined.representative(of: "b") == "a")
  }

  @Test("one document on two ids is one person until somebody decides")
  func documents() {
    let open = PersonGroups(links: [], documents: [document("a", "b")])
    #expect(open.representative(of: "b") == "a")
    #expect(open.undecided.count == 1)

    let same = PersonGroups(
      links: [link("1", "a", "b", true, nil)], documents: [document("a", "b")])
    #expect(same.representative(of: "b") == "a")
    #expect(same.undecided.isEmpty)

    let different = PersonGroups(
      links: [link("1", "a", "b", false, nil)], documents: [document("a", "b")])
    #expect(different.representatives.isEmpty)
    #expect(different.undecided.isEmpty)
  }

  @Test("a third id with the same document does not join two that are different")
  func third() {
    let groups = PersonGroups(
      links: [link("1", "a", "b", false, nil)], documents: [document("a", "b", "c")])
    #expect(groups.representative(of: "a") != groups.representative(of: "b"))
    #expect(groups.undecided.count == 1)
  }

  @Test("a person at two sessions, on two ids, is one person with two attendances")
  func counted() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    try fixture.session("t", office: "puno", indicators: ["P-1.2.1.3"])
    try fixture.participant("a", number: "12345678")
    try fixture.participant("b", number: "12345678")
    try fixture.attendance("s", "a")
    try fixture.attendance("t", "b")
    let value = try fixture.value("P-1.2.1.3", by: .office)
    #expect(value.persons == 1)
    #expect(value.attendances == 2)
    #expect(value.provisional.duplicateDocuments == 1)
    #expect(value.partsSharePersons)

    try fixture.link("1", "a", "b", "different", at: "2020-01-01T00:00:00Z")
    let apart = try fixture.value("P-1.2.1.3")
    #expect(apart.persons == 2)
    #expect(apart.provisional.duplicateDocuments == 0)
  }

  @Test("one number on documents of different types is two persons")
  func types() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    try fixture.participant("a", type: "DNI", number: "12345678")
    try fixture.participant("b", type: "CE", number: "12345678")
    try fixture.attendance("s", "a")
    try fixture.attendance("s", "b")
    #expect(try fixture.value("P-1.2.1.3").persons == 2)
  }
}
