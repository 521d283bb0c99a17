import ArgumentParser
import GRDB
import Indicators
import Replica
import SyncModel
import Trainings

/// `quipu target`: the targets of indicators and their revisions.
struct TargetCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Metas y sus revisiones: lista, muestra, fija, borra e importa (escribe solo la central).",
        "Targets and their revisions: lists, shows, sets, deletes, imports (only the centre writes)."
      ),
      discussion: Language.ofProcess.pick(
        """
        La clave es el indicador y el día desde el que vale: quipu target set P-1.2.1.1 2019-07-01 \
        --target 400 --note «MML 2019». La meta anterior queda y vale hasta la víspera.
        """,
        """
        The key is the indicator and the day from which it holds: quipu target set P-1.2.1.1 2019-07-01 \
        --target 400 --note "MML 2019". The target before stays and holds until the day before.
        """),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntrySet>.self,
        EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "target"
    static let table = EntryTable.targets
    static let noun = (spanish: "metas", english: "targets")

    struct Values: EntryArguments {
      @Option(help: help("La meta.", "The target.", valueName: "number")) var target: String?
      @Option(
        help: help("Por qué, según qué marco.", "Why, by which framework.", valueName: "text"))
      var note: String?

      var values: [String: String] {
        ["target": target, "note": note].compactMapValues(\.self)
      }
    }
  }
}

/// `quipu group-score`: tests known only by question or region.
struct GroupScoreCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Notas de grupo, donde no se conocen las de cada persona.",
        "Group scores, where those of each person are not known."),
      discussion: Language.ofProcess.pick(
        "La clave es la sesión y el grupo: quipu group-score set CUS-2020-014 región "
          + "--n-both 25 --pre-mean 9.5 --post-mean 13.",
        "The key is the session and the group: quipu group-score set CUS-2020-014 region "
          + "--n-both 25 --pre-mean 9.5 --post-mean 13."),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntrySet>.self,
        EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "group-score"
    static let table = EntryTable.groupScores
    static let noun = (spanish: "notas de grupo", english: "group scores")

    struct Values: EntryArguments {
      @Option(help: help("Departamento.", "Department.", valueName: "value"))
      var department: String?
      @Option(
        help: help(
          "Cuántas personas dieron las dos pruebas.", "How many sat both tests.",
          valueName: "number"))
      var nBoth: String?
      @Option(
        help: help("Promedio de entrada, 0 a 20.", "Entry mean, 0 to 20.", valueName: "number"))
      var preMean: String?
      @Option(help: help("Promedio de salida, 0 a 20.", "Exit mean, 0 to 20.", valueName: "number"))
      var postMean: String?

      var values: [String: String] {
        [
          "department": department, "n_both": nBoth, "pre_mean": preMean, "post_mean": postMean,
        ].compactMapValues(\.self)
      }
    }
  }
}

/// `quipu measurement`: values that are entered, not computed.
struct MeasurementCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Kind.name,
      abstract: Language.ofProcess.pick(
        "Mediciones con sus partes y su fuente (escribe solo la central).",
        "Measurements with their parts and source (only the centre writes)."),
      discussion: Language.ofProcess.pick(
        """
        La clave es el indicador y el periodo: 2020T2, 2020S1, 2020, 2020-06, o los días de un socio, \
        2020-02-15/2020-05-14. De un cociente bastan sus partes: quipu measurement set R-1.1.2.1 2020T2 \
        --numerator 3 --denominator 4 --source «Informe…». Sin dato: --state not_due o unknown.
        """,
        """
        The key is the indicator and the period: 2020T2, 2020S1, 2020, 2020-06, or a partner's own days, \
        2020-02-15/2020-05-14. Of a ratio its parts are enough: quipu measurement set R-1.1.2.1 2020T2 \
        --numerator 3 --denominator 4 --source "Report…". Without a value: --state not_due or unknown.
        """),
      subcommands: [
        EntryList<Kind>.self, EntryShow<Kind>.self, EntryWrite<Kind, EntrySet>.self,
        MeasurementMove.self, EntryDelete<Kind>.self, EntryImportCommand<Kind>.self,
      ], defaultSubcommand: EntryList<Kind>.self)
  }

  enum Kind: EntryKind {
    static let name = "measurement"
    static let table = EntryTable.measurements
    static let noun = (spanish: "mediciones", english: "measurements")

    struct Values: EntryArguments {
      @Option(
        parsing: .unconditional,
        help: help("El valor.", "The value.", valueName: "number"))
      var value: String?
      @Option(help: help("Numerador.", "Numerator.", valueName: "number")) var numerator: String?
      @Option(help: help("Denominador.", "Denominator.", valueName: "number"))
      var denominator: String?
      @Option(
        help: help(
          "number, not_due (no corresponde aún) o unknown (sin dato).",
          "number, not_due or unknown.", valueName: "state"))
      var state: String?
      @Option(
        help: help("De dónde sale: informe, lista, enlace.", "Where it is from.", valueName: "text")
      )
      var source: String?

      var values: [String: String] {
        [
          "value": value, "numerator": numerator, "denominator": denominator, "state": state,
          "source": source,
        ].compactMapValues(\.self)
      }
    }
  }
}

/// `quipu measurement move`: gives a measurement another period.
struct MeasurementMove: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "move",
      abstract: Language.ofProcess.pick(
        "Pasa una medición a otro periodo.", "Moves a measurement to another period."))
  }

  @Argument(help: help("Indicador.", "Indicator.", valueName: "indicator")) var indicator: String
  @Argument(help: help("Periodo que tiene.", "Its period.", valueName: "period"))
  var period: String
  @Argument(help: help("Periodo nuevo.", "The new period.", valueName: "new-period"))
  var newPeriod: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entry = try replica.write { db in
      try EntryTable.moveMeasurement(
        of: indicator, from: period, to: newPeriod, office: office, in: db)
      return try EntryTable.measurements.show([indicator, newPeriod], office: office, in: db)
    }
    try invocation.print(
      RecordOutput.document(entry), text: RecordTexts(language: invocation.language).edited(true))
    return .done
  }
}
