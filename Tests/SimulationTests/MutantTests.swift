import Foundation
import Testing

/// The faults of Tests/Mutants, which a script plants; here only that they still can be planted.
@Suite("Planted faults")
struct MutantTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("each still fits its file, in one place")
  func fit() throws {
    let list = try String(
      contentsOf: Self.tests.appending(path: "Mutants/mutants.txt"), encoding: .utf8)
    let faults = list.components(separatedBy: "\n== ").dropFirst()
    #expect(faults.count >= 8)
    for fault in faults {
      let parts = fault.components(separatedBy: "\nwas\n")
      let head = parts[0].split(separator: "\n")
      let texts = parts[1].components(separatedBy: "\nbecomes\n")
      let name = head[1].dropFirst("in ".count)
      let file = try String(
        contentsOf: Self.tests.deletingLastPathComponent().appending(path: String(name)),
        encoding: .utf8)
      #expect(file.components(separatedBy: texts[0]).count == 2, "\(head[0]) in \(name)")
      #expect(texts[0] != texts[1].trimmingCharacters(in: .newlines), "\(head[0])")
    }
  }
}
