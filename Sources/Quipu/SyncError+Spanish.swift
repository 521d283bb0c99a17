import SyncProtocol
import SyncTransport

/// The transport words its errors in English; these are the same sentences for an office.
extension SyncError {
  var spanishMessage: String {
    switch self {
    case .notEnrolled: "esta réplica no está inscrita en ninguna central"
    case .unreachable(let url, let reason): "no se puede llegar a la central en \(url) (\(reason))"
    case .interrupted(let attempts):
      "la línea con la central se cortó \(attempts) veces seguidas"
    case .refused(let problem): "la central lo rechazó: \(problem.detail)"
    case .invalidURL(let url): "«\(url)» no es la dirección de una central"
    case .insecure(let url):
      "\(url) no está cifrada, y cualquiera en el camino podría leer la credencial"
    case .busy(let path): "otro proceso está sincronizando «\(path)»"
    case .unwritable(let path, let reason): "no se puede escribir junto a «\(path)» (\(reason))"
    case .protocolFailure(let what): "la central contestó algo que no encaja (\(what))"
    }
  }

  var spanishHint: String {
    switch self {
    case .notEnrolled:
      "Pida un código a la central y ejecute: quipu enroll --central URL --code CÓDIGO"
    case .unreachable, .interrupted:
      "No se perdió nada; sincronice otra vez cuando haya mejor línea."
    case .refused(let problem): problem.hint
    case .invalidURL: "Dé una dirección como https://quipu.example.org"
    case .insecure:
      "Use una dirección https, o permita http con --plain-http si la red es suya."
    case .busy: "Espere a que termine."
    case .unwritable:
      "Revise que la carpeta exista, se pueda escribir y no esté llena; no se perdió nada."
    case .protocolFailure:
      "No se perdió nada; revise la dirección, actualice ambos programas y sincronice otra vez."
    }
  }
}
