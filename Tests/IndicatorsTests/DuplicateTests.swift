import Foundation
import GRDB
import Indicators
import Replica
import SyncModel
import TestSupport
import Testing

@Suite("Duplicates")
struct DuplicateTests {
  private func list(_ fixture: Fixture) throws -> DuplicateList {
    try fixture.queue.read { try DuplicateList.find($0) }
  }

  private func proposals(_ fixture: Fixture) throws -> [DuplicateList.Proposal] {
    try list(fixture).proposals
  }

  private func ids(_ fixture: Fixture) throws -> [[String]] {
    try proposals(fixture).map { $0.persons.map(\.id) }
  }

  private func merge(
    _ fixture: Fixture, _ ids: String..., at: String = "2020-01-01T00:00:00Z"
  ) throws
    -> [PersonGroups.Contradiction]
  {
    try fixture.queue.write { db in
      try PersonDecision.merge(db, ids, by: "x", at: at) { UUID().uuidString }
    }
  }

  private func separate(
    _ fixture: Fixture, _ ids: String..., at: String = "2020-01-02T00:00:00Z"
  ) throws -> [PersonGroups.Contradiction] {
    try fixture.queue.write { db in
      try PersonDecision.separate(db, ids, by: "x", at: at) { UUID().uuidString }
    }
  }

  typealias Name = (String, String?, String)

  @Test(
    "spellings of one name are proposed",
    arguments: [
      (("Huamán", "Quispe", "José Luis"), ("WAMAN", "QUISPE", "JOSE LUIS")),
      (("Guamán", "Qispi", "Ana"), ("Huaman", "Kispe", "Ana")),
      (("Núñez", "Flores", "Ana María"), ("Nunes", "Flores", "Ana María")),
      (("de la Cruz", "Rojas", "Rosa"), ("Cruz", "Rojas", "Rosa")),
      (("De La Cruz", "Rojas", "Rosa"), ("Delacruz", "Rojas", "Rosa")),
      (("San Martín", "Rojas", "Rosa"), ("Sanmartin", "Rojas", "Rosa")),
      (("Mamani", "Condori", "Juan Carlos"), ("Condori", "Mamani", "Juan Carlos")),
      (("Kunturi", "Mamani", "Luz"), ("Condori", "Mamani", "Luz")),
      (("Ccori", "Paredes", "Ana Luz"), ("Quri", "Paredes", "Ana Luz")),
      (("Ch'uqi", "Paredes", "Ana Luz"), ("Choque", "Paredes", "Ana Luz")),
      (("Ccahuana", "Puma", "Saúl"), ("Qawana", "Puma", "Saul")),
      (("Llupanqui", "Puma", "Saúl"), ("Yupanki", "Puma", "Saúl")),
      (("Gutiérrez", "Vargas", "Elena"), ("Gutierres", "Bargas", "Elena")),
      (("Quispe", "Vargas", "Elena"), ("Qiuspe", "Vargas", "Elena")),
      (("Rojas", "Vargas", "Elena Luz"), ("Rojas", nil, "Elena Luz")),
      (("Rojas", "Vargas", "Elena Luz"), ("Rojas Vargas", nil, "Elena Luz")),
      (("Rojas", "Vargas de Soto", "Elena"), ("Rojas", "Vargas", "Elena")),
      (("Rojas", "Vargas", "Ma. Elena"), ("Rojas", "Vargas", "María Elena")),
      (("Rojas", "Vargas", "Jhon"), ("Rojas", "Vargas", "John")),
    ] as [(Name, Name)])
  func spellings(one: Name, other: Name) throws {
    let fixture = try Fixture()
    try fixture.participant("a", paternal: one.0, maternal: one.1, given: one.2)
    try fixture.participant("b", paternal: other.0, maternal: other.1, given: other.2)
    let found = try proposals(fixture)
    #expect(found.map { $0.persons.map(\.id) } == [["a", "b"]])
    #expect(found.first?.countedAsOne == false)
    #expect(found.first.map { $0.score < 1 && !$0.reasons.isEmpty } == true)
  }

  @Test(
    "different persons are not proposed",
    arguments: [
      (("Quispe", "Rojas", "Ana"), ("Quispe", "Flores", "Ana")),
      (("Quispe", "Rojas", "Ana"), ("Quispe", "Rojas", "Augusto")),
      (("Quispe", "Rojas", "Juan Carlos"), ("Quispe", "Rojas", "Juan Pablo")),
      (("Mamani", "Apaza", "Luz"), ("Mamani", "Tuesta", "Luz María")),
    ] as [(Name, Name)])
  func different(one: Name, other: Name) throws {
    let fixture = try Fixture()
    try fixture.participant("a", paternal: one.0, maternal: one.1, given: one.2)
    try fixture.participant("b", paternal: other.0, maternal: other.1, given: other.2)
    #expect(try ids(fixture) == [])
  }

  @Test(
    "a document with one slip and the same name is proposed; another document is another person",
    arguments: [
      ("12345678", "12345679", true), ("12345678", "12346578", true),
      ("01234567", "1234567", true), ("00123456", "123456", true), ("12345678", "1234578", true),
      ("12345678", "87654321", false), ("12345678", "12345687", true),
      ("12345678", "12354687", false),
    ])
  func slips(one: String, other: String, isProposed: Bool) throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: one)
    try fixture.participant("b", number: other)
    #expect(try ids(fixture) == (isProposed ? [["a", "b"]] : []))
  }

  @Test("a digit apart, brothers and sisters are two persons")
  func siblings() throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: "12345678", given: "Ana")
    try fixture.participant("b", number: "12345679", given: "Rosa")
    #expect(try ids(fixture) == [])
  }

  @Test("another sex speaks against one person, a phone for it, and the reasons say so")
  func particulars() throws {
    let fixture = try Fixture()
    try fixture.participant("a", sex: "F", given: "Ariel")
    try fixture.participant("b", sex: "M", given: "Ariel")
    let before = try fixture.queue.read { try DuplicateList.find($0, atLeast: 0.01).proposals }
    #expect(before.first?.reasons.contains(.otherSex) == true)
    try fixture.write("UPDATE participant SET phone = '984 000 111'")
    let after = try fixture.queue.read { try DuplicateList.find($0, atLeast: 0.01).proposals }
    #expect(after.first?.reasons.contains(.samePhone) == true)
    #expect(try #require(after.first).score > #require(before.first).score)
  }

  @Test("a common name says less than a rare one")
  func frequency() throws {
    let fixture = try Fixture()
    for number in 0..<400 {
      try fixture.participant(
        "n\(1000 + number)", number: "\(20_000_000 + 37 * number)", paternal: "Quispe",
        maternal: "Mamani", given: "María")
    }
    try fixture.participant("a", paternal: "Quispe", maternal: "Mamani", given: "María")
    try fixture.participant("b", paternal: "Inquiltupa", maternal: "Ñaupari", given: "Zoila")
    try fixture.participant(
      "c", number: "41000000", paternal: "Inquiltupa", maternal: "Naupari", given: "Zoila")
    #expect(try ids(fixture) == [["b", "c"]])
  }

  @Test("one document on two ids is listed first, masked unless asked, and counts as one")
  func sharedDocument() throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: "12345678")
    try fixture.participant("b", number: "12345678")
    try fixture.participant("c", number: "87654321", paternal: "Puma", given: "Zoila")
    try fixture.participant("d", number: "87654321", paternal: "Apaza", given: "Luis")
    let found = try proposals(fixture)
    #expect(found.map(\.countedAsOne) == [true, true])
    #expect(found.map(\.score) == [1, 1])
    #expect(found.map(\.reasons) == [[.sameDocument], [.sameDocument, .otherName]])
    #expect(found[0].persons.map(\.document) == ["DNI 1•••••78", "DNI 1•••••78"])
    let shown = try fixture.queue.read { try DuplicateList.find($0, unmasked: true).proposals }
    #expect(shown[0].persons.map(\.document) == ["DNI 12345678", "DNI 12345678"])
    #expect(shown[0].persons.map(\.maskedDocument) == ["DNI 1•••••78", "DNI 1•••••78"])
  }

  @Test("a number of zeros is nobody's document")
  func zeros() throws {
    let fixture = try Fixture()
    try fixture.participant("a", number: "00000000", paternal: "Puma", given: "Zoila")
    try fixture.participant("b", number: "00000000", paternal: "Apaza", given: "Luis")
    #expect(try list(fixture).isEmpty)
  }

  @Test("three who are all alike are one proposal")
  func three() throws {
    let fixture = try Fixture()
    for id in ["a", "b", "c"] { try fixture.participant(id) }
    #expect(try ids(fixture) == [["a", "b", "c"]])
    #expect(try merge(fixture, "a", "b", "c") == [])
    #expect(try list(fixture).isEmpty)
    #expect(
      try fixture.queue.read { try DuplicateList.decided($0).map { $0.map(\.id) } }
        == [["a", "b", "c"]])
  }

  @Test("a decision ends the proposal, and merging is undone by separating, in one row")
  func decisions() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    for id in ["a", "b"] {
      try fixture.participant(id)
      try fixture.attendance("s", id)
    }
    #expect(try fixture.value("P-1.2.1.3").persons == 2)
    #expect(try merge(fixture, "a", "b") == [])
    #expect(try ids(fixture) == [])
    #expect(try fixture.value("P-1.2.1.3").persons == 1)
    #expect(try separate(fixture, "b", "a") == [])
    #expect(try ids(fixture) == [])
    #expect(try fixture.value("P-1.2.1.3").persons == 2)
    let rows = try fixture.queue.read {
      try String.fetchAll($0, sql: "SELECT decision FROM person_link")
    }
    #expect(rows == ["different"])
  }

  @Test("what somebody separated is not proposed again, nor anybody who is one of the two")
  func remembered() throws {
    let fixture = try Fixture()
    for id in ["a", "b", "c"] { try fixture.participant(id) }
    _ = try separate(fixture, "a", "b")
    _ = try merge(fixture, "b", "c")
    #expect(try ids(fixture) == [])
  }

  @Test("what is written elsewhere to an id that was merged follows the person")
  func follows() throws {
    let fixture = try Fixture()
    try fixture.session("s", indicators: ["P-1.2.1.3"])
    try fixture.session("t", indicators: ["P-1.2.1.3"])
    for id in ["a", "b"] { try fixture.participant(id) }
    try fixture.attendance("s", "a")
    _ = try merge(fixture, "a", "b")
    try fixture.attendance("t", "b")
    let value = try fixture.value("P-1.2.1.3")
    #expect(value.persons == 1)
    #expect(value.attendances == 2)
  }

  private func value(at replica: Replica) throws -> IndicatorValue {
    let table = try replica.read { try IndicatorTable.compute($0, cutOff: "2020-06-30") }
    return try #require(table.values.first { $0.id == "P-1.2.1.3" })
  }

  private func decide(
    at replica: Replica,
    _ decision: (Database, [String], String?, String, () -> String) throws ->
      [PersonGroups.Contradiction],
    _ ids: String...
  ) throws {
    #expect(
      try replica.write { try decision($0, ids, "x", "2020-01-01") { UUID().uuidString } } == [])
  }

  @Test(
    "what an office writes to an id that the centre has merged meanwhile is the person's, and stays its own"
  )
  func mergedMeanwhile() throws {
    let bench = try Workbench(scenario: false)
    let (centre, cusco) = (bench.centre, try bench.replicas.make("cusco"))
    for id in ["s", "t"] { try cusco.session(id, indicators: ["P-1.2.1.3"]) }
    for id in ["a", "b"] {
      try cusco.participant(id)
      try cusco.attendance("s", id)
    }
    try cusco.send(to: centre)
    try decide(at: centre, PersonDecision.merge, "a", "b")
    #expect(try value(at: centre).persons == 1)
    // The office has not heard of it.
    try cusco.attendance("t", "b")
    try cusco.write("UPDATE participant SET phone = '984 000 111' WHERE id = 'b'", [])
    try cusco.write("DELETE FROM attendance WHERE session_id = 's' AND participant_id = 'b'", [])
    try cusco.send(to: centre)
    try centre.send(to: cusco)
    for replica in [centre, cusco] {
      #expect(try value(at: replica).persons == 1)
      #expect(try value(at: replica).attendances == 2)
      #expect(try replica.conflicts(openOnly: true).isEmpty)
      #expect(try replica.counts().quarantined == 0)
      let phones = try replica.read {
        try String.fetchAll($0, sql: "SELECT id FROM participant WHERE phone IS NOT NULL")
      }
      #expect(phones == ["b"])
    }
    #expect(try centre.digests().tables == cusco.digests().tables)
    // Taken back, each has what was written to it.
    try decide(at: centre, PersonDecision.separate, "a", "b")
    try centre.send(to: cusco)
    #expect(try value(at: cusco).persons == 2)
  }

  @Test(
    "two of one name, twins, and one person under two mistyped numbers stay what they are until decided"
  )
  func likePersons() throws {
    let bench = try Workbench(scenario: false)
    let offices = try ["lima", "cusco"].map { try bench.replicas.make($0) }
    let persons = [
      ("namesake", ["41000001", "76543210"], ["María", "María"]),
      ("typo", ["10345678", "10345687"], ["Zoila Luz", "Zoila Luz"]),
      ("twin", ["30000001", "30000002"], ["Ana", "Rosa"]),
    ]
    for (place, office) in offices.enumerated() {
      try office.session(
        "s\(place)", office: try office.identity().office, indicators: ["P-1.2.1.3"])
      for (kind, numbers, names) in persons {
        try office.participant(
          "\(kind)\(place)", number: numbers[place], paternal: "Puma", maternal: kind,
          given: names[place])
        try office.attendance("s\(place)", "\(kind)\(place)")
      }
    }
    try offices[0].send(to: offices[1])
    try offices[1].send(to: offices[0])
    for office in offices {
      #expect(try value(at: office).persons == 6)
      let found = try office.read { try DuplicateList.find($0).proposals }
      #expect(found.map { $0.persons.map(\.id) } == [["typo0", "typo1"]])
      #expect(found.first?.countedAsOne == false)
    }
    try decide(at: offices[1], PersonDecision.merge, "typo0", "typo1")
    try offices[1].send(to: offices[0])
    for office in offices {
      #expect(try value(at: office).persons == 5)
      #expect(try office.read { try DuplicateList.find($0).proposals }.isEmpty)
    }
  }

  @Test("decisions that cannot all be true are listed until somebody decides again")
  func contradictions() throws {
    let fixture = try Fixture()
    for id in ["a", "b", "c"] { try fixture.participant(id) }
    _ = try merge(fixture, "a", "b")
    _ = try merge(fixture, "b", "c")
    let left = try separate(fixture, "a", "c")
    #expect(left.map(\.kind) == [.chain])
    #expect(left.map(\.participants) == [["a", "c"]])
    #expect(try list(fixture).contradictions.map { $0.persons.map(\.id) } == [["a", "c", "b"]])
    #expect(try separate(fixture, "b", "c") == [])
    #expect(try list(fixture).contradictions == [])
    #expect(try merge(fixture, "a", "b", "c", at: "2021") == [])
    #expect(try list(fixture).isEmpty)
  }

  @Test("two decisions about a pair, made apart, are listed; the later holds")
  func apart() throws {
    let fixture = try Fixture()
    for id in ["a", "b"] { try fixture.participant(id) }
    try fixture.link("1", "a", "b", "same", at: "2020-01-01T00:00:00Z")
    try fixture.link("2", "b", "a", "different", at: "2020-01-02T00:00:00Z")
    #expect(try list(fixture).contradictions.map(\.kind) == [.pair])
    #expect(try fixture.queue.read { try PersonGroups.load($0).representatives } == [:])
    #expect(try merge(fixture, "a", "b", at: "2020-01-03T00:00:00Z") == [])
    #expect(try list(fixture).contradictions == [])
  }

  @Test("a code that an office used twice is listed, for sessions and deliverables")
  func codes() throws {
    let fixture = try Fixture()
    for id in ["s", "t", "u"] { try fixture.session(id, indicators: []) }
    try fixture.session("v", office: "puno", indicators: [])
    try fixture.write("UPDATE training_session SET code = 'C-1' WHERE id <> 'u'")
    for (id, office) in [("d", "lima"), ("e", "lima"), ("f", "puno")] {
      try fixture.write(
        """
        INSERT INTO deliverable (id, code, indicator_id, office_code, title)
        VALUES (?, 'E-1', 'P-3.2.1.1', ?, 'x')
        """, [id, office])
    }
    let found = try list(fixture).codes
    #expect(found.map(\.table) == ["training_session", "deliverable"])
    #expect(found.map { $0.records.map(\.id) } == [["s", "t"], ["d", "e"]])
    #expect(found.map(\.office) == ["cusco", "lima"])
  }

  @Test("whoever is being entered is held against everybody, also against those just added")
  func resembling() throws {
    let fixture = try Fixture()
    try fixture.participant("a", paternal: "Huamán", maternal: "Puma", given: "Saúl")
    var finder = try fixture.queue.read { try DuplicateFinder($0) }
    let values = ["paternal_surname": "Waman", "maternal_surname": "Puma", "given_names": "Saul"]
    #expect(finder.resembling(values).map(\.id) == ["a"])
    finder.add(values, id: "b")
    #expect(Set(finder.resembling(values).map(\.id)) == ["a", "b"])
    #expect(finder.resembling(["paternal_surname": "Ríos", "given_names": "Luz"]) == [])
  }

  @Test("a decision about nobody is refused")
  func unknown() throws {
    let fixture = try Fixture()
    try fixture.participant("a")
    #expect(throws: PersonDecision.Failure.unknownParticipant("z")) {
      try merge(fixture, "a", "z")
    }
    #expect(throws: PersonDecision.Failure.oneParticipant("a")) {
      try merge(fixture, "a", "a")
    }
  }
}
