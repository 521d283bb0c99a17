import SyncProtocol

/// The centre words its problems in English; these are the same for an office, by their codes.
extension ProblemDocument {
  var spanishDetail: String {
    switch code {
    case "not_found": "no conoce ese pedido"
    case "bad_request": "no entendió el pedido"
    case "request_too_large": "el envío es más grande de lo que acepta"
    case "unknown_protocol": "este programa es más nuevo que ella"
    case "credential_missing": "falta la credencial"
    case "credential_unknown": "esta central no dio esa credencial"
    case "credential_revoked": "la credencial fue anulada"
    case "node_mismatch": "la credencial es de otra réplica"
    case "identity_reused": "tiene otros cambios de esta réplica, que fue restaurada o copiada"
    case "code_unknown": "ese código no es de esta central"
    case "code_used": "ese código ya se usó"
    case "code_expired": "ese código ya venció"
    case "office_mismatch": "ese código es de otra oficina"
    case "proof_invalid": "la firma no demuestra que la réplica tenga su clave"
    case "changeset_damaged": "un envío llegó dañado"
    case "changeset_too_large": "un envío es más grande de lo que acepta"
    case "unknown_format": "este programa es más nuevo que ella"
    case "bad_signature": "un envío no lleva la firma de su autor"
    case "unknown_author": "el autor de un envío no está inscrito en ella"
    case "broken_chain": "hay envíos que no siguen al anterior"
    case "snapshot_gone": "ya no guarda la copia que se estaba bajando"
    case "reading_reserved":
      "los datos personales solo se dan a las oficinas que capacitaron a la persona, así que no hay copia para bajar"
    case "unavailable": "ahora mismo no puede escribir"
    case "storage_full": "su disco está lleno"
    case "internal_error": "tuvo una falla"
    default: detail
    }
  }

  var spanishHint: String {
    switch code {
    case "not_found":
      "Revise la dirección, o actualice ambos programas."
    case "bad_request":
      "Actualice este programa y sincronice otra vez."
    case "request_too_large":
      "Sincronice otra vez; el programa envía menos de una vez."
    case "unknown_protocol":
      "Pida que actualicen la central; no se perdió nada."
    case "credential_missing":
      "Pida un código a la central y ejecute: quipu enroll --central URL --code CÓDIGO"
    case "credential_unknown":
      "Revise la dirección de la central, o pida un código e inscriba la réplica otra vez."
    case "credential_revoked":
      "Pida un código nuevo a la central e inscriba la réplica otra vez; aquí no se perdió nada."
    case "node_mismatch":
      "Cada réplica necesita su propia credencial; inscriba esta."
    case "identity_reused":
      "Sincronice otra vez; la réplica toma sola una identidad nueva."
    case "code_unknown":
      "Revise cómo está escrito y la dirección de la central, o pida otro."
    case "code_used":
      "Pida uno nuevo a la central."
    case "code_expired":
      "Pida uno nuevo a la central."
    case "office_mismatch":
      "Use el código de la oficina de esta réplica, o cree la réplica de nuevo para esa oficina."
    case "proof_invalid":
      "Inscriba la réplica otra vez."
    case "changeset_damaged":
      "Sincronice otra vez; si sigue así, ejecute quipu check."
    case "changeset_too_large":
      "Sincronice más seguido; si una fila lleva un texto enorme, acórtelo."
    case "unknown_format":
      "Pida que actualicen la central; no se perdió nada."
    case "bad_signature":
      "No confíe en su origen; el autor puede enviarlo por su cuenta."
    case "unknown_author":
      "Inscriba primero la réplica del autor."
    case "broken_chain":
      "La réplica de su autor fue restaurada o copiada; deje que ella misma sincronice."
    case "snapshot_gone":
      "Sincronice otra vez."
    case "reading_reserved":
      "Actualice el programa y sincronice otra vez: leerá el registro."
    case "unavailable":
      "No se perdió nada; pruebe en un minuto."
    case "storage_full":
      "No se perdió nada; pida a quien cuida la central que libere espacio, y sincronice después."
    case "internal_error":
      "No se perdió nada; pruebe otra vez y avise a quien cuida la central."
    default: hint
    }
  }
}
