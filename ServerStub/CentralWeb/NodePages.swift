internal import CentralNode
internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import WebPages

/// Offices and their laptops: how each stands, enrolment and revocation, what waits in quarantine.
struct NodePages: Sendable {
  let centre: Centre

  func add(to routes: WebRoutes) {
    routes.get("nodes") { try list($0) }
    routes.get("nodes/enroll", roles: Permission.administer) { try enrolment($0) }
    routes.post("nodes/enroll", roles: Permission.administer) { try enroll($0) }
    routes.post("nodes/revoke", roles: Permission.administer) { try revoke($0) }
    routes.get("quarantine") { try quarantine($0) }
  }

  // MARK: - The list

  private func list(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let accesses = try centre.node.register.all()
    let states = try centre.node.register.states()
    let own = centre.replica.schemaVersion
    let (offices, incidents, quarantined) = try centre.replica.read { db in
      (
        try Row.fetchAll(
          db, sql: "SELECT code, name_es FROM office WHERE code <> 'central' ORDER BY rowid"
        ).map { (code: $0[0] as String, name: $0[1] as String) },
        try Row.fetchAll(
          db, sql: "SELECT at, kind, detail FROM sync_incident ORDER BY no DESC LIMIT 20"
        ).map { row -> [String: Any] in
          [
            "when": say.format.instant(iso: row[0]), "kind": Self.incident(row[1], say),
            "detail": row[2] as String,
          ]
        },
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sync_quarantine") ?? 0
      )
    }
    let groups = offices.map { office -> [String: Any] in
      let mine = accesses.filter { $0.office == office.code }
      let good = mine.filter { $0.revokedAt == nil }
      return [
        "name": office.name,
        "nodes": good.map { node($0, states[$0], own: own, request) },
        "none": good.isEmpty,
        "revoked": mine.filter { $0.revokedAt != nil }.map { access -> [String: Any] in
          [
            "id": String(access.node.description.prefix(8)), "label": access.label ?? "",
            "when": say.format.instant(access.revokedAt ?? 0),
          ]
        },
        "hasRevoked": mine.contains { $0.revokedAt != nil },
      ]
    }
    return request.show(
      "nodes", title: say("Oficinas", "Offices"),
      [
        "offices": groups, "incidents": incidents, "hasIncidents": !incidents.isEmpty,
        "quarantined": say.count(
          quarantined, (one: "cambio en cuarentena aquí", many: "cambios en cuarentena aquí"),
          (one: "change in quarantine here", many: "changes in quarantine here")),
        "hasQuarantine": quarantined > 0, "schema": String(own),
        "mayAdminister": request.user.has(Permission.administer),
      ])
  }

  private func node(
    _ access: NodeAccess, _ state: NodeState?, own: Int, _ request: PageRequest
  ) -> [String: Any] {
    let say = request.say
    var data: [String: Any] = [
      "id": String(access.node.description.prefix(8)), "node": access.node.description,
      "label": access.label ?? say("sin nombre", "unnamed"),
      "mayRevoke": request.user.has(Permission.administer),
    ]
    guard let state else {
      data["seen"] =
        access.lastSeenAt.map { say.ago($0, now: request.now) }
        ?? say("todavía no se ha sincronizado", "has not synced yet")
      data["seenAt"] = access.lastSeenAt.map(say.format.instant) ?? ""
      data["proof"] = "–"
      data["unsent"] = "–"
      data["clock"] = "–"
      data["version"] = "–"
      return data
    }
    let seen = NodeStanding(state, now: request.now, ownSchema: own, say: say)
    data["seen"] = seen.lastSync
    data["seenAt"] = say.format.instant(state.report?.at ?? state.helloAt)
    data["late"] = seen.isLate
    data["proof"] = seen.proof
    data["proofGood"] = seen.isProven
    data["proofBad"] = seen.isDifferent
    data["unsent"] = seen.unsent
    data["clock"] = seen.clock
    data["clockBad"] = seen.isClockWrong
    data["version"] = seen.version
    data["versionBad"] = seen.isOlder
    if let report = state.report, report.conflicts + report.quarantined > 0 {
      data["waiting"] = [
        report.conflicts > 0
          ? say.count(
            report.conflicts, (one: "conflicto abierto", many: "conflictos abiertos"),
            (one: "open conflict", many: "open conflicts")) : nil,
        report.quarantined > 0
          ? say("\(report.quarantined) en cuarentena", "\(report.quarantined) in quarantine") : nil,
      ].compactMap(\.self).joined(separator: ", ")
    }
    return data
  }

  private static func incident(_ kind: String, _ say: Wording) -> String {
    switch kind {
    case "fork": say("dos copias del mismo equipo escribieron", "two copies of one laptop wrote")
    case "restored", "identity":
      say("una copia restaurada tomó otra identidad", "a restored copy took a new identity")
    case "bypass": say("escritura que ningún disparador vio", "a write that no trigger saw")
    case "digest": say("los resúmenes no coincidieron", "digests differed")
    default: kind
    }
  }

  // MARK: - Enrolment

  private func enrolment(_ request: PageRequest, problem: String? = nil) throws -> PageResponse {
    let say = request.say
    let offices = try centre.replica.read { db in
      try Row.fetchAll(
        db, sql: "SELECT code, name_es FROM office WHERE code <> 'central' ORDER BY rowid"
      ).map { row -> [String: Any] in
        [
          "code": row[0] as String, "name": row[1] as String,
          "selected": row[0] as String == request.form["office"],
        ]
      }
    }
    var data: [String: Any] = [
      "offices": offices, "label": request.form["label"],
      "days": request.form.text("days") ?? "14",
    ]
    if let problem { data["problem"] = problem }
    return request.show(
      "enroll", title: say("Inscribir un equipo", "Enrol a laptop"), data,
      isProblem: problem != nil)
  }

  private func enroll(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let office = request.form["office"]
    let label = request.form.text("label").map { String($0.prefix(100)) }
    let name = try centre.replica.read { db in
      try String.fetchOne(
        db, sql: "SELECT name_es FROM office WHERE code = ? AND code <> 'central'",
        arguments: [office])
    }
    guard let name else {
      return try enrolment(
        request, problem: say("Elija una oficina.", "Choose an office."))
    }
    guard let days = Int(request.form["days"]), (1...365).contains(days) else {
      return try enrolment(
        request,
        problem: say(
          "Los días son un número de 1 a 365.", "The days are a number from 1 to 365."))
    }
    let code = try centre.node.register.makeCode(
      office: office, label: label, validity: Int64(days) * 86_400_000)
    try centre.activity.note(
      .nodeEnroll, subject: office, detail: "\(days) days", by: request.user, at: request.now)
    return request.show(
      "enroll_code", title: say("Código de inscripción", "Enrolment code"),
      [
        "code": code, "office": name, "officeCode": office, "label": label ?? "",
        "until": say.format.instant(request.now + Int64(days) * 86_400_000),
      ])
  }

  private func revoke(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    guard let node = NodeID(request.form["node"]) else { throw WebError.notFound }
    let count = try centre.node.register.revoke(node)
    guard count > 0 else {
      return .redirect(
        "/nodes",
        notice: say(
          "Ese equipo ya no tenía permiso.", "That laptop had no good credential any more."),
        tone: .warning)
    }
    try centre.activity.note(
      .nodeRevoke, subject: String(node.description.prefix(8)), by: request.user, at: request.now)
    return .redirect(
      "/nodes",
      notice: say(
        "Revocado. Su próxima sincronización será rechazada; lo que ya envió se conserva.",
        "Revoked. Its next sync is refused; what it has sent stays."))
  }

  // MARK: - Quarantine

  private func quarantine(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let rows = try centre.replica.read { db -> [[String: Any]] in
      let words = try RecordWords(db, say)
      return try Row.fetchAll(
        db,
        sql: """
          SELECT q.table_name, q.reason, q.detail, q.since, n.office, hex(n.id)
          FROM sync_quarantine q JOIN sync_node n ON n.no = q.node_no
          ORDER BY q.since DESC LIMIT 500
          """
      ).map { row in
        let reason: String = row[1]
        return [
          "table": words.table(row[0]), "reason": Self.reason(reason, say),
          "remedy": Self.remedy(reason, say), "since": say.format.instant(iso: row[3]),
          "office": words.officeTitle(row[4]),
          "node": String((row[5] as String).lowercased().prefix(8)),
        ]
      }
    }
    return request.show(
      "quarantine", title: say("Cuarentena", "Quarantine"),
      ["rows": rows, "isEmpty": rows.isEmpty])
  }

  private static func reason(_ code: String, _ say: Wording) -> String {
    switch QuarantineReason(rawValue: code) {
    case .unknownTable:
      say("una tabla que este programa no conoce", "a table that this program does not know")
    case .unknownColumn:
      say("un dato que este programa no conoce", "a field that this program does not know")
    case .constraint: say("un valor que no puede estar ahí", "a value that cannot stand there")
    case .reference:
      say("depende de un registro que no está aquí", "depends on a record that is not here")
    case .scope:
      say("su oficina no puede escribir ahí", "its office may not write there")
    case nil: code
    }
  }

  private static func remedy(_ code: String, _ say: Wording) -> String {
    switch QuarantineReason(rawValue: code) {
    case .unknownTable, .unknownColumn:
      say("Actualice este programa; entonces entra solo.", "Upgrade this program; it enters then.")
    case .constraint:
      say("Pida a la oficina que corrija el registro.", "Ask the office to correct the record.")
    case .reference:
      say(
        "Espera al registro que falta; entra solo cuando llegue.",
        "It waits for the missing record, and enters when that comes.")
    case .scope:
      say(
        "Revise con la oficina; si debía poder, cambie su alcance.",
        "Look at it with the office; if it should be able to, change its scope.")
    case nil: ""
    }
  }
}

/// How a node stands, in words; pure.
struct NodeStanding {
  let lastSync: String
  let isLate: Bool
  let proof: String
  let isProven: Bool
  let isDifferent: Bool
  let unsent: String
  let clock: String
  let isClockWrong: Bool
  let version: String
  let isOlder: Bool

  /// A node that has not synced for a week is late; a clock is wrong from two minutes on.
  init(_ state: NodeState, now: Int64, ownSchema: Int, say: Wording) {
    let last = state.report?.at ?? state.helloAt
    lastSync = say.ago(last, now: now)
    isLate = now - last > 7 * 86_400_000

    if let proven = state.report?.lastProof {
      let words =
        "\(say.format.number(Int(proven.rows))) \(say("filas", "rows")), "
        + say.format.instant(proven.at)
      if state.report?.verified == false {
        proof = say(
          "distintas; idénticas por última vez: \(words)", "different; last identical: \(words)")
      } else {
        proof = say("idénticas, \(words)", "identical, \(words)")
      }
    } else if state.report?.verified == false {
      proof = say("distintas", "different")
    } else {
      proof = say("sin comparar", "not compared")
    }
    isProven = state.report?.verified == true
    isDifferent = state.report?.verified == false

    if let report = state.report, report.at >= state.helloAt {
      unsent =
        report.unsent == 0
        ? say("nada", "nothing")
        : say.count(
          report.unsent, (one: "cambio", many: "cambios"), (one: "change", many: "changes"))
    } else if state.unsentChangesets > 0 {
      // It said hello and did not come to the end.
      unsent = say(
        "al menos \(state.unsentChangesets) envíos; la última sincronización no terminó",
        "at least \(state.unsentChangesets) changesets; the last sync did not end")
    } else {
      unsent = say("la última sincronización no terminó", "the last sync did not end")
    }

    let seconds = abs(state.clockOffsetMilliseconds) / 1000
    isClockWrong = seconds >= 120
    if seconds < 5 {
      clock = say("en hora", "right")
    } else {
      let amount: String
      switch seconds {
      case ..<120: amount = "\(seconds) s"
      case ..<7200: amount = "\(seconds / 60) min"
      case ..<172_800: amount = "\(seconds / 3600) h"
      default:
        amount = say.count(
          Int(seconds / 86_400), (one: "día", many: "días"), (one: "day", many: "days"))
      }
      clock =
        state.clockOffsetMilliseconds > 0
        ? say("atrasado \(amount)", "\(amount) slow")
        : say("adelantado \(amount)", "\(amount) fast")
    }

    isOlder = state.schemaVersion < ownSchema
    let words = say("esquema \(state.schemaVersion)", "schema \(state.schemaVersion)")
    if isOlder {
      version = words + say(", anterior al de aquí", ", older than here")
    } else if state.schemaVersion > ownSchema {
      version = words + say(", posterior al de aquí", ", newer than here")
    } else {
      version = words
    }
  }
}
