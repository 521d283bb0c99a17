import Trainings

/// Records for programs and for people.
enum RecordOutput {
  static func document(_ entry: RecordEntry) -> JSONValue {
    .object(entry.items.map { ($0.name, value($0.value)) })
  }

  private static func value(_ value: RecordEntry.Value) -> JSONValue {
    switch value {
    case .none: .null
    case .text(let text): .string(text)
    case .number(let number): .number(number)
    }
  }

  /// A line for each value; what is missing shows as a dash.
  static func text(_ entry: RecordEntry) -> String {
    let width = entry.items.map(\.name.count).max() ?? 0
    return entry.items.map { item in
      let name = item.name + String(repeating: " ", count: width - item.name.count)
      return "\(name)  \(item.value == .none ? "–" : item.value.description)"
    }.joined(separator: "\n")
  }

  /// `Quispe Mamani, Juana`.
  static func name(_ entry: RecordEntry) -> String {
    let surnames = [entry["paternal_surname"], entry["maternal_surname"]].map(\.description)
      .filter { !$0.isEmpty }.joined(separator: " ")
    return surnames + ", " + entry["given_names"].description
  }

  /// `DNI 4•••••21`, or a dash.
  static func identityDocument(_ entry: RecordEntry) -> String {
    let number = entry["document_number"].description
    return number.isEmpty ? "–" : "\(entry["document_type"]) \(number)"
  }
}

/// What the commands on records say.
struct RecordTexts {
  let language: Language

  func added(_ name: String) -> String {
    language.pick("Añadido: \(name)", "Added: \(name)")
  }

  func edited(_ isChanged: Bool) -> String {
    isChanged
      ? language.pick("Cambiado.", "Changed.")
      : language.pick(
        "Ya estaba así; no se cambió nada.", "It was so already; nothing was changed.")
  }

  var deleted: String {
    language.pick("Borrado.", "Deleted.")
  }

  var nothingGiven: String {
    language.pick(
      "no se dio ningún valor que cambiar; los campos se ven con --help",
      "no value to change was given; see the fields with --help")
  }

  func count(_ count: Int) -> String {
    language.pick("\(count) en total", "\(count) in all")
  }
}
