package import GRDB
package import SyncModel
internal import Trainings

/// The words in which records are shown: tables, columns, and values with the names of their codes.
package struct RecordWords {
  package let say: Wording
  private var names: [String: [String: String]] = [:]

  package init(_ db: Database, _ say: Wording) throws {
    self.say = say
    for table in Self.catalogs {
      let key = table == "indicator" ? "id" : "code"
      let rows = try Row.fetchCursor(
        db, sql: "SELECT \(key), name_es, coalesce(name_en, name_es) FROM \(table)")
      while let row = try rows.next() {
        names[table, default: [:]][row[0]] = say.isSpanish ? row[1] : row[2]
      }
    }
  }

  /// The name of an office; the code where the catalog has none.
  package func office(_ code: String) -> String {
    if code == "central" { return say("la oficina central", "the central office") }
    return names["office"]?[code] ?? code
  }

  /// The same at the beginning of a sentence.
  package func officeTitle(_ code: String) -> String {
    let name = office(code)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// A catalog entry's name; the code where there is none.
  package func name(_ table: String, _ code: String) -> String {
    names[table]?[code] ?? code
  }

  package func table(_ name: String) -> String {
    guard let words = Self.tables[name] else { return name }
    return say(words.es, words.en)
  }

  package func column(_ name: String) -> String {
    guard let words = Self.columns[name] else { return name }
    return say(words.es, words.en)
  }

  /// Values that stand against each other; of documents no more is shown than by what they differ.
  package func values(_ values: [CellValue], column: String?) -> [String] {
    guard column == Self.document else { return values.map { value($0, column: column) } }
    let numbers = values.map { value -> String in
      if case .text(let number) = value { return number }
      return ""
    }
    return zip(values, IdentityDocument.masked(numbers)).map { value, shown in
      shown.isEmpty ? self.value(value, column: column) : shown
    }
  }

  /// A value as a person reads it, with the name behind a code; a document masked unless it is asked
  /// for.
  package func value(_ value: CellValue, column: String?, unmasked: Bool = false) -> String {
    switch value {
    case .null: return say("(vacío)", "(empty)")
    case .blob(let bytes): return say("\(bytes.count) bytes", "\(bytes.count) bytes")
    case .integer(let number):
      if column == "completed" { return number == 0 ? say("no", "no") : say("sí", "yes") }
      return say.format.number(Int(number))
    case .real(let number): return say.format.number(number)
    case .malformedText: return value.text
    case .text(let text):
      if text.isEmpty { return say("(vacío)", "(empty)") }
      if column == Self.document, !unmasked { return IdentityDocument.masked(text) }
      if let column, let catalog = Self.reference[column] {
        let name = names[catalog]?[text]
        return name.map { $0 == text ? text : "\($0)" } ?? text
      }
      if let words = Self.values[text], let column, Self.coded.contains(column) {
        return say(words.es, words.en)
      }
      return text
    }
  }

  private static let document = "document_number"

  private static let catalogs = ["office", "institution", "role", "partner", "indicator"]

  private static let reference = [
    "office_code": "office", "institution_code": "institution", "role_code": "role",
    "partner_code": "partner", "indicator_id": "indicator",
  ]

  private static let coded: Set = [
    "status", "kind", "modality", "sex", "state", "decision",
  ]

  private static let values: [String: (es: String, en: String)] = [
    "planned": ("programada", "planned"), "held": ("realizada", "held"),
    "postponed": ("postergada", "postponed"), "cancelled": ("cancelada", "cancelled"),
    "draft": ("borrador", "draft"), "submitted": ("presentado", "submitted"),
    "approved": ("aprobado", "approved"), "in_use": ("en uso", "in use"),
    "presencial": ("presencial", "in person"), "virtual": ("virtual", "online"),
    "mixta": ("mixta", "mixed"), "capacitacion": ("capacitación", "training"),
    "mentoria": ("mentoría", "mentoring"), "taller": ("taller", "workshop"),
    "curso": ("curso", "course"), "diplomado": ("diplomado", "diploma course"),
    "evento": ("evento", "event"),
    "asistencia_tecnica": ("asistencia técnica", "technical assistance"),
    "F": ("mujer", "woman"), "M": ("hombre", "man"), "X": ("otro", "other"),
    "number": ("número", "number"), "not_due": ("no corresponde aún", "not due"),
    "unknown": ("desconocido", "unknown"), "same": ("una persona", "one person"),
    "different": ("personas distintas", "different persons"),
  ]

  private static let tables: [String: (es: String, en: String)] = [
    "attendance": ("asistencia", "attendance"), "participant": ("participante", "participant"),
    "training_session": ("sesión", "session"), "deliverable": ("entregable", "deliverable"),
    "measurement": ("medición", "measurement"), "group_score": ("prueba por grupo", "group test"),
    "person_link": ("decisión sobre duplicados", "decision on duplicates"),
    "period_close": ("cierre de trimestre", "quarter close"),
    "session_indicator": ("indicador de una sesión", "indicator of a session"),
    "indicator": ("indicador", "indicator"), "indicator_target": ("meta", "target"),
    "indicator_role": ("cargo de un indicador", "role of an indicator"),
    "institution": ("institución", "institution"), "role": ("cargo", "role"),
    "office": ("oficina", "office"), "partner": ("socio", "partner"),
    "component": ("componente", "component"), "activity": ("actividad", "activity"),
    "product": ("producto", "product"), "result": ("resultado", "result"),
  ]

  private static let columns: [String: (es: String, en: String)] = [
    "pre_score": ("prueba de entrada", "entry test"),
    "post_score": ("prueba de salida", "exit test"),
    "score_scale": ("escala de la prueba", "scale of the test"),
    "completed": ("culminó", "completed"), "notes": ("notas", "notes"),
    "workplace": ("centro de trabajo", "workplace"),
    "institution_code": ("institución", "institution"), "role_code": ("cargo", "role"),
    "document_type": ("tipo de documento", "document type"),
    "document_number": ("número de documento", "document number"),
    "paternal_surname": ("apellido paterno", "paternal surname"),
    "maternal_surname": ("apellido materno", "maternal surname"),
    "given_names": ("nombres", "given names"), "sex": ("sexo", "sex"),
    "department": ("departamento", "department"), "province": ("provincia", "province"),
    "district": ("distrito", "district"), "phone": ("teléfono", "telephone"),
    "email": ("correo", "email"), "office_code": ("oficina", "office"), "code": ("código", "code"),
    "title": ("título", "title"), "topic": ("tema", "topic"), "kind": ("tipo", "kind"),
    "modality": ("modalidad", "modality"), "status": ("estado", "status"),
    "planned_on": ("fecha programada", "planned date"),
    "starts_on": ("fecha de inicio", "first day"), "ends_on": ("fecha de fin", "last day"),
    "hours": ("horas", "hours"), "venue": ("lugar", "venue"), "partner_code": ("socio", "partner"),
    "facilitator": ("facilitador", "facilitator"), "indicator_id": ("indicador", "indicator"),
    "delivered_on": ("fecha de entrega", "delivery date"), "quantity": ("cantidad", "quantity"),
    "evidence": ("evidencia", "evidence"), "value": ("valor", "value"),
    "state": ("estado", "state"), "numerator": ("numerador", "numerator"),
    "denominator": ("denominador", "denominator"), "source": ("fuente", "source"),
    "n_both": ("personas con ambas pruebas", "persons with both tests"),
    "pre_mean": ("media de entrada", "entry mean"), "post_mean": ("media de salida", "exit mean"),
    "target": ("meta", "target"), "note": ("nota", "note"), "decision": ("decisión", "decision"),
    "decided_by": ("decidido por", "decided by"), "decided_at": ("decidido el", "decided on"),
    "participant_id": ("participante", "participant"), "same_as": ("misma persona que", "same as"),
    "name_es": ("nombre en español", "Spanish name"),
    "name_en": ("nombre en inglés", "English name"),
    "cut_off": ("fecha de corte", "cut-off"), "closed_by": ("cerrado por", "closed by"),
    "closed_at": ("cerrado el", "closed on"),
  ]
}
