import ArgumentParser
import GRDB
import Indicators
import Replica
import SyncModel
import Trainings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `quipu attend`: a session and who came, in one go, while the event goes on.
struct Attend: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "attend",
      abstract: Language.ofProcess.pick(
        "Registra una sesión y su asistencia en el momento, por DNI.",
        "Registers a session and its attendance on the spot, by DNI."),
      discussion: Language.ofProcess.pick(
        """
        Escriba el DNI o parte del nombre: se muestra lo que se sabe y Enter marca. «DNI,entrada,salida» \
        marca con notas; «cargo=fiscal» al final cambia un dato de ese día; «+DNI,paterno,materno,nombres,\
        sexo,institución,cargo,centro» añade a una persona nueva; un punto deshace lo último; «fin» termina. \
        Todo se guarda al instante. Sin terminal lee las mismas líneas de la entrada y no pregunta nada.

        Una sesión que no existe se crea si se da su título: --title, --starts-on, --indicators…
        """,
        """
        Type the DNI or part of the name: what is known is shown, and Enter marks. "DNI,entry,exit" marks \
        with scores; "cargo=fiscal" at the end changes something of that day; "+DNI,paternal,maternal,given \
        names,sex,institution,role,workplace" adds a new person; a full stop takes the last one back; "end" \
        ends. All is kept at once. Without a terminal it reads the same lines from its input and asks nothing.

        A session that does not exist is made if its title is given: --title, --starts-on, --indicators…
        """))
  }

  @Option(
    help: help(
      "La sesión: su código, oficina/código o identificador.",
      "The session: its code, office/code or identifier.", valueName: "session"))
  var session: String

  @Flag(
    help: help(
      "Marca la sesión como realizada; sin fecha, hoy.",
      "Marks the session as held; without a date, today."))
  var held = false

  @OptionGroup var fields: SessionFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = AttendTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let terminal = Lines(asks: isatty(STDIN_FILENO) == 1)
    let isNew = try openSession(replica, office: office, terminal, invocation, texts)
    var desk = try replica.read { db in
      try EventDesk(
        entry: EventEntry(session: session, office: office, in: db), asks: terminal.asks, in: db)
    }
    if terminal.asks {
      let entry = try replica.read { db in try Sessions.show(session, office: office, in: db) }
      invocation.console.note(texts.opening(entry))
    }
    var counts = AttendCounts()
    var number = 0
    var isOpen = true
    while isOpen, let line = terminal.next(prompt: desk.isWaiting ? "    " : "> ", invocation) {
      number += 1
      if !terminal.asks, line.allSatisfy(\.isWhitespace) { continue }
      let replies = try replica.write { db in
        try desk.take(line, in: db, environment: .system)
      }
      for reply in replies {
        counts.note(reply, line: number, invocation.language)
        if case .end = reply { isOpen = false }
        show(reply, line: number, terminal, invocation)
      }
    }
    for reply in try replica.write({ db in try desk.finish(in: db) }) {
      counts.note(reply, line: number, invocation.language)
      show(reply, line: number, terminal, invocation)
    }
    let (entry, summary) = try replica.read { db in
      (try Sessions.show(session, office: office, in: db), try desk.summary(in: db))
    }
    try invocation.print(
      counts.document(entry, summary, desk, isNewSession: isNew),
      text: texts.summary(entry, summary, counts, desk))
    return counts.refused.isEmpty && desk.doubtful == 0 ? .done : .needsPerson
  }

  private func show(
    _ reply: EventDesk.Reply, line: Int, _ terminal: Lines, _ invocation: Invocation
  ) {
    var text = reply.text(spanish: invocation.language == .spanish)
    if text.isEmpty { return }
    if terminal.asks {
      invocation.console.note(text)
    } else if AttendCounts.isRefusal(reply) {
      // What nobody looks at may end in a log: no names.
      if case .marked = reply {
        text = invocation.language.pick(
          "la persona nueva se parece a otra", "the new person resembles another")
      }
      invocation.console.note(
        invocation.language.pick("línea \(line): ", "line \(line): ") + text)
    }
  }

  /// Finds the session or makes it; whether it was made.
  private func openSession(
    _ replica: Replica, office: String, _ terminal: Lines, _ invocation: Invocation,
    _ texts: AttendTexts
  ) throws -> Bool {
    var values = fields.values
    if held { values["status"] = values["status"] ?? "held" }
    let known = try replica.read { db -> RecordEntry? in
      do {
        return try Sessions.show(session, office: office, in: db)
      } catch let error as TrainingsError where error.code == "unknown_session" {
        return nil
      }
    }
    if let known {
      if held, values["starts_on"] == nil, known["starts_on"] == .none {
        values["starts_on"] = LocalTime.today()
      }
      if !values.isEmpty {
        _ = try replica.write { db in
          try Sessions.edit(session, values, office: office, in: db)
        }
      }
      return false
    }
    values["code"] = values["code"] ?? session
    if values["title"] == nil, terminal.asks {
      invocation.console.note(texts.newSession(session))
      values["title"] = terminal.next(prompt: texts.titlePrompt, invocation)
      guard values["title"]?.allSatisfy(\.isWhitespace) == false else {
        throw TrainingsError(.unknownSession(session))
      }
      let today = LocalTime.today()
      let day = terminal.next(prompt: texts.dayPrompt(today), invocation) ?? ""
      values["starts_on"] = values["starts_on"] ?? (day.isEmpty ? today : day)
      let indicators = terminal.next(prompt: texts.indicatorsPrompt, invocation) ?? ""
      if !indicators.isEmpty { values["indicators"] = values["indicators"] ?? indicators }
    }
    guard values["title"] != nil else {
      throw Failure(
        code: "unknown_session", message: texts.unknown(session), hint: texts.unknownHint)
    }
    values["starts_on"] = values["starts_on"] ?? LocalTime.today()
    values["status"] = values["status"] ?? "held"
    try replica.write { db in
      _ = try Sessions.add(values, office: office, in: db, environment: .system)
    }
    return true
  }
}

/// The lines of standard input, with a prompt where somebody types them.
struct Lines {
  let asks: Bool

  func next(prompt: String, _ invocation: Invocation) -> String? {
    if asks { invocation.console.prompt(prompt) }
    return readLine(strippingNewline: true)
  }
}

/// What became of the lines.
struct AttendCounts {
  private var marks: [EventEntry.Mark: Int] = [:]
  private(set) var undone = 0
  private(set) var refused: [(line: Int, code: String, message: String)] = []

  static func isRefusal(_ reply: EventDesk.Reply) -> Bool {
    switch reply {
    case .refused, .unreadable: true
    case .marked(_, _, _, let resembling): !resembling.isEmpty
    default: false
    }
  }

  mutating func note(_ reply: EventDesk.Reply, line: Int, _ language: Language) {
    switch reply {
    case .marked(_, let mark, _, _): marks[mark, default: 0] += 1
    case .undone: undone += 1
    case .refused(let error): refused.append((line, error.code, error.message(in: language)))
    case .unreadable:
      refused.append((line, "unreadable", reply.text(spanish: language == .spanish)))
    default: break
    }
  }

  func count(_ mark: EventEntry.Mark) -> Int { marks[mark] ?? 0 }

  func document(
    _ session: RecordEntry, _ summary: EventEntry.Summary, _ desk: EventDesk, isNewSession: Bool
  ) -> JSONValue {
    .object([
      ("session", .string(session["id"].description)),
      ("code", .string(session["code"].description)), ("created", .bool(isNewSession)),
      ("added", .integer(count(.added))), ("updated", .integer(count(.updated))),
      ("unchanged", .integer(count(.unchanged))), ("undone", .integer(undone)),
      ("newPersons", .integer(desk.newPersons)), ("doubtful", .integer(desk.doubtful)),
      ("rejected", .integer(refused.count)),
      ("attendances", .integer(summary.attendances)), ("withPre", .integer(summary.withPre)),
      ("withPost", .integer(summary.withPost)), ("withoutRole", .integer(summary.withoutRole)),
      ("withoutInstitution", .integer(summary.withoutInstitution)),
      (
        "errors",
        .array(
          refused.map {
            .object([
              ("line", .integer($0.line)), ("code", .string($0.code)),
              ("message", .string($0.message)),
            ])
          })
      ),
    ])
  }
}

/// What `quipu attend` says beside the replies.
struct AttendTexts {
  let language: Language

  func opening(_ session: RecordEntry) -> String {
    let day = session["starts_on"].description
    return "\(session["code"]): \(session["title"])" + (day.isEmpty ? "" : ", \(day)") + "\n"
      + EventDesk.Reply.help.text(spanish: language == .spanish)
  }

  func newSession(_ code: String) -> String {
    language.pick(
      "No hay ninguna sesión «\(code)»; se crea ahora (título vacío = no).",
      "There is no session “\(code)”; it is made now (an empty title = no).")
  }

  var titlePrompt: String { language.pick("Título: ", "Title: ") }

  func dayPrompt(_ today: String) -> String {
    language.pick("Fecha [\(today)]: ", "Day [\(today)]: ")
  }

  var indicatorsPrompt: String {
    language.pick(
      "Indicadores, p. ej. P-1.2.1.1;P-2.1.2.1 [ninguno]: ",
      "Indicators, e.g. P-1.2.1.1;P-2.1.2.1 [none]: ")
  }

  func unknown(_ code: String) -> String {
    language.pick("No hay ninguna sesión «\(code)».", "There is no session “\(code)”.")
  }

  var unknownHint: String {
    language.pick(
      "Para crearla dé su título con --title; las que hay se ven con «quipu session list».",
      "To make it, give its title with --title; see those that are there with “quipu session list”."
    )
  }

  func summary(
    _ session: RecordEntry, _ summary: EventEntry.Summary, _ counts: AttendCounts,
    _ desk: EventDesk
  ) -> String {
    var lines = [
      language.pick(
        "\(session["code"]): marcadas \(counts.count(.added)), cambiadas \(counts.count(.updated)), "
          + "deshechas \(counts.undone), personas nuevas \(desk.newPersons), "
          + "líneas rechazadas \(counts.refused.count).",
        "\(session["code"]): marked \(counts.count(.added)), changed \(counts.count(.updated)), "
          + "undone \(counts.undone), new persons \(desk.newPersons), "
          + "lines rejected \(counts.refused.count)."),
      language.pick(
        "En la sesión: \(summary.attendances) personas, \(summary.withPre) con nota de entrada, "
          + "\(summary.withPost) con nota de salida.",
        "In the session: \(summary.attendances) persons, \(summary.withPre) with an entry score, "
          + "\(summary.withPost) with an exit score."),
    ]
    if summary.withoutRole + summary.withoutInstitution > 0 {
      lines.append(
        language.pick(
          "Falta: cargo de \(summary.withoutRole), institución de \(summary.withoutInstitution).",
          "Missing: role of \(summary.withoutRole), institution of \(summary.withoutInstitution)."))
    }
    if session["status"] == .text("planned") || session["status"] == .none {
      lines.append(
        language.pick(
          "La sesión no está como realizada: quipu session edit \(session["code"]) --status held",
          "The session is not marked as held: quipu session edit \(session["code"]) --status held"))
    }
    if desk.doubtful > 0 {
      lines.append(
        language.pick(
          "Personas nuevas que se parecen a otras: \(desk.doubtful); vea «quipu duplicates list».",
          "New persons who resemble others: \(desk.doubtful); see “quipu duplicates list”."))
    }
    return lines.joined(separator: "\n")
  }
}
