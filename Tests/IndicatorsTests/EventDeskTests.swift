import Foundation
import GRDB
import Indicators
import Testing
import Trainings

@Suite("Entry at the event")
struct EventDeskTests {
  private let fixture: Fixture
  private let environment = TrainingsEnvironment(
    newID: { UUID().uuidString }, now: { Date(timeIntervalSince1970: 0) })

  init() throws {
    fixture = try Fixture()
    try fixture.session("s", indicators: [])
    try fixture.participant(
      "a", number: "41000001", paternal: "Puma", maternal: "Ríos", given: "Zoila")
    try fixture.participant(
      "b", number: "41000020", paternal: "Puma", maternal: "Soto", given: "Abel")
    try fixture.participant("c", paternal: "Ñahui", maternal: nil, given: "Luz")
    try fixture.write(
      "UPDATE participant SET institution_code = 'pnp', role_code = 'juez' WHERE id = 'a'")
  }

  private func replies(_ lines: [String], asks: Bool) throws -> [EventDesk.Reply] {
    try fixture.queue.write { db in
      var desk = try EventDesk(
        entry: EventEntry(session: "s", office: "cusco", in: db), asks: asks, in: db)
      var replies: [EventDesk.Reply] = []
      for line in lines { replies += try desk.take(line, in: db, environment: environment) }
      return try replies + desk.finish(in: db)
    }
  }

  private func kinds(_ lines: String..., asks: Bool = true) throws -> [String] {
    try replies(lines, asks: asks).map { reply in
      switch reply {
      case .marked(let person, let mark, let isNew, _):
        "\(mark) \(person.name)\(isNew ? " new" : "")"
      case .confirm(let person): "confirm \(person.name)"
      case .choose(let persons): "choose \(persons.count)"
      case .describe: "describe"
      case .resembles(let persons): "resembles \(persons.map(\.person.id).joined(separator: " "))"
      case .undone(let person): "undone \(person?.name ?? "nobody")"
      case .leftOut(let person): "left out \(person.name)"
      case .refused(let error): "refused \(error.code)"
      default: "\(reply)"
      }
    }
  }

  private func attendances() throws -> [String] {
    try fixture.queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT p.given_names, coalesce(a.role_code, '-'), coalesce(pre_score, '-'),
            coalesce(post_score, '-')
          FROM attendance AS a JOIN participant AS p ON p.id = a.participant_id ORDER BY 1, 2
          """
      ).map { row in
        row.databaseValues.map { "\($0)".replacing("\"", with: "") }.joined(separator: " ")
      }
    }
  }

  @Test("a document shows who it is, and Enter marks with what is known")
  func document() throws {
    #expect(
      try kinds("41000001", "") == ["confirm Puma Ríos, Zoila", "added Puma Ríos, Zoila"])
    #expect(try attendances() == ["Zoila juez - -"])
  }

  @Test(
    "scores given with the document or with Enter are noted, and corrected by giving them again")
  func scores() throws {
    #expect(
      try kinds("41000001,12,15.5", "41000020", "8", "41000020;;14,5", "41000001,12,15.5") == [
        "added Puma Ríos, Zoila", "confirm Puma Soto, Abel", "added Puma Soto, Abel",
        "updated Puma Soto, Abel", "unchanged Puma Ríos, Zoila",
      ])
    #expect(try attendances() == ["Abel - 8.0 14.5", "Zoila juez 12.0 15.5"])
  }

  @Test("the next document marks the one before, whom nobody refused; a name does not")
  func next() throws {
    #expect(
      try kinds("41000001", "41000020", "n", "luz", "41000020") == [
        "confirm Puma Ríos, Zoila", "added Puma Ríos, Zoila", "confirm Puma Soto, Abel",
        "left out Puma Soto, Abel", "confirm Ñahui, Luz", "left out Ñahui, Luz",
        "confirm Puma Soto, Abel", "added Puma Soto, Abel",
      ])
    #expect(try attendances() == ["Abel - - -", "Zoila juez - -"])
  }

  @Test("part of a name finds, without tildes, and a number chooses")
  func names() throws {
    #expect(
      try kinds("puma", "2", "PUMA zoi", "", "nahui", "", "puma", "") == [
        "choose 2", "added Puma Soto, Abel", "confirm Puma Ríos, Zoila", "added Puma Ríos, Zoila",
        "confirm Ñahui, Luz", "added Ñahui, Luz", "choose 2", "cancelled",
      ])
  }

  @Test("an unknown document asks for the person, and who resembles is shown before writing")
  func newPerson() throws {
    #expect(
      try kinds("41000099", "Apaza,Choque,Juan,M,pnp,juez,Sede 1,11") == [
        "describe", "added Apaza Choque, Juan new",
      ])
    #expect(
      try kinds("41000010", "Puma,Ríos,Zoila", "1") == [
        "describe", "resembles a", "added Puma Ríos, Zoila",
      ])
    #expect(
      try kinds("41000077", "Nahui,,Luz", "1") == [
        "describe", "resembles c", "added Ñahui, Luz",
      ])
    // Who was known without a document has it now.
    #expect(try kinds("41000077,5", asks: false) == ["updated Ñahui, Luz"])
    #expect(
      try kinds("41000021", "Puma,Soto,Abel", "") == [
        "describe", "resembles b", "added Puma Soto, Abel new",
      ])
  }

  @Test(
    "a full stop takes back the last steps one by one, and a new person goes with the attendance")
  func undo() throws {
    let lines = ["41000001,12", "41000001,13", "+41000099,Apaza,,Juan", ".", ".", ".", "."]
    #expect(
      try replies(lines, asks: false).count == lines.count)
    #expect(try attendances() == [])
    let persons = try fixture.queue.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM participant")
    }
    #expect(persons == 3)
  }

  @Test("without a terminal nothing is asked: what leaves a question is refused, the rest is taken")
  func unattended() throws {
    #expect(
      try kinds(
        "41000001,12,25", "99999999", "puma", "zoila", "41000020,x", "1,2,3,4",
        "+41000098,Puma,Ríos,Zoila", "+,,,", "41000020,9,cargo=fiscal", asks: false) == [
          "refused score_out_of_range", "refused unknown_participant",
          "refused ambiguous_participant", "added Puma Ríos, Zoila", "refused invalid_score",
          "unreadable", "added Puma Ríos, Zoila new", "refused missing_required",
          "added Puma Soto, Abel",
        ])
    #expect(try attendances() == ["Abel fiscal 9.0 -", "Zoila - - -", "Zoila juez - -"])
  }

  @Test("every reply is worded in both languages, and none shows a document")
  func words() throws {
    let lines = [
      "41000001", "?", "", "puma", "", "41000055", "Puma,Ríos,Zoila", "x", ".", ".", ".", "1,2,3,4",
      "41000001,99", "luz", "n",
    ]
    for reply in try replies(lines, asks: true) {
      #expect(!reply.text(spanish: true).isEmpty && !reply.text(spanish: false).isEmpty)
      #expect(!reply.text(spanish: true).contains("41000"))
    }
  }
}
