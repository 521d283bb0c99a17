internal import SyncModel

/// What holds for every group of changes, whoever made it.
enum GroupRules {
  static func check(_ group: ChangeGroup) throws(ChangesetError) {
    guard group.count >= 1 else { throw .malformed("a group without changes") }
    guard !group.keyColumns.isEmpty else { throw .malformed("a group without a key") }
    guard group.kind != .delete || group.columns.isEmpty else {
      throw .malformed("a deletion that writes columns")
    }
    guard group.keyColumns.count + group.columns.count <= CodecLimits.columnCount else {
      throw .malformed("a group of more than \(CodecLimits.columnCount) columns")
    }
    let names = group.keyColumns + group.columns
    guard Set(names).count == names.count else { throw .malformed("a column that is named twice") }
    for name in names + [group.table] {
      guard !name.isEmpty, name.utf8.count <= CodecLimits.nameLength else {
        throw .malformed("a name of \(name.utf8.count) bytes")
      }
    }
  }
}
