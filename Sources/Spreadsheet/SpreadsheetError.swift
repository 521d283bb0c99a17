/// Why a workbook could not be written or read.
public struct SpreadsheetError: Error, Hashable, Sendable {
  /// What was found, as data.
  public enum Reason: Hashable, Sendable {
    /// Something Excel would not open; the text says what, for engineers.
    case notWritable(String)

    /// A ZIP file, but not of a spreadsheet; or no ZIP file at all.
    case notWorkbook

    /// A file that breaks off or contradicts itself.
    case damaged

    /// A file under a password.
    case encrypted

    /// Excel's format until 2003 (`.xls`).
    case oldFormat

    /// Excel's binary format (`.xlsb`).
    case binaryFormat

    /// A file that unpacks to more than is read, or has more cells.
    case tooLarge

    /// XML that declares its own entities, which no spreadsheet program writes.
    case unsafe
  }

  /// What went wrong.
  public let reason: Reason

  /// An error for a reason.
  public init(_ reason: Reason) {
    self.reason = reason
  }
}
