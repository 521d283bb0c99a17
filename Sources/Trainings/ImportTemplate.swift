public import FoundationEssentials
public import GRDB
public import Spreadsheet

/// Workbooks to be filled in and imported: the headers of the guide, lists to choose from, and help.
///
/// What a template was filled with beforehand is in the words of an export, so that importing it
/// unchanged changes nothing.
public enum ImportTemplate {
  /// Rows for which lists and rules hold.
  private static let preparedRows = 2000

  /// A template of a kind.
  ///
  /// - Parameters:
  ///   - session: A session of which the rows that are recorded stand in the template: itself, or its
  ///     attendance.
  ///   - office: The office whose sessions are offered.
  ///   - language: The language of the help; headers are those of the guide.
  ///   - created: The instant of its making.
  /// - Throws: ``TrainingsError`` where there is no such session.
  public static func workbook(
    _ kind: SheetKind, session: String? = nil, office: String, language: Language = .spanish,
    created: Date, in db: Database
  ) throws -> Workbook {
    let fields = kind.fields
    let rows = try session.map { try Self.rows(kind, session: $0, office: office, db) } ?? []
    let lists = try Lists(office: office, language: language, db)
    var sheet = Worksheet(kind.sheetName)
    sheet.frozenRows = 1
    sheet.print = PrintSetup(isLandscape: true, fitsWidth: true, repeatedRows: 1)
    sheet.add(
      SheetTable(
        name: kind.sheetName.lowercased(),
        columns: fields.map { SheetTable.Column($0.header, style: $0.form.style) }, rows: rows))
    for (column, field) in fields.enumerated() {
      sheet.layOut(
        column...column, ColumnLayout(width: field.form.width(field), style: field.form.style))
      sheet.note(field.help(language), row: 0, column: column)
      if let rule = lists.rule(for: field, kind, language) {
        sheet.validate(rows: 1...preparedRows, columns: column...column, rule)
      }
    }
    return Workbook(
      properties: DocumentProperties(
        title: language.pick("Plantilla de ", "Template of ") + kind.word(in: language),
        company: office, created: created),
      sheets: [sheet, help(fields, language), lists.sheet])
  }

  private static func help(_ fields: [Field], _ language: Language) -> Worksheet {
    var sheet = Worksheet(language.pick("Ayuda", "Help"))
    sheet.set(
      [
        .text(language.pick("Columna", "Column")),
        .text(language.pick("¿Obligatoria?", "Required?")),
        .text(language.pick("Qué se escribe", "What to write")),
      ], row: 0, style: .header)
    for (index, field) in fields.enumerated() {
      sheet.set(.text(field.header), row: index + 1, column: 0, style: .bold)
      sheet.set(
        .text(field.isRequired ? language.pick("sí", "yes") : ""), row: index + 1, column: 1)
      sheet.set(
        .text(field.help(language)), row: index + 1, column: 2, style: CellStyle(isWrapped: true))
    }
    let notes = [
      language.pick(
        "Guarde el archivo y escriba: quipu import ARCHIVO.xlsx (con --dry-run solo muestra qué "
          + "cambiaría).",
        "Save the file and type: quipu import FILE.xlsx (with --dry-run it only shows what would "
          + "change)."),
      language.pick(
        "Una celda vacía no borra lo que ya está registrado. No cambie los encabezados.",
        "An empty cell does not erase what is recorded. Leave the headers as they are."),
    ]
    for (index, note) in notes.enumerated() {
      sheet.set(
        .text(note), row: fields.count + 2 + index, column: 2, style: CellStyle(isWrapped: true))
    }
    sheet.layOut(0...1, ColumnLayout(width: 20))
    sheet.layOut(2...2, ColumnLayout(width: 90))
    sheet.frozenRows = 1
    return sheet
  }

  /// The recorded rows of a session.
  private static func rows(
    _ kind: SheetKind, session: String, office: String, _ db: Database
  ) throws -> [[SheetValue]] {
    let id = try Sessions.find(session, office: office, in: db)
    return try TrainingExport.rows(kind, session: id, from: db).map { row in
      zip(row, kind.fields).map { value, field in
        guard let text = value.shownText else { return .blank }
        return switch field.form {
        case .date: .date(text)
        case .number, .score, .scale: Double(text).map(SheetValue.number) ?? .text(text)
        default: .text(text)
        }
      }
    }
  }

  /// The values that cells choose from, on a sheet of their own.
  private struct Lists {
    private(set) var sheet: Worksheet
    private var ranges: [String: CellRange] = [:]

    init(office: String, language: Language, _ db: Database) throws {
      sheet = Worksheet(language.pick("Códigos", "Codes"))
      sheet.frozenRows = 1
      let name = language.pick("name_es", "name_en")
      func fetch(_ sql: String) throws -> [[String]] {
        try Row.fetchAll(db, sql: sql, arguments: ["office": office]).map { row in
          row.databaseValues.map { String.fromDatabaseValue($0) ?? "" }
        }
      }
      func catalog(_ table: String, _ key: String = "code") -> String {
        "SELECT \(key), \(name) FROM \(table) WHERE :office IS NOT NULL ORDER BY \(key)"
      }
      let lists: [(key: String, header: String, rows: [[String]])] = [
        ("institution", "institucion", try fetch(catalog("institution"))),
        ("role", "cargo", try fetch(catalog("role"))),
        ("partner", "socio", try fetch(catalog("partner"))),
        ("indicator", "indicador", try fetch(catalog("indicator", "id"))),
        ("department", "departamento", Department.all.map { [$0] }),
        (
          "session", "sesion",
          try fetch(
            """
            SELECT code, title FROM training_session WHERE office_code = :office
            ORDER BY starts_on DESC, code LIMIT 500
            """)
        ),
      ]
      var column = 0
      for list in lists where !list.rows.isEmpty {
        sheet.set(.text(list.header), row: 0, column: column, style: .header)
        if list.rows[0].count > 1 {
          sheet.set(
            .text(language.pick("nombre", "name")), row: 0, column: column + 1, style: .header)
        }
        for (row, values) in list.rows.enumerated() {
          sheet.set(values.map(SheetValue.text), row: row + 1, column: column)
        }
        ranges[list.key] = CellRange(
          sheet: sheet.name, rows: 1...list.rows.count, columns: column...column)
        sheet.layOut(column...column, ColumnLayout(width: 22))
        if list.rows[0].count > 1 {
          sheet.layOut(column + 1...column + 1, ColumnLayout(width: 48))
          column += 1
        }
        column += 2
      }
    }

    /// What may stand in a field's cells, with its help.
    func rule(for field: Field, _ kind: SheetKind, _ language: Language) -> Validation? {
      let listKey: String? =
        switch field.form {
        case .reference(.institution): "institution"
        case .reference(.role): "role"
        case .reference(.partner): "partner"
        case .reference(.indicator): "indicator"
        case .department: "department"
        case .key: "session"
        default: nil
        }
      let rule: Validation.Rule =
        if let range = listKey.flatMap({ ranges[$0] }) {
          .listIn(range)
        } else {
          switch field.form {
          case .word(let vocabulary): .list(vocabulary.words)
          case .flag: .list([Vocabulary.yesNo.word("1"), Vocabulary.yesNo.word("0")])
          case .documentType: .list(["DNI", "CE", "PAS"])
          case .date: .date("1990-01-01"..."2099-12-31")
          case .number, .score, .scale: .number(0...1_000_000)
          default: .anything
          }
        }
      return Validation(
        rule, inputTitle: field.header, inputMessage: String(field.help(language).prefix(255)))
    }
  }
}

extension SheetKind {
  fileprivate var sheetName: String {
    switch self {
    case .sessions: "Sesiones"
    case .attendance: "Asistencia"
    case .deliverables: "Entregables"
    }
  }
}

extension FieldForm {
  /// Texts are typed as texts, so that a document keeps its zeros and a code is no date.
  fileprivate var style: CellStyle {
    switch self {
    case .date: CellStyle(numberFormat: "dd/mm/yyyy")
    case .number, .score, .scale: CellStyle(numberFormat: "General")
    default: .text
    }
  }

  fileprivate func width(_ field: Field) -> Double {
    switch field.header {
    case "titulo", "notas", "evidencia": return 36
    case "nombres", "centro", "lugar", "correo", "facilitador", "tema": return 24
    default: return Double(max(field.header.count + 4, 14))
    }
  }
}

extension Field {
  /// What to write into a cell.
  fileprivate func help(_ language: Language) -> String {
    let text = what(language)
    return isRequired ? text + language.pick(" Obligatorio.", " Required.") : text
  }

  private func what(_ language: Language) -> String {
    switch form {
    case .key:
      language.pick(
        "El código de la sesión, como en sesiones.", "The session's code, as among the sessions.")
    case .documentType: language.pick("DNI, CE o PAS.", "DNI, CE or PAS.")
    case .documentNumber:
      language.pick(
        "Como texto, con sus ceros: un DNI tiene 8 dígitos.",
        "As text, with its zeros: a DNI has 8 digits.")
    case .date: language.pick("Una fecha: 14/05/2019.", "A day: 14/05/2019.")
    case .score:
      language.pick(
        "La nota de la persona; vacío si no dio la prueba, nunca 0.",
        "The person's score; empty where no test was sat, never 0.")
    case .scale:
      language.pick("La nota máxima; 20 si se deja vacío.", "The highest score; 20 if empty.")
    case .number: language.pick("Un número.", "A number.")
    case .word(let vocabulary):
      language.pick("Uno de: ", "One of: ") + vocabulary.words.joined(separator: ", ") + "."
    case .flag: language.pick("sí o no.", "sí (yes) or no.")
    case .reference(.indicator):
      language.pick(
        "El indicador con su nivel: P-1.2.1.1.", "The indicator with its level: P-1.2.1.1.")
    case .reference:
      language.pick("Un código de la hoja «Códigos».", "A code of the sheet “Codes”.")
    case .indicators:
      language.pick(
        "Los indicadores a los que aporta, separados por punto y coma: P-1.2.1.1;P-2.1.2.1.",
        "The indicators that it counts for, with semicolons between: P-1.2.1.1;P-2.1.2.1.")
    case .department: language.pick("El departamento.", "The department.")
    case .name:
      language.pick(
        "Como en el documento; al menos un apellido.", "As in the document; at least one surname.")
    default:
      header == "codigo"
        ? language.pick(
          "El código de la oficina, que no se repite: CUS-2020-014.",
          "The office's own code, used once: CUS-2020-014.")
        : language.pick("Texto.", "Text.")
    }
  }
}
