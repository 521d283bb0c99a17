internal import Synchronization

/// Counts of what a central node did, as Prometheus reads them.
final class CentralMetrics: Sendable {
  private struct Key: Hashable {
    var route: String
    var status: Int
  }

  private struct Counts {
    var requests: [Key: Int] = [:]
    var seconds: [String: Double] = [:]
    var changesReceived = 0
    var conflictsOpened = 0
    var quarantined = 0
  }

  private let counts = Mutex(Counts())

  func note(route: String, status: Int, seconds: Double) {
    counts.withLock {
      $0.requests[Key(route: route, status: status), default: 0] += 1
      $0.seconds[route, default: 0] += seconds
    }
  }

  func note(changes: Int, conflicts: Int, quarantined: Int) {
    counts.withLock {
      $0.changesReceived += changes
      $0.conflictsOpened += conflicts
      $0.quarantined += quarantined
    }
  }

  /// The text format of Prometheus, with gauges that the caller read.
  func text(gauges: [Gauge]) -> String {
    let counts = counts.withLock { $0 }
    var lines = [
      "# HELP quipu_requests_total Requests answered.", "# TYPE quipu_requests_total counter",
    ]
    let keys = counts.requests.keys.sorted { ($0.route, $0.status) < ($1.route, $1.status) }
    for key in keys {
      lines.append(
        "quipu_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} "
          + "\(counts.requests[key, default: 0])")
    }
    lines += [
      "# HELP quipu_request_seconds_total Time spent on requests.",
      "# TYPE quipu_request_seconds_total counter",
    ]
    for route in counts.seconds.keys.sorted() {
      lines.append(
        "quipu_request_seconds_total{route=\"\(route)\"} \(counts.seconds[route, default: 0])")
    }
    let totals = [
      ("quipu_changes_received_total", "Changes (rows) taken in.", counts.changesReceived),
      ("quipu_conflicts_opened_total", "Conflicts opened.", counts.conflictsOpened),
      ("quipu_changes_quarantined_total", "Changes put in quarantine.", counts.quarantined),
    ]
    for (name, help, value) in totals {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) counter", "\(name) \(value)"]
    }
    for gauge in gauges {
      lines += ["# HELP \(gauge.name) \(gauge.help)", "# TYPE \(gauge.name) gauge"]
      lines += gauge.samples.map { "\(gauge.name)\($0.labels) \($0.value)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
