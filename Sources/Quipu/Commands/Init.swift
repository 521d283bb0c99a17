import ArgumentParser
import Replica
import Schema
import SyncModel
import Trainings

/// `quipu init`: a new replica with the catalogs.
struct Init: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "init",
      abstract: Language.ofProcess.pick(
        "Crea una réplica nueva con los catálogos.", "Makes a new replica with the catalogs."))
  }

  @Option(
    help: help(
      "La oficina a la que pertenece esta máquina, p. ej. cusco.",
      "The office that this machine belongs to, e.g. cusco.", valueName: "office"))
  var office: String

  @Option(
    help: help(
      "Cómo llama la oficina a esta máquina, p. ej. \"laptop 2\".",
      "What the office calls this machine, e.g. \"laptop 2\".", valueName: "label"))
  var label: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = Texts(language: invocation.language)
    let offices = Self.offices()
    guard offices.contains(office) else {
      throw Failure(
        code: "unknown_office", message: texts.unknownOffice(office),
        hint: texts.known(offices.joined(separator: ", ")))
    }
    try invocation.makeFolder()
    let replica = try Replica.create(
      at: invocation.replicaPath, office: office, label: label, schema: Invocation.schema,
      environment: invocation.environment)
    let identity = try replica.identity()
    let version = replica.schemaVersion
    try replica.close()
    try invocation.print(
      .object([
        ("replica", .string(invocation.replicaPath)), ("office", .string(identity.office)),
        ("label", .optional(identity.label)), ("node", .string(identity.id.description)),
        ("schemaVersion", .integer(version)),
      ]),
      text: texts.made(
        path: invocation.replicaPath, office: identity.office, node: "\(identity.id)"))
    return .done
  }

  /// The codes of the catalog that comes with the program: there is no replica to ask yet.
  private static func offices() -> [String] {
    guard let file = CatalogFiles.all.first(where: { $0.table == "office" }) else { return [] }
    let lines = String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.dropFirst().map { String($0.prefix { $0 != "," }) }
  }
}

extension Init {
  struct Texts {
    let language: Language

    func unknownOffice(_ code: String) -> String {
      language.pick("no hay ninguna oficina «\(code)»", "there is no office \"\(code)\"")
    }

    func known(_ codes: String) -> String {
      language.pick("Las oficinas son: \(codes).", "The offices are: \(codes).")
    }

    func made(path: String, office: String, node: String) -> String {
      language.pick(
        """
        Réplica creada: \(path)
        Oficina: \(office)
        Nodo: \(node)
        Ahora puede importar archivos («quipu import») o inscribirse en la central («quipu enroll»).
        """,
        """
        Replica made: \(path)
        Office: \(office)
        Node: \(node)
        You can import files now (“quipu import”) or enrol with the centre (“quipu enroll”).
        """)
    }
  }
}
