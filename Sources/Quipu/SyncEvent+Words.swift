import SyncProtocol
import Trainings

extension SyncEvent {
  /// What happened, in one sentence.
  func words(_ language: Language) -> String {
    switch self {
    case .newIdentity:
      language.pick(
        "Esta réplica fue restaurada o copiada: tomó una identidad nueva y no se perdió nada de lo que tenía ni de lo que la central ya sabía.",
        "This replica was restored or copied: it took a new identity, and nothing was lost of what it had or of what the centre knew."
      )
    case .centreRestored:
      language.pick(
        "La central fue restaurada desde una copia: se le envió otra vez lo que había perdido.",
        "The centre was restored from a backup: it was sent again what it had lost.")
    case .started:
      language.pick(
        "Réplica nueva: se bajó de una vez el contenido de la central, sin su historial.",
        "A new replica: the centre's content was taken at once, without its history.")
    case .caughtUp:
      language.pick(
        "Esta réplica envió lo suyo y bajó entero el contenido actual de la central, porque los cambios que le faltaban ya no están uno por uno; no se perdió nada.",
        "This replica sent its own changes and took the centre's present content whole, since the changes that it lacked are no longer there one by one; nothing was lost."
      )
    case .withheld:
      language.pick(
        "La central no admite algunos cambios de esta oficina: quedaron en cuarentena; véalos con «quipu quarantine».",
        "The centre does not let some changes of this office pass: they are in quarantine; see “quipu quarantine”."
      )
    case .admitted:
      language.pick(
        "La central ya admite cambios que esperaban en cuarentena: se aplicaron.",
        "The centre lets changes pass that waited in quarantine: they were applied.")
    case .erased:
      language.pick(
        "Se borraron datos personales por orden de la central; borre también los archivos importados, rechazados o exportados donde esa persona aparezca.",
        "Personal data were erased as the centre ordered; also delete imported, rejected or exported files in which that person appears."
      )
    }
  }
}
