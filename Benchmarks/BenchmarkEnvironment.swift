import Foundation
import Replica
import SyncModel
import SyncProtocol
import TestSupport

extension ReplicaEnvironment {
  /// A measured replica's: real time, identities drawn from a seed, keys in memory.
  static func measured(seed: UInt64, durability: Durability = .normal) -> ReplicaEnvironment {
    let identities = TestIdentities(seed: seed)
    return ReplicaEnvironment(
      now: { Int64(Date().timeIntervalSince1970 * 1000) },
      newNodeID: {
        let (high, low) = identities.next()
        return NodeID(high: high, low: low)
      }, codec: ProtobufChangesetCodec(), keys: MemorySigningKeys(seed: 1), durability: durability)
  }
}
