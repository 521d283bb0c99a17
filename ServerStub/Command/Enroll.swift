internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import GRDB
internal import Replica

/// Makes a one-time code: `quipu-central enroll`.
struct Enroll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a one-time code with which an office's replica enrols.",
    discussion:
      "The code is the last word printed. It is kept nowhere: pass it on by a way you trust.")

  @OptionGroup var options: CentralOptions
  @Option(help: "The office's code in the catalog, e.g. cusco.") var office: String
  @Option(help: "What to call the replica.") var label: String?
  @Option(help: "For how many days the code can be used.") var days = 14
  @Flag(help: "Print one JSON document.") var json = false

  func validate() throws {
    guard (1...365).contains(days) else {
      throw ValidationError("--days is a number from 1 to 365")
    }
  }

  func run() async throws {
    let (node, replica) = try options.open()
    let isKnown = try replica.read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM office WHERE code = ?)", arguments: [office])
        ?? false
    }
    guard isKnown else {
      throw Failure(
        code: "unknown_office", message: "there is no office \"\(office)\" in the catalog",
        hint: "see: quipu --replica \(options.replica) export office")
    }
    let code = try node.register.makeCode(
      office: office, label: label, validity: Int64(days) * 86_400_000)
    if json {
      print("{\"office\":\"\(office)\",\"days\":\(days),\"code\":\"\(code)\"}")
    } else {
      print("For office \(office), once, within \(days) days: \(code)")
    }
  }
}
