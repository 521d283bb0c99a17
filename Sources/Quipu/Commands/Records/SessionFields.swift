import ArgumentParser

/// The values of a session as options; an empty one erases.
struct SessionFields: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: help(
      "Código de la oficina, p. ej. CUS-2020-014.",
      "The office's own number, e.g. CUS-2020-014.", valueName: "value"))
  var code: String?

  @Option(parsing: .unconditional, help: help("Título.", "Title.", valueName: "value"))
  var title: String?

  @Option(parsing: .unconditional, help: help("Tema.", "Topic.", valueName: "value"))
  var topic: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "taller, curso, capacitacion, diplomado, mentoria, evento o asistencia_tecnica.",
      "taller, curso, capacitacion, diplomado, mentoria, evento or asistencia_tecnica.",
      valueName: "value"))
  var kind: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "presencial, virtual o mixta.",
      "presencial, virtual or mixta.", valueName: "value"))
  var modality: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "programada, realizada, postergada o cancelada.",
      "planned, held, postponed or cancelled.", valueName: "value"))
  var status: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Fecha programada.",
      "Planned day.", valueName: "value"))
  var plannedOn: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Fecha de inicio.",
      "First day.", valueName: "value"))
  var startsOn: String?

  @Option(parsing: .unconditional, help: help("Fecha de fin.", "Last day.", valueName: "value"))
  var endsOn: String?

  @Option(parsing: .unconditional, help: help("Horas.", "Hours.", valueName: "value"))
  var hours: String?

  @Option(parsing: .unconditional, help: help("Departamento.", "Department.", valueName: "value"))
  var department: String?

  @Option(parsing: .unconditional, help: help("Provincia.", "Province.", valueName: "value"))
  var province: String?

  @Option(parsing: .unconditional, help: help("Distrito.", "District.", valueName: "value"))
  var district: String?

  @Option(parsing: .unconditional, help: help("Lugar.", "Venue.", valueName: "value"))
  var venue: String?

  @Option(parsing: .unconditional, help: help("Socio.", "Partner.", valueName: "value"))
  var partnerCode: String?

  @Option(parsing: .unconditional, help: help("Facilitador.", "Facilitator.", valueName: "value"))
  var facilitator: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Indicadores, separados por punto y coma.",
      "Indicators, separated by semicolons.", valueName: "value"))
  var indicators: String?

  @Option(parsing: .unconditional, help: help("Notas.", "Notes.", valueName: "value"))
  var notes: String?

  /// Those that were given, by column.
  var values: [String: String] {
    let all: [String: String?] = [
      "code": code,
      "title": title,
      "topic": topic,
      "kind": kind,
      "modality": modality,
      "status": status,
      "planned_on": plannedOn,
      "starts_on": startsOn,
      "ends_on": endsOn,
      "hours": hours,
      "department": department,
      "province": province,
      "district": district,
      "venue": venue,
      "partner_code": partnerCode,
      "facilitator": facilitator,
      "indicators": indicators,
      "notes": notes,
    ]
    return all.compactMapValues(\.self)
  }
}
