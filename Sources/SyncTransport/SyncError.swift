public import SyncProtocol

/// Why a sync or an enrolment did not happen.
///
/// Nothing is lost by any of it: what was not acknowledged is sent the next time.
public enum SyncError: Error, Hashable, Sendable {
  /// The replica has no credential of a centre.
  case notEnrolled
  /// Nobody answers there.
  case unreachable(url: String, reason: String)
  /// The line broke again and again.
  case interrupted(attempts: Int)
  /// The centre refused.
  case refused(ProblemDocument)
  /// The address is none.
  case invalidURL(String)
  /// Plain http would show the credential to everybody on the way.
  case insecure(url: String)
  /// Another process is syncing this replica.
  case busy(path: String)
  /// No file can be made beside the replica.
  case unwritable(path: String, reason: String)
  /// A row is larger than a message may be, compressed, in bytes.
  case rowTooLarge(table: String, key: String, bytes: Int, limit: Int)
  /// The other side is no centre of ours, or one that says what does not fit.
  case protocolFailure(String)
}

extension SyncError: CustomStringConvertible {
  /// A stable word for the kind of error.
  public var code: String {
    switch self {
    case .notEnrolled: "not_enrolled"
    case .unreachable: "unreachable"
    case .interrupted: "interrupted"
    case .refused(let problem): problem.code
    case .invalidURL: "invalid_url"
    case .insecure: "insecure_url"
    case .busy: "busy"
    case .unwritable: "replica_inaccessible"
    case .rowTooLarge: "row_too_large"
    case .protocolFailure: "protocol_failure"
    }
  }

  /// The exit code of the command line.
  public var exitCode: Int32 {
    switch self {
    case .unreachable, .interrupted: 4
    case .refused(let problem) where problem.status >= 500: 4
    case .refused, .notEnrolled: 5
    case .busy: 6
    case .invalidURL, .insecure: 2
    case .protocolFailure, .unwritable, .rowTooLarge: 1
    }
  }

  /// What was found.
  public var description: String {
    switch self {
    case .notEnrolled: "this replica is not enrolled at a centre"
    case .unreachable(let url, let reason): "the centre at \(url) cannot be reached (\(reason))"
    case .interrupted(let attempts): "the line to the centre broke \(attempts) times in a row"
    case .refused(let problem): "the centre refused: \(problem.detail)"
    case .invalidURL(let url): "\"\(url)\" is not the address of a centre"
    case .insecure(let url):
      "\(url) is not encrypted, and everybody on the way could read the credential"
    case .busy(let path): "another process is syncing \"\(path)\""
    case .unwritable(let path, let reason):
      "nothing can be written beside \"\(path)\" (\(reason))"
    case .rowTooLarge(let table, let key, let bytes, let limit):
      "row \(key) of \(table) has \(bytes) bytes, more than the \(limit) that can be sent"
    case .protocolFailure(let what): "the centre answered something that does not fit (\(what))"
    }
  }

  /// What to do.
  public var hint: String {
    switch self {
    case .notEnrolled: "ask the centre for a code and run: quipu enroll --central URL --code CODE"
    case .unreachable, .interrupted: "nothing is lost; sync again when the line is better"
    case .refused(let problem): problem.hint
    case .invalidURL: "give an address like https://quipu.example.org"
    case .insecure:
      "use an https address, or allow plain http explicitly if the network is your own"
    case .busy: "wait until it is done"
    case .unwritable:
      "check that the folder exists, may be written and is not full; nothing is lost"
    case .rowTooLarge:
      "nothing is lost; tell whoever keeps the centre: what was sealed with that row waits until it can be sent"
    case .protocolFailure:
      "nothing is lost; check the address, upgrade both programs, and sync again"
    }
  }
}
