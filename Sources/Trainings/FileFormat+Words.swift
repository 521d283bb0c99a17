extension TrainingsError.FileFormat {
  /// What the file turned out to be.
  func message(in language: Language) -> String {
    switch self {
    case .workbook:
      language.pick(
        "El archivo es un libro de Excel, no un CSV.", "The file is an Excel workbook, not a CSV.")
    case .oldWorkbook:
      language.pick(
        "El archivo está en el formato antiguo de Excel (.xls), que no se puede leer.",
        "The file is in Excel's old format (.xls), which cannot be read.")
    case .binaryWorkbook:
      language.pick(
        "El archivo es un libro binario de Excel (.xlsb), que no se puede leer.",
        "The file is a binary Excel workbook (.xlsb), which cannot be read.")
    case .lockedWorkbook:
      language.pick(
        "El libro está protegido con contraseña.", "The workbook is protected by a password.")
    case .damagedWorkbook:
      language.pick(
        "El libro de Excel está dañado o incompleto.",
        "The Excel workbook is damaged or incomplete.")
    case .hugeWorkbook:
      language.pick(
        "El libro es demasiado grande: al abrirlo ocupa más de 256 MB o tiene millones de celdas.",
        "The workbook is too large: it unpacks to more than 256 MB or has millions of cells.")
    case .unsafeWorkbook:
      language.pick(
        "El libro declara entidades XML propias, lo que ningún programa de oficina hace.",
        "The workbook declares XML entities of its own, which no office program does.")
    case .archive:
      language.pick(
        "El archivo no es un libro de Excel (.xlsx), sino un ZIP u otro documento, p. ej. .ods.",
        "The file is no Excel workbook (.xlsx) but a ZIP or another document, e.g. .ods.")
    case .pdf: language.pick("El archivo es un PDF, no un CSV.", "The file is a PDF, not a CSV.")
    case .binary: language.pick("El archivo no es texto.", "The file is not text.")
    }
  }

  /// What to do about it.
  func hint(in language: Language) -> String {
    switch self {
    case .lockedWorkbook:
      language.pick(
        "Ábralo en Excel, quite la contraseña (Archivo, Información, Proteger libro) y guárdelo.",
        "Open it in Excel, take the password off (File, Info, Protect Workbook) and save it.")
    case .oldWorkbook, .binaryWorkbook, .damagedWorkbook, .unsafeWorkbook:
      language.pick(
        "Ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)».",
        "Open it in Excel and save it as “Excel Workbook (.xlsx)”.")
    case .hugeWorkbook:
      language.pick(
        "Copie la hoja que quiere importar a un libro nuevo, o guárdela como CSV UTF-8.",
        "Copy the sheet to import into a new workbook, or save it as CSV UTF-8.")
    case .workbook, .archive, .pdf, .binary:
      language.pick(
        "Se espera un libro de Excel (.xlsx) o un CSV: en Excel, Guardar como, «CSV UTF-8 "
          + "(delimitado por comas)».",
        "An Excel workbook (.xlsx) or a CSV is expected: in Excel, Save As, “CSV UTF-8 (Comma "
          + "delimited)”.")
    }
  }
}
