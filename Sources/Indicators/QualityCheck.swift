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
  case attendanceInCancelledSession = "attendance_in_cancelled_session"
  case attendanceWithoutInstitution = "attendance_without_institution"
  case attendanceWithoutRole = "attendance_without_role"
  case attendanceWithoutWorkplace = "attendance_without_workplace"
  case testWithoutPair = "test_without_pair"
  case scoreImpossible = "score_impossible"
  case groupScoreImpossible = "group_score_impossible"
  case participantWithoutDocument = "participant_without_document"
  case participantWithoutSex = "participant_without_sex"
  case participantWithoutSurname = "participant_without_surname"
  case documentImpossible = "document_impossible"
  case documentTwice = "document_twice"
  case decisionsContradict = "decisions_contradict"
  case deliverableWithoutDate = "deliverable_without_date"
  case deliverableDateImpossible = "deliverable_date_impossible"
  case deliverableQuantityImpossible = "deliverable_quantity_impossible"
  case deliverableCodeTwice = "deliverable_code_twice"
  case deliverableWithoutEvidence = "deliverable_without_evidence"
  case measurementPeriodUnknown = "measurement_period_unknown"
  case measurementWithoutValue = "measurement_without_value"
  case measurementPartsImpossible = "measurement_parts_impossible"

  /// The order of lists: by office, what belongs to none last; then as the checks stand here.
  static func precedes(
    _ left: (check: QualityCheck, office: String?), _ right: (check: QualityCheck, office: String?)
  ) -> Bool {
    if left.office != right.office {
      guard let mine = left.office else { return false }
      return right.office.map { mine < $0 } ?? true
    }
    return left.check.place < right.check.place
  }

  private var place: Int { Self.places[self] ?? 0 }

  private static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// The table whose rows a check lists; with the key, where a page finds the record.
  public var table: String {
    switch self {
    case .sessionWithoutDate, .sessionStillPlanned, .sessionWithoutStatus,
      .sessionWithoutAttendance, .sessionWithoutIndicator, .sessionWithoutTests,
      .sessionWithoutDepartment, .sessionCodeTwice, .sessionDatesImpossible, .sessionHeldInFuture,
      .sessionHoursImpossible, .attendanceInCancelledSession:
      "training_session"
    case .attendanceWithoutInstitution, .attendanceWithoutRole, .attendanceWithoutWorkplace,
      .testWithoutPair, .scoreImpossible:
      "attendance"
    case .groupScoreImpossible: "group_score"
    case .participantWithoutDocument, .participantWithoutSex, .participantWithoutSurname,
      .documentImpossible:
      "participant"
    case .documentTwice, .decisionsContradict: "person_link"
    case .deliverableWithoutDate, .deliverableDateImpossible, .deliverableQuantityImpossible,
      .deliverableCodeTwice, .deliverableWithoutEvidence:
      "deliverable"
    case .measurementPeriodUnknown, .measurementWithoutValue, .measurementPartsImpossible:
      "measurement"
    }
  }

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
    case .attendanceInCancelledSession:
      (
        "sesiones canceladas o postergadas que tienen asistencia: no cuentan",
        "cancelled or postponed sessions that have attendance: they do not count"
      )
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
    case .groupScoreImpossible:
      (
        "notas de grupo incompletas o fuera de la escala de 0 a 20",
        "group scores that are incomplete or outside the scale of 0 to 20"
      )
    case .participantWithoutDocument:
      ("participantes sin documento", "participants without a document")
    case .participantWithoutSex:
      ("participantes sin sexo registrado", "participants without a recorded sex")
    case .participantWithoutSurname:
      ("participantes sin apellido paterno", "participants without a paternal surname")
    case .documentImpossible:
      (
        "documentos imposibles: un DNI tiene 8 dígitos",
        "impossible documents: a DNI has 8 digits"
      )
    case .documentTwice:
      (
        "documentos repetidos: cuentan como una persona hasta que se decida",
        "documents on two participants: counted as one person until somebody decides"
      )
    case .decisionsContradict:
      (
        "decisiones sobre personas que se contradicen",
        "decisions about persons that contradict each other"
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
    case .deliverableWithoutEvidence:
      ("entregables aprobados sin evidencia", "approved deliverables without evidence")
    case .measurementPeriodUnknown:
      (
        "mediciones de un periodo que no se entiende: no cuentan",
        "measurements of a period that cannot be read: they do not count"
      )
    case .measurementWithoutValue:
      ("mediciones sin valor", "measurements without a value")
    case .measurementPartsImpossible:
      (
        "mediciones cuyas partes no dan su valor",
        "measurements whose parts do not give their value"
      )
    }
  }
}
