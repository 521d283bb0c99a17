import ArgumentParser
import Trainings

/// What every subcommand takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: help(
      "La réplica; si no, QUIPU_REPLICA, y si no, la carpeta de datos del usuario.",
      "The replica; else QUIPU_REPLICA, else the user's data folder.", valueName: "path"))
  var replica: String?

  @Flag(help: help("Un documento JSON en la salida.", "One JSON document on standard output."))
  var json = false

  @Option(
    help: help(
      "Idioma de los mensajes: es o en.", "Language of messages: es or en.", valueName: "es|en"))
  var lang: Language?

  @Flag(
    help: help(
      "Muestra el avance aunque no haya terminal.", "Shows progress even without a terminal."))
  var progress = false
}
