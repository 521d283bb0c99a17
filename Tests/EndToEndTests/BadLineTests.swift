import Foundation
import Testing

@Suite("Bad lines")
struct BadLineTests {
  @Test(
    "a day's work gets through a line that is slow, late and cut, and both sides prove it equal")
  func day() throws {
    let script = Programs.scenario.deletingLastPathComponent()
      .appending(path: "bad-line/run.sh").path()
    // The same waits and losses as in earnest, forty times as fast; a line that is cut more often.
    let outcome = try Programs.run(
      "env",
      [
        "bash", script, Programs.folder.path(), "--faster", "40", "--loss", "0.5", "--seed", "5",
      ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\"unsent\": 0"))
    #expect(outcome.output.contains("\"verified\": true"))
    let line = try #require(outcome.output.split(separator: "\n").first { $0.contains("broken") })
    let counts = try JSONDecoder().decode(
      [String: Int].self, from: Data(line.drop { $0 != "{" }.utf8))
    #expect(try #require(counts["broken"]) > 0)
    #expect(try #require(counts["bytesUp"]) < 200_000)
  }
}
