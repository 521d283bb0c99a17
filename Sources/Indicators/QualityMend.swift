/// The command that mends a record, with places for what only a person knows.
///
/// `quipu session edit CUS-1 --starts-on YYYY-MM-DD` is complete but for the words in capitals.
public struct QualityMend: Hashable, Sendable {
  /// What a person puts in.
  public enum Value: String, Hashable, Sendable, CaseIterable {
    case day, status, code, department, hours, indicators, institution, role, workplace, score
    case documentType, documentNumber, sex, surname, quantity, evidence, number, period
    case mean

    /// The word in capitals that stands for it.
    public func word(spanish: Bool) -> String {
      let (es, en) = words
      return spanish ? es : en
    }

    private var words: (String, String) {
      switch self {
      case .day: ("AAAA-MM-DD", "YYYY-MM-DD")
      case .status: ("ESTADO", "STATUS")
      case .code: ("CÓDIGO", "CODE")
      case .department: ("DEPARTAMENTO", "DEPARTMENT")
      case .hours: ("HORAS", "HOURS")
      case .indicators: ("INDICADORES", "INDICATORS")
      case .institution: ("INSTITUCIÓN", "INSTITUTION")
      case .role: ("CARGO", "ROLE")
      case .workplace: ("CENTRO", "WORKPLACE")
      case .score: ("NOTA", "SCORE")
      case .documentType: ("TIPO", "TYPE")
      case .documentNumber: ("NÚMERO", "NUMBER")
      case .sex: ("SEXO", "SEX")
      case .surname: ("APELLIDO", "SURNAME")
      case .quantity: ("CANTIDAD", "QUANTITY")
      case .evidence: ("EVIDENCIA", "EVIDENCE")
      case .number: ("VALOR", "VALUE")
      case .period: ("PERIODO", "PERIOD")
      case .mean: ("PROMEDIO", "MEAN")
      }
    }
  }

  /// A word of the command, or a place for a value.
  public enum Part: Hashable, Sendable {
    case word(String)
    case value(Value)
  }

  /// The command's words behind `quipu`, in order.
  public let parts: [Part]

  init(_ words: String..., key: [String], _ options: (String, Value)...) {
    parts =
      words.map(Part.word) + key.map(Part.word)
      + options.flatMap { [.word($0.0), .value($0.1)] }
  }

  init(_ words: String..., key: [String], value: Value) {
    parts = words.map(Part.word) + key.map(Part.word) + [.value(value)]
  }

  /// The command as a person types it, quoted for a shell where an id needs it.
  public func text(spanish: Bool) -> String {
    (["quipu"]
      + parts.map { part in
        switch part {
        case .word(let word): Self.quoted(word)
        case .value(let value): value.word(spanish: spanish)
        }
      }).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_./:@%+=,".utf8.contains(byte)
        }
      }
    return isPlain
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}

extension QualityCheck {
  /// The command that mends one record.
  ///
  /// - Parameter key: The record's key, as ``QualityReport/Item/key`` has it.
  public func mend(for key: [String]) -> QualityMend {
    switch self {
    case .sessionWithoutDate, .sessionHeldInFuture, .sessionDatesImpossible:
      QualityMend("session", "edit", key: key, ("--starts-on", .day), ("--ends-on", .day))
    case .sessionStillPlanned, .sessionWithoutStatus, .attendanceInCancelledSession:
      QualityMend("session", "edit", key: key, ("--status", .status))
    case .sessionWithoutAttendance, .sessionWithoutTests:
      QualityMend("attend", "--session", key: key)
    case .sessionWithoutIndicator:
      QualityMend("session", "edit", key: key, ("--indicators", .indicators))
    case .sessionWithoutDepartment:
      QualityMend("session", "edit", key: key, ("--department", .department))
    case .sessionCodeTwice: QualityMend("session", "edit", key: key, ("--code", .code))
    case .sessionHoursImpossible: QualityMend("session", "edit", key: key, ("--hours", .hours))
    case .attendanceWithoutInstitution:
      QualityMend("attendance", "edit", key: key, ("--institution-code", .institution))
    case .attendanceWithoutRole:
      QualityMend("attendance", "edit", key: key, ("--role-code", .role))
    case .attendanceWithoutWorkplace:
      QualityMend("attendance", "edit", key: key, ("--workplace", .workplace))
    case .testWithoutPair, .scoreImpossible:
      QualityMend("attendance", "edit", key: key, ("--pre-score", .score), ("--post-score", .score))
    case .groupScoreImpossible:
      QualityMend(
        "group-score", "set", key: key, ("--n-both", .quantity), ("--pre-mean", .mean),
        ("--post-mean", .mean))
    case .participantWithoutDocument, .documentImpossible:
      QualityMend(
        "participant", "edit", key: key, ("--document-type", .documentType),
        ("--document-number", .documentNumber))
    case .participantWithoutSex: QualityMend("participant", "edit", key: key, ("--sex", .sex))
    case .participantWithoutSurname:
      QualityMend("participant", "edit", key: key, ("--paternal-surname", .surname))
    case .documentTwice: QualityMend("duplicates", "merge", key: key)
    case .decisionsContradict: QualityMend("duplicates", "separate", key: key)
    case .deliverableWithoutDate, .deliverableDateImpossible:
      QualityMend("deliverable", "edit", key: key, ("--delivered-on", .day))
    case .deliverableQuantityImpossible:
      QualityMend("deliverable", "edit", key: key, ("--quantity", .quantity))
    case .deliverableCodeTwice: QualityMend("deliverable", "edit", key: key, ("--code", .code))
    case .deliverableWithoutEvidence:
      QualityMend("deliverable", "edit", key: key, ("--evidence", .evidence))
    case .measurementPeriodUnknown:
      QualityMend("measurement", "move", key: key, value: .period)
    case .measurementWithoutValue:
      QualityMend("measurement", "set", key: key, ("--value", .number))
    case .measurementPartsImpossible:
      QualityMend(
        "measurement", "set", key: key, ("--numerator", .quantity), ("--denominator", .quantity))
    }
  }
}
