/// Why an operation on the training records was refused.
public struct TrainingsError: Error, Hashable, Sendable {
  /// What was found, as data; ``TrainingsError/message(in:)`` words it.
  public enum Reason: Hashable, Sendable {
    // Files.
    case emptyFile
    case notText(FileFormat)
    case unknownKind(headers: [String])
    case missingHeader(String, SheetKind)
    case wrongKind(found: SheetKind, asked: SheetKind)
    case unknownSheet(String, known: [String])
    case ambiguousColumn(String, fields: [String])
    case unknownImport(Int)

    // Records.
    case unknownOffice(String)
    case unknownSession(String)
    case ambiguousSession(String)
    case unknownParticipant
    case ambiguousParticipant
    case unknownAttendance
    case unknownField(String, known: [String])
    case refusedValue(field: String, reason: ImportReason)
    case codeInUse(String)
    case documentInUse
    case attendanceExists
    case sessionHasAttendances(Int)
    case participantHasAttendances(Int)

    // What the centre enters.
    case centreOnly(String)
    case unknownRecord(String)
    case recordExists(String)
    case recordInUse(Int)
    case unknownDeliverable(String)
    case ambiguousDeliverable(String)
    case computedIndicator(String)
    case measurementWithoutValue
    case valueOfNoNumber
    case partsIncomplete
    case partsDisagree(String)
    case missingColumn(String, known: [String])

    // Exports and catalogs.
    case unknownTable(String, known: [String])
    case brokenCatalog(table: String, detail: String)
  }

  /// What a file turned out to be, instead of text.
  public enum FileFormat: String, Hashable, Sendable {
    case workbook, oldWorkbook, pdf, binary
    case binaryWorkbook, lockedWorkbook, damagedWorkbook, hugeWorkbook, unsafeWorkbook, archive
  }

  /// What went wrong.
  public let reason: Reason

  /// An error for a reason.
  public init(_ reason: Reason) {
    self.reason = reason
  }

  /// The error's name for programs; never changes.
  public var code: String {
    switch reason {
    case .emptyFile: "empty_file"
    case .notText: "not_csv"
    case .unknownKind: "unknown_kind"
    case .missingHeader: "missing_header"
    case .wrongKind: "wrong_kind"
    case .unknownSheet: "unknown_sheet"
    case .ambiguousColumn: "ambiguous_column"
    case .unknownImport: "unknown_import"
    case .unknownOffice: "unknown_office"
    case .unknownSession: "unknown_session"
    case .ambiguousSession: "ambiguous_session"
    case .unknownParticipant: "unknown_participant"
    case .ambiguousParticipant: "ambiguous_participant"
    case .unknownAttendance: "unknown_attendance"
    case .unknownField: "unknown_field"
    case .refusedValue(_, let reason): reason.code
    case .codeInUse: "code_in_use"
    case .documentInUse: "document_in_use"
    case .attendanceExists: "attendance_exists"
    case .sessionHasAttendances: "session_has_attendances"
    case .participantHasAttendances: "participant_has_attendances"
    case .centreOnly: "centre_only"
    case .unknownRecord: "unknown_record"
    case .recordExists: "record_exists"
    case .recordInUse: "record_in_use"
    case .unknownDeliverable: "unknown_deliverable"
    case .ambiguousDeliverable: "ambiguous_deliverable"
    case .computedIndicator: "computed_indicator"
    case .measurementWithoutValue: "measurement_without_value"
    case .valueOfNoNumber: "value_of_no_number"
    case .partsIncomplete: "parts_incomplete"
    case .partsDisagree: "parts_disagree"
    case .missingColumn: "missing_column"
    case .unknownTable: "unknown_table"
    case .brokenCatalog: "broken_catalog"
    }
  }
}
