/// What a form wants to change, held against what was written while it stood open.
///
/// A form bears for each field what it showed. So an edit of one field and somebody else's edit of
/// another are both kept, and two of one field are noticed before either is lost.
struct EditMerge: Equatable {
  /// A field that both changed, to different values.
  struct Clash: Equatable {
    var field: String
    /// What the form showed.
    var was: String
    /// What this person typed.
    var typed: String
    /// What stands there now.
    var stored: String
  }

  /// What is to be written.
  private(set) var writes: [String: String] = [:]
  /// What needs a person, in the order of the fields.
  private(set) var clashes: [Clash] = []
  /// Fields that only others changed meanwhile.
  private(set) var elsewhere: [String] = []

  /// Compares field by field; a field that `was` lacks counts as having been empty.
  ///
  /// - Parameter lists: Fields that hold several values with `;` between them: what was added and
  ///   what was taken away here is added and taken away, whatever others did to the rest.
  init(
    fields: [String], lists: Set<String> = [], was: [String: String], typed: [String: String],
    stored: [String: String]
  ) {
    for field in fields {
      guard let now = typed[field].map(Self.trimmed) else { continue }
      let before = Self.trimmed(was[field] ?? "")
      let present = Self.trimmed(stored[field] ?? "")
      if now == present { continue }
      if lists.contains(field) {
        let merged = Self.merged(was: before, typed: now, stored: present)
        if merged != present { writes[field] = merged }
        if present != before { elsewhere.append(field) }
        continue
      }
      if now == before {
        elsewhere.append(field)
      } else if present == before {
        writes[field] = now
      } else {
        clashes.append(Clash(field: field, was: before, typed: now, stored: present))
      }
    }
  }

  private static func merged(was: String, typed: String, stored: String) -> String {
    func items(_ text: String) -> Set<Substring> { Set(text.split(separator: ";")) }
    let (before, now) = (items(was), items(typed))
    let added = now.subtracting(before)
    let removed = before.subtracting(now)
    return items(stored).union(added).subtracting(removed).sorted().joined(separator: ";")
  }

  /// Browsers send CR LF; spaces around a value mean nothing.
  private static func trimmed(_ text: String) -> String {
    var lines = text.replacing("\r\n", with: "\n")
    while let last = lines.last, last.isWhitespace { lines.removeLast() }
    return String(lines.drop { $0.isWhitespace })
  }
}
