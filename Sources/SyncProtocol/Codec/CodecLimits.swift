/// What a changeset may be at most, for whoever writes and whoever reads one.
///
/// A reader allocates nothing that is not covered by one of these, whatever the bytes claim.
public enum CodecLimits {
  /// The size of a header in bytes: room for the knowledge of 10,000 nodes.
  public static let headerSize = 1 << 20
  /// The size of a body before compression, in bytes: 64 MiB, a hundred times what an office writes
  /// in a month.
  public static let bodySize = 64 << 20
  /// The size of a body's layout in bytes: some 4,000 groups of 20 columns.
  static let layoutSize = 2 << 20
  /// How many changes a changeset may have.
  public static let changeCount = 1_000_000
  /// How many values, NULLs included: 25 columns for as many changes as there may be.
  public static let cellCount = 25_000_000
  /// The bytes of all texts and blobs, each counted as often as it stands in a row.
  public static let textSize = 256 << 20
  /// SQLite's own default limit on the columns of a table.
  static let columnCount = 2000
  /// The length of a table's or column's name in bytes.
  static let nameLength = 255
  /// Nodes in a knowledge.
  static let knowledgeNodes = 10_000
  /// Exceptions in a knowledge.
  static let knowledgeExceptions = 100_000
}
