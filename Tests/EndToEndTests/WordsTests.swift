import Foundation
import Testing

@Suite("Words and places")
struct WordsTests {
  @Test(
    "the language is --lang, then LC_ALL, then LANG",
    arguments: [
      ([], [:], false), ([], ["LANG": "es_PE.UTF-8"], true),
      ([], ["LANG": "es_PE.UTF-8", "LC_ALL": "en_US.UTF-8"], false),
      ([], ["LC_ALL": "es_PE.UTF-8"], true), (["--lang", "es"], [:], true),
      (["--lang=en"], ["LC_ALL": "es_PE.UTF-8"], false),
    ] as [([String], [String: String], Bool)])
  func language(arguments: [String], environment: [String: String], isSpanish: Bool) throws {
    let outcome = try Programs.run(
      "quipu", arguments + ["status", "--replica", "/nowhere/at/all.sqlite"],
      environment: environment)
    let central = try Programs.run(
      "quipu-central", ["nodes", "list", "--replica", "/nowhere/at/all.sqlite"] + arguments,
      environment: environment)
    for errors in [outcome.errors, central.errors] {
      #expect(errors.contains("no hay ninguna réplica") == isSpanish)
      #expect(errors.contains("there is no replica") == !isSpanish)
    }
  }

  @Test("help is in the reader's language and lists only what there is")
  func help() throws {
    let spanish = try Programs.run("quipu", ["--help"], environment: ["LANG": "es_PE.UTF-8"])
    #expect(spanish.status == 0 && spanish.errors.isEmpty)
    #expect(spanish.output.contains("USO: quipu") && spanish.output.contains("Crea una réplica"))
    let names = try #require(spanish.output.split(separator: "ÓRDENES:\n").last)
      .split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "Vea" }
    #expect(names.contains("sync") && names.contains("serve"))
    for name in names where name != "help" {
      let help = try Programs.run("quipu", [name, "--help"])
      #expect(help.status == 0 && help.output.contains("USAGE: quipu \(name)"), "\(name)")
    }
  }

  @Test("completions are made for three shells", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let outcome = try Programs.run("quipu", ["--generate-completion-script", shell])
    #expect(outcome.status == 0 && outcome.output.contains("conflicts"))
  }

  @Test("the replica is --replica, then QUIPU_REPLICA, then the XDG data folder")
  func places() throws {
    let workplace = try Workplace()
    let named = try Programs.run(
      "quipu", ["init", "--office", "puno"], environment: ["XDG_DATA_HOME": workplace.path("data")])
    #expect(named.status == 0)
    #expect(FileManager.default.fileExists(atPath: workplace.path("data/quipu/replica.sqlite")))
    try Programs.run(
      "quipu", ["init", "--office", "cusco"],
      environment: ["QUIPU_REPLICA": workplace.path("own.sqlite")])
    let environment = [
      "QUIPU_REPLICA": workplace.path("own.sqlite"), "XDG_DATA_HOME": workplace.path("data"),
    ]
    let own = try Programs.run("quipu", ["status", "--json"], environment: environment)
    #expect(try own.document(StatusDocument.self).office == "cusco")
    let option = try Programs.run(
      "quipu", ["--json", "--replica", workplace.path("data/quipu/replica.sqlite"), "status"],
      environment: environment)
    #expect(try option.document(StatusDocument.self).office == "puno")
  }

  @Test("a reader that goes away is no failure")
  func closedPipe() throws {
    let workplace = try Workplace()
    try workplace.makeOffice("lima")
    _ = try workplace.importFiles("lima")
    let quipu = Programs.resolved("quipu")
    let outcome = try Programs.run(
      "env",
      [
        "bash", "-c",
        "set -o pipefail; '\(quipu)' --replica '\(workplace.path("lima.sqlite"))' export participant | head -1",
      ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test("a backup is equal to the replica, and is restored only where there is none")
  func backup() throws {
    let workplace = try Workplace()
    try workplace.makeOffice("puno")
    _ = try workplace.importFiles("puno")
    let copy = workplace.path("copy.backup")
    #expect(try workplace.quipu("puno", "backup", "create", copy).status == 0)
    #expect(try workplace.quipu("puno", "backup", "verify", copy).status == 0)
    #expect(try workplace.quipu("puno", "backup", "restore", copy).status == 1)
    #expect(try workplace.quipu("again", "backup", "restore", copy).status == 0)
    #expect(try workplace.digests("again") == workplace.digests("puno"))
    #expect(try workplace.quipu("again", "check").status == 0)
  }
}
