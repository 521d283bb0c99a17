internal import GRDB
internal import Replica
internal import SyncModel
internal import Trainings
internal import WebPages

/// What goes to the printer: attendance sheets to be signed, and certificates.
struct PrintPages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("sessions/:id/print") { try sheet($0) }
    routes.get("sessions/:id/certificates") { try certificates($0) }
  }

  /// The sheet as it stands, or empty; `lines` more lines to write on.
  private func sheet(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let isEmpty = request.query("form") == "empty"
    let lines = min(200, request.query("lines").flatMap { Int($0) } ?? (isEmpty ? 25 : 5))
    let say = request.say
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let sheet = try Sheet(id, db)
      let shown = isEmpty ? [] : sheet.entries
      var data = header(sheet, words)
      data["rows"] = shown.enumerated().map { number, entry -> [String: Any] in
        var row = sheet.row(entry, number: number + 1, words: words, mayEnter: false)
        row["completed"] = row["completedText"]
        return row
      }
      data["blank"] = (0..<max(0, lines)).map { ["number": shown.count + $0 + 1] }
      data["path"] = "/sessions/\(id.pathPart)"
      data["isEmpty"] = isEmpty
      return request.page(
        "print_sheet", title: say("Lista de asistencia", "Attendance sheet"), data)
    }
  }

  /// A page for each person who completed the session; whole documents only for who enters them.
  private func certificates(_ request: PageRequest) throws -> PageResponse {
    let id = request.parameter("id")
    let say = request.say
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let sheet = try Sheet(id, masked: !request.user.has(Permission.enter), db)
      let persons = sheet.entries.filter { $0.cells["completed"] == "1" }
      var data = header(sheet, words)
      let given = persons.map { entry -> [String: Any] in
        let parts = entry.name.split(separator: ",", maxSplits: 1)
        let name = parts.count == 2 ? "\(parts[1].drop { $0 == " " }) \(parts[0])" : entry.name
        var person: [String: Any] = ["name": name]
        person.set("document", entry.document)
        return person
      }
      data["persons"] = given
      data["hasPersons"] = !given.isEmpty
      data["countText"] = say.count(
        given.count, (one: "certificado", many: "certificados"),
        (one: "certificate", many: "certificates"))
      data["path"] = "/sessions/\(id.pathPart)"
      return request.page("certificates", title: say("Certificados", "Certificates"), data)
    }
  }

  private func header(_ sheet: Sheet, _ words: RecordWords) -> [String: Any] {
    let say = words.say
    let session = sheet.session
    var data: [String: Any] = ["code": session["code"] ?? "", "session": session["title"] ?? ""]
    data.set("topic", session["topic"])
    data.set("facilitator", session["facilitator"])
    data.set("hours", session["hours"])
    let place = ["venue", "district", "department"].compactMap { session[$0] }.filter {
      !$0.isEmpty
    }
    data.set("place", place.joined(separator: ", "))
    data["office"] = words.officeTitle(session["office_code"] ?? "")
    let starts =
      session["starts_on"].flatMap { $0.isEmpty ? nil : $0 } ?? session["planned_on"] ?? ""
    if !starts.isEmpty {
      let ends = session["ends_on"] ?? ""
      data["day"] =
        ends.isEmpty || ends == starts
        ? say.format.day(starts) : "\(say.format.day(starts)) – \(say.format.day(ends))"
    }
    return data
  }
}
