import ArgumentParser
import Logging
import Replica
import ServiceLifecycle
import SyncProtocol
import SyncTransport
import Trainings
import UnixSignals

/// `quipu sync`: brings replica and centre to the same point.
struct Sync: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sync",
      abstract: Language.ofProcess.pick(
        "Sincroniza con la central; si se corta, sigue donde quedó.",
        "Syncs with the centre; after a break it goes on from there."))
  }

  @Option(
    help: help(
      "La dirección de la central; si no, la de la inscripción.",
      "The centre's address; else that of the enrolment.", valueName: "url"))
  var central: String?

  @Flag(
    help: help("Sincroniza una y otra vez hasta que se la detenga.", "Syncs until it is stopped."))
  var watch = false

  @Option(
    help: help(
      "Segundos entre una vez y la siguiente, con --watch.", "Seconds between syncs, with --watch.",
      valueName: "seconds"))
  var interval = 30

  @OptionGroup var link: CentralLink

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard interval > 0 else {
      throw ValidationError(
        (options.lang ?? .ofProcess).pick(
          "--interval debe ser al menos 1", "--interval must be at least 1"))
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let client = try link.client(invocation, replica)
    return watch
      ? try await keepSyncing(replica, client, invocation)
      : try await syncOnce(replica, client, invocation)
  }

  private func syncOnce(
    _ replica: Replica, _ client: SyncClient, _ invocation: Invocation
  ) async throws -> ExitStatus {
    let texts = Texts(language: invocation.language)
    let report = try await client.sync(replica, url: central) { progress in
      invocation.console.progress(texts.progress(progress))
    }
    try invocation.print(Self.document(report), text: texts.report(report))
    return report.conflicts > 0 || report.quarantined > 0 ? .needsPerson : .done
  }

  /// Until a signal; what fails is said, and tried again.
  private func keepSyncing(
    _ replica: Replica, _ client: SyncClient, _ invocation: Invocation
  ) async throws -> ExitStatus {
    guard try CredentialFile(besideReplica: replica.path).load().enrolment != nil else {
      throw SyncError.notEnrolled
    }
    let texts = Texts(language: invocation.language)
    let service = SyncService(
      client: client, replica: replica, url: central, interval: .seconds(interval)
    ) { result in
      switch result {
      case .success(let report):
        try? invocation.console.print(
          invocation.isJSON ? Self.document(report).compact : texts.report(report))
      case .failure(let error):
        let failure = Failure(error, language: invocation.language)
        invocation.console.note(invocation.isJSON ? failure.json : failure.message)
      }
    }
    let group = ServiceGroup(
      services: [service], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: Logger(label: "quipu.sync", factory: { _ in SwiftLogNoOpLogHandler() }))
    try await group.run()
    return .done
  }

  static func document(_ report: SyncReport) -> JSONValue {
    .object([
      ("pushed", .integer(report.pushed)), ("pulled", .integer(report.pulled)),
      ("conflicts", .integer(report.conflicts)), ("quarantined", .integer(report.quarantined)),
      ("repaired", .integer(report.repaired)),
      ("events", .array(report.events.map { .string($0.rawValue) })),
      ("bytesSent", .integer(report.bytesSent)), ("bytesReceived", .integer(report.bytesReceived)),
      ("verified", report.verified.map { .bool($0) } ?? .null),
    ])
  }
}

extension Sync {
  struct Texts {
    let language: Language

    func progress(_ progress: SyncClient.Progress) -> String {
      let counts = language.pick(
        "enviados \(progress.report.pushed), recibidos \(progress.report.pulled)",
        "sent \(progress.report.pushed), received \(progress.report.pulled)")
      return progress.failures == 0
        ? counts
        : counts
          + language.pick(
            "; la línea se cortó (\(progress.failures)), sigo",
            "; the line broke (\(progress.failures)), going on")
    }

    func report(_ report: SyncReport) -> String {
      var lines = [
        language.pick(
          "Enviados \(report.pushed) cambios, recibidos \(report.pulled) "
            + "(\(size(report.bytesSent)) y \(size(report.bytesReceived))).",
          "Sent \(report.pushed) changes, received \(report.pulled) "
            + "(\(size(report.bytesSent)) and \(size(report.bytesReceived))).")
      ]
      lines += report.events.map { $0.words(language) }
      if report.repaired > 0 {
        lines.append(
          language.pick(
            "Reparadas \(report.repaired) filas que no correspondían a sus cambios.",
            "Put right \(report.repaired) rows that were not what their changes make of them."))
      }
      switch report.verified {
      case true?:
        lines.append(
          language.pick(
            "Comprobado: esta réplica y la central son idénticas.",
            "Verified: this replica and the centre are identical."))
      case false?:
        lines.append(
          language.pick(
            "Esta réplica y la central difieren; sincronice otra vez y, si sigue así, avise a la central.",
            "This replica and the centre differ; sync again and, if it stays so, tell the centre."))
      case nil: break
      }
      if report.conflicts > 0 {
        lines.append(
          language.pick(
            "Conflictos nuevos: \(report.conflicts). Véalos con «quipu conflicts list».",
            "New conflicts: \(report.conflicts). See “quipu conflicts list”."))
      }
      if report.quarantined > 0 {
        lines.append(
          language.pick(
            "En cuarentena: \(report.quarantined) cambios que no se pudieron aplicar todavía.",
            "In quarantine: \(report.quarantined) changes that could not be applied yet."))
      }
      return lines.joined(separator: "\n")
    }

    private func size(_ bytes: Int) -> String {
      bytes < 10_000
        ? "\(bytes) B" : bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
    }
  }
}
