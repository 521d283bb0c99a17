import ArgumentParser

/// The values of a participant as options; an empty one erases.
struct ParticipantFields: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: help(
      "DNI, CE o PAS.",
      "DNI, CE or PAS.", valueName: "value"))
  var documentType: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Número de documento.",
      "Document number.", valueName: "value"))
  var documentNumber: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Apellido paterno.",
      "Paternal surname.", valueName: "value"))
  var paternalSurname: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Apellido materno.",
      "Maternal surname.", valueName: "value"))
  var maternalSurname: String?

  @Option(parsing: .unconditional, help: help("Nombres.", "Given names.", valueName: "value"))
  var givenNames: String?

  @Option(parsing: .unconditional, help: help("F, M o X.", "F, M or X.", valueName: "value"))
  var sex: String?

  @Option(parsing: .unconditional, help: help("Institución.", "Institution.", valueName: "value"))
  var institutionCode: String?

  @Option(parsing: .unconditional, help: help("Cargo.", "Role.", valueName: "value"))
  var roleCode: String?

  @Option(
    parsing: .unconditional,
    help: help(
      "Centro de trabajo.",
      "Workplace.", valueName: "value"))
  var workplace: String?

  @Option(parsing: .unconditional, help: help("Departamento.", "Department.", valueName: "value"))
  var department: String?

  @Option(parsing: .unconditional, help: help("Teléfono.", "Phone.", valueName: "value"))
  var phone: String?

  @Option(parsing: .unconditional, help: help("Correo.", "Email.", valueName: "value"))
  var email: String?

  @Option(parsing: .unconditional, help: help("Notas.", "Notes.", valueName: "value"))
  var notes: String?

  /// Those that were given, by column.
  var values: [String: String] {
    let all: [String: String?] = [
      "document_type": documentType,
      "document_number": documentNumber,
      "paternal_surname": paternalSurname,
      "maternal_surname": maternalSurname,
      "given_names": givenNames,
      "sex": sex,
      "institution_code": institutionCode,
      "role_code": roleCode,
      "workplace": workplace,
      "department": department,
      "phone": phone,
      "email": email,
      "notes": notes,
    ]
    return all.compactMapValues(\.self)
  }
}
