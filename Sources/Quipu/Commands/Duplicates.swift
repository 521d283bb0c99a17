import ArgumentParser
import GRDB
import Indicators
import Replica
import Trainings

/// `quipu duplicates`: participants that may be one person.
struct Duplicates: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "duplicates",
      abstract: Language.ofProcess.pick(
        "Personas que quizá estén dos veces: lista, une y separa.",
        "Persons who may be there twice: lists, merges and separates."),
      subcommands: [DuplicatesList.self, DuplicatesMerge.self, DuplicatesSeparate.self],
      defaultSubcommand: DuplicatesList.self)
  }
}

/// `quipu duplicates list`: what nobody has decided, or what was.
struct DuplicatesList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick("Lista las propuestas.", "Lists proposals."),
      discussion: Language.ofProcess.pick(
        """
        Primero las decisiones que se contradicen, luego los documentos repetidos (ya se cuentan como una \
        persona), las personas parecidas y los códigos usados dos veces. Lo que alguien decidió no se \
        vuelve a proponer.
        """,
        """
        Decisions that contradict each other first, then shared documents (counted as one person \
        already), persons who are alike, and codes used twice. What somebody decided is not proposed \
        again.
        """))
  }

  @Option(
    help: help(
      "Parecido mínimo, de 1 a 99; si no se dice, 50.", "Least likeness, 1 to 99; else 50.",
      valueName: "percent"))
  var atLeast: Int?

  @Flag(
    help: help(
      "Muestra en cambio a quiénes se cuenta como una persona.",
      "Shows instead who is counted as one person."))
  var decided = false

  @Flag(
    name: .customLong("documents"),
    help: help("Muestra los documentos completos.", "Shows documents in full."))
  var unmasked = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let atLeast, !(1...99).contains(atLeast) {
      throw ValidationError("--at-least 1…99")
    }
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = DuplicateTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    if decided {
      let groups = try replica.read { db in try DuplicateList.decided(db, unmasked: unmasked) }
      try invocation.print(
        .array(groups.map { .array($0.map(DuplicateOutput.person)) }), text: texts.decided(groups))
      return .done
    }
    let least = atLeast.map { Double($0) / 100 } ?? DuplicateList.leastScore
    let list = try replica.read { db in
      try DuplicateList.find(db, atLeast: least, unmasked: unmasked)
    }
    try invocation.print(
      DuplicateOutput.document(list, language: invocation.language), text: texts.list(list))
    return .done
  }
}

/// Duplicates for programs: one array, in which `kind` says what an object is about.
enum DuplicateOutput {
  static func document(_ list: DuplicateList, language: Language) -> JSONValue {
    let isSpanish = language == .spanish
    return .array(
      list.contradictions.map { contradiction in
        .object([
          ("kind", .string("contradiction")), ("between", .string(contradiction.kind.rawValue)),
          ("persons", .array(contradiction.persons.map(person))),
        ])
      }
        + list.proposals.map { proposal in
          .object([
            ("kind", .string("person")), ("score", .number(proposal.score)),
            ("reasons", .array(proposal.reasons.map { .string($0.rawValue) })),
            ("words", .array(proposal.reasons.map { .string($0.word(spanish: isSpanish)) })),
            ("countedAsOne", .bool(proposal.countedAsOne)),
            ("persons", .array(proposal.persons.map(person))),
          ])
        }
        + list.codes.map { twice in
          .object([
            ("kind", .string(twice.table)), ("office", .optional(twice.office)),
            ("code", .string(twice.code)),
            (
              "records",
              .array(
                twice.records.map { record in
                  .object([
                    ("id", .string(record.id)), ("title", .string(record.title)),
                    ("day", .optional(record.day)),
                    ("attendances", record.attendances.map { .integer($0) } ?? .null),
                  ])
                })
            ),
          ])
        })
  }

  static func person(_ person: DuplicateList.Person) -> JSONValue {
    .object([
      ("id", .string(person.id)), ("name", .string(person.name)),
      ("document", .optional(person.document)), ("institution", .optional(person.institution)),
      ("role", .optional(person.role)), ("workplace", .optional(person.workplace)),
      ("department", .optional(person.department)), ("attendances", .integer(person.attendances)),
      ("offices", .array(person.offices.map { .string($0) })),
    ])
  }
}

/// What the commands on duplicates say.
struct DuplicateTexts {
  let language: Language

  func list(_ list: DuplicateList) -> String {
    guard !list.isEmpty else {
      return language.pick("No hay propuestas.", "There are no proposals.")
    }
    let blocks =
      list.contradictions.map(contradiction) + list.proposals.map(proposal)
      + list.codes.map(codeTwice)
    var hints: [String] = []
    if !list.proposals.isEmpty || !list.contradictions.isEmpty {
      hints.append(
        language.pick(
          "Decida con: quipu duplicates merge ID ID (una persona) o separate ID ID (dos).",
          "Decide with: quipu duplicates merge ID ID (one person) or separate ID ID (two)."))
    }
    if !list.codes.isEmpty {
      hints.append(
        language.pick(
          "Dé otro código con: quipu session edit ID --code CÓDIGO; o, si es la misma sesión, "
            + "quipu session merge ID ID (entregables: quipu deliverable edit o delete).",
          "Give another code with: quipu session edit ID --code CODE; or, where it is one session, "
            + "quipu session merge ID ID (deliverables: quipu deliverable edit or delete)."))
    }
    return (blocks + [hints.joined(separator: "\n")]).joined(separator: "\n\n")
  }

  private func proposal(_ proposal: DuplicateList.Proposal) -> String {
    let isSpanish = language == .spanish
    let reasons = proposal.reasons.map { $0.word(spanish: isSpanish) }.joined(separator: ", ")
    let counted =
      proposal.countedAsOne
      ? language.pick("; ya se cuentan como una", "; counted as one already") : ""
    let percent = proposal.score == 1 ? 100 : min(99, Int((proposal.score * 100).rounded()))
    return (["\(percent) %  \(reasons)\(counted)"] + proposal.persons.map(line))
      .joined(separator: "\n")
  }

  private func contradiction(_ contradiction: DuplicateList.Contradiction) -> String {
    let what =
      switch contradiction.kind {
      case .pair:
        language.pick(
          "Se decidió que son una persona y también que son dos; vale lo último. Decida otra vez.",
          "Decided to be one person and also to be two; the later holds. Decide again.")
      case .chain:
        language.pick(
          "Se decidió que las dos primeras son distintas, pero otras decisiones las unen; se cuentan "
            + "como una. Separe una de ellas de la que las une.",
          "The first two were decided to be different, but other decisions join them; they count as "
            + "one. Separate one of them from the one that joins them.")
      }
    return (["!  \(what)"] + contradiction.persons.map(line)).joined(separator: "\n")
  }

  private func codeTwice(_ twice: CodeTwice) -> String {
    let what =
      twice.table == "deliverable"
      ? language.pick("código de entregable usado dos veces", "deliverable code used twice")
      : language.pick("código de sesión usado dos veces", "session code used twice")
    let records = twice.records.map { record in
      let count = record.attendances.map {
        language.pick(", \($0) asistencias", ", \($0) attendances")
      }
      return "  \(record.id)  \(record.title)" + (record.day.map { ", \($0)" } ?? "")
        + (count ?? "")
    }
    let name = (twice.office.map { "\($0) " } ?? "") + twice.code
    return (["\(name): \(what)"] + records).joined(separator: "\n")
  }

  private func line(_ person: DuplicateList.Person) -> String {
    let count = language.pick(
      person.attendances == 1 ? "1 asistencia" : "\(person.attendances) asistencias",
      person.attendances == 1 ? "1 attendance" : "\(person.attendances) attendances")
    let offices = person.offices.isEmpty ? "" : " (\(person.offices.joined(separator: ", ")))"
    let particulars = [
      person.document, person.institution, person.role, person.workplace, person.department,
      count + offices,
    ]
    return "  \(person.id)  \(person.name)"
      + particulars.compactMap(\.self).map { ", \($0)" }.joined()
  }

  func decided(_ groups: [[DuplicateList.Person]]) -> String {
    guard !groups.isEmpty else {
      return language.pick(
        "Cada registro se cuenta como una persona.", "Every record is counted as a person.")
    }
    return groups.map { $0.map(line).joined(separator: "\n") }.joined(separator: "\n\n") + "\n\n"
      + language.pick(
        "Cada grupo se cuenta como una persona. Se deshace con: quipu duplicates separate ID ID.",
        "Each group is counted as one person. Undo with: quipu duplicates separate ID ID.")
  }

  var atLeastTwo: String {
    language.pick("dé al menos dos identificadores", "give at least two ids")
  }

  func merged(_ count: Int) -> String {
    language.pick(
      "\(count) registros se cuentan ahora como una persona.",
      "\(count) records are counted as one person now.")
  }

  var separated: String {
    language.pick(
      "Los registros son de personas distintas y así se cuentan.",
      "The records are of different persons and are counted so.")
  }

  func contradictions(_ count: Int) -> String {
    language.pick(
      "Queda \(count == 1 ? "una decisión" : "\(count) decisiones") que lo contradice: vea «quipu duplicates list».",
      "\(count == 1 ? "One decision contradicts" : "\(count) decisions contradict") it still: see “quipu duplicates list”."
    )
  }
}
