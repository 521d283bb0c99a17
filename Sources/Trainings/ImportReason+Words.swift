extension ImportReason {
  /// The sentence that tells an officer what was found and what to do.
  ///
  /// It names no person: line and column say where to look.
  public func message(in language: Language) -> String {
    switch self {
    case .unknownSession(let code):
      language.pick(
        "No hay ninguna sesión con el código «\(code)»; importe primero sesiones.csv o corrija "
          + "el código.",
        "There is no session with the code “\(code)”; import sesiones.csv first or correct the "
          + "code.")
    case .ambiguousSession(let code):
      language.pick(
        "Varias oficinas usan el código de sesión «\(code)»; impórtelo desde la oficina que la "
          + "realizó.",
        "Several offices use the session code “\(code)”; import it at the office that held it.")
    case .unknownIndicator(let code):
      language.pick(
        "El indicador «\(code)» no existe; se escribe con su nivel, por ejemplo P-1.2.1.1.",
        "There is no indicator “\(code)”; write it with its level, e.g. P-1.2.1.1.")
    case .unknownInstitution(let code):
      language.pick(
        "La institución «\(code)» no está en el catálogo; use su código, por ejemplo mpfn.",
        "The institution “\(code)” is not in the catalog; use its code, e.g. mpfn.")
    case .unknownRole(let code):
      language.pick(
        "El cargo «\(code)» no está en el catálogo; use su código, por ejemplo juez.",
        "The role “\(code)” is not in the catalog; use its code, e.g. juez.")
    case .invalidDate(let text):
      language.pick(
        "La fecha «\(text)» no existe o no se entiende; escríbala 2019-05-14 o 14/05/2019.",
        "The date “\(text)” does not exist or cannot be read; write 2019-05-14 or 14/05/2019.")
    case .endsBeforeStart:
      language.pick(
        "La fecha de fin es anterior a la de inicio.", "The end is before the start.")
    case .scoreOutOfRange(let scale):
      language.pick(
        "La nota está fuera de la escala de 0 a \(CellText.text(scale)).",
        "The score is outside the scale of 0 to \(CellText.text(scale)).")
    case .invalidScore:
      language.pick(
        "No es un número; si no dio la prueba, deje la celda vacía.",
        "It is not a number; leave the cell empty where no test was sat.")
    case .invalidDocument:
      language.pick(
        "El DNI tiene letras o más de 8 dígitos; para otro documento escriba CE o PAS en "
          + "tipo_documento.",
        "The DNI has letters or more than 8 digits; for another document write CE or PAS in "
          + "tipo_documento.")
    case .invalidNumber:
      language.pick(
        "No es un número; escriba uno, como 14.5.", "It is not a number; write one, such as 14.5.")
    case .tooLong(let limit):
      language.pick(
        "El texto tiene más de \(limit) caracteres.", "The text has more than \(limit) characters.")
    case .missingRequired(let header):
      language.pick("Falta \(header), que es obligatorio.", "\(header) is missing; it is required.")
    default:
      warning(in: language)
    }
  }

  /// The sentence where a person entered the value, and it was not taken.
  func refusal(in language: Language) -> String {
    switch self {
    case .invalidValue:
      language.pick("El valor no se entiende.", "The value cannot be understood.")
    case .unknownPartner(let code):
      language.pick(
        "El socio «\(code)» no está en el catálogo.",
        "The partner “\(code)” is not in the catalog.")
    case .documentPlaceholder:
      language.pick(
        "El número de documento solo tiene ceros.", "The document number has only zeros.")
    case .unknownDocumentType:
      language.pick("El tipo debe ser DNI, CE o PAS.", "The type must be DNI, CE or PAS.")
    default:
      message(in: language)
    }
  }

  private func warning(in language: Language) -> String {
    switch self {
    case .unknownPartner(let code):
      language.pick(
        "El socio «\(code)» no está en el catálogo; la fila se tomó sin socio.",
        "The partner “\(code)” is not in the catalog; the row was taken without it.")
    case .noScore:
      language.pick(
        "La celda dice que no hay nota; se tomó como vacía, no como 0.",
        "The cell says that there is no score; it was taken as empty, not as 0.")
    case .dniPadded:
      language.pick(
        "El DNI perdió ceros a la izquierda; se completó a 8 dígitos.",
        "The DNI had lost leading zeros; it was completed to 8 digits.")
    case .documentPlaceholder:
      language.pick(
        "El número de documento solo tiene ceros; se tomó como desconocido.",
        "The document number has only zeros; it was taken as unknown.")
    case .unknownDocumentType:
      language.pick(
        "El tipo de documento no es DNI, CE ni PAS; la fila se tomó sin documento.",
        "The document type is not DNI, CE or PAS; the row was taken without a document.")
    case .nameKept:
      language.pick(
        "El nombre registrado de esta persona se escribe de otro modo y se mantuvo.",
        "This person's recorded name is spelled otherwise and was kept.")
    case .disputed:
      language.pick(
        "El valor está en conflicto y no se tocó; resuélvalo con «quipu conflicts».",
        "The value is in conflict and was left alone; resolve it with “quipu conflicts”.")
    case .duplicateRow:
      language.pick(
        "La fila repite otra de este archivo con valores distintos; vale la primera.",
        "The row repeats another one of this file with other values; the first one holds.")
    case .deletedSince:
      language.pick(
        "La fila ya se importó y después se borró del registro; no se volvió a crear.",
        "The row was imported before and then deleted from the record; it was not made again.")
    case .codeKept:
      language.pick(
        "El código se corrigió en el registro y se mantuvo.",
        "The code was corrected in the record and was kept.")
    case .unknownColumn:
      language.pick("La columna no se conoce y se pasó por alto.", "The column is not known.")
    case .repeatedColumn:
      language.pick(
        "La columna está dos veces; se usó la primera.",
        "The column stands twice; the first one was used.")
    case .matchedColumn(let field):
      language.pick("La columna se tomó como \(field).", "The column was taken for \(field).")
    case .hiddenRows(let row):
      language.pick(
        "La hoja tiene filas ocultas (la primera es la \(row)); también se tomaron.",
        "The sheet has hidden rows (the first is \(row)); they were taken, too.")
    case .extraCells:
      language.pick(
        "La fila tiene más celdas que encabezados; revise si un texto con separador quedó sin "
          + "comillas.",
        "The row has more cells than headers; see whether a text with a separator lacks quotes.")
    default:
      language.pick(
        "El valor no se entiende; la fila se tomó sin él.",
        "The value cannot be understood; the row was taken without it.")
    }
  }
}
