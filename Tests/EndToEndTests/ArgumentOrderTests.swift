import Testing

@testable import Quipu

@Suite("Global options before the subcommand")
struct ArgumentOrderTests {
  @Test(
    "are moved behind its name",
    arguments: [
      ("--json status", "status --json"),
      ("--replica a.sqlite --json status --lang es", "status --replica a.sqlite --json --lang es"),
      ("--replica=a.sqlite conflicts list", "conflicts list --replica=a.sqlite"),
      ("conflicts --json list", "conflicts list --json"),
      ("--lang es conflicts --json show c1", "conflicts show --lang es --json c1"),
      ("--json conflicts", "conflicts --json"),
      ("conflicts --json --open", "conflicts --json --open"),
      ("status --json", "status --json"),
      ("--json history participant -- --json", "history --json participant -- --json"),
      ("--progress import a.csv", "import --progress a.csv"),
      ("--json --help", "--help"), ("--lang es help import", "help import"), ("--json", ""),
      ("--replica", "--replica"), ("", ""),
    ])
  func arranged(given: String, expected: String) {
    let arguments = given.split(separator: " ").map(String.init)
    #expect(
      ArgumentOrder.arranged(arguments, groups: ["conflicts", "report"]).joined(separator: " ")
        == expected)
  }
}
