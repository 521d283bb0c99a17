/// Types of authority, which the catalog of roles names in Spanish alone.
enum AuthorityType {
  private static let english = [
    "autoridad nacional": "national authority",
    "autoridad regional": "regional authority",
    "capacitador": "trainer",
    "docente / capacitador": "teacher or trainer",
    "fuerzas del orden de primera línea": "front-line law enforcement",
    "funcionario público": "public official",
    "inspector municipal": "municipal inspector",
    "medios": "media",
    "operador de CAR": "shelter staff",
    "operador de justicia": "justice operator",
    "otro": "other",
    "proveedor de salud": "health provider",
    "proveedor de servicios": "service provider",
    "usuario de sistema": "system user",
  ]

  /// Names in both languages; a type that is not known here keeps its name.
  static func names(of type: String) -> BothLanguages {
    let name = BothLanguages(type, english[type] ?? type)
    return BothLanguages(capitalized(name.es), capitalized(name.en))
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
