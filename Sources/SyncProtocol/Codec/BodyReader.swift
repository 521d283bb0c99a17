internal import SyncModel

/// Makes groups of changes from a layout and its data, believing neither.
enum BodyReader {
  static func groups(
    of layout: WireLayout,
    data: UnsafeRawBufferPointer,
    changeCount: Int
  ) throws(ChangesetError) -> [ChangeGroup] {
    var groups = try layout.groups.map { wire throws(ChangesetError) in try frame(of: wire) }
    try checkSizes(layout, changeCount: changeCount)
    var sections = SectionReader(data)
    guard Int(layout.identifiers) <= sections.remaining / 16 else {
      throw .malformed("\(layout.identifiers) identifiers in \(sections.remaining) bytes")
    }
    var identifiers = IdentifierTexts(raw: try sections.take(16 * Int(layout.identifiers)))
    for (index, wire) in layout.groups.enumerated() {
      let count = Int(wire.count)
      groups[index].timestamps = try TimestampPacking.unpack(
        milliseconds: wire.milliseconds, logical: wire.logical, count: count, from: &sections)
      for (column, wire) in wire.keys.enumerated() {
        groups[index].keys[column] = try ColumnPacking.unpack(
          wire, count: count, identifiers: &identifiers, from: &sections)
      }
      for (column, wire) in wire.values.enumerated() {
        groups[index].values[column] = try ColumnPacking.unpack(
          wire, count: count, identifiers: &identifiers, from: &sections)
      }
    }
    guard sections.remaining == 0 else {
      throw .malformed("\(sections.remaining) bytes of data that nothing describes")
    }
    for group in groups { try GroupRules.check(group) }
    return groups
  }

  private static func frame(of wire: WireChangeGroup) throws(ChangesetError) -> ChangeGroup {
    guard let kind = UInt8(exactly: wire.kind.rawValue).flatMap(ChangeKind.init(rawValue:)) else {
      throw .malformed("a change of kind \(wire.kind.rawValue)")
    }
    guard wire.keys.count == wire.keyColumns.count, wire.values.count == wire.columns.count else {
      throw .malformed("a group with more columns than names")
    }
    return ChangeGroup(
      table: wire.table, kind: kind, keyColumns: wire.keyColumns, columns: wire.columns)
  }

  private static func checkSizes(_ layout: WireLayout, changeCount: Int) throws(ChangesetError) {
    var changes = 0
    var cells = 0
    for group in layout.groups {
      changes += Int(group.count)
      guard changes <= changeCount else { break }
      cells += Int(group.count) * (group.keys.count + group.values.count + 1)
      guard cells <= CodecLimits.cellCount + changeCount else {
        throw .tooLarge(size: cells, limit: CodecLimits.cellCount)
      }
    }
    guard changes == changeCount else {
      throw .malformed("\(changes) changes or more where the header says \(changeCount)")
    }
  }
}
