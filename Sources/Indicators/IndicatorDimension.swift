/// What the figures can be told apart by.
public enum IndicatorDimension: String, Hashable, Sendable, CaseIterable {
  case office
  /// Where the session took place.
  case department
  case sex
  /// The participant's institution on that day.
  case institution
  /// The participant's role on that day.
  case role
  case authorityType = "authority_type"
  case modality
  /// The quarter in which the session started or the deliverable was delivered.
  case quarter

  /// The dimension that a word names, in Spanish or English, with `-`, `_` or a capital between
  /// words.
  public init?(_ word: String) {
    let key = word.lowercased().filter { $0.isLetter }
    let words: [String: IndicatorDimension] = [
      "office": .office, "oficina": .office,
      "department": .department, "departamento": .department, "region": .department,
      "sex": .sex, "sexo": .sex,
      "institution": .institution, "institucion": .institution, "institución": .institution,
      "role": .role, "cargo": .role,
      "authoritytype": .authorityType, "authority": .authorityType,
      "tipoautoridad": .authorityType, "tipodeautoridad": .authorityType,
      "modality": .modality, "modalidad": .modality,
      "quarter": .quarter, "trimestre": .quarter,
    ]
    guard let dimension = words[key] else { return nil }
    self = dimension
  }

  /// The word for the dimension in a heading.
  public func word(spanish: Bool) -> String {
    switch self {
    case .office: spanish ? "Oficina" : "Office"
    case .department: spanish ? "Departamento" : "Department"
    case .sex: spanish ? "Sexo" : "Sex"
    case .institution: spanish ? "Institución" : "Institution"
    case .role: spanish ? "Cargo" : "Role"
    case .authorityType: spanish ? "Tipo de autoridad" : "Type of authority"
    case .modality: spanish ? "Modalidad" : "Modality"
    case .quarter: spanish ? "Trimestre" : "Quarter"
    }
  }

  /// Whether the group is the session's: then sessions can be told apart by it too.
  var belongsToSession: Bool {
    switch self {
    case .office, .department, .modality, .quarter: true
    case .sex, .institution, .role, .authorityType: false
    }
  }

  /// Whether deliverables record it.
  var belongsToDeliverable: Bool {
    self == .office || self == .quarter
  }

  /// The group of an attendance, in SQL over `a` (attendance); nil where it is the session's or the
  /// participant's.
  var attendanceColumn: String? {
    switch self {
    case .institution: "a.institution_code"
    case .role: "a.role_code"
    case .authorityType: "(SELECT authority_type FROM role WHERE code = a.role_code)"
    default: nil
    }
  }

  func applies(to computation: Computation?) -> Bool {
    switch computation {
    case .countSessions: belongsToSession
    case .countDeliverables: belongsToDeliverable
    case .countDistinctParticipants, .knowledgeGain, .weightedGain: true
    case .ratio, .measurement, nil: false
    }
  }
}
