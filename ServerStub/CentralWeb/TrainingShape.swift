internal import GRDB
internal import Indicators
internal import WebPages

/// How much training there was to a cut-off: by office, quarter and sex.
struct TrainingShape: Sendable {
  var sessions = 0
  var attendances = 0
  /// Distinct canonical persons.
  var persons = 0
  /// By office code, distinct persons by sex; "" is not recorded.
  var personsByOffice: [String: [String: Int]] = [:]
  /// By quarter, attendances by office.
  var attendancesByQuarter: [String: [String: Int]] = [:]
  var sessionsByQuarter: [String: [String: Int]] = [:]

  static func load(_ db: Database, cutOff: String) throws -> TrainingShape {
    var shape = TrainingShape()
    let held = """
      s.status = 'held' AND substr(s.starts_on, 1, 10) <= ?
        AND s.starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
      """
    let sessions = try Row.fetchCursor(
      db,
      sql: """
        SELECT s.office_code, substr(s.starts_on, 1, 7), count(*),
          sum((SELECT count(*) FROM attendance a WHERE a.session_id = s.id))
        FROM training_session s WHERE \(held) GROUP BY 1, 2
        """, arguments: [cutOff])
    while let row = try sessions.next() {
      let office: String = row[0]
      let month: String = row[1]
      guard let quarter = Period(quarterOf: month + "-01")?.description else { continue }
      shape.sessions += row[2] as Int
      shape.attendances += row[3] as Int
      shape.sessionsByQuarter[quarter, default: [:]][office, default: 0] += row[2] as Int
      shape.attendancesByQuarter[quarter, default: [:]][office, default: 0] += row[3] as Int
    }
    let groups = try PersonGroups.load(db)
    let people = try Row.fetchCursor(
      db,
      sql: """
        SELECT p.id, coalesce(p.sex, ''), x.office_code FROM (
          SELECT DISTINCT a.participant_id, s.office_code FROM training_session s
          CROSS JOIN attendance a ON a.session_id = s.id WHERE \(held)) x
        JOIN participant p ON p.id = x.participant_id
        """, arguments: [cutOff])
    var all: Set<String> = []
    var seen: [String: Set<String>] = [:]
    while let row = try people.next() {
      let person = groups.representative(of: row[0])
      let sex: String = row[1]
      let office: String = row[2]
      all.insert(person)
      if seen[office, default: []].insert(person).inserted {
        shape.personsByOffice[office, default: [:]][sex, default: 0] += 1
      }
    }
    shape.persons = all.count
    return shape
  }

  /// Persons by office and sex; sessions by quarter and office.
  func charts(_ words: RecordWords) -> [any DataChart] {
    let say = words.say
    let locale: ReportLocale = say.isSpanish ? .spanish : .english
    let offices = personsByOffice.keys.sorted()
    let sexes = ["F", "M", "X", ""].filter { sex in
      personsByOffice.values.contains { ($0[sex] ?? 0) > 0 }
    }
    let byOffice = StackedBarChart(
      title: say("Personas capacitadas por oficina y sexo", "Persons trained by office and sex"),
      summary: say(
        "Cada persona cuenta una vez en cada oficina donde asistió.",
        "Each person counts once in each office where they came."),
      labels: offices.map(words.officeTitle),
      series: sexes.map { sex in
        StackedBarChart.Series(
          name: name(sex, say), values: offices.map { Double(personsByOffice[$0]?[sex] ?? 0) },
          isNotRecorded: sex.isEmpty)
      }, labelHeading: say("Oficina", "Office"), totalHeading: "Total", locale: locale)
    let quarters = sessionsByQuarter.keys.sorted()
    let hosts = Set(sessionsByQuarter.values.flatMap(\.keys)).sorted()
    let byQuarter = StackedBarChart(
      title: say(
        "Sesiones realizadas por trimestre y oficina", "Sessions held by quarter and office"),
      summary: say(
        "Sesiones por el trimestre en que empezaron.", "Sessions by the quarter they started in."),
      labels: quarters,
      series: hosts.map { office in
        StackedBarChart.Series(
          name: words.officeTitle(office),
          values: quarters.map { Double(sessionsByQuarter[$0]?[office] ?? 0) })
      }, labelHeading: say("Trimestre", "Quarter"), totalHeading: "Total", locale: locale)
    return [byOffice, byQuarter]
  }

  private func name(_ sex: String, _ say: Wording) -> String {
    switch sex {
    case "F": say("Mujeres", "Women")
    case "M": say("Hombres", "Men")
    case "X": say("Otro", "Other")
    default: say("No registrado", "Not recorded")
    }
  }
}
