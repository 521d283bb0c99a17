#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Milliseconds since 1970 as ISO 8601 in UTC with milliseconds: how instants are written
/// everywhere.
public func instant(_ milliseconds: Int64) -> String {
  Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    .formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(
        separator: .omitted))
}

/// 1970-01-01T00:00Z as a julian day.
private let unixEpochJulianDay = 2_440_587.5

/// A time in milliseconds since 1970 as SQLite's `julianday` writes it.
func julianDay(_ milliseconds: Int64) -> Double {
  Double(milliseconds) / 86_400_000 + unixEpochJulianDay
}

/// A julian day, as SQLite's julianday() gives it, in milliseconds since 1970.
func milliseconds(julianDay: Double) -> Int64 {
  Int64(((julianDay - unixEpochJulianDay) * 86_400_000).rounded())
}
