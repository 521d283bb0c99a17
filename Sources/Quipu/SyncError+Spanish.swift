import SyncProtocol
import SyncTransport

/// The transport words its errors in English; these are the same sentences for an office.
extension SyncError {
  var spanishMessage: String {
    switch self {
    case .notEnrolled: "esta réplica no está inscrita en ninguna central"
    case .unreachable(let url, let reason):
      "no se puede llegar a la central en \(url) (\(Self.spanish(reason)))"
    case .interrupted(let attempts):
      "la línea con la central se cortó \(attempts) veces seguidas"
    case .refused(let problem): "la central lo rechazó: \(problem.spanishDetail)"
    case .invalidURL(let url): "«\(url)» no es la dirección de una central"
    case .insecure(let url):
      "\(url) no está cifrada, y cualquiera en el camino podría leer la credencial"
    case .busy(let path): "otro proceso está sincronizando «\(path)»"
    case .unwritable(let path, let reason):
      "no se puede escribir junto a «\(path)» (\(Self.spanish(reason)))"
    case .rowTooLarge(let table, let key, let bytes, let limit):
      "la fila \(key) de \(table) tiene \(bytes) bytes, más de los \(limit) que se pueden enviar"
    case .protocolFailure(let what): "la central contestó algo que no encaja (\(what))"
    }
  }

  var spanishHint: String {
    switch self {
    case .notEnrolled:
      "Pida un código a la central y ejecute: quipu enroll --central URL --code CÓDIGO"
    case .unreachable, .interrupted:
      "No se perdió nada; sincronice otra vez cuando haya mejor línea."
    case .refused(let problem): problem.spanishHint
    case .invalidURL: "Dé una dirección como https://quipu.example.org"
    case .insecure:
      "Use una dirección https, o permita http con --plain-http si la red es suya."
    case .busy: "Espere a que termine."
    case .unwritable:
      "Revise que la carpeta exista, se pueda escribir y no esté llena; no se perdió nada."
    case .rowTooLarge:
      "No se perdió nada; avise a quien cuida la central: lo escrito junto con esa fila espera."
    case .protocolFailure:
      "No se perdió nada; revise la dirección, actualice ambos programas y sincronice otra vez."
    }
  }
}

extension SyncError {
  /// Why there is no line; what nobody foresaw stays as it is.
  private static func spanish(_ reason: String) -> String {
    switch reason {
    case "connection refused or no route", "Connection refused":
      "nadie contesta en esa dirección"
    case "the name cannot be found": "no se encuentra ese nombre"
    case "its certificate is not one that this machine trusts":
      "su certificado no es de confianza en esta máquina"
    case "Connect timeout exceeded": "no contesta a tiempo"
    case "Read timeout exceeded", "Deadline exceeded": "dejó de contestar"
    case "Remote connection closed": "cortó la línea"
    case "Connection reset by peer": "cortó la línea"
    case "No space left on device": "el disco está lleno"
    case "Permission denied": "no hay permiso"
    case "Read-only file system": "el disco es de solo lectura"
    case "the central node cannot write at the moment": "ahora mismo no puede escribir"
    default: reason
    }
  }
}
