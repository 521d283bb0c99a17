/// A cell of a record: its name in files, its column, and what may stand in it.
public struct Field: Hashable, Sendable {
  /// The header in the offices' files, as `fecha_inicio`.
  public let header: String

  /// The column in the table, as `starts_on`.
  public let column: String

  /// Whether a record cannot be understood without it.
  public let isRequired: Bool

  let form: FieldForm

  init(_ header: String, _ column: String, _ form: FieldForm, required: Bool = false) {
    self.header = header
    self.column = column
    self.form = form
    isRequired = required
  }

  /// The most characters that a person may enter.
  var limit: Int {
    switch form {
    case .name: 100
    case .indicators: .max
    default: ["notes", "note", "evidence", "source"].contains(column) ? 4000 : 300
    }
  }

  /// Fields of one header and column are equal.
  public static func == (one: Field, other: Field) -> Bool {
    one.header == other.header && one.column == other.column
  }

  /// Hashes header and column.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(header)
    hasher.combine(column)
  }
}

/// What may stand in a cell.
enum FieldForm: Sendable {
  case text
  case department
  case documentType, documentNumber
  case name
  case date
  case number
  case score, scale
  case word(Vocabulary)
  case flag
  case reference(Catalog.Reference)

  /// The indicators that a session counts for, as a list.
  case indicators

  /// Another record's code.
  case key

  /// What a function turns into the stored form; nil where it is none.
  case checked(Storage, @Sendable (String) -> String?)

  /// How the column stores it.
  enum Storage { case text, real, integer }

  var storage: Storage {
    switch self {
    case .number, .score, .scale: .real
    case .flag: .integer
    case .checked(let storage, _): storage
    default: .text
    }
  }
}

extension Field {
  /// The columns of `sesiones.csv`.
  public static let sessions: [Field] = [
    Field("codigo", "code", .text, required: true),
    Field("titulo", "title", .text, required: true),
    Field("tema", "topic", .text),
    Field("tipo", "kind", .word(.sessionKind)),
    Field("modalidad", "modality", .word(.modality)),
    Field("estado", "status", .word(.sessionStatus)),
    Field("fecha_programada", "planned_on", .date),
    Field("fecha_inicio", "starts_on", .date),
    Field("fecha_fin", "ends_on", .date),
    Field("horas", "hours", .number),
    Field("departamento", "department", .department),
    Field("provincia", "province", .text),
    Field("distrito", "district", .text),
    Field("lugar", "venue", .text),
    Field("socio", "partner_code", .reference(.partner)),
    Field("facilitador", "facilitator", .text),
    Field("indicadores", "indicators", .indicators),
    Field("notas", "notes", .text),
  ]

  /// The columns of `asistencia.csv`; those from `apellido_paterno` to `correo` are the person's.
  public static let attendance: [Field] = [
    Field("sesion", "session", .key, required: true),
    Field("tipo_documento", "document_type", .documentType),
    Field("numero_documento", "document_number", .documentNumber),
    Field("apellido_paterno", "paternal_surname", .name),
    Field("apellido_materno", "maternal_surname", .name),
    Field("nombres", "given_names", .name, required: true),
    Field("sexo", "sex", .word(.sex)),
    Field("institucion", "institution_code", .reference(.institution)),
    Field("cargo", "role_code", .reference(.role)),
    Field("centro", "workplace", .text),
    Field("departamento", "department", .department),
    Field("telefono", "phone", .text),
    Field("correo", "email", .text),
    Field("culmino", "completed", .flag),
    Field("prueba_entrada", "pre_score", .score),
    Field("prueba_salida", "post_score", .score),
    Field("escala", "score_scale", .scale),
    Field("notas", "notes", .text),
  ]

  /// The columns of `entregables.csv`.
  public static let deliverables: [Field] = [
    Field("codigo", "code", .text, required: true),
    Field("indicador", "indicator_id", .reference(.indicator), required: true),
    Field("titulo", "title", .text, required: true),
    Field("estado", "status", .word(.deliverableStatus)),
    Field("fecha", "delivered_on", .date),
    Field("cantidad", "quantity", .number),
    Field("evidencia", "evidence", .text),
  ]

  /// The columns of a participant.
  public static let participants: [Field] = Array(attendance[1...12]) + [attendance[17]]

  /// The columns of an attendance beside its session and participant.
  public static let attendanceRecord: [Field] = Array(attendance[7...9]) + Array(attendance[13...])
}
