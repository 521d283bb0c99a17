import SyncProtocol

/// The protocol words its errors in English; these are the same sentences for an office.
extension CredentialError {
  var spanishMessage: String {
    switch self {
    case .unreadable(let path, let reason):
      "no se puede leer la credencial «\(path)» (\(reason)); use la cuenta a la que pertenece la réplica"
    case .damaged(let path):
      "la credencial «\(path)» está dañada; restáurela de una copia, o apártela e inscriba la réplica otra vez"
    case .unwritable(let path, let reason):
      "no se puede escribir la credencial «\(path)» (\(reason)); revise de quién es la carpeta y el disco"
    case .missingKey(let node):
      "aquí no está la clave del nodo \(node); la réplica toma una identidad nueva al sincronizar"
    }
  }
}
