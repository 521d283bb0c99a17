import Trainings

/// The parser words help and errors in English; the officers read Spanish.
enum ParserWords {
  /// A text of the parser in `language`.
  static func worded(_ text: String, in language: Language) -> String {
    guard language == .spanish else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      spanish(String(line))
    }.joined(separator: "\n")
  }

  private static let phrases: [(english: String, spanish: String)] = [
    ("OVERVIEW: ", "RESUMEN: "), ("USAGE: ", "USO: "), ("ARGUMENTS:", "ARGUMENTOS:"),
    ("OPTIONS:", "OPCIONES:"), ("SUBCOMMANDS:", "ÓRDENES:"), ("Usage: ", "Uso: "),
    ("Error: ", "Error: "), ("Help:  ", "Ayuda: "), ("Show the version.", "Muestra la versión."),
    ("Show help information.", "Muestra esta ayuda."),
    ("Show subcommand help information.", "Muestra la ayuda de una orden."),
    ("Unknown option ", "Opción desconocida: "), ("Unexpected argument ", "Argumento inesperado: "),
    ("Missing expected argument ", "Falta el argumento "),
    ("Missing value for ", "Falta el valor de "), ("Missing one of: ", "Falta uno de: "),
    (" unexpected arguments: ", " argumentos inesperados: "),
    ("Did you mean ", "¿Quiso decir "), ("The value ", "El valor "),
    (" is invalid for ", " no sirve para "), ("Please provide one of ", "Dé uno de "),
    (" for more information.", " para saber más."), (" for detailed help.", " para más ayuda."),
    ("  See ", "  Vea "), ("<subcommand>", "<orden>"),
    ("(values: ", "(valores: "), ("(default: ", "(si no se dice: "),
    (" (default)", " (si no se dice otra)"),
  ]

  private static func spanish(_ line: String) -> String {
    var line = line
    for phrase in phrases where line.contains(phrase.english) {
      line = line.replacing(phrase.english, with: phrase.spanish)
    }
    return line
  }
}
