internal import Crypto
internal import Foundation
package import GRDB
package import Replica
package import SyncModel

/// A disagreement as a person decides it: one cell with all the values that stand in it, or one
/// deletion.
///
/// The register has an entry for each value that stands against the current one; here they are one
/// question.
package struct ConflictCase {
  /// One of the answers.
  package struct Choice {
    /// What is chosen, in the register's terms.
    package var conflict: String
    package var isCurrent: Bool
    package var side: ReplicaConflict.Side
  }

  package var table: String
  package var key: [CellValue]
  package var column: String?
  package var policy: MergePolicy?
  package var kind: ReplicaConflict.Kind
  /// The current one first.
  package var choices: [Choice]

  /// The id by which the case is addressed: its first conflict's.
  package var id: String { choices[0].conflict }

  /// What a decision was made in sight of: another value that arrives meanwhile changes it.
  package var fingerprint: String {
    let parts = choices.map { "\($0.conflict)|\($0.isCurrent)|\($0.side.value)|\($0.side.node)" }
    let hash = SHA256.hash(data: Data(parts.joined(separator: "\n").utf8))
    return hash.prefix(8).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
  }

  /// The office of each choice.
  package var offices: [String] { choices.map(\.side.office) }

  /// Open cases: scores and documents first, since figures rest on them.
  package static func open(_ db: Database) throws -> [ConflictCase] {
    group(try Replica.conflicts(db, openOnly: true))
  }

  /// Puts together the entries of one cell.
  package static func group(_ conflicts: [ReplicaConflict]) -> [ConflictCase] {
    struct Place: Hashable {
      var table: String
      var key: [CellValue]
      var column: String?
      var kind: ReplicaConflict.Kind
    }
    var order: [Place] = []
    var found: [Place: ConflictCase] = [:]
    for conflict in conflicts {
      let place = Place(
        table: conflict.table, key: conflict.key, column: conflict.column, kind: conflict.kind)
      if found[place] == nil {
        order.append(place)
        found[place] = ConflictCase(
          table: conflict.table, key: conflict.key, column: conflict.column,
          policy: conflict.policy, kind: conflict.kind,
          choices: [
            Choice(conflict: conflict.id, isCurrent: true, side: conflict.current)
          ])
      }
      found[place]?.choices.append(
        Choice(conflict: conflict.id, isCurrent: false, side: conflict.other))
    }
    return order.compactMap { found[$0] }.enumerated().sorted {
      ($0.element.urgency, $0.offset) < ($1.element.urgency, $1.offset)
    }.map(\.element)
  }

  /// 0 first: what figures rest on, then rows that may go, then everything else.
  package var urgency: Int {
    if policy == .manual { return 0 }
    return kind == .edit ? 2 : 1
  }
}

/// A case in plain words.
package struct ConflictWords {
  private let words: RecordWords

  /// The words of a reader.
  package init(words: RecordWords) {
    self.words = words
  }

  private var say: Wording { words.say }

  /// The question that a person answers.
  ///
  /// `Cusco escribió 14, Lima escribió 16; ninguna había visto lo de la otra. ¿Cuál es el correcto?`
  package func question(_ conflict: ConflictCase) -> String {
    let authors = conflict.choices.map { author($0, in: conflict) }
    switch conflict.kind {
    case .edit:
      let clauses = zip(conflict.choices, authors).map { choice, author in
        let value = quoted(choice, of: conflict)
        return say("\(author) escribió \(value)", "\(author) wrote \(value)")
      }
      let unseen: String
      if conflict.choices.count > 2 {
        unseen = say("sin ver lo de los demás", "without seeing what the others wrote")
        return "\(clauses.joined(separator: ", ")), \(unseen). "
          + say("¿Cuál es el correcto?", "Which is right?")
      }
      return "\(clauses.joined(separator: ", ")); "
        + say(
          "ninguna había visto lo de la otra. ¿Cuál es el correcto?",
          "neither had seen the other. Which is right?")
    case .delete:
      let table = words.table(conflict.table)
      return say(
        "\(authors.last ?? "") borró este registro (\(table)); \(authors[0]), sin saberlo, lo cambió. ¿Debe quedar o borrarse?",
        "\(authors.last ?? "") deleted this record (\(table)); \(authors[0]), without knowing, changed it. Should it stay or go?"
      )
    case .reference:
      return say(
        "\(authors.last ?? "") borró este registro (\(words.table(conflict.table))), pero otros registros dependen de él, así que sigue aquí. ¿Está bien que quede?",
        "\(authors.last ?? "") deleted this record (\(words.table(conflict.table))), but other records depend on it, so it is still here. Is it right that it stays?"
      )
    }
  }

  /// The text on the button of an answer.
  package func answer(_ choice: ConflictCase.Choice, of conflict: ConflictCase) -> String {
    switch conflict.kind {
    case .edit: return shown(choice, of: conflict)
    case .delete, .reference:
      return choice.isCurrent ? say("Debe quedar", "It stays") : say("Debe borrarse", "It goes")
    }
  }

  /// The office, and the laptop where two of one office disagree.
  package func author(_ choice: ConflictCase.Choice, in conflict: ConflictCase) -> String {
    let office = choice.side.office
    let name = words.officeTitle(office.isEmpty ? "?" : office)
    let isShared = conflict.offices.count { $0 == office } > 1
    return isShared ? "\(name) (\(choice.side.node.description.prefix(8)))" : name
  }

  /// What one side had of the other when it wrote.
  package func knew(
    _ sight: ConflictSight?, author: String, other: String, time: (Int64) -> String
  ) -> String {
    guard let sight else { return "" }
    guard let until = sight.seenUntil else {
      return say(
        "\(author) no había recibido todavía nada de \(other).",
        "\(author) had not received anything from \(other) yet.")
    }
    return say(
      "\(author) había recibido lo de \(other) hasta el \(time(until)), sin este cambio.",
      "\(author) had received what \(other) wrote until \(time(until)), without this change.")
  }

  private func shown(_ choice: ConflictCase.Choice, of conflict: ConflictCase) -> String {
    let all = words.values(conflict.choices.map(\.side.value), column: conflict.column)
    let place = conflict.choices.firstIndex {
      $0.conflict == choice.conflict && $0.isCurrent == choice.isCurrent
    }
    return place.map { all[$0] } ?? words.value(choice.side.value, column: conflict.column)
  }

  private func quoted(_ choice: ConflictCase.Choice, of conflict: ConflictCase) -> String {
    let text = shown(choice, of: conflict)
    if case .text = choice.side.value { return say("«\(text)»", "“\(text)”") }
    return text
  }
}
