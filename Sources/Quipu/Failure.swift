/// Why a command could not do what it was asked, in the user's language.
struct Failure: Error {
  /// A name for programs; never changes.
  var code: String

  /// What was found and what was expected.
  var message: String

  /// What to do next; empty where there is nothing to say.
  var hint = ""

  /// How the program ends.
  var status = ExitStatus.failed
}

extension Failure {
  /// The failure as one line of JSON.
  var json: String {
    JSONValue.object([
      ("code", .string(code)), ("message", .string(message)), ("hint", .string(hint)),
    ]).compact
  }
}

extension Failure {
  /// The command line is wrong in a way that only the replica could tell.
  static func usage(_ message: String) -> Failure {
    Failure(code: "usage", message: message, status: .usage)
  }
}
