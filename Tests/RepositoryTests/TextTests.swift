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

  @Test("each of the eighteen faults that others suffered from names tests that exist")
  func faultsOfOthers() throws {
    let titles = Set(
      try Tree.files(endingIn: ["swift"]).filter { $0.hasPrefix("Tests/") }.flatMap { file in
        try Tree.text(file).matches(of: /@Test\(\s*"([^"]+)"/).map { String($0.output.1) }
      })
    var numbers: [Int] = []
    for (_, line) in try Tree.lines("Documentation/Simulation.md") {
      guard let row = line.wholeMatch(of: /\| (\d+) \|(.+)\|(.+)\|/) else { continue }
      numbers.append(Int(row.output.1) ?? 0)
      let named = row.output.3.matches(of: /"([^"]+)"/).map { String($0.output.1) }
      #expect(!named.isEmpty, "\(row.output.1)")
      for title in named { #expect(titles.contains(title), "\(row.output.1): \(title)") }
    }
    #expect(numbers == Array(1...18))
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
