/// The reference data that comes with the schema, as the CSV files of `Schema/Catalog` hold it:
/// UTF-8, comma-separated, one header line.
public enum CatalogFiles {
  /// File contents by table name, in an order that satisfies references.
  public static let all: [(table: String, bytes: [UInt8])] = [
    ("office", PackageResources.office_csv),
    ("institution", PackageResources.institution_csv),
    ("role", PackageResources.role_csv),
    ("partner", PackageResources.partner_csv),
    ("component", PackageResources.component_csv),
    ("activity", PackageResources.activity_csv),
    ("product", PackageResources.product_csv),
    ("result", PackageResources.result_csv),
    ("indicator", PackageResources.indicator_csv),
    ("indicator_role", PackageResources.indicator_role_csv),
  ]
}
