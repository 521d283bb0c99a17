extension TrainingsError: CustomStringConvertible {
  /// The English sentence, for developers.
  public var description: String { message(in: .english) }

  /// What was found.
  public func message(in language: Language) -> String {
    switch reason {
    case .emptyFile:
      language.pick("El archivo está vacío.", "The file is empty.")
    case .notText(let format): format.message(in: language)
    case .unknownSheet(let name, _):
      language.pick("El libro no tiene la hoja «\(name)».", "The workbook has no sheet “\(name)”.")
    case .ambiguousColumn(let header, let fields):
      language.pick(
        "La columna «\(header)» puede ser \(fields.joined(separator: " o ")).",
        "The column “\(header)” may be \(fields.joined(separator: " or ")).")
    case .unknownImport(let number):
      language.pick(
        "No hay ninguna importación con el número \(number) en este equipo.",
        "There is no import with the number \(number) on this machine.")
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

  /// The sentence that stands beside the field that was refused.
  public func refusal(in language: Language) -> String {
    guard case .refusedValue(_, let reason) = reason else { return message(in: language) }
    return reason.refusal(in: language)
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
      entryMessage(in: language)
    }
  }

  private func entryMessage(in language: Language) -> String {
    switch reason {
    case .centreOnly(let table):
      language.pick(
        "Solo la central escribe en \(Self.name(of: table, in: language)).",
        "Only the centre writes \(Self.name(of: table, in: language)).")
    case .unknownRecord(let table):
      language.pick(
        "No hay tal fila en \(Self.name(of: table, in: language)).",
        "There is no such row among the \(Self.name(of: table, in: language)).")
    case .recordExists(let table):
      language.pick(
        "Esa fila ya está en \(Self.name(of: table, in: language)).",
        "That row is among the \(Self.name(of: table, in: language)) already.")
    case .recordInUse(let count):
      language.pick(
        "\(count) registros lo usan y no se borró.", "\(count) records use it; it was not deleted.")
    case .unknownDeliverable(let name):
      language.pick("No hay ningún entregable «\(name)».", "There is no deliverable “\(name)”.")
    case .ambiguousDeliverable(let name):
      language.pick(
        "Hay varios entregables con el código «\(name)».",
        "There are several deliverables with the code “\(name)”.")
    case .computedIndicator(let id):
      language.pick(
        "\(id) se calcula de los registros; una medición no se mostraría nunca.",
        "\(id) is computed from the records; a measurement of it would never be shown.")
    case .measurementWithoutValue:
      language.pick("Falta el valor de la medición.", "The measurement's value is missing.")
    case .valueOfNoNumber:
      language.pick(
        "Un valor y un estado sin número no van juntos.",
        "A value and a state that is no number do not go together.")
    case .partsIncomplete:
      language.pick(
        "Numerador y denominador van juntos, y el denominador no es 0.",
        "Numerator and denominator go together, and the denominator is not 0.")
    case .partsDisagree(let value):
      language.pick(
        "Las partes dan \(value), no ese valor.", "The parts give \(value), not that value.")
    case .missingColumn(let header, _):
      language.pick("Falta la columna \(header).", "The column \(header) is missing.")
    default:
      code
    }
  }

  /// What a table holds, in words.
  private static func name(of table: String, in language: Language) -> String {
    switch table {
    case "institution": language.pick("las instituciones", "institutions")
    case "role": language.pick("los cargos", "roles")
    case "partner": language.pick("los socios", "partners")
    case "indicator_target": language.pick("las metas", "targets")
    case "group_score": language.pick("las notas de grupo", "group scores")
    case "measurement": language.pick("las mediciones", "measurements")
    default: table
    }
  }

  /// What to do about it.
  public func hint(in language: Language) -> String {
    switch reason {
    case .notText(let format): format.hint(in: language)
    case .unknownSheet(_, let known):
      language.pick("Tiene estas hojas: ", "It has these sheets: ") + known.joined(separator: ", ")
    case .ambiguousColumn(let header, let fields):
      language.pick(
        "Diga cuál es, p. ej. --map \"\(header)=\(fields[0])\", o --map \"\(header)=\" para no "
          + "usarla; se recuerda para esta oficina.",
        "Say which, e.g. --map \"\(header)=\(fields[0])\", or --map \"\(header)=\" not to use it; "
          + "it is remembered for this office.")
    case .unknownImport:
      language.pick("Véalas con «quipu import list».", "See them with “quipu import list”.")
    case .emptyFile:
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
    case .centreOnly:
      language.pick(
        "Pídalo a la central; llega con la próxima sincronización.",
        "Ask the centre for it; it comes with the next sync.")
    case .unknownRecord, .recordExists:
      language.pick("Las que hay se ven con «list».", "See those that are there with “list”.")
    case .recordInUse:
      language.pick("Cambie antes esos registros.", "Change those records first.")
    case .unknownDeliverable, .ambiguousDeliverable:
      language.pick(
        "Use el código, oficina/código o el identificador: «quipu deliverable list».",
        "Use the code, office/code or the identifier: “quipu deliverable list”.")
    case .computedIndicator:
      language.pick(
        "Corrija los registros de los que sale: «quipu report quality».",
        "Correct the records that it comes from: “quipu report quality”.")
    case .measurementWithoutValue:
      language.pick(
        "Dé --value, o --numerator y --denominator; sin dato: --state not_due o unknown.",
        "Give --value, or --numerator and --denominator; without one: --state not_due or unknown.")
    case .valueOfNoNumber:
      language.pick("Dé uno de los dos.", "Give one of the two.")
    case .partsIncomplete, .partsDisagree:
      language.pick("Corrija el valor o las partes.", "Correct the value or the parts.")
    case .missingColumn(_, let known):
      language.pick("Columnas: ", "Columns: ") + known.joined(separator: ", ")
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
