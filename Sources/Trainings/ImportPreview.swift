/// What an import does with one row of a file, to be shown before it is done.
public struct PreviewedRow: Codable, Hashable, Sendable {
  /// What becomes of a row that is good.
  public enum Outcome: String, Codable, Sendable {
    case new, changed
  }

  /// A cell that is written.
  public struct Change: Codable, Hashable, Sendable {
    /// The header of the guide.
    public let column: String

    /// What the record holds; nil for nothing.
    public let old: String?

    /// What it is going to hold.
    public let new: String
  }

  /// As in ``ImportIssue``.
  public let line: Int

  /// What becomes of the row.
  public let outcome: Outcome

  /// What a person knows the row by: a code with its title, or a session with a name.
  public let label: String

  /// In the order of the guide's columns; of a new row all that it says.
  public let changes: [Change]
}

/// Gathers the first rows that an import inserts or changes.
struct PreviewCollector {
  let limit: Int
  private(set) var rows: [PreviewedRow] = []
  private var changes: [PreviewedRow.Change] = []

  init(limit: Int) {
    self.limit = limit
  }

  private var isFull: Bool { rows.count >= limit }

  mutating func change(_ header: String, from old: String?, to new: String) {
    guard !isFull else { return }
    let change = PreviewedRow.Change(column: header, old: old, new: new)
    // A role changes in the attendance and in the person: for the reader it is one change.
    if !changes.contains(change) { changes.append(change) }
  }

  mutating func finishRow(
    line: Int, _ outcome: RowOutcome, _ values: [String], _ fields: [Field]
  ) {
    guard !isFull else { return }
    defer { changes = [] }
    let places = Dictionary(
      uniqueKeysWithValues: fields.enumerated().map { ($1.header, $0) })
    func value(_ header: String) -> String { places[header].map { values[$0] } ?? "" }
    let label =
      places["sesion"] == nil
      ? [value("codigo"), value("titulo")]
      : [
        value("sesion"),
        [value("apellido_paterno"), value("apellido_materno")].filter { !$0.isEmpty }
          .joined(separator: " "),
        value("nombres"),
      ]
    let shown: [PreviewedRow.Change]
    switch outcome {
    case .unchanged: return
    case .updated: shown = changes
    case .inserted:
      let new = zip(fields, values).filter { !$1.isEmpty }.map {
        PreviewedRow.Change(column: $0.header, old: nil, new: $1)
      }
      // What changes in a person who was known stands in the place of what the file says.
      let known = Dictionary(changes.map { ($0.column, $0) }) { first, _ in first }
      shown = new.map { known[$0.column] ?? $0 }
    }
    rows.append(
      PreviewedRow(
        line: line, outcome: outcome == .inserted ? .new : .changed,
        label: label.filter { !$0.isEmpty }.joined(separator: ", "),
        changes: shown.sorted { places[$0.column] ?? 0 < places[$1.column] ?? 0 }))
  }
}
