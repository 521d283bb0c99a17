/// Which field a column of a file was taken for, and why.
public struct ColumnMatch: Codable, Hashable, Sendable {
  /// Why a column is taken for a field.
  public enum Reason: String, Codable, Sendable {
    /// The guide's name.
    case name

    /// Another name for it, or one that is nearly it.
    case likeness

    /// Somebody said so, now or before.
    case choice

    /// No field has such a name, or another column is it already.
    case none
  }

  /// The header as the file has it.
  public let header: String

  /// The field's name in the guide; nil where the column is not used.
  public let field: String?

  /// Why.
  public let reason: Reason
}

/// The headers of a file beside the fields of a kind.
///
/// What somebody chose comes first, then the guide's names, then other names for them, then names that
/// are nearly one of those. A header that is as near to two fields is taken for neither: it is
/// ambiguous, and a person has to say.
struct HeaderMatch {
  /// For each field, the column where the file has it.
  private(set) var columns: [Int?]

  /// For each column, what it was taken for.
  private(set) var matches: [ColumnMatch]

  /// Columns whose field another column is already, by name.
  private(set) var repeated: [Int] = []
  private(set) var ambiguous: [(column: Int, fields: [Int])] = []

  private let fields: [Field]

  /// - Parameter chosen: Fields by the header's name; an empty field leaves the column out.
  init(_ headers: [String], kind: SheetKind, chosen: [String: String]) {
    fields = kind.fields
    columns = [Int?](repeating: nil, count: fields.count)
    matches = headers.map { ColumnMatch(header: $0, field: nil, reason: .none) }
    let names = headers.map(HeaderWords.name)
    let others = HeaderWords.others(kind)
    var open: [Int] = []
    for (column, name) in names.enumerated() where !name.isEmpty && !reportHeaders.contains(name) {
      guard let choice = chosen[name] else {
        open.append(column)
        continue
      }
      if choice.isEmpty {
        matches[column] = ColumnMatch(header: headers[column], field: nil, reason: .choice)
      } else if let field = fields.firstIndex(where: { $0.header == choice }) {
        take(column, for: field, .choice)
      } else {
        open.append(column)
      }
    }
    open.removeAll { column in
      guard let field = fields.firstIndex(where: { $0.header == names[column] }) else {
        return false
      }
      take(column, for: field, .name)
      return true
    }
    open.removeAll { column in
      let field = fields.firstIndex { others[$0.header]?.contains(names[column]) == true }
      guard let field, columns[field] == nil else { return false }
      take(column, for: field, .likeness)
      return true
    }
    // What is longer than any name is a value.
    for column in open where names[column].utf8.count <= 60 {
      takeLikest(column, names[column], others)
    }
  }

  private mutating func take(_ column: Int, for field: Int, _ reason: ColumnMatch.Reason) {
    guard columns[field] == nil else {
      repeated.append(column)
      return
    }
    columns[field] = column
    matches[column] = ColumnMatch(
      header: matches[column].header, field: fields[field].header, reason: reason)
  }

  private mutating func takeLikest(_ column: Int, _ name: String, _ others: [String: [String]]) {
    let scored = fields.indices.filter { columns[$0] == nil }.map { field in
      let names = [fields[field].header] + (others[fields[field].header] ?? [])
      return (field: field, score: names.map { Self.likeness(name, $0) }.max() ?? 0)
    }.filter { $0.score >= 0.8 }.sorted { ($0.score, $1.field) > ($1.score, $0.field) }
    guard let best = scored.first else { return }
    let rivals = scored.filter { $0.score > best.score - 0.06 }.map(\.field)
    if rivals.count > 1 {
      ambiguous.append((column, rivals.sorted()))
    } else {
      take(column, for: best.field, .likeness)
    }
  }

  /// How near two names are, from 0 to 1.
  ///
  /// Words may be shortened (`ape_pat`), left out or added, and letters mistyped.
  static func likeness(_ one: String, _ other: String) -> Double {
    let (bytes, otherBytes) = (Array(one.utf8), Array(other.utf8))
    let letters = max(bytes.count, otherBytes.count)
    // Lengths further apart than what is still near need no comparison.
    if letters >= 5, Double(abs(bytes.count - otherBytes.count)) <= 0.15 * Double(letters) {
      let typed = 1 - Double(distance(bytes, otherBytes)) / Double(letters)
      if typed >= 0.85 { return typed }
    }
    let (words, others) = (one.split(separator: "_"), other.split(separator: "_"))
    if words.count == others.count, words.count > 1 || one.count >= 4 {
      let isShort = zip(words, others).allSatisfy {
        $1.hasPrefix($0) || singular($0) == singular($1)
      }
      if isShort { return 0.9 }
    }
    let (few, many) = words.count < others.count ? (words, others) : (others, words)
    guard few.count < many.count, few.joined().count >= 4 else { return 0 }
    let all = Set(many.map(singular))
    return few.allSatisfy { all.contains(singular($0)) } ? 0.82 : 0
  }

  private static func singular(_ word: Substring) -> Substring {
    word.count > 3 && word.hasSuffix("s") ? word.dropLast() : word
  }

  /// The number of letters to insert, remove, replace or swap with the next one.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, letter) in one.enumerated() {
      var row = [i + 1]
      for (j, match) in other.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == match ? 0 : 1))
        if i > 0, j > 0, letter == other[j - 1], one[i - 1] == match {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
