/// The words of a column that holds one of a few values: the value that is stored, the word a file
/// shows, and other words that are understood.
struct Vocabulary: Sendable {
  /// The words that files show, in the order in which they are declared.
  let words: [String]

  private let values: [String: String]
  private let shown: [String: String]

  init(_ entries: [(value: String, word: String, others: [String])]) {
    var values: [String: String] = [:]
    for entry in entries {
      for word in [entry.value, entry.word] + entry.others {
        values[Self.folded(word)] = entry.value
      }
    }
    self.values = values
    words = entries.map(\.word)
    shown = Dictionary(uniqueKeysWithValues: entries.map { ($0.value, $0.word) })
  }

  /// The stored value that a word means, whatever its capitals, tildes and spacing.
  func value(_ word: String) -> String? {
    values[word] ?? values[Self.folded(word)]
  }

  /// The word that stands for a stored value in a file.
  func word(_ value: String) -> String {
    shown[value] ?? value
  }

  /// The stored values, sorted.
  var all: [String] { shown.keys.sorted() }

  private static func folded(_ word: String) -> String {
    String(PersonName.folded(word).map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

extension Vocabulary {
  static let sessionKind = Vocabulary([
    ("taller", "taller", ["talleres"]), ("curso", "curso", []),
    ("capacitacion", "capacitación", []), ("diplomado", "diplomado", ["diploma"]),
    ("mentoria", "mentoría", []), ("evento", "evento", []),
    ("asistencia_tecnica", "asistencia técnica", []),
  ])

  static let modality = Vocabulary([
    ("presencial", "presencial", []), ("virtual", "virtual", ["en línea", "online", "remota"]),
    ("mixta", "mixta", ["mixto", "semipresencial", "híbrida", "híbrido"]),
  ])

  static let sessionStatus = Vocabulary([
    ("planned", "programada", ["programado", "planificada", "planificado"]),
    ("held", "realizada", ["realizado", "ejecutada", "ejecutado"]),
    ("postponed", "postergada", ["postergado", "reprogramada", "reprogramado"]),
    ("cancelled", "cancelada", ["cancelado", "canceled", "suspendida", "suspendido"]),
  ])

  static let deliverableStatus = Vocabulary([
    ("draft", "borrador", []), ("submitted", "presentado", ["presentada"]),
    ("approved", "aprobado", ["aprobada"]), ("in_use", "en uso", []),
  ])

  static let sex = Vocabulary([
    ("F", "F", ["mujer", "femenino", "femenina", "female"]),
    ("M", "M", ["hombre", "masculino", "varón", "male"]),
    ("X", "X", ["otro", "otra", "no binario", "no binaria"]),
  ])

  static let yesNo = Vocabulary([
    ("1", "sí", ["s", "x", "yes", "y", "true", "verdadero"]),
    ("0", "no", ["n", "false", "falso"]),
  ])
}
