internal import Replica
internal import SyncModel

/// A figure that goes up and down, as Prometheus reads it, with one sample or one for each node.
struct Gauge {
  var name: String
  var help: String
  /// Labels as they are written, `{office="cusco",node="1f0c52aa"}` or nothing, and the value.
  var samples: [(labels: String, value: Int64)]

  init(_ name: String, _ help: String, _ value: Int64?) {
    self.init(name, help, value.map { [("", $0)] } ?? [])
  }

  init(_ name: String, _ help: String, _ samples: [(labels: String, value: Int64)]) {
    self.name = name
    self.help = help
    self.samples = samples
  }
}

extension CentralNode {
  /// What `/metrics` shows beside counts.
  ///
  /// Whoever reaches the port may read it: a node goes by its office and the beginning of its
  /// identity, since people write names into labels.
  func gauges() throws -> [Gauge] {
    let counts = try replica.counts()
    let backup = try replica.setting(Replica.lastBackup).flatMap { Int64($0) }
    return [
      Gauge("quipu_log_end", "The last number of the log.", try log.end()),
      Gauge("quipu_nodes", "Nodes heard of.", Int64(try replica.nodes().count)),
      Gauge("quipu_conflicts_open", "Open conflicts.", Int64(counts.conflicts)),
      Gauge(
        "quipu_changes_in_quarantine", "Changes that wait in quarantine.", Int64(counts.quarantined)
      ),
      Gauge("quipu_changesets_held", "Changesets that wait for others.", Int64(counts.held)),
      Gauge(
        "quipu_storage_writable", "Whether the disk takes more.", storage.trouble() == nil ? 1 : 0),
      Gauge(
        "quipu_backup_age_seconds", "Seconds since the last verified backup of this replica.",
        backup.map(age)),
    ] + (try nodeGauges())
  }

  /// Of the nodes that are waited for: neither revoked nor lapsed.
  private func nodeGauges() throws -> [Gauge] {
    let positions = try register.positions()
    let states = try register.states().filter { access, _ in
      access.revokedAt == nil && positions[access.node]?.lapsedAt == nil
    }
    let nodes = states.map { access, state in
      let name = access.node.description.prefix(8)
      return (
        labels: "{office=\"\(Self.escaped(access.office))\",node=\"\(name)\"}",
        report: state.report
      )
    }.sorted { $0.labels < $1.labels }
    func samples(
      _ value: (NodeState.Report) -> Int64?
    ) -> [(labels: String, value: Int64)] {
      nodes.compactMap { node in
        node.report.flatMap(value).map { (labels: node.labels, value: $0) }
      }
    }
    return [
      Gauge(
        "quipu_node_sync_age_seconds", "Seconds since a node's last whole sync.",
        samples { age($0.at) }),
      Gauge(
        "quipu_node_verified_age_seconds",
        "Seconds since a node was last proved to hold what the centre holds.",
        samples { $0.proofAt.map(age) }),
      Gauge(
        "quipu_node_verified",
        "Whether a node's last sync ended with equal digests; missing where they could not be compared.",
        samples { $0.verified.map { $0 ? 1 : 0 } }),
      Gauge(
        "quipu_node_unsent", "Changes that a node had not sent at the end of its last sync.",
        samples { Int64($0.unsent) }),
    ]
  }

  private func age(_ milliseconds: Int64) -> Int64 { max(0, (now() - milliseconds) / 1000) }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\", "\"": result += "\\\(character)"
      case _ where character.isNewline: result += "\\n"
      default: result.append(character)
      }
    }
  }
}
