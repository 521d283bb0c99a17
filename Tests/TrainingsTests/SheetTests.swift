import Testing

@testable import Trainings

@Suite("Opening files")
struct SheetTests {
  private func code(_ bytes: [UInt8], kind: SheetKind? = nil) -> String {
    do {
      return "\(try Sheet(bytes, kind: kind).kind)"
    } catch {
      return error.code
    }
  }

  private func code(_ text: String, kind: SheetKind? = nil) -> String {
    code(Array(text.utf8), kind: kind)
  }

  @Test("the kind is known from headers in any order, capitals, tildes and spacing")
  func kinds() {
    #expect(code("Título;CÓDIGO;Fecha de inicio") == "sessions")
    #expect(code("título\tindicador\tcodigo") == "deliverables")
    #expect(code("Nombres , Sesión,Apellido Materno,Número de documento") == "attendance")
    #expect(code("sep=;\ncodigo;titulo\n") == "sessions")
    #expect(code("\n\ncodigo,titulo\n") == "sessions")
    #expect(code("\"codigo\",\"titulo\",\"indicadores\"") == "sessions")
  }

  @Test("a file that is none of the three says what it is")
  func errors() {
    #expect(code("") == "empty_file")
    #expect(code("\n \n") == "empty_file")
    #expect(code([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]) == "not_csv")
    #expect(code(Array("%PDF-1.4".utf8)) == "not_csv")
    #expect(code([0x61, 0x00, 0x62]) == "not_csv")
    #expect(code("hola, esto es una carta\n") == "unknown_kind")
    #expect(code("codigo,tema,tipo,modalidad\n") == "missing_header")
    #expect(code("sesion,nombres,sexo,cargo\n") == "missing_header")
    #expect(code("codigo,titulo\n", kind: .attendance) == "wrong_kind")
  }

  @Test("every error and finding is worded in both languages")
  func words() {
    let error = TrainingsError(.notText(.pdf))
    #expect(error.message(in: .spanish) == "El archivo es un PDF, no un CSV.")
    #expect(error.hint(in: .english).contains("CSV UTF-8"))
    let reason = ImportReason.scoreOutOfRange(scale: 20)
    #expect(reason.message(in: .spanish) == "La nota está fuera de la escala de 0 a 20.")
  }
}
