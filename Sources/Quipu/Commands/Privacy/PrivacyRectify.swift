import ArgumentParser
import Replica
import Trainings

/// `quipu privacy rectify`: a correction that a person asked for, with a record of it.
struct PrivacyRectify: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "rectify",
      abstract: Language.ofProcess.pick(
        "Corrige los datos de una persona a su pedido y deja constancia.",
        "Corrects a person's data at its request and keeps a record of it."))
  }

  @OptionGroup var named: ParticipantArgument

  @OptionGroup var fields: ParticipantFields

  @Option(
    help: help(
      "El pedido, p. ej. su número; sin datos de la persona.",
      "The request, e.g. its number; no data of the person.", valueName: "text"))
  var request: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let (id, isChanged) = try replica.write { db in
      let id = try Participants.find(named.participant, in: db)
      return (id, try Participants.edit(id, fields.values, in: db))
    }
    // The identifier, never the document by which the participant was named.
    try replica.noteIncident(kind: "rectification", detail: "participant \(id): \(request)")
    try invocation.print(
      .object([("changed", .bool(isChanged)), ("request", .string(request))]),
      text: texts.edited(isChanged))
    return .done
  }
}
