/// The tables that only a central node has.
public enum CentralTables {
  /// Their names.
  public static let names = [
    "central_activity", "central_enrolment_code", "central_node_access", "central_node_position",
    "central_node_state",
  ]

  /// The files of statements that make them, in order.
  public static let files: [(name: String, sql: String)] = [
    ("c0001_central.sql", text(PackageResources.c0001_central_sql)),
    ("c0002_positions.sql", text(PackageResources.c0002_positions_sql)),
    ("c0004_central_web.sql", text(PackageResources.c0004_central_web_sql)),
  ]

  /// The statements that make them; run again they change nothing.
  public static var sql: String {
    files.map(\.sql).joined(separator: "\n")
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
