import GRDB
import Replica
import TestSupport
import Testing

/// A centre and an office that know each other, and their files.
struct Pair {
  let replicas: TestReplicas
  let centre: Replica
  let cusco: Replica

  init() throws {
    replicas = try TestReplicas()
    centre = try replicas.make("central")
    cusco = try replicas.make("cusco")
    try centre.learn([cusco.identity()])
    try cusco.learn([centre.identity()])
  }

  /// Exchanges everything both ways; both must then be sound and hold the same.
  func expectAlike() throws {
    try cusco.send(to: centre)
    try centre.send(to: cusco)
    #expect(try cusco.digests().tables == centre.digests().tables)
    for replica in [cusco, centre] {
      let report = try replica.check()
      #expect(report.isHealthy && report.audit.isEmpty, "\(report)")
    }
  }
}
