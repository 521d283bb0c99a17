extension IndicatorTable {
  /// The table for a terminal: aligned columns, parts indented below their total, then what the
  /// figures do not say.
  ///
  /// - Parameter nameWidth: Characters of each indicator's name; 0 leaves names out.
  public func text(spanish: Bool, nameWidth: Int = 40) -> String {
    var grid = TextGrid([.left, .right, .right, .right, .left, .right, .right, .right, .left])
    grid.add(
      spanish
        ? [
          "Indicador", "Valor", "Meta", "%", "Estado", "Personas", "Asistencias", "Cobertura", "",
        ]
        : [
          "Indicator", "Value", "Target", "%", "Status", "Persons", "Attendances", "Coverage", "",
        ])
    for value in values {
      let mark = value.provisional.isEmpty ? "" : "*"
      grid.add([
        value.id, Self.word(value.figure, spanish: spanish) + mark,
        value.target.map(Decimals.text) ?? "–", value.progress.map { "\($0)" } ?? "–",
        value.status.word(spanish: spanish), value.persons.map { "\($0)" } ?? "",
        value.attendances.map { "\($0)" } ?? "", value.coverage?.description ?? "",
        Self.shortened(value.definition.name(spanish: spanish), to: nameWidth),
      ])
      for part in value.parts where part.applies {
        grid.add([
          "  " + Self.shortened(part.label(spanish: spanish), to: 32),
          Self.word(part.figure, spanish: spanish), "", "", "",
          part.persons.map { "\($0)" } ?? "", part.attendances.map { "\($0)" } ?? "",
          part.coverage?.description ?? "", "",
        ])
      }
    }
    let title = spanish ? "Indicadores al \(cutOff)" : "Indicators at \(cutOff)"
    let notes = notes(spanish: spanish)
    return ([title, "", grid.text] + (notes.isEmpty ? [] : [""] + notes)).joined(separator: "\n")
      + "\n"
  }

  /// Sentences on what the figures leave open, for the foot of a report.
  public func notes(spanish: Bool) -> [String] {
    var notes: [String] = []
    let provisional = values.filter { !$0.provisional.isEmpty }
    if !provisional.isEmpty {
      notes.append(
        spanish
          ? "* Cifras provisionales: hay conflictos abiertos, puntajes en disputa o documentos repetidos."
          : "* Provisional figures: there are open conflicts, disputed scores or repeated documents."
      )
    }
    for value in provisional {
      let open = value.provisional
      notes.append(
        spanish
          ? "  \(value.id): conflictos \(open.openConflicts), puntajes en disputa "
            + "\(open.disputedScores), documentos repetidos \(open.duplicateDocuments)"
          : "  \(value.id): conflicts \(open.openConflicts), disputed scores \(open.disputedScores), "
            + "repeated documents \(open.duplicateDocuments)")
    }
    if let dimension {
      let word = dimension.word(spanish: spanish).lowercased()
      notes.append(
        spanish
          ? "Por \(word): las asistencias de los grupos suman el total."
          : "By \(word): the attendances of the groups add up to the total.")
      if values.contains(where: \.partsSharePersons) {
        notes.append(
          spanish
            ? "Una persona puede estar en dos grupos: las personas de los grupos pueden sumar más que el total."
            : "A person may be in two groups: the persons of the groups may add up to more than the total."
        )
      }
      if values.contains(where: { value in value.parts.contains { !$0.applies } }) {
        notes.append(
          spanish
            ? "Los indicadores sin grupos no se pueden separar por \(word)."
            : "Indicators without groups cannot be told apart by \(word).")
      }
    }
    if !retired.isEmpty {
      let ids = retired.map(\.id).joined(separator: ", ")
      notes.append(
        spanish ? "Indicadores retirados: \(ids)." : "Retired indicators: \(ids).")
    }
    return notes
  }

  static func word(_ figure: IndicatorValue.Figure, spanish: Bool) -> String {
    switch figure.state {
    case .number: figure.value.map(Decimals.text) ?? "¿?"
    case .notDue: "NA"
    case .unknown: "¿?"
    }
  }

  private static func shortened(_ text: String, to width: Int) -> String {
    text.count <= width ? text : width == 0 ? "" : text.prefix(width - 1) + "…"
  }
}
