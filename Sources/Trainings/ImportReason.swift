/// Why a row was not taken, or what was noticed while taking it.
public enum ImportReason: Hashable, Sendable {
  // A row with one of these is not taken.
  case unknownSession(String)
  case ambiguousSession(String)
  case unknownIndicator(String)
  case unknownInstitution(String)
  case unknownRole(String)
  case invalidDate(String)
  case endsBeforeStart
  case scoreOutOfRange(scale: Double)
  case invalidScore
  case invalidDocument
  case missingRequired(String)
  case invalidNumber
  case tooLong(limit: Int)

  // A row with one of these is taken.
  case unknownPartner(String)
  case invalidValue
  case noScore
  case dniPadded
  case documentPlaceholder
  case unknownDocumentType
  case nameKept
  case disputed
  case duplicateRow
  case deletedSince
  case codeKept
  case unknownColumn
  case repeatedColumn
  case extraCells
  case matchedColumn(String)
  case hiddenRows(from: Int)

  /// The reason's name for programs; never changes.
  public var code: String {
    switch self {
    case .unknownSession: "unknown_session"
    case .ambiguousSession: "ambiguous_session"
    case .unknownIndicator: "unknown_indicator"
    case .unknownInstitution: "unknown_institution"
    case .unknownRole: "unknown_role"
    case .invalidDate: "invalid_date"
    case .endsBeforeStart: "ends_before_start"
    case .scoreOutOfRange: "score_out_of_range"
    case .invalidScore: "invalid_score"
    case .invalidDocument: "invalid_document"
    case .missingRequired: "missing_required"
    case .invalidNumber: "invalid_number"
    case .tooLong: "too_long"
    case .unknownPartner: "unknown_partner"
    case .invalidValue: "invalid_value"
    case .noScore: "no_score"
    case .dniPadded: "dni_padded"
    case .documentPlaceholder: "document_placeholder"
    case .unknownDocumentType: "unknown_document_type"
    case .nameKept: "name_kept"
    case .disputed: "disputed"
    case .duplicateRow: "duplicate_row"
    case .deletedSince: "deleted_since"
    case .codeKept: "code_kept"
    case .unknownColumn: "unknown_column"
    case .repeatedColumn: "repeated_column"
    case .extraCells: "extra_cells"
    case .matchedColumn: "matched_column"
    case .hiddenRows: "hidden_rows"
    }
  }
}
