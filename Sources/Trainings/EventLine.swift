/// What somebody types, or pipes, while an event is being registered: a person with what is to be
/// noted of that day.
///
/// `12345678`, `12345678,12,15.5`, `CE:001234567;12;15,5`, `quispe ana`, `12345678,,15,cargo=fiscal`;
/// a new person is `+12345678,Quispe,Mamani,Juana,F,pnp,policia_especializado,Comisaría`; `.` takes
/// the last one back.
public enum EventLine: Hashable, Sendable {
  case person(String, [String: String])
  case new([String: String], attendance: [String: String])
  case undo
  case help
  case end
  case empty

  /// Reads a line; nil where its values cannot be told apart.
  public init?(_ text: String) {
    let cells = Self.cells(text)
    let first = cells.first ?? ""
    switch PersonName.folded(text) {
    case "": self = .empty
    case ".": self = .undo
    case "?", "ayuda", "help": self = .help
    case "fin", "end", "q": self = .end
    default:
      if first.hasPrefix("+") {
        guard let values = Self.newPerson([String(first.dropFirst())] + cells.dropFirst()) else {
          return nil
        }
        self = .new(values.person, attendance: values.attendance)
      } else {
        guard let values = Self.attendance(Array(cells.dropFirst())) else { return nil }
        self = .person(first, values)
      }
    }
  }

  /// Scores and other values of an attendance: entry and exit in this order, the rest named.
  public static func attendance(_ text: String) -> [String: String]? {
    attendance(cells(text))
  }

  /// A new person's values behind the document: surnames, given names, sex, institution, role,
  /// workplace, and what is to be noted of that day.
  public static func newPerson(
    document: String, _ text: String
  ) -> (person: [String: String], attendance: [String: String])? {
    newPerson([document] + cells(text))
  }

  private static let personColumns = [
    "document_number", "paternal_surname", "maternal_surname", "given_names", "sex",
    "institution_code", "role_code", "workplace",
  ]

  private static func newPerson(
    _ cells: [String]
  ) -> (person: [String: String], attendance: [String: String])? {
    var person: [String: String] = [:]
    for (column, cell) in zip(personColumns, cells) where !isNone(cell) { person[column] = cell }
    if let number = person["document_number"], let colon = number.firstIndex(of: ":") {
      person["document_type"] = String(number[..<colon])
      person["document_number"] = String(number[number.index(after: colon)...])
    }
    guard let attendance = attendance(Array(cells.dropFirst(personColumns.count))) else {
      return nil
    }
    return (person, attendance)
  }

  private static func attendance(_ cells: [String]) -> [String: String]? {
    var values: [String: String] = [:]
    var columns = ["pre_score", "post_score"][...]
    for cell in cells {
      if let sign = cell.firstIndex(of: "=") {
        values[String(cell[..<sign])] = String(cell[cell.index(after: sign)...])
      } else if let column = columns.popFirst() {
        if !isNone(cell) { values[column] = cell }
      } else if !isNone(cell) {
        return nil
      }
    }
    return values
  }

  private static func isNone(_ cell: String) -> Bool { cell.isEmpty || cell == "-" || cell == "–" }

  /// The cells between semicolons or tabs, else between commas; a cell with a comma is quoted.
  private static func cells(_ text: String) -> [String] {
    let separator =
      [UInt8(ascii: ";"), UInt8(ascii: "\t")].first { text.utf8.contains($0) } ?? UInt8(ascii: ",")
    var line = DelimitedText(Array(text.utf8), separator: separator)
    var cells: [DelimitedText.Cell] = []
    guard line.next(into: &cells) != nil else { return [] }
    return cells.map { line.text($0) }
  }
}
