import Trainings

extension EventDesk.Reply {
  /// What the person at the terminal reads.
  public func text(spanish: Bool) -> String {
    func pick(_ es: String, _ en: String) -> String { spanish ? es : en }
    switch self {
    case .marked(let person, let mark, let isNew, let resembling):
      let sign =
        switch mark {
        case .added: "✓"
        case .updated: pick("✓ (cambiado)", "✓ (changed)")
        case .unchanged: pick("ya estaba:", "was there already:")
        }
      let new = isNew ? pick(" (persona nueva)", " (new person)") : ""
      let doubt =
        resembling.isEmpty
        ? "" : "\n" + pick("  se parece a:", "  resembles:") + "\n" + list(resembling, spanish)
      return "\(sign) \(line(person, spanish))\(new)\(doubt)"
    case .confirm(let person):
      let known = person.isAttending ? pick(" (ya está)", " (is there already)") : ""
      return line(person, spanish) + known + "\n"
        + pick(
          "  Enter = marcar · entrada,salida = marcar con notas · n = no",
          "  Enter = mark · entry,exit = mark with scores · n = no")
    case .choose(let persons):
      return numbered(persons.map { line($0, spanish) }) + "\n"
        + pick("  número = esa persona · Enter = ninguna", "  number = that person · Enter = none")
    case .describe(let document):
      let who =
        document == nil
        ? pick("No hay nadie con ese nombre.", "Nobody has that name.")
        : pick("No hay nadie con ese documento.", "Nobody has that document.")
      return who + "\n"
        + pick(
          "  Persona nueva: paterno,materno,nombres,sexo,institución,cargo,centro · Enter = no",
          "  New person: paternal,maternal,given names,sex,institution,role,workplace · Enter = no")
    case .resembles(let resembling):
      return list(resembling, spanish) + "\n"
        + pick(
          "  número = es esa persona · Enter = es una persona nueva · . = dejar",
          "  number = it is that person · Enter = it is a new person · . = leave")
    case .undone(let person):
      return pick("Deshecho", "Undone") + (person.map { ": \($0.name)" } ?? "") + "."
    case .nothingToUndo: return pick("No hay nada que deshacer.", "There is nothing to undo.")
    case .leftOut(let person):
      return pick("No se marcó: ", "Not marked: ") + person.name
    case .cancelled: return pick("Dejado.", "Left.")
    case .help:
      return pick(
        "  DNI o parte del nombre · DNI,entrada,salida · + = persona nueva · . = deshacer · fin",
        "  DNI or part of a name · DNI,entry,exit · + = new person · . = undo · end")
    case .end: return ""
    case .refused(let error):
      let language: Language = spanish ? .spanish : .english
      return "✗ \(error.message(in: language))"
    case .unreadable:
      return pick(
        "✗ No se entiende; se espera DNI,entrada,salida (decimales con punto, o separe con ;).",
        "✗ Not understood; expected is DNI,entry,exit (decimal point, or separate with ;).")
    }
  }

  private func numbered(_ lines: [String]) -> String {
    lines.enumerated().map { "  \($0 + 1)) \($1)" }.joined(separator: "\n")
  }

  private func list(_ resembling: [EventDesk.Resemblance], _ spanish: Bool) -> String {
    numbered(
      resembling.map { other in
        let reasons = other.likeness.reasons.map { $0.word(spanish: spanish) }
        return line(other.person, spanish)
          + " — \(min(99, Int((other.likeness.score * 100).rounded()))) %: "
          + reasons.joined(separator: ", ")
      })
  }

  private func line(_ person: EventEntry.Person, _ spanish: Bool) -> String {
    func score(_ value: Double?) -> String {
      guard let value else { return "–" }
      return value.rounded() == value ? "\(Int(value))" : "\(value)"
    }
    var parts = [person.name]
    parts += [person.maskedDocument, person.institution, person.role, person.workplace]
      .compactMap(\.self)
    if person.role == nil { parts.append(spanish ? "sin cargo" : "no role") }
    if person.preScore != nil || person.postScore != nil {
      parts.append(
        (spanish ? "entrada " : "entry ") + score(person.preScore) + ", "
          + (spanish ? "salida " : "exit ") + score(person.postScore))
    }
    return parts.joined(separator: " · ")
  }
}
