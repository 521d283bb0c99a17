internal import GRDB
internal import Indicators
internal import Replica
internal import SyncModel
internal import WebPages

/// What an officer looks at first: sessions around today, what is missing, what is not sent.
struct TodayPage: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("/") { try show($0) }
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let standing = try office.standing()
    return try request.replica.read { db in
      let words = try RecordWords(db, say)
      let near = try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, s.office_code, s.code, s.title, s.status, s.planned_on, s.starts_on, s.venue,
            (SELECT count(*) FROM attendance a WHERE a.session_id = s.id) AS persons
          FROM training_session s
          WHERE s.office_code = ?1 AND coalesce(s.starts_on, s.planned_on)
            BETWEEN date(?2, '-14 days') AND date(?2, '+30 days')
          ORDER BY coalesce(s.starts_on, s.planned_on), s.code LIMIT 40
          """, arguments: [office.code, request.today])
      let isNear = !near.isEmpty
      let rows =
        isNear
        ? near
        : try Row.fetchAll(
          db,
          sql: """
            SELECT s.id, s.office_code, s.code, s.title, s.status, s.planned_on, s.starts_on, s.venue,
              (SELECT count(*) FROM attendance a WHERE a.session_id = s.id) AS persons
            FROM training_session s WHERE s.office_code = ?1
            ORDER BY coalesce(s.starts_on, s.planned_on) DESC, s.code LIMIT 8
            """, arguments: [office.code])
      // Only what officers of this office can mend; the whole report is a page of its own. CROSS
      // JOIN: sessions are looked up for the few attendances found, not attendances for each session.
      let counts = try Row.fetchOne(
        db,
        sql: """
          SELECT
            (SELECT count(*) FROM training_session WHERE office_code = ?1 AND status = 'planned'
              AND coalesce(ends_on, starts_on, planned_on) < ?2),
            (SELECT count(*) FROM training_session s WHERE office_code = ?1 AND status = 'held'
              AND NOT EXISTS (SELECT 1 FROM attendance WHERE session_id = s.id)),
            (SELECT count(*) FROM training_session s WHERE office_code = ?1 AND status = 'held'
              AND NOT EXISTS (SELECT 1 FROM session_indicator WHERE session_id = s.id)),
            (SELECT count(*) FROM attendance a CROSS JOIN training_session s ON s.id = a.session_id
              WHERE s.office_code = ?1 AND s.status = 'held' AND a.role_code IS NULL),
            (SELECT count(*) FROM attendance a CROSS JOIN training_session s ON s.id = a.session_id
              WHERE s.office_code = ?1 AND (a.pre_score IS NULL) <> (a.post_score IS NULL))
          """, arguments: [office.code, request.today])
      let words5: [(QualityCheck, String)] = [
        (
          .sessionStillPlanned,
          say("sesiones pasadas que siguen programadas", "past sessions still planned")
        ),
        (
          .sessionWithoutAttendance,
          say("sesiones realizadas sin asistencia", "held sessions without attendance")
        ),
        (
          .sessionWithoutIndicator,
          say("sesiones realizadas sin indicador", "held sessions without an indicator")
        ),
        (.attendanceWithoutRole, say("asistencias sin cargo", "attendances without a role")),
        (.testWithoutPair, say("pruebas sin su par", "tests without their pair")),
      ]
      let missing = words5.enumerated().compactMap { place, item -> [String: Any]? in
        let count: Int = counts?[place] ?? 0
        return count == 0
          ? nil
          : [
            "count": say.format.number(count), "label": item.1,
            "path": "/quality?check=\(item.0.rawValue)",
          ]
      }
      var data: [String: Any] = [
        "rows": rows.map { SessionLine($0, words).data }, "isEmpty": rows.isEmpty, "isNear": isNear,
        "missing": missing, "nothingMissing": missing.isEmpty,
        "unsent": say.format.number(standing.unsent), "hasUnsent": standing.unsent > 0,
        "proof": standing.proof(say, now: request.now), "isGood": standing.isGood,
        "conflicts": say.format.number(standing.conflicts), "hasConflicts": standing.conflicts > 0,
        "mayEnter": request.user.has(Permission.enter),
        "mayDecide": request.user.has(Permission.decide),
        "maySync": request.user.has(Permission.sync),
        "quarantined": standing.quarantined, "hasQuarantined": standing.quarantined > 0,
        "day": say.format.day(request.today),
      ]
      data["waiting"] = standing.conflicts > 0 || standing.quarantined > 0
      return request.page("today", title: say("Hoy", "Today"), data)
    }
  }
}
