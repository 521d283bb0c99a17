import Foundation
import GRDB
import Replica
import SyncModel
import TestSupport
import Testing

@Suite("The README's example")
struct EngineExampleTests {
  @Test("the example in the README is the one that is compiled here")
  func text() throws {
    let example = try Tree.text("Tests/RepositoryTests/EngineExample.swift")
    let shown = try Tree.text("README.md")
    #expect(shown.contains("```swift\n\(example)```"))
  }

  @Test("two laptops that retitled a note have one conflict and agree on the rest")
  func run() throws {
    let folder = try TemporaryFolder()
    let conflicts = try keepNotes(in: folder.path)
    #expect(conflicts.map(\.column) == ["title"])
    #expect(
      Set(conflicts.flatMap { [$0.current.value, $0.other.value] }) == [
        .text("Khipu"), .text("Kipu"),
      ])
    for name in ["lima", "puno"] {
      let stars = try DatabaseQueue(path: folder.file("\(name).sqlite")).read { db in
        try Int.fetchOne(db, sql: "SELECT stars FROM note")
      }
      #expect(stars == 5)
    }
  }
}
