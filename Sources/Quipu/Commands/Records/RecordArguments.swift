import ArgumentParser

/// Which session is meant.
struct SessionArgument: ParsableArguments {
  @Argument(
    help: help(
      "La sesión: su código, oficina/código o identificador.",
      "The session: its code, office/code or identifier.", valueName: "session"))
  var session: String
}

/// Which participant is meant.
struct ParticipantArgument: ParsableArguments {
  @Argument(
    help: help(
      "La persona: su documento o identificador.", "The person: document or identifier.",
      valueName: "participant"))
  var participant: String
}

/// Which attendance is meant: a session and a participant.
struct AttendanceArguments: ParsableArguments {
  @OptionGroup private var first: SessionArgument
  @OptionGroup private var second: ParticipantArgument

  var session: String { first.session }
  var participant: String { second.participant }
}

/// Whether documents are shown in full.
struct DocumentsFlag: ParsableArguments {
  @Flag(
    name: [.customLong("documents"), .customLong("show-documents")],
    help: help("Muestra los documentos completos.", "Shows documents in full."))
  var areShown = false
}
