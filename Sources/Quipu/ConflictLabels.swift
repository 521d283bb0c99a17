import GRDB
import Replica

/// What a person knows the row of a conflict by.
struct ConflictLabels {
  private let labels: RowLabels

  init(_ db: Database, _ conflicts: [ReplicaConflict]) throws {
    labels = try RowLabels(db, conflicts.map { ($0.table, Self.key($0)) })
  }

  /// Nil where the row is gone, or is known by its key alone.
  func label(_ conflict: ReplicaConflict) -> String? {
    labels.label(conflict.table, Self.key(conflict))
  }

  private static func key(_ conflict: ReplicaConflict) -> [String] {
    conflict.key.map { ConflictOutput.text($0) }
  }
}
