internal import Crypto
internal import Foundation
internal import GRDB
internal import Indicators
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// The queue of persons who may be there twice: side by side, one key to merge or separate.
struct DuplicatePages: Sendable {
  let centre: Centre

  private static let pageSize = 50

  func add(to routes: WebRoutes) {
    routes.get("duplicates") { try list($0) }
    routes.get("duplicates/decided") { try decided($0) }
    routes.post("duplicates/undo", roles: Permission.decide) { try undo($0) }
    routes.get("duplicates/:key") { try show($0) }
    routes.post("duplicates/:key", roles: Permission.decide) { try decide($0) }
  }

  /// A proposal's address: it follows from its participants and tells nothing of them.
  static func key(_ proposal: DuplicateList.Proposal) -> String {
    let ids = proposal.persons.map(\.id).sorted().joined(separator: "\n")
    return SHA256.hash(data: Data(ids.utf8)).prefix(8)
      .map { String(String(Int($0) + 256, radix: 16).dropFirst()) }.joined()
  }

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let (open, isCurrent) = try centre.openProposals()
    let page = Pagination(number: request.pageNumber, size: Self.pageSize, total: open.count)
    let rows = try centre.replica.read { db in
      let words = try RecordWords(db, say)
      return open.dropFirst(page.offset).prefix(page.size).map { proposal -> [String: Any] in
        [
          "key": Self.key(proposal), "score": percent(proposal.score, say),
          "reasons": proposal.reasons.map { $0.word(spanish: say.isSpanish) },
          "counted": proposal.countedAsOne,
          "persons": proposal.persons.map { person -> [String: Any] in
            [
              "name": person.name, "document": person.maskedDocument ?? "",
              "place": [
                person.institution.map { words.name("institution", $0) }, person.workplace,
              ].compactMap(\.self).joined(separator: ", "),
            ]
          },
        ]
      }
    }
    return request.show(
      "duplicates", title: say("Duplicados", "Duplicates"),
      [
        "rows": rows, "isEmpty": rows.isEmpty, "first": open.first.map(Self.key) ?? "",
        "total": say.count(
          open.count, (one: "propuesta por decidir", many: "propuestas por decidir"),
          (one: "proposal to decide", many: "proposals to decide")),
        "mayDecide": request.user.has(Permission.decide), "stale": !isCurrent,
        "pages": page.data(path: "/duplicates", format: request.format),
      ])
  }

  private func percent(_ score: Double, _ say: Wording) -> String {
    "\(Int((score * 100).rounded()))\u{202f}%"
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let key = request.parameter("key")
    let open = try centre.openProposals().proposals
    guard let place = open.firstIndex(where: { Self.key($0) == key }) else {
      return request.show(
        "duplicate_gone", title: say("Ya está decidido", "Already decided"),
        ["first": open.first.map(Self.key) ?? ""])
    }
    let proposal = open[place]
    let data = try centre.replica.read { db -> [String: Any] in
      let words = try RecordWords(db, say)
      let persons = proposal.persons
      let documents = try self.documents(persons, db)
      let particulars = try zip(persons, documents).map {
        try self.particulars($0, document: $1.shown, db, words)
      }
      let titles = particulars.first?.map(\.title) ?? []
      let rows = titles.indices.map { index -> [String: Any] in
        let values = particulars.map { $0[index].value }
        let whole = index == Self.documentPlace ? documents.map(\.whole) : values
        let known = Set(whole.filter { $0 != "–" }.map(PersonName.folded))
        return [
          "title": titles[index], "values": values,
          "same": known.count == 1 && !whole.contains("–"),
          "differs": known.count > 1,
        ]
      }
      return [
        "key": key, "rows": rows, "score": percent(proposal.score, say),
        "reasons": proposal.reasons.map { $0.word(spanish: say.isSpanish) },
        "counted": proposal.countedAsOne, "several": persons.count > 2,
        "persons": try persons.enumerated().map { index, person -> [String: Any] in
          [
            "id": person.id, "number": String(index + 1), "name": person.name,
            "row": try Int64.fetchOne(
              db, sql: "SELECT rowid FROM participant WHERE id = ?", arguments: [person.id]
            ).map(String.init) ?? "",
          ]
        },
        "place": say("\(place + 1) de \(open.count)", "\(place + 1) of \(open.count)"),
        "mayDecide": request.user.has(Permission.decide),
        "next": open.count > 1 ? Self.key(open[(place + 1) % open.count]) : "",
        "previous": open.count > 1 ? Self.key(open[(place + open.count - 1) % open.count]) : "",
      ]
    }
    return request.show("duplicate", title: say("¿Es la misma persona?", "The same person?"), data)
  }

  private static let documentPlace = 1

  /// Whole documents, which are compared, and what is shown of them: no more than by what they
  /// differ.
  private func documents(
    _ persons: [DuplicateList.Person], _ db: Database
  ) throws -> [(whole: String, shown: String)] {
    let rows = try persons.map { person in
      try Row.fetchOne(
        db,
        sql: "SELECT document_type, coalesce(document_number, '') FROM participant WHERE id = ?",
        arguments: [person.id])
    }
    let numbers = rows.map { row -> String in row?[1] ?? "" }
    return zip(rows, zip(numbers, IdentityDocument.masked(numbers))).map { row, number in
      if number.0.isEmpty { return ("–", "–") }
      let type: String? = row?[0]
      let prefix = type.map { $0 + " " } ?? ""
      return (prefix + number.0, prefix + number.1)
    }
  }

  /// What is compared, in order; `–` where it is missing.
  private func particulars(
    _ person: DuplicateList.Person, document: String, _ db: Database, _ words: RecordWords
  ) throws -> [(title: String, value: String)] {
    let say = words.say
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT p.sex, p.phone IS NOT NULL, p.email IS NOT NULL, max(s.starts_on)
        FROM participant p LEFT JOIN attendance a ON a.participant_id = p.id
        LEFT JOIN training_session s ON s.id = a.session_id WHERE p.id = ?
        """, arguments: [person.id])
    let sex: String? = row?[0]
    let last: String? = row?[3]
    func shown(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "–" }
    return [
      (say("Nombre", "Name"), person.name),
      (say("Documento", "Document"), document),
      (
        say("Sexo", "Sex"),
        shown(sex.map { words.value(.text($0), column: "sex") })
      ),
      (
        say("Institución", "Institution"),
        shown(person.institution.map { words.name("institution", $0) })
      ),
      (say("Cargo", "Role"), shown(person.role.map { words.name("role", $0) })),
      (say("Centro de trabajo", "Workplace"), shown(person.workplace)),
      (say("Departamento", "Department"), shown(person.department)),
      (say("Sesiones", "Sessions"), say.format.number(person.attendances)),
      (say("Última sesión", "Last session"), shown(last.map(say.format.day))),
      (
        say("Oficinas", "Offices"),
        shown(person.offices.map(words.officeTitle).joined(separator: ", "))
      ),
    ]
  }

  private func decide(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let key = request.parameter("key")
    let open = try centre.openProposals().proposals
    let place = open.firstIndex { Self.key($0) == key }
    let proposal = place.map { open[$0] }
    let chosen = request.form.all("person").filter { id in
      proposal?.persons.contains { $0.id == id } == true
    }
    guard let proposal else {
      return .redirect(
        "/duplicates/\(key)",
        notice: say(
          "Alguien lo decidió antes que usted; no se cambió nada.",
          "Somebody decided it before you; nothing was changed."), tone: .warning)
    }
    guard chosen.count > 1 else {
      return .redirect(
        "/duplicates/\(key)",
        notice: say("Marque al menos dos registros.", "Mark at least two records."),
        tone: .failure)
    }
    let isMerge = request.form["decision"] == "same"
    let at = instant(request.now)
    let environment = TrainingsEnvironment.system
    let name = request.user.isLocal ? "central" : request.user.name
    // Whoever comes second finds the pair decided, in the same transaction as the writing.
    let isDone = try centre.replica.write { db -> Bool in
      if try Centre.isDecided(db, proposal) { return false }
      if isMerge {
        try PersonDecision.merge(db, chosen, by: name, at: at, newID: environment.newID)
      } else {
        for (index, first) in chosen.enumerated() {
          for second in chosen[(index + 1)...] {
            try PersonDecision.separate(
              db, [first, second], by: name, at: at, newID: environment.newID)
          }
        }
      }
      return true
    }
    guard isDone else {
      return .redirect(
        "/duplicates",
        notice: say(
          "Alguien lo decidió antes que usted; no se cambió nada.",
          "Somebody decided it before you; nothing was changed."), tone: .warning)
    }
    try centre.activity.note(
      isMerge ? .duplicateMerge : .duplicateSeparate, subject: key,
      detail: "\(chosen.count)", by: request.user, at: request.now)
    let next = place.flatMap { open.count > 1 ? open[($0 + 1) % open.count] : nil }
    return .redirect(
      next.map { "/duplicates/" + Self.key($0) } ?? "/duplicates",
      notice: isMerge
        ? say("Se cuentan ahora como una persona.", "Counted as one person now.")
        : say("Se cuentan como personas distintas.", "Counted as different persons."))
  }

  // MARK: - What was decided

  private func decided(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let rows = try centre.replica.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, participant_id, same_as, decision, decided_by, decided_at FROM person_link
          ORDER BY decided_at DESC, id LIMIT 100
          """
      ).map { row -> [String: Any] in
        let names = try [row[1] as String, row[2]].map {
          try DuplicateList.person($0, db)?.name ?? say("(borrado)", "(deleted)")
        }
        let at: String? = row[5]
        let by: String? = row[4]
        return [
          "id": row[0] as String, "one": names[0], "other": names[1],
          "same": row[3] as String == "same", "by": by ?? "",
          "when": at.map { say.format.instant(iso: $0) } ?? "",
          "mayDecide": request.user.has(Permission.decide),
        ]
      }
    }
    return request.show(
      "duplicates_decided", title: say("Duplicados decididos", "Duplicates decided"),
      ["rows": rows, "isEmpty": rows.isEmpty])
  }

  private func undo(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let count = try centre.replica.write { db -> Int in
      try db.execute(
        sql: "DELETE FROM person_link WHERE id = ?", arguments: [request.form["link"]])
      return db.changesCount
    }
    guard count > 0 else {
      return .redirect(
        "/duplicates/decided",
        notice: say("Ya estaba deshecho.", "It was undone already."), tone: .warning)
    }
    try centre.activity.note(.duplicateUndo, by: request.user, at: request.now)
    return .redirect(
      "/duplicates/decided",
      notice: say(
        "Deshecho: la propuesta vuelve a la cola.", "Undone: the proposal is back in the queue."))
  }
}

extension Centre {
  /// Proposals that nobody has decided, and whether they are of the records as they stand.
  ///
  /// Comparing all names takes seconds where there are very many: a list of before some writes is
  /// shown meanwhile, without what was decided since.
  func openProposals() throws -> (proposals: [DuplicateList.Proposal], isCurrent: Bool) {
    let list = try figures.recent("duplicates") { db in try DuplicateList.find(db) }
    if list.isCurrent { return (list.value.proposals, true) }
    let open = try replica.read { db in
      try list.value.proposals.filter { try !Self.isDecided(db, $0) }
    }
    return (open, false)
  }

  /// Whether somebody has decided about every pair, or one of the participants is gone.
  static func isDecided(_ db: Database, _ proposal: DuplicateList.Proposal) throws -> Bool {
    let ids = proposal.persons.map(\.id)
    for (index, one) in ids.enumerated() {
      for other in ids[(index + 1)...] {
        let decided = try Bool.fetchOne(
          db,
          sql: """
            SELECT EXISTS (SELECT 1 FROM person_link
              WHERE (participant_id = ?1 AND same_as = ?2) OR (participant_id = ?2 AND same_as = ?1))
            """, arguments: [one, other])
        if decided != true { return false }
      }
    }
    return true
  }
}
