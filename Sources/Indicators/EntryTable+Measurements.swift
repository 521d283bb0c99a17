public import GRDB
public import Trainings

extension EntryTable {
  /// Measurements, in the periods that ``Period`` reads: `2020T2`, `2020`, `2020-06`, or a partner's
  /// own, `2020-02-15/2020-05-14`.
  public static let measurements = measurements { Period($0)?.description }

  /// Moves a measurement whose period cannot be read, or was another, to a period.
  ///
  /// A key never changes: the row is written again under the new period, and the old one deleted.
  public static func moveMeasurement(
    of indicator: String, from period: String, to other: String, office: String, in db: Database
  ) throws {
    let entry = try measurements.show([indicator, period], office: office, in: db)
    var values: [String: String] = [:]
    for field in measurements.fields where entry[field.column] != .none {
      values[field.column] = entry[field.column].description
    }
    try measurements.write([indicator, other], values, mode: .add, office: office, in: db)
    try measurements.delete([indicator, period], office: office, in: db)
  }
}
