/// Why a call was refused: `application/problem+json` (RFC 9457) with a stable code and a hint.
public struct ProblemDocument: Codable, Hashable, Sendable, Error {
  /// The media type of the document.
  public static let mediaType = "application/problem+json"

  /// A name of the kind of problem: `urn:quipu:problem:` and the code.
  public var type: String
  /// The kind of problem in a word.
  ///
  /// Never changes its meaning.
  public var code: String
  /// The HTTP status.
  public var status: Int
  /// The kind of problem in a sentence.
  public var title: String
  /// This very problem.
  public var detail: String
  /// What to do.
  public var hint: String

  /// A problem of all its parts.
  public init(code: String, status: Int, title: String, detail: String, hint: String) {
    type = "urn:quipu:problem:\(code)"
    self.code = code
    self.status = status
    self.title = title
    self.detail = detail
    self.hint = hint
  }
}
