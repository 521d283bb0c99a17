import Foundation
import Testing

/// Five offices import their files and sync in an order that a seed decides, and come to one record.
///
/// What must come out stands in Examples/scenario/expected, made from the invented truth, not from
/// the files.
@Suite("Five offices", .serialized)
struct ScenarioTests {
  @Test("come to the expected record, whatever the order of syncs", arguments: [1, 20] as [UInt64])
  func convergence(seed: UInt64) throws {
    let workplace = try Workplace()
    try workplace.startServer()
    var rejected: [String] = []
    for office in Workplace.offices {
      try workplace.makeOffice(office)
      try workplace.enroll(office)
      let outcome = try workplace.importFiles(office)
      #expect(outcome.status == 3)
      rejected += try outcome.document(ImportDocument.self).errors.map {
        "\($0.file.replacing("/", with: ",")),\($0.line),\($0.column)"
      }
    }
    #expect(rejected.sorted() == (try expected("rejected.csv")).sorted())

    var order = RandomOrder(seed: seed)
    for office in order.shuffled(Workplace.offices) + order.shuffled(Workplace.offices) {
      try workplace.sync(office)
    }
    // A last round, so that everybody has what the last ones sent.
    for office in Workplace.offices {
      let report = try workplace.sync(office).document(SyncDocument.self)
      #expect(report.pushed == 0)
      #expect(report.verified == true)
    }

    let central = try workplace.digests("central")
    for office in Workplace.offices {
      #expect(try workplace.digests(office) == central, "\(office)")
    }
    for line in try expected("counts.csv") {
      let parts = line.split(separator: ",")
      #expect(central[String(parts[0])]?.rows == Int(parts[1]), "\(line)")
    }
    try checkIndicators(workplace)
    try checkConflicts(workplace)

    // Importing the files again changes nothing anywhere.
    for office in Workplace.offices {
      let again = try workplace.importFiles(office).document(ImportDocument.self)
      #expect(again.inserted + again.updated == 0)
      #expect(
        try workplace.quipu(office, "status", "--json").document(StatusDocument.self).unsent == 0)
    }
  }

  private func checkIndicators(_ workplace: Workplace) throws {
    for cutOff in ["2019-12-31", "2020-06-30", "2020-12-31"] {
      let report = try workplace.quipu(
        "loreto", "report", "indicators", "--cut-off", cutOff, "--format", "csv", "--lang", "es")
      let lines = report.output.split(separator: "\n").dropFirst().map(String.init)
      #expect(lines.count == 86)
      #expect(lines == (try expected("indicators_\(cutOff).csv")), "\(cutOff)")
    }
  }

  /// The same conflicts everywhere: the misspelt surnames, and nothing else.
  private func checkConflicts(_ workplace: Workplace) throws {
    let people = try workplace.quipu("lima", "participant", "list", "--documents", "--json")
      .document([Participant].self)
    let documents = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.documentNumber) })
    let wanted = try expected("name_conflicts.csv").map { line in
      let parts = line.split(separator: ",").map(String.init)
      return "\(parts[0]),\(parts[1]),\(spellings(parts[2].split(separator: "|").map(String.init)))"
    }.sorted()
    for name in ["central"] + Workplace.offices {
      let found = try workplace.quipu(name, "conflicts", "list", "--json")
        .document([ConflictDocument].self).filter { $0.state == "open" }
      let shown = found.compactMap { conflict -> String? in
        guard case .simple(let id) = conflict.key, case .text(let one) = conflict.current.value,
          case .text(let other) = conflict.other.value, let document = documents[id] ?? nil
        else { return nil }
        return "\(document),\(conflict.column ?? ""),\(spellings([one, other]))"
      }
      #expect(found.count == wanted.count, "\(name)")
      #expect(shown.sorted() == wanted, "\(name)")
    }
  }

  /// Capitals and tildes alone are no conflict: of such spellings only the better written one is listed.
  private func spellings(_ names: [String]) -> String {
    Set(names.map { $0.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil) })
      .sorted().joined(separator: "|")
  }

  private struct Participant: Decodable {
    var id: String
    var documentNumber: String?

    enum CodingKeys: String, CodingKey {
      case id
      case documentNumber = "document_number"
    }
  }

  private func expected(_ name: String) throws -> [String] {
    let file = Programs.scenario.appending(path: "expected/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map(String.init)
  }
}

/// An order that a seed decides (a linear congruential generator is enough for that).
struct RandomOrder: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 31)
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    elements.shuffled(using: &self)
  }
}
