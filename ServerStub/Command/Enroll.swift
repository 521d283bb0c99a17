internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import GRDB
internal import Replica

/// Makes a one-time code: `quipu-central enroll`.
struct Enroll: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Crea un código de un solo uso con el que se inscribe la réplica de una oficina.",
      "Make a one-time code with which an office's replica enrols."),
    discussion: say(
      "El código es la última palabra que se imprime. No se guarda en ninguna parte: entréguelo por una vía segura.",
      "The code is the last word printed. It is kept nowhere: pass it on by a way you trust."))

  @OptionGroup var options: CentralOptions
  @Option(
    help: help(
      "El código de la oficina en el catálogo, p. ej. cusco.",
      "The office's code in the catalog, e.g. cusco.")) var office: String
  @Option(help: help("Cómo llamar a la réplica.", "What to call the replica.")) var label: String?
  @Option(help: help("Cuántos días sirve el código.", "For how many days the code can be used."))
  var days = 14
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

  func validate() throws {
    guard (1...365).contains(days) else {
      throw ValidationError(
        say("--days es un número de 1 a 365", "--days is a number from 1 to 365"))
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
        code: "unknown_office",
        message: say(
          "no hay ninguna oficina «\(office)» en el catálogo",
          "there is no office \"\(office)\" in the catalog"),
        hint: say(
          "vea: quipu --replica \(options.replica) export office",
          "see: quipu --replica \(options.replica) export office"))
    }
    let code = try node.register.makeCode(
      office: office, label: label, validity: Int64(days) * 86_400_000)
    if json {
      print("{\"office\":\"\(office)\",\"days\":\(days),\"code\":\"\(code)\"}")
    } else {
      print(
        say(
          "Para la oficina \(office), una sola vez, en \(days) días: \(code)",
          "For office \(office), once, within \(days) days: \(code)"))
    }
  }
}
