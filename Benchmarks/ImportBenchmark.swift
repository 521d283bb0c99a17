import Foundation
import GRDB
import Replica
import Schema
import SyncModel
import SyncProtocol
import TestSupport
import Trainings

/// An office's attendance file taken into its replica, and taken in a second time.
struct ImportBenchmark {
  struct Result: Codable {
    var rows = 0
    var inserted = 0
    var rejected = 0
    var rowsPerSecond = 0.0
    var againUnchanged = 0
    var againRowsPerSecond = 0.0
  }

  let rows: Int
  let folder: TemporaryFolder

  func run() throws -> Result {
    var result = Result(rows: rows)
    let replica = try Replica.create(
      at: folder.file("import.sqlite"),
      office: "cusco",
      label: nil,
      schema: ReplicaSchema(
        migrations: Migrations.trainings,
        loadGround: { db in try Catalog.load(into: db) }),
      environment: .measured(seed: 3, durability: .full))
    let (sessions, attendance) = files()
    _ = try replica.write { db in
      try TrainingImport.run(sessions, kind: nil, office: "cusco", in: db)
    }
    let (first, time) = try Measurement.of {
      try replica.write { db in
        try TrainingImport.run(attendance, kind: nil, office: "cusco", in: db)
      }
    }
    let (second, again) = try Measurement.of {
      try replica.write { db in
        try TrainingImport.run(attendance, kind: nil, office: "cusco", in: db)
      }
    }
    result.inserted = first.report.inserted
    result.rejected = first.report.rejected
    result.rowsPerSecond = Double(rows) / time.wall
    result.againUnchanged = second.report.unchanged
    result.againRowsPerSecond = Double(rows) / again.wall
    return result
  }

  /// Sessions of forty, half of whose participants come to another one, too.
  private func files() -> (sessions: [UInt8], attendance: [UInt8]) {
    var random = SeededGenerator(seed: 20_251_123)
    let names = [
      "Ana", "Rosa", "Luis", "Carlos", "María", "José", "Elena", "Julio", "Nélida", "Víctor",
    ]
    let surnames = [
      "Quispe", "Mamani", "Flores", "Huamán", "Rojas", "Sánchez", "Díaz", "Peña", "Ccori",
    ]
    let roles = ["policia_especializado", "fiscal", "juez", "operador_car", "periodista"]
    var sessions = "codigo;titulo;tipo;modalidad;estado;fecha_inicio;fecha_fin;indicadores\r\n"
    var attendance =
      "sesion;tipo_documento;numero_documento;apellido_paterno;apellido_materno;nombres;sexo;"
      + "institucion;cargo;culmino;prueba_entrada;prueba_salida\r\n"
    let persons = max(rows * 2 / 3, 40)
    for row in 0..<rows {
      let session = row / 40
      if row % 40 == 0 {
        sessions +=
          "CUS-\(session);Taller \(session);taller;presencial;realizada;14/05/2019;15/05/2019;P-1.2.1.1\r\n"
      }
      let person = row % persons
      let document = String(10_000_000 + person * 7)
      let before = random.below(30)
      attendance +=
        "CUS-\(session);DNI;\(document);\(surnames[person % 9]);\(surnames[person / 9 % 9]);"
      attendance +=
        "\(names[person / 81 % 10]) \(names[person / 810 % 10]);\(person % 2 == 0 ? "F" : "M");"
      attendance +=
        "pnp;\(roles[person % 5]);sí;\(before / 2),\(before % 2 * 5);\(min(20, before / 2 + 3))\r\n"
    }
    return (Array(sessions.utf8), Array(attendance.utf8))
  }
}
