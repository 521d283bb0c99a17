import Replica
import Schema
import TestSupport

/// Five offices recording training sessions: 77 % inserts, 20 % updates, 2 % deletes, 1 %
/// concurrent edits.
///
/// A pure function of size and seed; nothing here touches a database.
struct Workload {
  static let offices = 5
  static let tables = ["session", "participant", "attendance"]
  static let keys = [["id"], ["id"], ["session_id", "participant_id"]]
  static let columns = [
    [
      "code", "title", "product", "region", "venue", "modality", "starts_on", "ends_on", "hours",
      "facilitator", "status",
    ],
    [
      "dni", "given_names", "surnames", "sex", "birth_year", "institution", "role", "email",
      "phone", "region",
    ],
    [
      "attended", "pre_score", "post_score", "hours", "certificate", "evaluator", "notes",
      "recorded_on",
    ],
  ]

  static let ddl = """
    CREATE TABLE session(id TEXT NOT NULL, code TEXT, title TEXT, product TEXT, region TEXT, venue TEXT, modality TEXT,
      starts_on TEXT, ends_on TEXT, hours REAL, facilitator TEXT, status TEXT, PRIMARY KEY(id));
    CREATE TABLE participant(id TEXT NOT NULL, dni TEXT, given_names TEXT, surnames TEXT, sex TEXT, birth_year INTEGER,
      institution TEXT, role TEXT, email TEXT, phone TEXT, region TEXT, PRIMARY KEY(id));
    CREATE TABLE attendance(session_id TEXT NOT NULL, participant_id TEXT NOT NULL, attended INTEGER, pre_score REAL,
      post_score REAL, hours REAL, certificate TEXT, evaluator TEXT, notes TEXT, recorded_on TEXT,
      PRIMARY KEY(session_id, participant_id),
      FOREIGN KEY(session_id) REFERENCES session(id) DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY(participant_id) REFERENCES participant(id) DEFERRABLE INITIALLY DEFERRED);
    CREATE INDEX attendance_by_participant ON attendance(participant_id);
    CREATE INDEX participant_by_dni ON participant(dni);
    """

  static let schema = ReplicaSchema(migrations: [
    Migration(
      name: "v0002_workload",
      sql: ddl + "INSERT INTO sync_table(name) VALUES ('session'), ('participant'), ('attendance');"
    )
  ])

  struct Operation {
    /// Into `statements`.
    let statement: Int
    let values: [BenchValue]
    let table: Int
    let key: [BenchValue]
    /// Empty: a deletion.
    ///
    /// All columns: an insert.
    let columns: [Int]
    let written: [BenchValue]
  }

  let base: [(table: Int, row: [BenchValue])]
  let operations: [[Operation]]
  /// Rows edited by two offices, and whether in the same column.
  let planned: [(key: BenchValue, sameColumn: Bool)]

  init(operations count: Int, seed: UInt64 = 20_251_123) {
    precondition(count >= 4000, "with fewer operations a session runs out of participants")
    var builder = WorkloadBuilder(seed: seed)
    let each = count / Self.offices
    let conflicts = each / 100
    let baseParticipants = max(count / 17, conflicts * Self.offices + 10)
    let baseSessions = max(baseParticipants / 12, Self.offices)
    var base: [(table: Int, row: [BenchValue])] = []
    let sessions = (0..<baseSessions).map { index in
      let row = builder.session(region: index % 5)
      base.append((0, row))
      return row[0]
    }
    let shared = (0..<baseParticipants).map { index in
      let row = builder.participant(region: index % 5)
      base.append((1, row))
      return row[0]
    }
    var attendances: [[BenchValue]] = []
    var seen: Set<[BenchValue]> = []
    while attendances.count < count * 14 / 100 {
      let key = [builder.random.pick(sessions), builder.random.pick(shared)]
      guard seen.insert(key).inserted else { continue }
      attendances.append(key)
      base.append((2, builder.attendance(key[0], key[1])))
    }
    var edits: [[(BenchValue, Int)]] = Array(repeating: [], count: Self.offices)
    var planned: [(key: BenchValue, sameColumn: Bool)] = []
    for office in 0..<Self.offices {
      for _ in 0..<conflicts / 2 {
        let key = shared[planned.count]
        let same = planned.count % 2 == 0
        edits[office].append((key, 8))
        edits[(office + 1) % Self.offices].append((key, same ? 8 : 7))
        planned.append((key, same))
      }
    }
    let free = Array(shared[planned.count...])
    operations = (0..<Self.offices).map { office in
      func own<Element>(_ all: [Element]) -> [Element] {
        stride(from: office, to: all.count, by: Self.offices).map { all[$0] }
      }
      return builder.operations(
        office: office, count: each, sessions: own(sessions), participants: own(free),
        attendances: own(attendances), edits: edits[office])
    }
    self.base = base
    self.planned = planned
  }

  private static let updateSets: [(Int, [Int])] = [
    (2, [2]), (2, [2, 4]), (2, [6]), (1, [8]), (1, [5, 6]), (1, [7, 8]), (0, [10]), (0, [4, 9, 8]),
    (1, [7]),
  ]

  /// All statements that operations run: inserts and deletions by table, then updates.
  static let statements: [String] =
    (0..<3).map { insertSQL($0) } + (0..<3).map { deleteSQL($0) }
    + updateSets.map { updateSQL($0.0, $0.1) } + (0..<3).map { insertSQL($0, replacing: true) }

  static let replaceStatement = 6 + updateSets.count

  static func updateStatement(_ table: Int, _ columns: [Int]) -> Int {
    6 + (updateSets.firstIndex { $0.0 == table && $0.1 == columns } ?? 0)
  }

  static func insertSQL(_ table: Int, replacing: Bool = false) -> String {
    let names = keys[table] + columns[table]
    let marks: String = names.map { _ in "?" }.joined(separator: ",")
    return
      "INSERT \(replacing ? "OR REPLACE " : "")INTO \(tables[table])(\(names.joined(separator: ","))) VALUES(\(marks))"
  }

  static func deleteSQL(_ table: Int) -> String {
    "DELETE FROM \(tables[table]) WHERE " + keys[table].map { "\($0)=?" }.joined(separator: " AND ")
  }

  static func updateSQL(_ table: Int, _ columns: [Int]) -> String {
    "UPDATE \(tables[table]) SET "
      + columns.map { "\(Self.columns[table][$0])=?" }.joined(separator: ",")
      + " WHERE " + keys[table].map { "\($0)=?" }.joined(separator: " AND ")
  }

  /// The rows that an office changed, as they are in the end; nil where deleted.
  ///
  /// Rows that came and went are left out.
  func finalRows(office: Int) -> [(table: Int, key: [BenchValue], row: [BenchValue]?)] {
    var rows: [Int: [[BenchValue]: [BenchValue]?]] = [:]
    var known: [Int: [[BenchValue]: [BenchValue]]] = [:]
    for (table, row) in base {
      known[table, default: [:]][Array(row.prefix(Self.keys[table].count))] = row
    }
    var order: [(Int, [BenchValue])] = []
    for operation in operations[office] {
      let table = operation.table
      let isFresh = rows[table]?[operation.key] == nil
      if isFresh { order.append((table, operation.key)) }
      if operation.columns.isEmpty {
        let existed = known[table]?[operation.key] != nil
        rows[table, default: [:]][operation.key] = existed ? .some(nil) : nil
      } else {
        var row =
          (rows[table]?[operation.key] ?? nil) ?? known[table]?[operation.key]
          ?? operation.key + Array(repeating: .null, count: Self.columns[table].count)
        for (column, value) in zip(operation.columns, operation.written) {
          row[Self.keys[table].count + column] = value
        }
        rows[table, default: [:]][operation.key] = .some(row)
      }
    }
    return order.compactMap { table, key in
      guard let row = rows[table]?[key] else { return nil }
      return (table, key, row)
    }
  }
}

/// Draws names, dates and numbers as offices would write them.
struct WorkloadBuilder {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private static let given = words(
    "Ana Rosa Luis Carlos María José Elena Julio Carmen Víctor Lucía Jorge Teresa Raúl Pilar Hugo Norma César Flor Wilder Yesenia Percy Maribel Edwin"
  )
  private static let surnames = words(
    "Quispe Mamani Flores Huamán Rojas Sánchez García Vásquez Ramos Díaz Torres Castillo Chávez Mendoza Condori Cruz Ticona Apaza Salazar Paredes Cárdenas"
  )
  private static let institutions =
    (1..<40).map { "UGEL \($0 < 10 ? "0" : "")\($0)" } + (100..<400).map { "I.E. 0\($0)" }
    + (0..<40).map { "Red de Salud \($0)" }
  private static let roles = words(
    "docente director especialista acompañante promotor enfermera técnico coordinador")
  private static let products = [
    "Lectura inicial", "Matemática en aula", "Gestión escolar", "Convivencia", "Nutrición infantil",
    "Primeros auxilios", "TIC básicas",
  ]
  private static let regions = words("Áncash Cusco Loreto Piura Puno")
  private static let evaluators = given.prefix(12).flatMap { name in
    surnames.prefix(6).map { "\(name.prefix(1)). \($0)" }
  }
  private static let notes = [
    "llegó tarde", "justificó ausencia", "rindió en segunda fecha", "sin prueba de entrada",
  ]

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  private mutating func digits(_ count: Int) -> String {
    let number = String(
      random.below(
        Int([1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000][count])))
    return String(repeating: "0", count: count - number.count) + number
  }

  private mutating func identifier() -> BenchValue {
    let hex = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for index in 0..<36 {
      if [8, 13, 18, 23].contains(index) {
        bytes.append(UInt8(ascii: "-"))
      } else if index == 14 {
        bytes.append(UInt8(ascii: "4"))
      } else {
        bytes.append(hex[index == 19 ? 8 + random.below(4) : random.below(16)])
      }
    }
    return .text(bytes)
  }

  private mutating func date() -> BenchValue {
    let month = 1 + random.below(12)
    let day = 1 + random.below(28)
    return .text("2025-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)")
  }

  /// Normal by the sum of twelve uniforms (Irwin–Hall).
  private mutating func normal(_ mean: Double, _ deviation: Double) -> Double {
    let sum = (0..<12).reduce(0.0) { total, _ in
      total + Double(random.next() >> 11) / Double(1 << 53)
    }
    return mean + deviation * (sum - 6)
  }

  mutating func session(region: Int) -> [BenchValue] {
    let on = date()
    let product = random.pick(Self.products)
    return [
      identifier(), .text("\(Self.regions[region].prefix(2).uppercased())-\(digits(5))"),
      .text("\(product): módulo \(1 + random.below(8))"), .text(product),
      .text(Self.regions[region]),
      .text(random.pick(Self.institutions)),
      .text(random.pick(["presencial", "virtual", "mixta"])), on, on,
      .real(Double(2 + random.below(23))), .text(random.pick(Self.evaluators)),
      .text(random.pick(["programada", "en curso", "cerrada"])),
    ]
  }

  mutating func participant(region: Int) -> [BenchValue] {
    let given = "\(random.pick(Self.given)) \(random.pick(Self.given))"
    let family = "\(random.pick(Self.surnames)) \(random.pick(Self.surnames))"
    let local =
      given.split(separator: " ")[0].lowercased() + "."
      + family.split(separator: " ")[0].lowercased()
    return [
      identifier(), .text(digits(8)), .text(given), .text(family), .text(random.pick(["F", "M"])),
      .integer(Int64(1958 + random.below(46))), .text(random.pick(Self.institutions)),
      .text(random.pick(Self.roles)), .text("\(local)\(1 + random.below(999))@correo.pe"),
      .text("9\(digits(8))"),
      .text(Self.regions[region]),
    ]
  }

  mutating func attendance(_ session: BenchValue, _ participant: BenchValue) -> [BenchValue] {
    let before = (normal(11, 3) * 2).rounded() / 2
    let after = ((before + abs(normal(3, 2))) * 2).rounded() / 2
    return [
      session, participant, .integer(random.below(100) < 93 ? 1 : 0), .real(before), .real(after),
      .real(Double(1 + random.below(24))), random.below(10) < 6 ? .null : .text("C-\(digits(6))"),
      .text(random.pick(Self.evaluators)), random.oneIn(2) ? .null : .text(random.pick(Self.notes)),
      date(),
    ]
  }

  private mutating func newValue(_ table: Int, _ column: Int) -> BenchValue {
    switch Workload.columns[table][column] {
    case "pre_score", "post_score", "hours": return .real(5 + Double(random.below(1501)) / 100)
    case "phone": return .text("9\(digits(8))")
    case "email":
      return .text(
        "\(random.pick(Self.given).lowercased()).\(random.pick(Self.surnames).lowercased())\(1 + random.below(9999))@correo.pe"
      )
    case "certificate": return .text("C-\(digits(6))")
    case "status": return .text(random.pick(["programada", "en curso", "cerrada"]))
    case "institution", "venue": return .text(random.pick(Self.institutions))
    case "role": return .text(random.pick(Self.roles))
    default: return .text("\(random.pick(Self.evaluators)) \(random.below(100))")
    }
  }

  private static let updateMix: [(weight: Int, table: Int, columns: [Int])] = [
    (40, 2, [2]), (15, 2, [2, 4]), (10, 2, [6]), (12, 1, [8]), (8, 1, [5, 6]), (5, 1, [7, 8]),
    (7, 0, [10]), (3, 0, [4, 9, 8]),
  ]

  mutating func operations(
    office: Int, count: Int, sessions: [BenchValue], participants: [BenchValue],
    attendances: [[BenchValue]], edits: [(BenchValue, Int)]
  ) -> [Workload.Operation] {
    enum Special {
      case update, delete
      case edit(BenchValue, Int)
    }
    let updates = count * 20 / 100
    let deletes = count * 2 / 100
    let inserts = count - updates - deletes - edits.count
    var specials = edits.map { Special.edit($0.0, $0.1) }
    specials +=
      Array(repeating: .update, count: updates) + Array(repeating: .delete, count: deletes)
    specials.shuffle(using: &random)
    // Half of updates and deletes hit rows synced earlier, half rows made while offline.
    var old: [[[BenchValue]]] = [sessions.map { [$0] }, participants.map { [$0] }, attendances]
    var new: [[[BenchValue]]] = [[], [], []]
    var used: Set<[BenchValue]> = []
    var result: [Workload.Operation] = []
    var current: BenchValue = .null
    var inSession = 31
    func insert(_ table: Int, _ row: [BenchValue]) -> Workload.Operation {
      let keyCount = Workload.keys[table].count
      return Workload.Operation(
        statement: table, values: row, table: table, key: Array(row.prefix(keyCount)),
        columns: Array(Workload.columns[table].indices), written: Array(row.dropFirst(keyCount)))
    }
    func update(
      _ table: Int, _ key: [BenchValue], _ columns: [Int], _ values: [BenchValue]
    ) -> Workload.Operation {
      Workload.Operation(
        statement: Workload.updateStatement(table, columns), values: values + key, table: table,
        key: key,
        columns: columns, written: values)
    }
    var done = 0
    for index in 0..<inserts {
      if inSession >= 31 {
        let row = session(region: office)
        current = row[0]
        inSession = 0
        new[0].append([current])
        result.append(insert(0, row))
      } else if inSession < 9 {
        let row = participant(region: office)
        new[1].append([row[0]])
        result.append(insert(1, row))
        inSession += 1
      } else {
        var key: [BenchValue]
        repeat {
          let recent = new[1].suffix(random.oneIn(3) ? 9 : new[1].count)
          key = [current, recent[recent.startIndex + random.below(recent.count)][0]]
          if used.contains(key), !old[1].isEmpty { key[1] = random.pick(old[1])[0] }
        } while !used.insert(key).inserted
        new[2].append(key)
        result.append(insert(2, attendance(key[0], key[1])))
        inSession += 1
      }
      while done < specials.count, new[2].count > 30,
        index == inserts - 1 || done * inserts < index * specials.count
      {
        switch specials[done] {
        case .edit(let key, let column):
          result.append(update(1, [key], [column], [newValue(1, column)]))
        case .delete:
          let fromOld = random.oneIn(2) && !old[2].isEmpty
          let place = random.below(fromOld ? old[2].count : new[2].count)
          let key = fromOld ? old[2].remove(at: place) : new[2].remove(at: place)
          result.append(
            Workload.Operation(
              statement: 5, values: key, table: 2, key: key, columns: [], written: []))
        case .update:
          var draw = random.below(100)
          var choice = Self.updateMix[0]
          for entry in Self.updateMix {
            choice = entry
            draw -= entry.weight
            if draw < 0 { break }
          }
          let pool =
            random.oneIn(2) && !old[choice.table].isEmpty ? old[choice.table] : new[choice.table]
          let values = choice.columns.map { newValue(choice.table, $0) }
          result.append(update(choice.table, random.pick(pool), choice.columns, values))
        }
        done += 1
      }
    }
    return result
  }
}
