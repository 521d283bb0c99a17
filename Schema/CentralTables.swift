/// The tables that only a central node has.
public enum CentralTables {
  /// Their names.
  public static let names = ["central_enrolment_code", "central_node_access"]

  /// The statements that make them; run again they change nothing.
  public static var sql: String {
    String(decoding: PackageResources.c0001_central_sql, as: UTF8.self)
  }
}
