extension TrainingsError: CustomStringConvertible {
  /// The English sentence, for developers.
  public var description: String { message(in: .english) }

  /// What was found.
  public func message(in language: Language) -> String {
    switch reason {
    case .emptyFile:
      language.pick("El archivo está vacío.", "The file is empty.")
    case .notText(let format):
      switch format {
      case .workbook, .oldWorkbook:
        language.pick(
          "El archivo es un libro de Excel, no un CSV.",
          "The file is an Excel workbook, not a CSV.")
      case .pdf: language.pick("El archivo es un PDF, no un CSV.", "The file is a PDF, not a CSV.")
      case .binary:
        language.pick("El archivo no es texto.", "The file is not text.")
      }
    case .unknownKind(let headers):
      language.pick(
        "Los encabezados no son los de sesiones, asistencia ni entregables: "
          + "\(headers.joined(separator: ", ")).",
        "The headers are not those of sessions, attendance or deliverables: "
          + "\(headers.joined(separator: ", ")).")
    case .missingHeader(let header, let kind):
      language.pick(
        "Falta la columna \(header), que todo archivo de \(kind.word(in: language)) necesita.",
        "The column \(header) is missing, which every \(kind.word(in: language)) file needs.")
    case .wrongKind(let found, let asked):
      language.pick(
        "El archivo es de \(found.word(in: language)), no de \(asked.word(in: language)).",
        "The file is one of \(found.word(in: language)), not of \(asked.word(in: language)).")
    case .unknownTable(let name, _):
      language.pick("No hay ninguna tabla «\(name)».", "There is no table “\(name)”.")
    case .brokenCatalog(let table, let detail):
      language.pick(
        "El catálogo \(table) no es coherente: \(detail).",
        "The catalog \(table) is not coherent: \(detail).")
    default:
      recordMessage(in: language)
    }
  }

  private func recordMessage(in language: Language) -> String {
    switch reason {
    case .unknownOffice(let code):
      language.pick("No hay ninguna oficina «\(code)».", "There is no office “\(code)”.")
    case .unknownSession(let name):
      language.pick("No hay ninguna sesión «\(name)».", "There is no session “\(name)”.")
    case .ambiguousSession(let name):
      language.pick(
        "Hay varias sesiones con el código «\(name)».",
        "There are several sessions with the code “\(name)”.")
    case .unknownParticipant:
      language.pick("No hay ningún participante así.", "There is no such participant.")
    case .ambiguousParticipant:
      language.pick(
        "Varios participantes llevan ese documento.",
        "Several participants bear that document.")
    case .unknownAttendance:
      language.pick(
        "Esa persona no figura en esa sesión.", "That person is not recorded in that session.")
    case .unknownField(let name, _):
      language.pick("No hay ningún campo «\(name)».", "There is no field “\(name)”.")
    case .refusedValue(let field, let reason):
      "\(field): \(reason.refusal(in: language))"
    case .codeInUse(let code):
      language.pick(
        "La oficina ya tiene un registro con el código «\(code)».",
        "The office already has a record with the code “\(code)”.")
    case .documentInUse:
      language.pick(
        "Otro participante ya lleva ese documento.",
        "Another participant already bears that document.")
    case .attendanceExists:
      language.pick(
        "Esa persona ya figura en esa sesión.", "That person is already recorded in that session.")
    case .sessionHasAttendances(let count):
      language.pick(
        "La sesión tiene \(count) asistencias y no se borró.",
        "The session has \(count) attendances and was not deleted.")
    case .participantHasAttendances(let count):
      language.pick(
        "La persona tiene \(count) asistencias y no se borró.",
        "The person has \(count) attendances and was not deleted.")
    default:
      code
    }
  }

  /// What to do about it.
  public func hint(in language: Language) -> String {
    switch reason {
    case .emptyFile, .notText:
      language.pick(
        "Se espera un CSV: en Excel, Guardar como, «CSV UTF-8 (delimitado por comas)».",
        "A CSV is expected: in Excel, Save As, “CSV UTF-8 (Comma delimited)”.")
    case .unknownKind, .missingHeader:
      language.pick(
        "La primera línea debe llevar los encabezados: codigo y titulo (sesiones); sesion, "
          + "nombres y apellido_paterno (asistencia); codigo, indicador y titulo (entregables).",
        "The first line must hold the headers: codigo and titulo (sessions); sesion, nombres and "
          + "apellido_paterno (attendance); codigo, indicador and titulo (deliverables).")
    case .wrongKind:
      language.pick(
        "Omita --kind o elija otro archivo.", "Leave --kind out or choose another file.")
    case .unknownField(_, let known), .unknownTable(_, let known):
      language.pick("Se conocen: ", "Known are: ") + known.joined(separator: ", ")
    case .unknownSession, .ambiguousSession:
      language.pick(
        "Use el código, oficina/código o el identificador: «quipu session list».",
        "Use the code, office/code or the identifier: “quipu session list”.")
    case .unknownParticipant, .ambiguousParticipant, .unknownAttendance:
      language.pick(
        "Use el documento o el identificador: «quipu participant list».",
        "Use the document or the identifier: “quipu participant list”.")
    case .sessionHasAttendances, .participantHasAttendances:
      language.pick(
        "Con --cascade se borran también sus asistencias.",
        "With --cascade its attendances are deleted too.")
    case .codeInUse, .documentInUse, .attendanceExists:
      language.pick("Edite el registro que ya existe.", "Edit the record that exists.")
    case .refusedValue:
      language.pick("Corrija el valor.", "Correct the value.")
    default:
      ""
    }
  }
}

extension SheetKind {
  func word(in language: Language) -> String {
    switch self {
    case .sessions: language.pick("sesiones", "sessions")
    case .attendance: language.pick("asistencia", "attendance")
    case .deliverables: language.pick("entregables", "deliverables")
    }
  }
}
