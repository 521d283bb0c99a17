import ArgumentParser
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Trainings

/// `quipu bundle import`: takes in bundles, parts of them, and receipts.
struct BundleCommandImport: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: Language.ofProcess.pick(
        "Recibe paquetes, partes de paquetes y recibos.",
        "Takes in bundles, parts of bundles, and receipts."))
  }

  @Argument(
    help: help(
      "Los archivos, en cualquier orden.", "The files, in any order.", valueName: "file"))
  var files: [String]

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = BundleTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let parties = BundleParties(invocation, replica)
    let reader = BundleImport(
      replica, keys: BundleParties.keys(invocation), now: { Invocation.now() })
    var results: [(file: String, result: Result<BundleImport.Report, Failure>)] = []
    for file in files {
      do {
        let report = try reader.read(file, isRevoked: parties.isRevoked) { done, total in
          invocation.console.progress(texts.progress(done, total))
        }
        if report.newIdentity != nil { try beginEpoch(replica) }
        results.append((file, .success(report)))
      } catch {
        let failure = Failure(error, language: invocation.language)
        // What is wrong with the replica is wrong with every file.
        guard error is BundleError else { throw failure }
        results.append((file, .failure(failure)))
      }
    }
    try show(results, texts, invocation)
    let failures = results.compactMap { entry -> Failure? in
      if case .failure(let failure) = entry.result { failure } else { nil }
    }
    if let first = failures.first { throw first }
    let needsPerson = results.contains { entry in
      guard case .success(let report) = entry.result else { return false }
      return report.merge.conflictsOpened + report.merge.quarantined + report.merge.held
        + report.unknownAuthors > 0
    }
    return needsPerson ? .needsPerson : .done
  }

  /// A centre that was restored: offices read its log from the start and send what it lacks.
  private func beginEpoch(_ replica: Replica) throws {
    guard try replica.identity().office == "central" else { return }
    try replica.set("own_epoch", hexadecimal(BundleExport.systemRandomBytes(8)))
  }

  private func show(
    _ results: [(file: String, result: Result<BundleImport.Report, Failure>)],
    _ texts: BundleTexts, _ invocation: Invocation
  ) throws {
    var total = MergeReport()
    var acknowledged = 0
    for case .success(let report) in results.map(\.result) {
      total += report.merge
      acknowledged += report.acknowledged
    }
    if !invocation.isJSON {
      let done = results.filter { if case .success = $0.result { true } else { false } }
      for case (let file, .success(let report)) in done {
        try invocation.console.print(texts.imported(file, report))
      }
      // The first failure is said at the end, as every command says its own.
      for case (let file, .failure(let failure)) in results where results.count > 1 {
        invocation.console.note("\(file): \(failure.message)")
      }
      return
    }
    guard results.contains(where: { if case .success = $0.result { true } else { false } }) else {
      return
    }
    try invocation.console.print(
      JSONValue.object([
        ("files", .array(results.map { Self.document($0.file, $0.result) })),
        ("pulled", .integer(total.changes)), ("conflicts", .integer(total.conflictsOpened)),
        ("quarantined", .integer(total.quarantined)), ("acknowledged", .integer(acknowledged)),
      ]).document)
  }

  private static func document(
    _ file: String, _ result: Result<BundleImport.Report, Failure>
  ) -> JSONValue {
    switch result {
    case .failure(let failure):
      return .object([
        ("file", .string(file)),
        (
          "error",
          .object([
            ("code", .string(failure.code)), ("message", .string(failure.message)),
            ("hint", .string(failure.hint)),
          ])
        ),
      ])
    case .success(let report):
      return .object([
        ("file", .string(file)), ("from", BundleParties.document(report.header.from)),
        ("at", .string(instant(report.header.at * 1000))),
        ("part", .integer(report.header.part)), ("parts", .integer(report.header.parts)),
        ("changesets", .integer(report.header.changesets)),
        ("changes", .integer(report.header.changes)),
        ("new", .integer(report.merge.changes)), ("known", .integer(report.merge.known)),
        ("held", .integer(report.merge.held)),
        ("conflicts", .integer(report.merge.conflictsOpened)),
        ("quarantined", .integer(report.merge.quarantined)),
        ("unknownAuthors", .integer(report.unknownAuthors)),
        ("acknowledged", .integer(report.acknowledged)),
        ("newIdentity", .optional(report.newIdentity?.description)),
      ])
    }
  }
}
