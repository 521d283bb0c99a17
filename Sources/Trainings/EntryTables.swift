import GRDB

extension EntryTable {
  /// Institutions: a row rejected for an unknown one can be imported once it is here.
  public static let institutions = EntryTable(
    "institution", keys: [code],
    fields: [
      Field("sigla", "acronym", .text), name, nameInEnglish, Field("tipo", "kind", .text),
      Field("superior", "parent", .reference(.institution)),
    ])

  /// Roles, with the indicators that count them.
  public static let roles = EntryTable(
    "role", keys: [code],
    fields: [
      name, nameInEnglish, Field("tipo_autoridad", "authority_type", .text),
      Field("superior", "parent", .reference(.role)),
      Field("indicadores", "indicators", .indicators),
    ], links: ("indicator_role", "role_code"))

  /// Partners who carry out trainings.
  public static let partners = EntryTable(
    "partner", keys: [code],
    fields: [
      name, nameInEnglish, Field("tipo", "kind", .text),
      Field("superior", "parent", .reference(.partner)),
    ])

  /// Targets: each holds from its day until the next one's, so that a revision keeps what was.
  public static let targets = EntryTable(
    "indicator_target",
    keys: [indicator, Field("desde", "valid_from", .date, required: true)],
    fields: [
      Field("meta", "target", .number, required: true), Field("nota", "note", .text),
    ])

  /// Tests known only by question or region.
  public static let groupScores = EntryTable(
    "group_score",
    keys: [
      Field("sesion", "session_id", .key, required: true),
      Field("grupo", "group_label", .text, required: true),
    ],
    fields: [
      Field("departamento", "department", .department),
      Field("personas", "n_both", .checked(.integer, count), required: true),
      Field("media_entrada", "pre_mean", .score, required: true),
      Field("media_salida", "post_mean", .score, required: true),
    ], isCentral: false
  ) { row in
    for column in ["pre_mean", "post_mean"] { try checkMean(column, row.values) }
    return [:]
  }

  /// Refuses a mean outside the scale.
  static func checkMean(_ column: String, _ values: EnteredValues) throws {
    guard ["pre_mean", "post_mean"].contains(column), let mean = Double(values[column]),
      !(0...defaultScoreScale).contains(mean)
    else { return }
    throw TrainingsError(
      .refusedValue(field: column, reason: .scoreOutOfRange(scale: defaultScoreScale)))
  }

  /// Measurements: values that are entered, with the parts that a ratio is made of.
  ///
  /// - Parameter period: The stored form of a period, `2020T2`; nil where the text is none.
  package static func measurements(
    period: @escaping @Sendable (String) -> String?
  ) -> EntryTable {
    EntryTable(
      "measurement",
      keys: [indicator, Field("periodo", "period", .checked(.text, period), required: true)],
      fields: [
        Field("valor", "value", .checked(.real) { CellText.number($0).map(CellText.text) }),
        Field("estado", "state", .word(.measurementState)),
        Field("numerador", "numerator", .number), Field("denominador", "denominator", .number),
        Field("fuente", "source", .text),
      ], settle: settleMeasurement)
  }

  private static let code = Field("codigo", "code", .checked(.text, catalogCode), required: true)
  private static let name = Field("nombre", "name_es", .text, required: true)
  private static let nameInEnglish = Field("nombre_en", "name_en", .text)
  private static let indicator = Field(
    "indicador", "indicator_id", .reference(.indicator), required: true)

  /// `Policía de turismo` becomes `policia_de_turismo`: codes are typed in spreadsheets.
  private static func catalogCode(_ text: String) -> String? {
    let code = String(
      PersonName.folded(text).map { " -./".contains($0) ? "_" : $0 })
    let isPlain = code.utf8.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    }
    return isPlain ? code : nil
  }

  private static func count(_ text: String) -> String? {
    CellText.number(text).flatMap { Int(exactly: $0) }.flatMap { $0 > 0 ? "\($0)" : nil }
  }

  /// The state that values mean, and the value that parts give.
  private static func settleMeasurement(_ row: Settling) throws -> [String: String] {
    let computation =
      try String.fetchOne(
        row.db, sql: "SELECT computation FROM indicator WHERE id = ?", arguments: [row.key[0]])
      ?? ""
    if Catalog.computed.contains(computation) {
      throw TrainingsError(.computedIndicator(row.key[0]))
    }
    let state = row.values["state"]
    if row.isEntered("state"), state != "number", !state.isEmpty {
      let hasFigure = ["value", "numerator", "denominator"].contains {
        row.isEntered($0) && !row.values[$0].isEmpty
      }
      if hasFigure { throw TrainingsError(.valueOfNoNumber) }
      return ["value": "", "numerator": "", "denominator": ""]
    }
    var settled: [String: String] = [:]
    let parts = (Double(row.values["numerator"]), Double(row.values["denominator"]))
    let arePartsEntered = row.isEntered("numerator") || row.isEntered("denominator")
    if arePartsEntered, (parts.0 == nil) != (parts.1 == nil) || parts.1 == 0 {
      throw TrainingsError(.partsIncomplete)
    }
    var value = row.values["value"]
    if computation == "ratio", let numerator = parts.0, let denominator = parts.1, denominator > 0 {
      let ratio = 100 * numerator / denominator
      if row.isEntered("value"), let entered = Double(value), abs(entered - ratio) > 0.06 {
        // A value without new parts stands alone; beside new ones it must be theirs.
        if arePartsEntered { throw TrainingsError(.partsDisagree(CellText.text(ratio))) }
        settled["numerator"] = ""
        settled["denominator"] = ""
      } else if arePartsEntered {
        value = CellText.text(ratio)
        settled["value"] = value
      }
    }
    let isFigureEntered = row.isEntered("value") || arePartsEntered
    if value.isEmpty, row.isNew || isFigureEntered || row.isEntered("state") {
      throw TrainingsError(.measurementWithoutValue)
    }
    if isFigureEntered || row.isEntered("state") { settled["state"] = "number" }
    return settled
  }
}

extension Vocabulary {
  static let measurementState = Vocabulary([
    ("number", "número", ["numero", "valor"]),
    ("not_due", "no corresponde", ["na", "n/a", "no corresponde aún", "not due"]),
    ("unknown", "sin dato", ["¿?", "?", "no medido", "desconocido"]),
  ])
}
