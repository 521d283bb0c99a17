public import Logging
public import Replica
public import ServiceLifecycle
public import SyncProtocol

/// Syncs again and again until it is told to stop; then it ends between two pieces, and nothing is
/// lost.
public struct SyncService: Service {
  private let client: SyncClient
  private let replica: Replica
  private let url: String?
  private let interval: Duration
  private let logger: Logger
  private let report: @Sendable (Result<SyncReport, any Error>) -> Void

  /// A service that syncs `replica` every `interval`, and tells what came of it.
  public init(
    client: SyncClient,
    replica: Replica,
    url: String? = nil,
    interval: Duration = .seconds(30),
    logger: Logger = Logger(label: "quipu.sync", factory: { _ in SwiftLogNoOpLogHandler() }),
    report: @escaping @Sendable (Result<SyncReport, any Error>) -> Void
  ) {
    self.client = client
    self.replica = replica
    self.url = url
    self.interval = interval
    self.logger = logger
    self.report = report
  }

  /// Runs until graceful shutdown or cancellation.
  public func run() async throws {
    await cancelWhenGracefulShutdown {
      var failures = 0
      while !Task.isCancelled {
        do {
          let done = try await client.sync(replica, url: url)
          failures = 0
          report(.success(done))
        } catch is CancellationError {
          return
        } catch {
          failures += 1
          logger.debug("A sync failed", metadata: ["failures": "\(failures)"])
          report(.failure(error))
        }
        // After failures less often, up to sixteen times the interval.
        let pause = interval * (1 << min(max(0, failures - 1), 4))
        try? await Task.sleep(for: pause)
      }
    }
  }
}
