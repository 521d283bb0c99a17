import SyncModel

/// A value as its exact bytes, whatever the layout of its column.
enum ExactValue: Hashable {
  case word(UInt8, Int64)
  case bytes(UInt8, [UInt8])
}

extension ValueColumn {
  var exactValues: [ExactValue] {
    (0..<count).map { index in
      kinds[index] >= Kind.text.rawValue
        ? .bytes(kinds[index], Array(bytes[span(at: index)]))
        : .word(kinds[index], words[index])
    }
  }
}

/// A group whose columns are compared value by value.
struct ExactGroup: Hashable {
  var frame: ChangeGroup
  var timestamps: [Int64]
  var columns: [[ExactValue]]

  init(_ group: ChangeGroup) {
    frame = ChangeGroup(
      table: group.table, kind: group.kind, keyColumns: group.keyColumns, columns: group.columns)
    timestamps = group.timestamps
    columns = (group.keys + group.values).map(\.exactValues)
  }
}
