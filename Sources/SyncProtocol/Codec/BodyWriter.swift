internal import SyncModel

/// Packs groups of changes into a layout and its data.
enum BodyWriter {
  static func pack(
    _ groups: [ChangeGroup],
    changeCount: Int
  ) throws(ChangesetError) -> (layout: WireLayout, sections: SectionWriter) {
    try validate(groups, changeCount: changeCount)
    var identifiers = IdentifierDictionary()
    var packed = SectionWriter()
    var layout = WireLayout()
    layout.groups.reserveCapacity(groups.count)
    for group in groups {
      layout.groups.append(try pack(group, identifiers: &identifiers, into: &packed))
    }
    // Readers need the identifiers first; they are complete only now.
    layout.identifiers = UInt32(identifiers.count)
    var sections = SectionWriter()
    identifiers.append(to: &sections)
    sections.append(packed)
    return (layout, sections)
  }

  private static func pack(
    _ group: ChangeGroup,
    identifiers: inout IdentifierDictionary,
    into sections: inout SectionWriter
  ) throws(ChangesetError) -> WireChangeGroup {
    var wire = WireChangeGroup()
    wire.table = group.table
    wire.kind = WireChangeKind(rawValue: Int(group.kind.rawValue)) ?? .unspecified
    wire.count = UInt32(group.count)
    wire.keyColumns = group.keyColumns
    wire.columns = group.columns
    (wire.milliseconds, wire.logical) = TimestampPacking.pack(group.timestamps, into: &sections)
    for column in group.keys {
      wire.keys.append(try ColumnPacking.pack(column, identifiers: &identifiers, into: &sections))
    }
    for column in group.values {
      wire.values.append(try ColumnPacking.pack(column, identifiers: &identifiers, into: &sections))
    }
    return wire
  }

  /// Refuses what no reader would take, so that it is found where it can be mended.
  private static func validate(
    _ groups: [ChangeGroup],
    changeCount: Int
  ) throws(ChangesetError) {
    let changes = groups.reduce(0) { $0 + $1.count }
    guard changes == changeCount else {
      throw .malformed("\(changes) changes in groups where the header says \(changeCount)")
    }
    var cells = 0
    var textSize = 0
    for group in groups {
      guard group.keys.count == group.keyColumns.count, group.values.count == group.columns.count
      else {
        throw .malformed("a group of \(group.table) with more columns than names")
      }
      try GroupRules.check(group)
      cells += group.count * (group.keys.count + group.values.count)
      for column in group.keys + group.values {
        guard column.count == group.count else {
          throw .malformed("a column of \(column.count) values in a group of \(group.count)")
        }
        for (kind, word) in zip(column.kinds, column.words)
        where kind >= ValueColumn.Kind.text.rawValue {
          let length = Int(word & 0xffff_ffff)
          guard word >= 0, Int(word >> 32) + length <= column.bytes.count else {
            throw .malformed("a text outside its column's bytes")
          }
          textSize += length
        }
      }
    }
    guard cells <= CodecLimits.cellCount else {
      throw .tooLarge(size: cells, limit: CodecLimits.cellCount)
    }
    guard textSize <= CodecLimits.textSize else {
      throw .tooLarge(size: textSize, limit: CodecLimits.textSize)
    }
  }
}
