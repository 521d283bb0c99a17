import Testing

@Suite("Texts")
struct TextTests {
  private static let written = ["swift", "sql", "md", "proto", "yaml", "sh"]

  @Test("nothing is left for later in a note")
  func leftovers() throws {
    // Put together here, so that this file does not hold them itself.
    let words = [("TO", "DO"), ("FIX", "ME"), ("HA", "CK"), ("XX", "X")].map { $0.0 + $0.1 }
    for file in try Tree.files(endingIn: Self.written) {
      for (number, line) in try Tree.lines(file) {
        let found = line.split { !$0.isLetter }.first { words.contains(String($0)) }
        #expect(found == nil, "\(file):\(number)")
      }
    }
  }

  @Test("links of documents lead to files that exist")
  func links() throws {
    for file in try Tree.files(endingIn: ["md"]) {
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      for (number, line) in try Tree.lines(file) {
        for link in line.matches(of: /\]\(([^)\s]+)\)/).map(\.output.1) where !link.contains("://")
        {
          guard let target = link.split(separator: "#").first, !link.hasPrefix("#") else {
            continue
          }
          let path = folder.isEmpty ? String(target) : "\(folder)/\(target)"
          #expect(Tree.exists(path), "\(file):\(number) links to \(link)")
        }
      }
    }
  }

  @Test("decisions are numbered without gaps")
  func decisions() throws {
    let records = try Tree.files(endingIn: ["md"]).filter {
      $0.hasPrefix("Documentation/Decisions/")
    }
    let numbers = records.compactMap {
      Int($0.dropFirst("Documentation/Decisions/".count).prefix(4))
    }
    #expect(numbers == Array(0..<records.count))
  }

  @Test("no line ends in blanks")
  func trailingBlanks() throws {
    for file in try Tree.files(endingIn: Self.written) {
      for (number, line) in try Tree.lines(file) where line.last == " " || line.last == "\t" {
        Issue.record("\(file):\(number)")
      }
    }
  }
}
