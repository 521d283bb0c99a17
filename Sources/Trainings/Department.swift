/// The departments of Peru, in the spelling that reports group by.
enum Department {
  /// The official spelling where the text names a department in other capitals or without tildes;
  /// any other text unchanged.
  static func spelled(_ text: String) -> String {
    official.contains(text) ? text : byFoldedName[PersonName.folded(text)] ?? text
  }

  /// In the order of the alphabet.
  static let all = official.sorted { PersonName.folded($0) < PersonName.folded($1) }

  private static let official: Set<String> = [
    "Amazonas", "Áncash", "Apurímac", "Arequipa", "Ayacucho", "Cajamarca", "Callao", "Cusco",
    "Huancavelica", "Huánuco", "Ica", "Junín", "La Libertad", "Lambayeque", "Lima", "Loreto",
    "Madre de Dios", "Moquegua", "Pasco", "Piura", "Puno", "San Martín", "Tacna", "Tumbes",
    "Ucayali",
  ]

  private static let byFoldedName = Dictionary(
    uniqueKeysWithValues: official.map { (PersonName.folded($0), $0) } + [("cuzco", "Cusco")])
}
