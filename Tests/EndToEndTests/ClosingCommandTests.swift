import Foundation
import Testing

/// A quarter's close as the monitoring officer runs it at the centre.
@Suite("Closing a quarter by command")
struct ClosingCommandTests {
  private func report(_ workplace: Workplace, _ format: String, _ more: String...) throws -> Data {
    let file = "report.\(format)"
    let made = try Programs.run(
      "quipu",
      [
        "--replica", workplace.path("central.sqlite"), "report", "quarter", "--period", "2020T2",
        "--format", format, "--output", file, "--lang", "en",
      ] + more, in: workplace.folder)
    try #require(made.status == 0, "\(made.errors)")
    return try Data(contentsOf: workplace.folder.appending(path: file))
  }

  @Test("a closed report stays as it was, and what came later stands beside it with who and when")
  func close() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    try workplace.makeOffice("puno")
    try workplace.enroll("puno")
    _ = try workplace.importFiles("puno")
    try workplace.sync("puno")

    let refused = try workplace.quipu("puno", "report", "close", "--period", "2020T2", "--json")
    #expect(refused.status != 0)
    let early = try workplace.quipu("central", "report", "close", "--period", "2999T1", "--json")
    #expect(early.status != 0)
    let closed = try workplace.quipu(
      "central", "report", "close", "--period", "2020T2", "--by", "M&E")
    try #require(closed.status == 0, "\(closed.errors)")
    let formats = ["html", "xlsx", "csv", "json"]
    let first = try formats.map { try report(workplace, $0) }
    let none = try workplace.quipu("central", "report", "adjustments", "--period", "2020T2")
    #expect(none.status == 0)

    // An office's late record of the closed quarter.
    try workplace.python(
      "puno", "UPDATE training_session SET status = 'cancelled' WHERE starts_on LIKE '2020-0%'")
    try workplace.sync("puno")
    #expect(try formats.map { try report(workplace, $0) } == first)
    #expect(try report(workplace, "csv", "--current") != first[2])
    let late = try workplace.quipu(
      "central", "report", "adjustments", "--period", "2020T2", "--format", "csv")
    #expect(late.status == 0)
    #expect(late.output.contains("puno") && late.output.contains("P-"))
    #expect(late.output != none.output)

    let twice = try workplace.quipu("central", "report", "close", "--period", "2020T2", "--json")
    #expect(twice.status != 0)
    #expect(try workplace.quipu("central", "report", "reopen", "--period", "2020T2").status == 0)
    #expect(try workplace.quipu("central", "report", "close", "--period", "2020T2").status == 0)
    #expect(try report(workplace, "csv") != first[2])
  }
}
