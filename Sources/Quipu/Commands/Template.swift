import ArgumentParser
import GRDB
import Replica
import Spreadsheet
import SyncModel
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `quipu template`: a workbook to fill in and import.
struct Template: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "template",
      abstract: Language.ofProcess.pick(
        "Escribe un libro de Excel para llenar e importar, con listas para elegir.",
        "Writes an Excel workbook to fill in and import, with lists to choose from."),
      usage: "quipu template [sessions|attendance|deliverables] [--session CODE] FILE.xlsx",
      discussion: Language.ofProcess.pick(
        """
        Sin otra palabra es de asistencia. Con --session trae lo que ya está registrado de esa sesión; \
        importarlo sin cambios no cambia nada.
        """,
        """
        Without another word it is one of attendance. With --session it holds what is recorded of that \
        session; importing it as it is changes nothing.
        """))
  }

  @Argument(
    help: help(
      "Qué se va a llenar, y el archivo que se escribe.",
      "What will be filled in, and the file to write.",
      valueName: "words"), completion: .file(extensions: ["xlsx"]))
  var words: [String]

  @Option(
    help: help(
      "El código de una sesión, para traer sus participantes.",
      "A session's code, to bring its participants.", valueName: "code"))
  var session: String?

  @Flag(help: help("Reemplaza un archivo que ya existe.", "Replaces a file that exists."))
  var force = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let language = invocation.language
    let (kind, path) = try arguments(language)
    guard force || !FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        code: "file_exists",
        message: language.pick("«\(path)» ya existe", "\"\(path)\" exists"),
        hint: language.pick(
          "Elija otro nombre, o --force para reemplazarlo.",
          "Choose another name, or --force to replace it."))
    }
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let workbook = try replica.read { db in
      try ImportTemplate.workbook(
        kind, session: session, office: office, language: language, created: Date(), in: db)
    }
    do {
      try workbook.write(to: path)
    } catch {
      throw Failure(
        code: "file_unwritable",
        message: language.pick("no se puede escribir «\(path)»", "\"\(path)\" cannot be written"),
        hint: language.pick(
          "Compruebe la carpeta, su permiso y el espacio.",
          "Check the folder, its permissions and the space left."))
    }
    try invocation.print(
      .object([("file", .string(path)), ("kind", .string(kind.rawValue))]),
      text: language.pick(
        "\(path): llénelo, guárdelo e impórtelo con «quipu import \(path)».",
        "\(path): fill it in, save it and import it with “quipu import \(path)”."))
    return .done
  }

  private func arguments(_ language: Language) throws -> (SheetKind, String) {
    guard let path = words.last, words.count <= 2 else { throw usage(language) }
    if words.count == 1 {
      guard SheetKind(rawValue: path) == nil else { throw usage(language) }
      return (.attendance, path)
    }
    guard let kind = SheetKind(rawValue: words[0]) else { throw usage(language) }
    return (kind, path)
  }

  private func usage(_ language: Language) -> Failure {
    .usage(
      language.pick(
        "se espera sessions, attendance o deliverables, y un archivo",
        "sessions, attendance or deliverables is expected, and a file"))
  }
}
