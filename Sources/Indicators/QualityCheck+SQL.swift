extension QualityCheck {
  /// What finds the records: office, key (one or two columns), what a person knows the record by.
  ///
  /// `day(today)` holds the day that counts as today.
  ///
  /// Nil for the checks that SQL alone cannot make.
  var sql: String? {
    switch self {
    case .sessionWithoutDate:
      sessions("status = 'held' AND coalesce(starts_on, '') = ''")
    case .sessionStillPlanned:
      sessions("status = 'planned' AND coalesce(ends_on, starts_on, planned_on) < today")
    case .sessionWithoutStatus: sessions("status IS NULL")
    case .sessionWithoutAttendance:
      sessions(
        """
        status = 'held' AND NOT EXISTS (SELECT 1 FROM attendance WHERE session_id = s.id)
          AND NOT EXISTS (SELECT 1 FROM group_score WHERE session_id = s.id)
        """)
    case .sessionWithoutIndicator:
      sessions(
        "status = 'held' AND NOT EXISTS (SELECT 1 FROM session_indicator WHERE session_id = s.id)")
    case .sessionWithoutTests:
      sessions(
        """
        status = 'held' AND EXISTS (
            SELECT 1 FROM session_indicator AS l JOIN indicator AS i ON i.id = l.indicator_id
            WHERE l.session_id = s.id
              AND i.computation IN ('pct_increase_pre_post', 'weighted_pct_increase'))
          AND EXISTS (SELECT 1 FROM attendance WHERE session_id = s.id)
          AND NOT EXISTS (
            SELECT 1 FROM attendance
            WHERE session_id = s.id AND (pre_score IS NOT NULL OR post_score IS NOT NULL))
          AND NOT EXISTS (SELECT 1 FROM group_score WHERE session_id = s.id)
        """)
    case .sessionWithoutDepartment:
      sessions("status = 'held' AND coalesce(department, '') = ''")
    case .sessionCodeTwice:
      sessions(
        """
        EXISTS (SELECT 1 FROM training_session
          WHERE office_code = s.office_code AND code = s.code AND id <> s.id)
        """)
    case .sessionDatesImpossible:
      sessions(
        """
        \(notADay("planned_on")) OR \(notADay("starts_on")) OR \(notADay("ends_on"))
          OR ends_on < starts_on
        """)
    case .sessionHeldInFuture:
      sessions("status = 'held' AND substr(starts_on, 1, 10) > today")
    case .sessionHoursImpossible: sessions("hours <= 0 OR hours > 1000")
    case .attendanceInCancelledSession:
      sessions(
        """
        status IN ('cancelled', 'postponed')
          AND EXISTS (SELECT 1 FROM attendance WHERE session_id = s.id)
        """)
    case .attendanceWithoutInstitution, .attendanceWithoutRole, .attendanceWithoutWorkplace,
      .testWithoutPair, .scoreImpossible:
      attendanceCondition.map(attendances)
    case .groupScoreImpossible:
      """
      SELECT s.office_code, g.session_id, g.group_label, s.code || ', ' || g.group_label
      FROM group_score AS g JOIN training_session AS s ON s.id = g.session_id
      WHERE NOT coalesce(
        g.n_both > 0 AND g.pre_mean BETWEEN 0 AND 20 AND g.post_mean BETWEEN 0 AND 20, 0)
      ORDER BY s.office_code, s.code, g.session_id, g.group_label
      """
    case .participantWithoutDocument: participants("coalesce(p.document_number, '') = ''")
    case .participantWithoutSex: participants("p.sex IS NULL")
    case .participantWithoutSurname: participants("trim(p.paternal_surname) = ''")
    case .documentImpossible:
      participants(
        """
        p.document_number <> '' AND p.document_number NOT GLOB '#*' AND (p.document_type IS NULL
          OR p.document_type = 'DNI' AND (length(p.document_number) <> 8
            OR p.document_number GLOB '*[^0-9]*')
          OR p.document_type <> 'DNI' AND (length(p.document_number) NOT BETWEEN 4 AND 15
            OR p.document_number GLOB '*[^0-9A-Z]*')
          OR p.document_number NOT GLOB '*[^0]*')
        """)
    case .deliverableWithoutDate:
      deliverables("coalesce(status, '') <> 'draft' AND coalesce(delivered_on, '') = ''")
    case .deliverableDateImpossible:
      deliverables(
        """
        \(notADay("delivered_on"))
          OR coalesce(status, '') <> 'draft' AND substr(delivered_on, 1, 10) > today
        """)
    case .deliverableQuantityImpossible: deliverables("quantity <= 0")
    case .deliverableCodeTwice:
      deliverables(
        """
        code <> '' AND EXISTS (SELECT 1 FROM deliverable
          WHERE office_code = d.office_code AND code = d.code AND id <> d.id)
        """)
    case .deliverableWithoutEvidence:
      deliverables("status IN ('approved', 'in_use') AND trim(coalesce(evidence, '')) = ''")
    case .measurementWithoutValue:
      """
      SELECT 'central', indicator_id, period, indicator_id || ' ' || period FROM measurement
      WHERE state = 'number' AND value IS NULL AND (numerator IS NULL OR denominator IS NULL)
      ORDER BY indicator_id, period
      """
    case .measurementPartsImpossible:
      """
      SELECT 'central', m.indicator_id, m.period, m.indicator_id || ' ' || m.period
      FROM measurement AS m JOIN indicator AS i ON i.id = m.indicator_id
      WHERE m.state = 'number' AND ((m.numerator IS NULL) <> (m.denominator IS NULL)
        OR m.denominator <= 0 OR m.numerator < 0
        OR i.computation = 'ratio' AND abs(100 * m.numerator / m.denominator - m.value) > 0.06)
      ORDER BY m.indicator_id, m.period
      """
    case .documentTwice, .decisionsContradict, .measurementPeriodUnknown: nil
    }
  }

  /// What of an attendance `a` the check looks for; nil for checks of other records.
  var attendanceCondition: String? {
    switch self {
    case .attendanceWithoutInstitution: "a.institution_code IS NULL"
    case .attendanceWithoutRole: "a.role_code IS NULL"
    case .attendanceWithoutWorkplace:
      "a.role_code IN ('operador_car', 'tutor_car') AND coalesce(a.workplace, '') = ''"
    case .testWithoutPair: "(a.pre_score IS NULL) <> (a.post_score IS NULL)"
    case .scoreImpossible:
      "max(coalesce(a.pre_score, 0), coalesce(a.post_score, 0)) > coalesce(a.score_scale, 20)"
    default: nil
    }
  }

  private func sessions(_ condition: String) -> String {
    """
    SELECT office_code, id, NULL, code FROM training_session AS s, day
    WHERE \(condition) ORDER BY office_code, code, id
    """
  }

  private func attendances(_ condition: String) -> String {
    """
    SELECT s.office_code, a.session_id, a.participant_id, s.code
    FROM attendance AS a JOIN training_session AS s ON s.id = a.session_id
    WHERE \(condition) ORDER BY s.office_code, s.code, a.session_id, a.participant_id
    """
  }

  /// A participant is listed by each office at whose sessions the person was: each can mend it.
  private func participants(_ condition: String) -> String {
    """
    SELECT DISTINCT s.office_code, p.id, NULL,
      trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', ' || p.given_names
    FROM participant AS p LEFT JOIN attendance AS a ON a.participant_id = p.id
    LEFT JOIN training_session AS s ON s.id = a.session_id
    WHERE \(condition) ORDER BY s.office_code, p.id
    """
  }

  private func deliverables(_ condition: String) -> String {
    """
    SELECT office_code, id, NULL, coalesce(code, title) FROM deliverable AS d, day
    WHERE \(condition) ORDER BY office_code, code, id
    """
  }

  /// Whether a column holds something that is no day of the calendar.
  ///
  /// SQLite turns 31 February into 2 March only when it has to reckon with it: hence the modifier.
  private func notADay(_ column: String) -> String {
    "(\(column) <> '' AND date(substr(\(column), 1, 10), '+0 days') IS NOT substr(\(column), 1, 10))"
  }
}
