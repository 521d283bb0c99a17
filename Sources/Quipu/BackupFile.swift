import GRDB
import Replica
import SyncModel
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A copy of a replica in one file, page by page, with its change log and its own identity.
///
/// The credential is not in it: it stays beside the replica, so that a copy that is lost signs nothing.
struct BackupFile {
  /// What a file was found to hold.
  struct Content: Equatable {
    var office: String
    var node: String
    /// `table: rows digest`, by table.
    var tables: [String: String]
    var rows: Int
  }

  let path: String

  /// Copies a replica while others go on writing it, and reads the copy again.
  ///
  /// - Returns: What the copy holds: the same as the replica, at one instant.
  static func copy(
    from source: String, to path: String, _ form: PackedBackup.Form = .plain, _ texts: BackupTexts
  ) throws -> Content {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure(code: "file_exists", message: texts.exists(path), hint: texts.existsHint)
    }
    // What a break leaves behind never bears the backup's name.
    let draft = path + ".partial"
    let packed = path + ".packed"
    defer {
      for leftover in [draft, packed] { try? FileManager.default.removeItem(atPath: leftover) }
    }
    try? FileManager.default.removeItem(atPath: draft)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    let origin = try DatabaseQueue(path: source, configuration: configuration)
    _ = FileManager.default.createFile(
      atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600])
    let copy = try DatabaseQueue(path: draft)
    let expected = try origin.read { db in
      try copy.inDatabase { try db.backup(to: $0) }
      return try content(db)
    }
    // One file: the log of the journal mode would be two more.
    try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try copy.close()
    let found = try BackupFile(path: draft).verify(texts)
    guard found == expected else {
      throw Failure(code: "backup_differs", message: texts.differs(path), status: .damaged)
    }
    if form != .plain {
      try PackedBackup.pack(draft, to: packed, form)
      try FileManager.default.removeItem(atPath: draft)
      var passphrase: [UInt8]?
      if case .sealed(let secret) = form { passphrase = secret }
      try PackedBackup.unpack(packed, to: draft, passphrase: passphrase, texts)
      guard try BackupFile(path: draft).verify(texts) == expected else {
        throw Failure(code: "backup_differs", message: texts.differs(path), status: .damaged)
      }
    }
    try FileManager.default.moveItem(atPath: form == .plain ? draft : packed, toPath: path)
    return found
  }

  /// Reads the whole file.
  ///
  /// - Throws: ``Failure`` with status 7 where it is damaged or no replica.
  func verify(_ texts: BackupTexts) throws -> Content {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(code: "file_unreadable", message: texts.missing(path))
    }
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      guard try db.tableExists("sync_replica") else {
        throw Failure(
          code: "not_a_replica", message: texts.notABackup(path), status: .damaged)
      }
      let complaints = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let dangling = try Int.fetchOne(db, sql: "SELECT count(*) FROM pragma_foreign_key_check") ?? 0
      guard complaints.isEmpty, dangling == 0 else {
        throw Failure(
          code: "replica_damaged", message: texts.damaged(path, complaints.first ?? ""),
          status: .damaged)
      }
      if let fault = try Books.fault(db) {
        throw Failure(
          code: "rows_differ", message: texts.damaged(path, fault), hint: texts.rowsHint,
          status: .damaged)
      }
      return try Self.content(db)
    }
  }

  /// Runs `body` on a backup as a plain database: itself, or what it holds when it is packed.
  func withDatabase<Value>(
    passphrase: [UInt8]?, _ texts: BackupTexts, _ body: (BackupFile) throws -> Value
  ) throws -> Value {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(code: "file_unreadable", message: texts.missing(path))
    }
    guard try PackedBackup.isPacked(path) else { return try body(self) }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "quipu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let plain = folder.appending(path: "backup.sqlite").path()
    try PackedBackup.unpack(path, to: plain, passphrase: passphrase, texts)
    return try body(BackupFile(path: plain))
  }

  private static func content(_ db: Database) throws -> Content {
    var content = Content(office: "", node: "", tables: [:], rows: 0)
    let node = try Row.fetchOne(
      db,
      sql: """
        SELECT office, lower(hex(id)) FROM sync_node
        WHERE no = (SELECT node_no FROM sync_replica)
        """)
    if let node { (content.office, content.node) = (node[0], node[1]) }
    for table in try Row.fetchAll(
      db, sql: "SELECT name, row_count, printf('%016x%016x', digest_1, digest_2) FROM sync_table")
    {
      content.tables[table[0]] = "\(table[1] as Int) \(table[2] as String)"
      content.rows += table[1]
    }
    return content
  }
}

/// What the commands on backups say.
struct BackupTexts {
  let language: Language

  func exists(_ path: String) -> String {
    language.pick("ya hay un archivo en «\(path)»", "there is a file at \"\(path)\" already")
  }

  var existsHint: String {
    language.pick(
      "Elija otro nombre, o aparte antes el archivo que hay; no se cambió nada.",
      "Choose another name, or move the file away first; nothing was changed.")
  }

  func missing(_ path: String) -> String {
    language.pick("no hay ningún archivo «\(path)»", "there is no file \"\(path)\"")
  }

  func notABackup(_ path: String) -> String {
    language.pick(
      "«\(path)» no es una copia de una réplica", "\"\(path)\" is no backup of a replica")
  }

  func damaged(_ path: String, _ what: String) -> String {
    language.pick("«\(path)» está dañada: \(what)", "\"\(path)\" is damaged: \(what)")
  }

  var rowsHint: String {
    language.pick(
      "Si es una copia, use otra anterior. Si se hacía una copia, corra antes `quipu check`, que registra lo que se escribió sin el programa.",
      "If it is a backup, use an earlier one. If one was being made, run `quipu check` first: it records what was written without the program."
    )
  }

  func sealed(_ path: String) -> String {
    language.pick("«\(path)» está cifrada", "\"\(path)\" is sealed")
  }

  var sealedHint: String {
    language.pick(
      "Indique la frase con --passphrase-file.", "Give the passphrase by --passphrase-file.")
  }

  func unopened(_ path: String) -> String {
    language.pick(
      "«\(path)» no se abre con esa frase, o está dañada",
      "\"\(path)\" does not open with that passphrase, or is damaged")
  }

  func short(_ path: String) -> String {
    language.pick(
      "la primera línea de «\(path)» debe tener al menos 12 caracteres",
      "the first line of \"\(path)\" must have at least 12 characters")
  }

  func rotated(_ kept: Int, _ deleted: Int) -> String {
    language.pick(
      "En la carpeta quedan \(kept); se borraron \(deleted).",
      "The folder keeps \(kept); \(deleted) were deleted.")
  }

  func differs(_ path: String) -> String {
    language.pick(
      "la copia no salió igual a la réplica y no se guardó",
      "the copy did not come out equal to the replica and was not kept")
  }

  func created(_ path: String, _ content: BackupFile.Content) -> String {
    language.pick(
      "Copia hecha y comprobada: \(path) (\(content.office), \(content.rows) filas).",
      "Backup made and verified: \(path) (\(content.office), \(content.rows) rows).")
  }

  func verified(_ path: String, _ content: BackupFile.Content) -> String {
    language.pick(
      "\(path) está sana (\(content.office), \(content.rows) filas).",
      "\(path) is healthy (\(content.office), \(content.rows) rows).")
  }

  func restored(_ path: String, _ content: BackupFile.Content) -> String {
    if content.office == NodeFacts.centralOffice {
      return restoredCentre(path, content)
    }
    return language.pick(
      """
      Réplica restaurada: \(path) (\(content.office), \(content.rows) filas).
      En la próxima sincronización toma una identidad nueva y recupera lo que la central tiene.
      """,
      """
      Replica restored: \(path) (\(content.office), \(content.rows) rows).
      At its next sync it takes a new identity and gets back what the centre has.
      """)
  }

  private func restoredCentre(_ path: String, _ content: BackupFile.Content) -> String {
    language.pick(
      """
      Nodo central restaurado: \(path) (\(content.rows) filas).
      En su próxima sincronización las oficinas devuelven lo que aquí falta, también las eliminaciones de datos personales.
      Revise con `quipu-central nodes list`: lo que se inscribió después de la copia se inscribe otra vez, y lo que se revocó se revoca otra vez.
      """,
      """
      Central node restored: \(path) (\(content.rows) rows).
      At their next sync the offices give back what is missing here, erasures of personal data included.
      Look at `quipu-central nodes list`: what was enrolled since the backup is enrolled again, and what was revoked is revoked again.
      """)
  }
}
