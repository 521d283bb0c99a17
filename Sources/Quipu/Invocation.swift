import Replica
import Schema
import SyncModel
import SyncProtocol
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a command works with: the options, the language, the terminal, the replica.
struct Invocation: Sendable {
  let replicaPath: String
  let isJSON: Bool
  let language: Language
  let console: Console

  init(_ options: GlobalOptions) {
    replicaPath = ReplicaLocation.path(
      option: options.replica, environment: ProcessEnvironment.variables)
    isJSON = options.json
    language = options.lang ?? .ofProcess
    console = Console(progress: options.progress)
  }

  /// The tables of the training records, with the catalogs as their ground.
  static let schema = ReplicaSchema(
    migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) })

  /// The machine's clock and chance, and the keys beside the replica.
  var environment: ReplicaEnvironment {
    ReplicaEnvironment(
      now: { Self.now() },
      newNodeID: {
        var generator = SystemRandomNumberGenerator()
        return NodeID.random(using: &generator)
      },
      codec: ProtobufChangesetCodec(),
      keys: FileSigningKeys(file: CredentialFile(besideReplica: replicaPath)))
  }

  /// Milliseconds since 1970.
  static func now() -> Int64 {
    Int64((Date().timeIntervalSince1970 * 1000).rounded())
  }

  /// Opens the replica that the options name.
  func openReplica() throws -> Replica {
    try Replica.open(at: replicaPath, schema: Self.schema, environment: environment)
  }

  /// Makes the folder that a new replica will lie in.
  func makeFolder() throws {
    let folder = URL(filePath: replicaPath).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        code: "folder_unwritable",
        message: language.pick(
          "no se puede crear la carpeta «\(folder.path())»",
          "the folder \"\(folder.path())\" cannot be made"))
    }
  }

  /// Prints the document in JSON mode, else the text.
  func print(
    _ document: @autoclosure () throws -> JSONValue, text: @autoclosure () throws -> String
  ) throws {
    try console.print(isJSON ? document().document : text())
  }
}
