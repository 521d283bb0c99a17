import ArgumentParser

/// The values of an attendance as options; an empty one erases.
struct AttendanceFields: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: help(
      "Institución, ese día.",
      "Institution on that day.", valueName: "value"))
  var institutionCode: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Cargo, ese día.",
      "Role on that day.", valueName: "value"))
  var roleCode: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Centro de trabajo, ese día.",
      "Workplace on that day.", valueName: "value"))
  var workplace: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "sí o no: si culminó.",
      "yes or no: whether it was completed.", valueName: "value"))
  var completed: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Prueba de entrada.",
      "Entry test.", valueName: "value"))
  var preScore: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Prueba de salida.",
      "Exit test.", valueName: "value"))
  var postScore: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Escala de las pruebas; si no, 20.",
      "Scale of the tests; else 20.", valueName: "value"))
  var scoreScale: String?

  @Option(parsing: .unconditional, help: help("Notas.", "Notes.", valueName: "value"))
  var notes: String?

  /// Those that were given, by column.
  var values: [String: String] {
    let all: [String: String?] = [
      "institution_code": institutionCode,
      "role_code": roleCode,
      "workplace": workplace,
      "completed": completed,
      "pre_score": preScore,
      "post_score": postScore,
      "score_scale": scoreScale,
      "notes": notes,
    ]
    return all.compactMapValues(\.self)
  }
}
