internal import ArgumentParser
internal import Foundation
internal import GRDB
internal import Replica
internal import SyncProtocol
internal import Trainings

/// Why a command ended without having done its work: a stable code, a sentence, what to do, an exit
/// status.
struct Failure: Error {
  var code: String
  var message: String
  var hint: String
  var status: Int32

  init(code: String, message: String, hint: String, status: Int32 = 1) {
    self.code = code
    self.message = message
    self.hint = hint
    self.status = status
  }

  /// What an error means to whoever started the program; nil for the argument parser's own.
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ReplicaError:
      let isDamage = ["not_a_replica", "replica_damaged"].contains(error.code)
      self.init(
        code: error.code, message: say(error.spanishMessage, error.description),
        hint: say(error.spanishHint, error.hint), status: isDamage ? 7 : 1)
    case let error as CredentialError:
      self.init(
        code: "credential_file", message: error.description,
        hint: say("vea el mensaje", "see the message"))
    case let error as DatabaseError:
      self.init(
        code: "database", message: error.message ?? "SQLite failed with \(error.resultCode)",
        hint: say(
          "revise el disco y de quién es el archivo", "check the disk and who owns the file"))
    case is CleanExit, is ValidationError, is ExitCode: return nil
    case let error where type(of: error) is any CustomNSError.Type: return nil
    default:
      if String(describing: type(of: error)) == "CommandError" { return nil }
      self.init(
        code: "failed", message: "\(error)",
        hint: say("nada se ha perdido; inténtelo otra vez", "nothing is lost; try again"))
    }
  }

  func print(asJSON: Bool) {
    var text = "error: \(message)\n\(hint)\n"
    if asJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let document = ["code": code, "message": message, "hint": hint]
      if let data = try? encoder.encode(document) {
        text = String(decoding: data, as: UTF8.self) + "\n"
      }
    }
    FileHandle.standardError.write(Data(text.utf8))
  }
}
