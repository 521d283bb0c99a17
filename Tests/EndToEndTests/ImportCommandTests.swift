import Foundation
import Testing

/// `quipu import` and what belongs to it, as an office uses it.
@Suite("Import commands", .serialized)
struct ImportCommandTests {
  private struct Import: Decodable {
    struct Column: Decodable {
      var header: String
      var field: String?
    }

    struct Row: Decodable {
      struct Change: Decodable {
        var column: String
        var old: String?
        var new: String
      }

      var line: Int
      var outcome: String
      var label: String
      var changes: [Change]
    }

    var number: Int?
    var inserted: Int
    var updated: Int
    var unchanged: Int
    var rejected: Int
    var sheet: String?
    var columns: [Column]?
    var preview: [Row]?

    enum CodingKeys: String, CodingKey {
      case inserted, updated, unchanged, rejected, sheet, columns, preview
      case number = "import"
    }
  }

  private struct Undo: Decodable {
    struct Kept: Decodable {
      var table: String
      var reason: String
    }

    var deleted: Int
    var restored: Int
    var kept: [Kept]
  }

  private struct Record: Decodable {
    var number: Int
    var file: String
    var undoneAt: String?
  }

  private func office() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.makeOffice("puno")
    return workplace
  }

  private func write(_ text: String, _ name: String, _ workplace: Workplace) throws {
    try Data(text.utf8).write(to: workplace.folder.appending(path: name))
  }

  @Test("a template with what is recorded imports back without a change")
  func template() throws {
    let workplace = try office()
    #expect(try workplace.importFiles("puno").status == 3)
    let before = try workplace.digests("puno")
    for kind in ["sessions", "attendance"] {
      let made = try workplace.quipu(
        "puno", "template", kind, "--session", "PUN-2018-001", "\(kind).xlsx")
      try #require(made.status == 0, "\(made.errors)")
      let again = try workplace.quipu("puno", "template", kind, "\(kind).xlsx", "--json")
      #expect(try again.status == 1 && again.problem().code == "file_exists")
      let outcome = try workplace.quipu("puno", "import", "\(kind).xlsx", "--json")
      #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
      let report = try outcome.document(Import.self)
      #expect(report.inserted == 0 && report.updated == 0 && report.unchanged > 0)
      #expect(report.sheet == (kind == "sessions" ? "Sesiones" : "Asistencia"))
    }
    #expect(try workplace.digests("puno") == before)
    for words in [["template"], ["template", "sessions"], ["template", "persons", "a.xlsx"]] {
      #expect(try Programs.run("quipu", words).status == 2)
    }
  }

  @Test("an empty template holds no rows")
  func emptyTemplate() throws {
    let workplace = try office()
    #expect(try workplace.quipu("puno", "template", "a.xlsx").status == 0)
    let outcome = try workplace.quipu("puno", "import", "a.xlsx", "--json")
    #expect(outcome.status == 0)
    #expect(try outcome.document(Import.self).unchanged == 0)
  }

  @Test("an import is listed, undone as a whole, and can be made again")
  func undo() throws {
    let workplace = try office()
    let empty = try workplace.digests("puno")
    #expect(try workplace.importFiles("puno").status == 3)
    let full = try workplace.digests("puno")
    let list = try workplace.quipu("puno", "import", "list", "--json").document([Record].self)
    #expect(list.map(\.number) == [3, 2, 1])
    #expect(list.map(\.file) == ["entregables.csv", "asistencia.csv", "sesiones.csv"])
    // Sessions with attendance stay, and somebody has to know.
    let early = try workplace.quipu("puno", "import", "undo", "1", "--json")
    #expect(early.status == 3)
    #expect(try Set(early.document(Undo.self).kept.map(\.reason)) == ["referred"])
    let all = try workplace.quipu("puno", "import", "undo", "1", "2", "3")
    #expect(all.status == 0, "\(all.output)")
    #expect(try workplace.digests("puno") == empty)
    #expect(try workplace.quipu("puno", "import", "undo", "2").status == 0)
    let unknown = try workplace.quipu("puno", "import", "undo", "9", "--json")
    #expect(try unknown.status == 1 && unknown.problem().code == "unknown_import")
    #expect(try workplace.importFiles("puno").status == 3)
    #expect(try workplace.digests("puno").mapValues(\.rows) == full.mapValues(\.rows))
    let list2 = try workplace.quipu("puno", "import", "list", "--json").document([Record].self)
    #expect(list2.map { $0.undoneAt == nil } == [true, true, true, false, false, false])
  }

  @Test("a column that somebody named is known from then on, and a file may be called list")
  func columns() throws {
    let workplace = try office()
    try write("Código;Título;Fecha\nP-1;Uno;14/05/2020\n", "list", workplace)
    let refused = try workplace.quipu("puno", "import", "./list", "--json")
    #expect(try refused.status == 1 && refused.problem().code == "ambiguous_column")
    #expect(try refused.problem().hint.contains("--map"))
    let dry = try workplace.quipu(
      "puno", "import", "--dry-run", "--map", "fecha=fecha_inicio", "./list", "--json")
    let report = try dry.document(Import.self)
    #expect(report.inserted == 1 && report.number == nil)
    #expect(report.columns?.map(\.field) == ["codigo", "titulo", "fecha_inicio"])
    #expect(report.preview?.map(\.label) == ["P-1, Uno"])
    #expect(try workplace.quipu("puno", "import", "./list").status == 1)
    let done = try workplace.quipu("puno", "import", "--map", "fecha=fecha_inicio", "./list")
    #expect(done.status == 0)
    try write("Código;Título;Fecha\nP-1;Uno;15/05/2020\n", "list", workplace)
    let changes = try workplace.quipu("puno", "import", "./list", "--dry-run", "--json")
      .document(Import.self).preview?.first?.changes
    #expect(
      changes?.map { "\($0.column) \($0.old ?? "") \($0.new)" } == [
        "fecha_inicio 2020-05-14 2020-05-15"
      ])
    for map in ["fecha", "otra=fecha_fin", "=fecha_fin"] {
      #expect(try workplace.quipu("puno", "import", "--map", map, "./list").status == 2)
    }
    let field = try workplace.quipu("puno", "import", "--map", "fecha=dia", "./list", "--json")
    #expect(try field.status == 1 && field.problem().code == "unknown_field")
  }
}
