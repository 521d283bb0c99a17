import ArgumentParser
import Trainings

/// The root of the commands; what is not built is not listed.
struct Quipu: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "quipu",
      abstract: Language.ofProcess.pick(
        "Registro de capacitaciones que trabaja sin conexión y se sincroniza cuando la hay.",
        "Training records that work offline and sync when there is a line."),
      version: "0.1.0",
      subcommands: [
        Init.self, Import.self, Template.self, Export.self, SessionCommand.self,
        ParticipantCommand.self,
        AttendanceCommand.self, Attend.self, DeliverableCommand.self, MeasurementCommand.self,
        TargetCommand.self, GroupScoreCommand.self, InstitutionCommand.self, RoleCommand.self,
        PartnerCommand.self, Status.self, Conflicts.self, Duplicates.self,
        Report.self, Enroll.self, Sync.self, Serve.self, UserCommand.self, History.self,
        Digest.self, Check.self,
        Backup.self, BundleCommand.self, QuarantineList.self, Compact.self, Privacy.self,
      ])
  }

  /// The names of commands that have subcommands of their own.
  static var groups: Set<String> {
    Set(configuration.subcommands.filter { !$0.configuration.subcommands.isEmpty }.map(name))
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }
}
