/// How the offices' files call a column beside the name that the guide gives it.
enum HeaderWords {
  /// A header without capitals, tildes, signs, blanks and the small words between others.
  static func name(_ header: String) -> String {
    let plain = PersonName.folded(header).map { character -> Character in
      character.isLetter || character.isNumber || character == "ñ" ? character : "_"
    }
    let small: Set<Substring> = ["de", "del", "la", "el", "los", "las"]
    return String(plain).split(separator: "_").filter { !small.contains($0) }
      .joined(separator: "_")
  }

  /// Other names of a field, in the form of ``name(_:)``.
  static func others(_ kind: SheetKind) -> [String: [String]] {
    switch kind {
    case .sessions: sessions
    case .attendance: attendance
    case .deliverables: deliverables
    }
  }

  private static let notes = ["observaciones", "observacion", "comentarios", "comentario", "nota"]
  private static let department = ["region", "dpto", "depto", "dep"]

  private static let sessions: [String: [String]] = [
    "codigo": ["cod", "codigo_sesion", "cod_sesion", "codigo_evento", "codigo_taller"],
    "titulo": [
      "nombre", "nombre_sesion", "nombre_evento", "nombre_taller", "nombre_actividad",
      "titulo_sesion", "denominacion",
    ],
    "tema": ["temas", "tematica", "contenido"],
    "tipo": ["tipo_sesion", "tipo_evento", "tipo_actividad"],
    "estado": ["situacion", "estado_sesion"],
    "fecha_programada": ["fecha_prevista", "fecha_planificada", "programada"],
    "fecha_inicio": ["inicio", "desde", "fecha_realizacion", "fecha_evento", "fecha_ejecucion"],
    "fecha_fin": ["fin", "hasta", "termino", "fecha_termino", "fecha_final", "fecha_culminacion"],
    "horas": ["duracion", "num_horas", "nro_horas", "n_horas", "horas_academicas"],
    "departamento": department,
    "lugar": ["local", "sede", "direccion"],
    "socio": ["contraparte", "aliado", "entidad_socia", "socio_implementador"],
    "facilitador": ["facilitadora", "facilitadores", "ponente", "expositor", "docente"],
    "indicadores": ["indicador", "codigo_indicador"],
    "notas": notes,
  ]

  private static let attendance: [String: [String]] = [
    "sesion": ["codigo_sesion", "cod_sesion", "sesion_codigo", "codigo_evento", "codigo_taller"],
    "tipo_documento": ["tipo_doc", "tipo_documento_identidad"],
    "numero_documento": [
      "dni", "documento", "doc", "nro_documento", "n_documento", "no_documento", "num_documento",
      "nro_dni", "n_dni", "no_dni", "num_dni", "numero_dni", "nro_doc", "n_doc", "num_doc",
      "documento_identidad", "dni_ce",
    ],
    "apellido_paterno": ["primer_apellido", "ap_paterno", "paterno"],
    "apellido_materno": ["segundo_apellido", "ap_materno", "materno"],
    "nombres": ["nombre"],
    "sexo": ["genero"],
    "institucion": ["entidad", "organizacion", "institucion_procedencia"],
    "cargo": ["puesto", "funcion", "rol", "cargo_funcion"],
    "centro": ["centro_trabajo", "centro_laboral", "lugar_trabajo", "dependencia", "car"],
    "departamento": department,
    "telefono": ["celular", "telf", "tel", "movil", "nro_celular", "numero_celular"],
    "correo": ["email", "e_mail", "correo_electronico", "mail"],
    "culmino": ["completo", "concluyo", "culmino_curso"],
    "prueba_entrada": [
      "pre_test", "pretest", "pre_prueba", "nota_entrada", "evaluacion_entrada", "test_entrada",
      "prueba_inicial", "nota_inicial", "evaluacion_inicial",
    ],
    "prueba_salida": [
      "post_test", "postest", "posttest", "post_prueba", "nota_salida", "evaluacion_salida",
      "test_salida", "prueba_final", "nota_final", "evaluacion_final",
    ],
    "escala": ["escala_nota", "puntaje_maximo", "nota_maxima"],
    "notas": notes,
  ]

  private static let deliverables: [String: [String]] = [
    "codigo": ["cod", "codigo_entregable"],
    "indicador": ["codigo_indicador", "id_indicador", "indicadores"],
    "titulo": ["nombre", "entregable", "nombre_entregable", "denominacion"],
    "estado": ["situacion"],
    "fecha": ["fecha_entrega", "fecha_presentacion"],
    "cantidad": ["cant", "unidades"],
    "evidencia": ["medio_verificacion", "medios_verificacion", "enlace", "sustento"],
  ]
}
