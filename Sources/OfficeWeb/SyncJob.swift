internal import Foundation
internal import Replica
internal import SyncProtocol
internal import SyncTransport
internal import Synchronization

/// The one sync that may be under way, and how the last one ended.
final class SyncJob: Sendable {
  /// Where it stands.
  enum State: Sendable {
    case idle
    case running(since: Int64, SyncClient.Progress?)
    case done(at: Int64, SyncReport)
    case failed(at: Int64, any Error)
  }

  private let state = Mutex(State.idle)
  private let replica: Replica
  private let client: @Sendable () throws -> SyncClient
  private let now: @Sendable () -> Int64

  init(
    replica: Replica, client: @escaping @Sendable () throws -> SyncClient,
    now: @escaping @Sendable () -> Int64
  ) {
    self.replica = replica
    self.client = client
    self.now = now
  }

  var current: State { state.withLock { $0 } }

  /// Begins, unless one is under way.
  func start() {
    let begins = state.withLock { state in
      if case .running = state { return false }
      state = .running(since: now(), nil)
      return true
    }
    guard begins else { return }
    Task {
      do {
        let report = try await client().sync(replica) { progress in
          self.state.withLock { state in
            if case .running(let since, _) = state { state = .running(since: since, progress) }
          }
        }
        state.withLock { $0 = .done(at: now(), report) }
      } catch {
        state.withLock { $0 = .failed(at: now(), error) }
      }
    }
  }
}
