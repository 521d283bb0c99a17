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

/// `quipu duplicates list`: proposals that nobody has decided.
struct DuplicatesList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick("Lista las propuestas.", "Lists proposals."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let proposals = try invocation.openReplica().read { db in try DuplicateList.find(db).proposals }
    try invocation.print(
      .array(proposals.map { Self.document($0, spanish: invocation.language == .spanish) }),
      text: DuplicateTexts(language: invocation.language).list(proposals))
    return .done
  }

  private static func document(_ proposal: DuplicateList.Proposal, spanish: Bool) -> JSONValue {
    .object([
      ("score", .number(proposal.score)),
      ("reasons", .array(proposal.reasons.map { .string($0.rawValue) })),
      ("countedAsOne", .bool(proposal.countedAsOne)),
      (
        "persons",
        .array(
          proposal.persons.map {
            .object([
              ("id", .string($0.id)), ("name", .string($0.name)),
              ("document", .optional($0.maskedDocument)),
              ("institution", .optional($0.institution)), ("workplace", .optional($0.workplace)),
            ])
          })
      ),
    ])
  }
}

/// What the commands on duplicates say.
struct DuplicateTexts {
  let language: Language

  func list(_ proposals: [DuplicateList.Proposal]) -> String {
    guard !proposals.isEmpty else {
      return language.pick("No hay propuestas.", "There are no proposals.")
    }
    let isSpanish = language == .spanish
    return proposals.map { proposal in
      let reasons = proposal.reasons.map { $0.word(spanish: isSpanish) }.joined(separator: ", ")
      let counted =
        proposal.countedAsOne
        ? language.pick("; ya se cuentan como una", "; counted as one already") : ""
      let persons = proposal.persons.map { person in
        "  \(person.id)  \(person.name)"
          + [person.maskedDocument, person.institution, person.workplace].compactMap(\.self)
          .map { ", \($0)" }.joined()
      }
      return (["\(Int((proposal.score * 100).rounded())) %  \(reasons)\(counted)"] + persons)
        .joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n\n"
      + language.pick(
        "Decida con: quipu duplicates merge ID ID (una persona) o separate ID ID (dos).",
        "Decide with: quipu duplicates merge ID ID (one person) or separate ID ID (two).")
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
}
