/// Something that can be missing or doubtful in the records.
///
/// The raw values are stable codes.
///
/// Nothing here keeps a record out: a record with a gap is kept, counted where it can be, and
/// listed.
public enum QualityCheck: String, Hashable, Sendable, CaseIterable {
  case sessionWithoutDate = "session_without_date"
  case sessionStillPlanned = "session_still_planned"
  case sessionWithoutStatus = "session_without_status"
  case sessionWithoutAttendance = "session_without_attendance"
  case sessionWithoutIndicator = "session_without_indicator"
  case sessionWithoutTests = "session_without_tests"
  case sessionWithoutDepartment = "session_without_department"
  case sessionCodeTwice = "session_code_twice"
  case sessionDatesImpossible = "session_dates_impossible"
  case sessionHeldInFuture = "session_held_in_future"
  case sessionHoursImpossible = "session_hours_impossible"
  case attendanceWithoutInstitution = "attendance_without_institution"
  case attendanceWithoutRole = "attendance_without_role"
  case attendanceWithoutWorkplace = "attendance_without_workplace"
  case testWithoutPair = "test_without_pair"
  case scoreImpossible = "score_impossible"
  case participantWithoutDocument = "participant_without_document"
  case participantWithoutSex = "participant_without_sex"
  case documentImpossible = "document_impossible"
  case documentTwice = "document_twice"
  case deliverableWithoutDate = "deliverable_without_date"
  case deliverableDateImpossible = "deliverable_date_impossible"
  case deliverableQuantityImpossible = "deliverable_quantity_impossible"
  case deliverableCodeTwice = "deliverable_code_twice"
  case measurementPeriodUnknown = "measurement_period_unknown"
  case measurementWithoutValue = "measurement_without_value"

  /// What is wrong, in a sentence without a full stop.
  public func message(spanish: Bool) -> String {
    let (es, en) = words
    return spanish ? es : en
  }

  private var words: (es: String, en: String) {
    switch self {
    case .sessionWithoutDate:
      (
        "sesiones realizadas sin fecha de inicio: no cuentan",
        "held sessions without a date: they do not count"
      )
    case .sessionStillPlanned:
      (
        "sesiones con fecha pasada que siguen programadas",
        "sessions past their date that are still planned"
      )
    case .sessionWithoutStatus:
      ("sesiones sin estado: no cuentan", "sessions without a status: they do not count")
    case .sessionWithoutAttendance:
      ("sesiones realizadas sin asistencia", "held sessions without attendance")
    case .sessionWithoutIndicator:
      ("sesiones realizadas sin indicador", "held sessions without an indicator")
    case .sessionWithoutTests:
      (
        "sesiones de un indicador de conocimiento sin ninguna prueba",
        "sessions of a knowledge indicator without any test"
      )
    case .sessionWithoutDepartment:
      ("sesiones realizadas sin departamento", "held sessions without a department")
    case .sessionCodeTwice:
      ("códigos de sesión repetidos en la oficina", "session codes used twice in the office")
    case .sessionDatesImpossible:
      (
        "sesiones con fechas imposibles o que terminan antes de empezar",
        "sessions with impossible dates or that end before they start"
      )
    case .sessionHeldInFuture:
      ("sesiones realizadas con fecha futura", "held sessions with a date in the future")
    case .sessionHoursImpossible:
      ("sesiones con horas imposibles", "sessions with impossible hours")
    case .attendanceWithoutInstitution:
      ("asistencias sin institución", "attendances without an institution")
    case .attendanceWithoutRole:
      (
        "asistencias sin cargo: no cuentan como personas capacitadas",
        "attendances without a role: they count for no indicator of people"
      )
    case .attendanceWithoutWorkplace:
      ("personal de CAR sin centro de trabajo", "shelter staff without a workplace")
    case .testWithoutPair:
      ("pruebas de entrada o de salida sin su par", "entry or exit tests without their pair")
    case .scoreImpossible:
      ("puntajes fuera de su escala", "scores outside their scale")
    case .participantWithoutDocument:
      ("participantes sin documento", "participants without a document")
    case .participantWithoutSex:
      ("participantes sin sexo registrado", "participants without a recorded sex")
    case .documentImpossible:
      ("documentos imposibles", "impossible documents")
    case .documentTwice:
      (
        "documentos repetidos: cuentan como una persona hasta que se decida",
        "documents on two participants: counted as one person until somebody decides"
      )
    case .deliverableWithoutDate:
      ("entregables sin fecha: no cuentan", "deliverables without a date: they do not count")
    case .deliverableDateImpossible:
      ("entregables con fecha imposible o futura", "deliverables with an impossible or future date")
    case .deliverableQuantityImpossible:
      ("entregables con cantidad imposible", "deliverables with an impossible quantity")
    case .deliverableCodeTwice:
      (
        "códigos de entregable repetidos en la oficina",
        "deliverable codes used twice in the office"
      )
    case .measurementPeriodUnknown:
      (
        "mediciones de un periodo que no se entiende: no cuentan",
        "measurements of a period that cannot be read: they do not count"
      )
    case .measurementWithoutValue:
      ("mediciones sin valor", "measurements without a value")
    }
  }

  /// The command that mends one record.
  public func command(for key: [String]) -> String {
    let id = key.joined(separator: " ")
    switch self {
    case .sessionWithoutDate, .sessionHeldInFuture: return "quipu session edit \(id) --starts-on"
    case .sessionStillPlanned, .sessionWithoutStatus: return "quipu session edit \(id) --status"
    case .sessionWithoutAttendance, .sessionWithoutTests: return "quipu import asistencia.csv"
    case .sessionWithoutIndicator: return "quipu session edit \(id) --indicators"
    case .sessionWithoutDepartment: return "quipu session edit \(id) --department"
    case .sessionCodeTwice: return "quipu session edit \(id) --code"
    case .sessionDatesImpossible: return "quipu session edit \(id) --starts-on --ends-on"
    case .sessionHoursImpossible: return "quipu session edit \(id) --hours"
    case .attendanceWithoutInstitution: return "quipu attendance edit \(id) --institution-code"
    case .attendanceWithoutRole: return "quipu attendance edit \(id) --role-code"
    case .attendanceWithoutWorkplace: return "quipu attendance edit \(id) --workplace"
    case .testWithoutPair, .scoreImpossible:
      return "quipu attendance edit \(id) --pre-score --post-score"
    case .participantWithoutDocument, .documentImpossible:
      return "quipu participant edit \(id) --document-type --document-number"
    case .participantWithoutSex: return "quipu participant edit \(id) --sex"
    case .documentTwice: return "quipu duplicates merge \(id)"
    case .deliverableWithoutDate, .deliverableDateImpossible:
      return "quipu deliverable edit \(id) --delivered-on"
    case .deliverableQuantityImpossible: return "quipu deliverable edit \(id) --quantity"
    case .deliverableCodeTwice: return "quipu deliverable edit \(id) --code"
    case .measurementPeriodUnknown, .measurementWithoutValue:
      return "quipu measurement edit \(id)"
    }
  }
}
