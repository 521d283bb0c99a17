import GRDB
import Trainings

/// How many open conflicts stand behind each indicator, with those whose decision was undone here.
struct OpenConflicts {
  struct Count: Hashable {
    var open = 0
    var scores = 0
    /// The offices of the sessions and deliverables that they are about.
    var offices: Set<String> = []
  }

  var byIndicator: [String: Count] = [:]

  /// Attributes each open conflict to the indicators whose figure reads the row.
  ///
  /// A session that started after the cut-off is behind no figure; one without a date may be, since
  /// its date may be what is disputed. An attendance is behind an indicator of its session whatever
  /// its role, since the role may be what is disputed.
  static func gather(_ db: Database, cutOff: String) throws -> OpenConflicts {
    let numbers = try ReopenedDecision.all(db).map { String($0.no) }
    let reopened = "[\(numbers.joined(separator: ","))]"
    let rows = try Row.fetchCursor(
      db,
      sql: """
        WITH conflict AS MATERIALIZED (
          SELECT c.id, t.name AS source, n.name AS field,
            CASE WHEN json_valid(c.key) THEN json_extract(c.key, '$[0]') END AS key_1,
            CASE WHEN json_valid(c.key) THEN json_extract(c.key, '$[1]') END AS key_2
          FROM sync_conflict AS c JOIN sync_table AS t ON t.no = c.table_no
          LEFT JOIN sync_column AS n ON n.table_no = c.table_no AND n.no = c.column_no
          WHERE c.state = 'open'
          UNION ALL
          SELECT 'decision ' || no, table_name, column_name, json_extract(key, '$[0]'),
            json_extract(key, '$[1]')
          FROM web_decision WHERE no IN (SELECT value FROM json_each(?2))
        ), in_session AS (
          SELECT id, field, source, key_1 AS session_id FROM conflict
          WHERE source IN ('training_session', 'session_indicator', 'attendance', 'group_score')
          UNION ALL
          SELECT c.id, c.field, c.source, a.session_id
          FROM conflict AS c JOIN attendance AS a ON a.participant_id = c.key_1
          WHERE c.source = 'participant'
        ), behind AS (
          SELECT x.id, x.field, l.indicator_id, s.office_code
          FROM in_session AS x JOIN training_session AS s ON s.id = x.session_id
          JOIN session_indicator AS l ON l.session_id = s.id
          JOIN indicator AS i ON i.id = l.indicator_id
          WHERE (s.starts_on IS NULL OR substr(s.starts_on, 1, 10) <= ?1)
            AND CASE i.computation
              WHEN 'count_sessions' THEN x.source IN ('training_session', 'session_indicator')
              WHEN 'count_distinct_participants' THEN x.source <> 'group_score'
                AND coalesce(x.field, '') NOT IN ('pre_score', 'post_score', 'score_scale')
              WHEN 'pct_increase_pre_post' THEN x.source <> 'group_score'
              WHEN 'weighted_pct_increase' THEN 1
              ELSE 0 END
          UNION ALL
          SELECT c.id, c.field, d.indicator_id, d.office_code
          FROM conflict AS c JOIN deliverable AS d ON d.id = c.key_1
          WHERE c.source = 'deliverable'
            AND (d.delivered_on IS NULL OR substr(d.delivered_on, 1, 10) <= ?1)
          UNION ALL
          SELECT id, field, key_1, NULL FROM conflict
          WHERE source IN ('measurement', 'indicator', 'indicator_target', 'indicator_role')
        )
        SELECT indicator_id, count(DISTINCT id), count(DISTINCT CASE
          WHEN field IN ('pre_score', 'post_score', 'pre_mean', 'post_mean') THEN id END),
          group_concat(DISTINCT office_code)
        FROM behind GROUP BY indicator_id
        """, arguments: [cutOff, reopened])
    var conflicts = OpenConflicts()
    while let row = try rows.next() {
      conflicts.byIndicator[row[0]] = Count(
        open: row[1], scores: row[2],
        offices: Set((row[3] ?? "").split(separator: ",").map(String.init)))
    }
    return conflicts
  }
}
