import Foundation
import GRDB
import Spreadsheet
import Testing

@testable import Trainings

/// The rows of a CSV as a workbook that a person typed in Excel: numbers and days as such.
func typed(_ csv: [UInt8], sheet name: String = "Hoja1", above: Int = 0) throws -> [UInt8] {
  let (text, _) = try TextEncoding.decode(csv)
  let separators: [UInt8] = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]
  let separator =
    separators.max { one, other in
      func count(_ separator: UInt8) -> Int {
        text.prefix { $0 != .lineFeed }.count { $0 == separator }
      }
      return count(one) < count(other)
    } ?? separators[0]
  var rows = DelimitedText(text, separator: separator)
  var cells: [DelimitedText.Cell] = []
  var sheet = Worksheet(name)
  for row in 0..<above { sheet.merge("Registro \(row)", row: row, columns: 0...3) }
  while let line = rows.next(into: &cells) {
    for (column, cell) in cells.enumerated() where !cell.isEmpty {
      let text = rows.raw(cell)
      let value: SheetValue
      if let day = CellText.date(text), line > 1 {
        value = .date(day)
      } else if let number = Double(text), "\(number)".utf8.count < 16, line > 1 {
        value = .number(number)
      } else {
        value = .text(text)
      }
      sheet.set(value, row: line - 1 + above, column: column)
    }
  }
  return try Workbook(
    properties: DocumentProperties(title: "", created: Date(timeIntervalSince1970: 0)),
    sheets: [sheet]
  ).bytes()
}

@Suite("Importing workbooks")
struct WorkbookImportTests {
  private static let offices = ScenarioTests.offices

  @Test("an office's files saved as workbooks give the same record, findings and lines")
  func sameAsCSV() throws {
    let (csv, workbooks) = (try emptyRecord(), try emptyRecord())
    let tables = ["training_session", "attendance", "deliverable", "session_indicator"]
    for file in ScenarioTests.files {
      let bytes = try scenarioFile("puno/\(file)")
      let one = try csv.take(bytes: bytes, office: "puno")
      let other = try workbooks.take(bytes: typed(bytes), office: "puno")
      // Zeros that were typed as a number are lost in Excel, too, and rows keep their numbers.
      #expect(one.report.errors == other.report.errors)
      #expect(one.report.inserted == other.report.inserted)
      #expect(other.sheetName == "Hoja1")
      #expect((one.rejectedFile == nil) == (other.rejectedFile == nil))
      if let rejected = other.rejectedFile {
        let again = try workbooks.take(bytes: rejected, office: "puno")
        #expect(again.report.read == other.report.rejected)
        #expect(again.report.errors.map(\.code) == other.report.errors.map(\.code))
      }
    }
    for table in tables {
      let sql = "SELECT * FROM \(table) ORDER BY 1, 2"
      let columns = table == "attendance" ? "session_id, pre_score, post_score, role_code" : "*"
      #expect(
        try csv.texts(sql.replacing("*", with: columns)).sorted()
          == workbooks.texts(sql.replacing("*", with: columns)).sorted(), "\(table)")
    }
  }

  @Test("lines are the sheet's rows, whatever titles stand above the header")
  func titles() throws {
    let record = try emptyRecord()
    let csv = "codigo,titulo,fecha_inicio\nA-1,Uno,2020-01-02\nA-2,,2020-01-03\n"
    let report = try record.take(bytes: typed(Array(csv.utf8), above: 3)).report
    #expect(report.inserted == 1)
    #expect(report.errors.map(\.line) == [6])
    #expect(try record.texts("SELECT starts_on FROM training_session") == ["2020-01-02"])
    let titled = "Registro de talleres;;\n;;\ncodigo;titulo;tema;tipo\nB-1;Dos;;taller\n"
    #expect(try record.take(titled).report.inserted == 1)
  }

  @Test("a DNI typed as a number gets its zeros back with a warning, one as text keeps them")
  func documents() throws {
    let record = try emptyRecord()
    try record.take(ImportTests.sessions)
    var sheet = Worksheet("Asistencia")
    let headers = ["sesion", "numero_documento", "apellido_paterno", "nombres", "prueba_salida"]
    sheet.set(headers.map(SheetValue.text), row: 0)
    sheet.set(
      [.text("C-1"), .integer(4_567_892), .text("Ramos"), .text("Ana"), .text("14,5")], row: 1)
    sheet.set(
      [.text("C-1"), .text("04567893"), .text("Soto"), .text("Eva"), .number(15.1 + 0.2)], row: 2)
    var cover = Worksheet("Portada")
    cover.set(.text("Proyecto"), row: 0, column: 0)
    let book = try Workbook(
      properties: DocumentProperties(title: "", created: Date(timeIntervalSince1970: 0)),
      sheets: [cover, sheet]
    ).bytes()
    let outcome = try record.take(bytes: book)
    #expect(outcome.sheetName == "Asistencia")
    #expect(outcome.report.warnings.map { "\($0.line) \($0.code)" } == ["2 dni_padded"])
    #expect(
      try record.texts(
        "SELECT document_number, post_score FROM participant JOIN attendance ON id = participant_id "
          + "ORDER BY 1") == ["04567892|14.5", "04567893|15.3"])
    #expect(throws: TrainingsError(.unknownSheet("Otra", known: ["Portada", "Asistencia"]))) {
      try record.write {
        try TrainingImport.open(book, sheet: "Otra", office: "cusco", in: $0)
      }
    }
  }
}

@Suite("Headers of all kinds")
struct HeaderTests {
  private func fields(
    _ headers: String, _ kind: SheetKind, _ chosen: [String: String] = [:]
  )
    -> String
  {
    let match = HeaderMatch(
      headers.split(separator: ";", omittingEmptySubsequences: false).map(String.init), kind: kind,
      chosen: chosen)
    return match.matches.enumerated().map { index, found in
      if let ambiguous = match.ambiguous.first(where: { $0.column == index }) {
        return ambiguous.fields.map { kind.fields[$0].header }.joined(separator: "|")
      }
      return found.field ?? (match.repeated.contains(index) ? "(twice)" : "-")
    }.joined(separator: " ")
  }

  @Test("every field is known by its own name in all kinds, however it is written")
  func ownNames() {
    for kind in SheetKind.allCases {
      let headers = kind.fields.map(\.header)
      for spelled in [
        headers, headers.map { $0.uppercased() },
        headers.map { $0.replacing("_", with: " ").capitalized + " " },
        headers.reversed(),
      ] {
        let match = HeaderMatch(spelled, kind: kind, chosen: [:])
        #expect(match.columns.allSatisfy { $0 != nil })
        #expect(match.matches.allSatisfy { $0.reason == .name })
      }
      for (field, others) in HeaderWords.others(kind) {
        #expect(headers.contains(field))
        for other in others {
          #expect(HeaderWords.name(other) == other, "\(other) is not in the form of names")
          #expect(!headers.contains(other))
        }
      }
      let all = HeaderWords.others(kind).values.joined()
      #expect(Set(all).count == all.count, "a name stands for one field only")
    }
  }

  @Test("shortened, mistyped and other words are understood")
  func likeness() {
    #expect(
      fields("Sesión;N° DNI;Apellido P.;Ape. Mat.;Nombres del participante;Género", .attendance)
        == "sesion numero_documento apellido_paterno apellido_materno nombres sexo")
    #expect(
      fields(
        "Cod. Sesión;Nro. Documento;Primer apellido;Nombre;Instituc.;Correo electrónico",
        .attendance)
        == "sesion numero_documento apellido_paterno nombres institucion correo")
    #expect(
      fields(
        "Código;Nombre del taller;Fecha de inicio;Fecha de término;Departmento;Observaciones",
        .sessions)
        == "codigo titulo fecha_inicio fecha_fin departamento notas")
    #expect(fields("codigo;titulo;color;Firma;N°", .sessions) == "codigo titulo - - -")
    #expect(fields("codigo;código;titulo", .sessions) == "codigo (twice) titulo")
  }

  @Test("what may be two fields is left to a person, whose choice comes first")
  func ambiguous() {
    #expect(
      fields("codigo;titulo;Fecha", .sessions)
        == "codigo titulo fecha_programada|fecha_inicio|fecha_fin")
    #expect(
      fields("codigo;titulo;Fecha", .sessions, ["fecha": "fecha_inicio"])
        == "codigo titulo fecha_inicio")
    #expect(fields("codigo;titulo;Fecha", .sessions, ["fecha": ""]) == "codigo titulo -")
    #expect(
      fields("sesion;Apellidos;nombres", .attendance)
        == "sesion apellido_paterno|apellido_materno nombres")
    #expect(fields("codigo;titulo;tema", .sessions, ["tema": "notas"]) == "codigo titulo notas")
  }

  @Test("a choice is remembered for the office, and an ambiguous column names its candidates")
  func remembered() throws {
    let record = try emptyRecord()
    let file = Array("Código,Título,Fecha\nA-1,Uno,2020-01-02\n".utf8)
    let refusal = TrainingsError(
      .ambiguousColumn("Fecha", fields: ["fecha_programada", "fecha_inicio", "fecha_fin"]))
    #expect(throws: refusal) { try record.take(bytes: file) }
    #expect(refusal.hint(in: .spanish).contains("--map \"Fecha=fecha_programada\""))
    try record.write { db in
      try TrainingImport.remember(
        columns: ["FECHA": "fecha_inicio"], office: "cusco", in: db)
    }
    #expect(throws: refusal) { try record.take(bytes: file, office: "puno") }
    let outcome = try record.take(bytes: file)
    #expect(outcome.columns.map(\.reason) == [.name, .name, .choice])
    #expect(outcome.report.warnings == [])
    #expect(try record.texts("SELECT starts_on FROM training_session") == ["2020-01-02"])
    #expect(throws: TrainingsError.self) {
      try record.write {
        try TrainingImport.remember(columns: ["Fecha": "dia"], office: "cusco", in: $0)
      }
    }
  }
}
