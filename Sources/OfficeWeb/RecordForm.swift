internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// A form for one record: its fields, with what was typed, what stands there and what is wrong.
struct RecordForm {
  /// How a field is entered.
  enum Kind {
    case text, date, number, long, email, phone
    /// One of some values, with their words.
    case choice([(value: String, label: String)])
    /// Some of many values, with their words; typed as a list with `;`.
    case several([(value: String, label: String)])
  }

  struct FormField {
    var column: String
    var kind: Kind
    var isRequired = false
    var isWide = false
    var help: String?
    var label: String?
  }

  let fields: [FormField]

  /// The columns that hold several values.
  var lists: Set<String> {
    Set(
      fields.compactMap { field in
        if case .several = field.kind { return field.column }
        return nil
      })
  }

  /// What a form sent, by column.
  func typed(_ form: FormBody) -> [String: String] {
    var values: [String: String] = [:]
    for field in fields {
      if case .several = field.kind {
        if form.has("sent." + field.column) {
          values[field.column] = form.all(field.column).sorted().joined(separator: ";")
        }
      } else if form.has(field.column) {
        values[field.column] = form[field.column]
      }
    }
    return values
  }

  /// What the form showed when it was made.
  func was(_ form: FormBody) -> [String: String] {
    form.prefixed("was.")
  }

  /// What the template `record_form` names.
  ///
  /// - Parameters:
  ///   - values: What the fields show.
  ///   - was: What stands in the record, which the form bears.
  ///   - problems: What is wrong, by column.
  ///   - clashes: What others wrote meanwhile.
  ///   - disputed: Columns in an open conflict, with its path.
  func data(
    _ values: [String: String], was: [String: String], words: RecordWords,
    problems: [String: String] = [:], clashes: [EditMerge.Clash] = [],
    disputed: [String: String] = [:]
  ) -> [[String: Any]] {
    let say = words.say
    return fields.map { field in
      let value = values[field.column] ?? ""
      let label = field.label ?? words.column(field.column)
      var data: [String: Any] = [
        "name": field.column, "label": label.prefix(1).uppercased() + label.dropFirst(),
        "value": value, "was": was[field.column] ?? "", "required": field.isRequired,
        "wide": field.isWide,
      ]
      data.set("help", field.help)
      data.set("problem", problems[field.column])
      data.set("disputed", disputed[field.column])
      data["clash"] = Nothing()
      if let clash = clashes.first(where: { $0.field == field.column }) {
        let shown = words.value(.text(clash.stored), column: field.column, unmasked: true)
        data["clash"] = say(
          "Otra persona escribió aquí «\(shown)» mientras usted editaba. Deje lo suyo o póngalo igual y guarde otra vez.",
          "Somebody else wrote “\(shown)” here while you were editing. Keep yours, or set it alike, and save again."
        )
      }
      data["described"] =
        [data["help"], data["problem"], data["clash"]].contains { $0 is String }
      for name in ["input", "decimal", "long", "choice", "several"] { data[name] = Nothing() }
      switch field.kind {
      case .text: data["input"] = "text"
      case .date: data["input"] = "date"
      case .email: data["input"] = "email"
      case .phone: data["input"] = "tel"
      case .number:
        data["input"] = "text"
        data["decimal"] = true
      case .long: data["long"] = true
      case .choice(var options):
        if !value.isEmpty, !options.contains(where: { $0.value == value }) {
          options.append((value, value))
        }
        data["choice"] = true
        data["options"] = Self.options(options, chosen: [value], words)
      case .several(let options):
        let chosen = value.split(separator: ";").map(String.init)
        data["several"] = true
        data["wide"] = true
        data["count"] = chosen.count
        data["options"] = Self.options(options, chosen: Set(chosen), words)
      }
      return data
    }
  }

  private static func options(
    _ options: [(value: String, label: String)], chosen: Set<String>, _ words: RecordWords
  ) -> [[String: Any]] {
    options.map { ["value": $0.value, "label": $0.label, "chosen": chosen.contains($0.value)] }
  }
}

extension RecordForm {
  /// A session's form.
  static func session(_ db: Database, _ words: RecordWords) throws -> RecordForm {
    let say = words.say
    let word = { (column: String, values: [String]) -> Kind in
      .choice(values.map { ($0, words.value(.text($0), column: column)) })
    }
    let indicators = try Row.fetchAll(
      db,
      sql: """
        SELECT id, name_es, coalesce(name_en, name_es) FROM indicator
        WHERE computation IN ('count_sessions', 'count_distinct_participants',
          'pct_increase_pre_post', 'weighted_pct_increase') ORDER BY id
        """
    ).map { row -> (value: String, label: String) in
      (row[0], "\(row[0] as String) · \(say.isSpanish ? row[1] as String : row[2] as String)")
    }
    return RecordForm(fields: [
      FormField(
        column: "code", kind: .text, isRequired: true,
        help: say(
          "El número de su oficina, p. ej. CUS-2026-014", "Your office's number, e.g. CUS-2026-014")
      ),
      FormField(column: "title", kind: .text, isRequired: true, isWide: true),
      FormField(column: "topic", kind: .text, isWide: true),
      FormField(
        column: "kind",
        kind: word(
          "kind",
          [
            "taller", "curso", "capacitacion", "diplomado", "mentoria", "evento",
            "asistencia_tecnica",
          ])),
      FormField(column: "modality", kind: word("modality", ["presencial", "virtual", "mixta"])),
      FormField(
        column: "status", kind: word("status", ["planned", "held", "postponed", "cancelled"]),
        help: say("Solo las realizadas cuentan.", "Only held sessions count.")),
      FormField(column: "planned_on", kind: .date),
      FormField(column: "starts_on", kind: .date),
      FormField(column: "ends_on", kind: .date),
      FormField(column: "hours", kind: .number),
      FormField(column: "department", kind: .text),
      FormField(column: "province", kind: .text),
      FormField(column: "district", kind: .text),
      FormField(column: "venue", kind: .text),
      FormField(column: "partner_code", kind: .choice(try catalog(db, "partner", say))),
      FormField(column: "facilitator", kind: .text),
      FormField(
        column: "indicators", kind: .several(indicators),
        label: say("Indicadores para los que cuenta", "Indicators that it counts for")),
      FormField(column: "notes", kind: .long, isWide: true),
    ])
  }

  /// A participant's form.
  static func participant(_ db: Database, _ words: RecordWords) throws -> RecordForm {
    let say = words.say
    return RecordForm(
      fields: [
        FormField(column: "document_type", kind: documentTypes(say)),
        FormField(column: "document_number", kind: .text),
        FormField(column: "paternal_surname", kind: .text),
        FormField(column: "maternal_surname", kind: .text),
        FormField(column: "given_names", kind: .text, isRequired: true),
        FormField(column: "sex", kind: sexes(words)),
      ] + (try position(db, say)) + [
        FormField(column: "department", kind: .text),
        FormField(column: "phone", kind: .phone),
        FormField(column: "email", kind: .email),
        FormField(column: "notes", kind: .long, isWide: true),
      ])
  }

  /// An attendance's form, beside the tests that stand in the sheet.
  static func attendance(_ db: Database, _ words: RecordWords) throws -> RecordForm {
    let say = words.say
    return RecordForm(
      fields: try position(db, say) + [
        FormField(
          column: "completed",
          kind: .choice([("1", say("sí", "yes")), ("0", say("no", "no"))])),
        FormField(column: "pre_score", kind: .number),
        FormField(column: "post_score", kind: .number),
        FormField(
          column: "score_scale", kind: .number,
          help: say("20 si no se dice otra cosa.", "20 unless said otherwise.")),
        FormField(column: "notes", kind: .long, isWide: true),
      ])
  }

  /// The fields of a new person in one line.
  static func newPerson(_ db: Database, _ words: RecordWords) throws -> RecordForm {
    let say = words.say
    return RecordForm(
      fields: [
        FormField(column: "document_type", kind: documentTypes(say)),
        FormField(column: "document_number", kind: .text),
        FormField(column: "paternal_surname", kind: .text, isRequired: true),
        FormField(column: "maternal_surname", kind: .text),
        FormField(column: "given_names", kind: .text, isRequired: true),
        FormField(column: "sex", kind: sexes(words)),
      ] + (try position(db, say)))
  }

  private static func documentTypes(_ say: Wording) -> Kind {
    .choice([
      ("DNI", "DNI"), ("CE", say("Carné de extranjería", "Foreigner's card")),
      ("PAS", say("Pasaporte", "Passport")),
    ])
  }

  private static func sexes(_ words: RecordWords) -> Kind {
    .choice(["F", "M", "X"].map { ($0, words.value(.text($0), column: "sex")) })
  }

  private static func position(_ db: Database, _ say: Wording) throws -> [FormField] {
    [
      FormField(column: "institution_code", kind: .choice(try catalog(db, "institution", say))),
      FormField(column: "role_code", kind: .choice(try catalog(db, "role", say))),
      FormField(
        column: "workplace", kind: .text,
        help: say("Comisaría, fiscalía, CAR …", "Police station, prosecution office, shelter …")),
    ]
  }

  private static func catalog(
    _ db: Database, _ table: String, _ say: Wording
  ) throws -> [(value: String, label: String)] {
    let name = say.isSpanish ? "name_es" : "coalesce(name_en, name_es)"
    return try Row.fetchAll(
      db, sql: "SELECT code, \(name) FROM \(table) ORDER BY \(name) COLLATE NOCASE"
    ).map { ($0[0], $0[1]) }
  }
}
