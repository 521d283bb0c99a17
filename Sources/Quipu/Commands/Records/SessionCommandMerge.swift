import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu session merge`: two sessions were one, registered twice.
struct SessionCommandMerge: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "merge",
      abstract: Language.ofProcess.pick(
        "Hace una sesión de dos que se registraron por separado.",
        "Makes one session of two that were registered apart."),
      discussion: Language.ofProcess.pick(
        """
        Las asistencias de la segunda pasan a la primera y la segunda se borra. Donde las dos dicen algo \
        distinto de una persona vale la primera, y lo otro queda en las notas.
        """,
        """
        The attendances of the second go to the first, and the second is deleted. Where the two say \
        different things of a person the first holds, and the other stands in the notes.
        """))
  }

  @Argument(help: help("La que queda.", "The one that stays.", valueName: "session"))
  var kept: String

  @Argument(help: help("La que se une a ella.", "The one that goes into it.", valueName: "other"))
  var other: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let merged = try replica.write { db in
      try Sessions.merge(kept, other, office: office, in: db)
    }
    try invocation.print(
      .object([
        ("moved", .integer(merged.moved)), ("completed", .integer(merged.completed)),
        ("contradicting", .integer(merged.contradicting)),
      ]),
      text: invocation.language.pick(
        "\(merged.moved) asistencias pasaron, \(merged.completed) estaban en las dos, "
          + "\(merged.contradicting) se contradicen (vea sus notas).",
        "\(merged.moved) attendances went over, \(merged.completed) were in both, "
          + "\(merged.contradicting) contradict each other (see their notes)."))
    return merged.contradicting > 0 ? .needsPerson : .done
  }
}
