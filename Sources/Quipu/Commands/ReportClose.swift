import ArgumentParser
import Foundation
import Indicators
import Replica
import Trainings

/// `quipu report close`: keeps what a period's report says, for good.
struct ReportClose: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "close",
      abstract: Language.ofProcess.pick(
        "Cierra un periodo: su informe queda como está hoy (solo la central).",
        "Closes a period: its report stays as it is today (centre only)."))
  }

  @Option(help: help("El periodo, p. ej. 2020T2.", "The period, e.g. 2020T2.", valueName: "period"))
  var period: String

  @Option(
    help: help(
      "Último día que cuenta; si no, el último del periodo.",
      "The last day that counts; else the period's last.", valueName: "date"))
  var cutOff: String?

  @Option(
    help: help(
      "Quién cierra; si no, el usuario de esta máquina.", "Who closes; else this machine's user.",
      valueName: "name"))
  var by: String?

  @Flag(
    help: help(
      "Solo muestra lo que está por resolver; no cierra.",
      "Only shows what is open; closes nothing."))
  var dryRun = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let reading = ReportPeriod(language: invocation.language)
    let period = try reading.period(period)
    let cutOff = try reading.day(cutOff)
    let replica = try invocation.openReplica()
    let locale = ReportLocale(invocation.language)
    let now = Date()
    let report =
      dryRun
      ? try replica.read { db in
        try QuarterReport.compute(replica, db, period: period, cutOff: cutOff, madeAt: now)
      }
      : try PeriodClosing.close(
        replica, period: period, cutOff: cutOff, by: by ?? ProcessEnvironment.variables["USER"],
        at: now)
    let open = PeriodClosing.open(in: report, locale)
    let texts = Texts(language: invocation.language)
    if !invocation.isJSON {
      for line in open { invocation.console.note("  \(line)") }
      if !open.isEmpty { invocation.console.note(texts.openExplained) }
    }
    try invocation.print(
      .object([
        ("period", .string(report.span.name)), ("cutOff", .string(report.span.cutOff)),
        ("closed", .bool(report.closing != nil)),
        (
          "centralSequence",
          report.closing.map { .integer($0.centralSequence) } ?? .null
        ),
        ("definitionsVersion", .string(report.definitionsVersion)),
        ("closedBy", .optional(report.closing?.closedBy)),
        ("closedAt", .optional(report.closing?.closedAt)),
        ("open", .array(open.map { .string($0) })),
      ]), text: dryRun ? texts.wouldClose(report, locale) : texts.closed(report, locale))
    return .done
  }
}

extension ReportClose {
  struct Texts {
    let language: Language

    var openExplained: String {
      language.pick(
        "Lo que se resuelva o llegue después aparecerá como ajuste posterior al cierre.",
        "What is settled or arrives later will appear as an adjustment after closing.")
    }

    func closed(_ report: QuarterReport, _ locale: ReportLocale) -> String {
      let sequence = report.closing?.centralSequence ?? 0
      return language.pick(
        """
        Periodo \(report.span.name) cerrado con datos al \(locale.date(report.span.cutOff)); secuencia central \(sequence), definiciones \(report.definitionsVersion).
        Informe: quipu report quarter --period \(report.span.name) --format html -o informe.html
        """,
        """
        Period \(report.span.name) closed with data to \(locale.date(report.span.cutOff)); central sequence \(sequence), definitions \(report.definitionsVersion).
        Report: quipu report quarter --period \(report.span.name) --format html -o report.html
        """)
    }

    func wouldClose(_ report: QuarterReport, _ locale: ReportLocale) -> String {
      language.pick(
        "No se cerró nada. Se cerraría \(report.span.name) con datos al \(locale.date(report.span.cutOff)).",
        "Nothing was closed. \(report.span.name) would be closed with data to \(locale.date(report.span.cutOff))."
      )
    }
  }
}
