public import Replica

/// The engine words its errors in English; these are the same sentences for an office.
extension ReplicaError {
  /// What was found and what was expected.
  public var spanishMessage: String {
    switch reason {
    case .notFound(let path): "no hay ninguna réplica en «\(path)»"
    case .exists(let path): "ya hay un archivo en «\(path)»"
    case .notAReplica(let path, let what): "«\(path)» no es una réplica: \(Self.spanish(what))"
    case .inaccessible(let path, let what): "no se puede abrir «\(path)»: \(Self.spanish(what))"
    case .diskFull(let path):
      "el disco no admite más de «\(path)»: está lleno, o hay un límite al tamaño de los archivos"
    case .newerSchema(let found):
      "la réplica tiene el paso de esquema «\(found)», que este programa no conoce"
    case .unknownTable(let table): "no hay ninguna tabla sincronizada «\(table)»"
    case .unknownRow(let table): "no hay tal fila en «\(table)»"
    case .unknownConflict(let id): "no hay ningún conflicto «\(id)»"
    case .conflictClosed(let id): "el conflicto «\(id)» ya está cerrado"
    case .cannotDecide: "eso no se puede decidir así"
    case .unsentChanges(let count): "\(count) cambios no han llegado a la central"
    case .damaged(let what): "la réplica está dañada: \(what)"
    case .cannotSync(let table, .secondaryUnique(let index?)):
      "la tabla «\(table)» no se puede sincronizar: su índice «\(index)» es UNIQUE"
    default: description
    }
  }

  /// What to do next.
  public var spanishHint: String {
    switch reason {
    case .notFound: "Cree una con «quipu init», o indique otra con --replica."
    case .exists: "Elija otra ruta; no se cambió nada."
    case .notAReplica: "Indique el archivo correcto con --replica; no se cambió nada."
    case .inaccessible: "Compruebe que el archivo y su carpeta existen y se pueden escribir."
    case .diskFull: "Libere espacio y repita la orden; lo que ya estaba guardado está intacto."
    case .newerSchema: "Actualice este programa; no se cambió nada."
    case .unknownTable: "Las tablas se ven con «quipu digest»."
    case .unknownRow: "Revise la clave."
    case .unknownConflict, .conflictClosed: "Vea «quipu conflicts list»."
    case .cannotDecide:
      "Un borrado se contesta con current u other; si otras filas dependen de esta, bórrelas antes."
    case .unsentChanges: "Sincronice antes."
    case .damaged:
      "Restaure una copia de seguridad a su lado, ejecute «quipu check» y conserve el archivo dañado."
    case .cannotSync(_, .secondaryUnique(let index?)):
      "Alguien hizo ese índice a mano; quítelo y no se pierde nada: DROP INDEX \"\(index)\""
    default: hint
    }
  }

  private static func spanish(_ what: String) -> String {
    switch what {
    case "it is not an SQLite database": "no es una base de datos SQLite"
    case "the file or its folder is read-only": "el archivo o su carpeta es de solo lectura"
    case "it is an SQLite database without our tables":
      "es una base de datos SQLite sin nuestras tablas"
    default: what
    }
  }
}
