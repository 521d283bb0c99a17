import ArgumentParser
import Trainings

/// `quipu attendance`: who came to which session.
struct AttendanceCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "attendance",
      abstract: Language.ofProcess.pick(
        "Asistencias: lista, muestra, añade, cambia y borra.",
        "Attendances: lists, shows, adds, edits and deletes."),
      subcommands: [
        AttendanceCommandList.self, AttendanceCommandShow.self, AttendanceCommandAdd.self,
        AttendanceCommandEdit.self, AttendanceCommandDelete.self,
      ],
      defaultSubcommand: AttendanceCommandList.self)
  }
}
