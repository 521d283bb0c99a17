/// Why a workbook could not be written or read.
public struct SpreadsheetError: Error, Hashable, Sendable {
  /// What was found, as data.
  public enum Reason: Hashable, Sendable {
    // Writing.
    /// Something Excel would not open; the text says what, for engineers.
    case notWritable(String)
  }

  /// What went wrong.
  public let reason: Reason

  /// An error for a reason.
  public init(_ reason: Reason) {
    self.reason = reason
  }
}
