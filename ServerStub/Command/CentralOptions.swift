internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import Replica
internal import Schema
internal import SyncModel
internal import SyncProtocol
internal import Trainings

/// What every command of the central node takes.
struct CentralOptions: ParsableArguments {
  @Option(
    help: help("La base de datos de la central.", "The central node's database file."),
    completion: .file(extensions: ["sqlite"]))
  var replica: String
  @Option(help: help("Idioma de los mensajes: es o en.", "Language of messages: es or en."))
  var lang: Language?

  /// The training records with their catalogs.
  private static let schema = ReplicaSchema(
    migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) })

  private var keys: FileSigningKeys {
    FileSigningKeys(file: CredentialFile(besideReplica: replica))
  }

  private var environment: ReplicaEnvironment {
    ReplicaEnvironment(
      now: Self.now,
      newNodeID: {
        var generator = SystemRandomNumberGenerator()
        return NodeID.random(using: &generator)
      },
      codec: ProtobufChangesetCodec(),
      keys: keys)
  }

  /// Milliseconds since 1970.
  static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }

  /// A new central node.
  func create(label: String?) throws -> CentralNode {
    try node(
      Replica.create(
        at: replica, office: CentralNode.office, label: label, schema: Self.schema,
        environment: environment))
  }

  /// The central node in the file.
  ///
  /// - Throws: A failure when the file is an office's.
  func open() throws -> (node: CentralNode, replica: Replica) {
    let opened = try Replica.open(at: replica, schema: Self.schema, environment: environment)
    let office = try opened.identity().office
    guard office == CentralNode.office else {
      throw Failure(
        code: "not_central",
        message: say(
          "«\(replica)» es la réplica de la oficina «\(office)», no la de una central",
          "\"\(replica)\" is a replica of office \"\(office)\", not of a central node"),
        hint: say(
          "indique el archivo de la central, o cree una con quipu-central init",
          "name the central node's file, or make one with quipu-central init"))
    }
    return (try node(opened), opened)
  }

  private func node(_ replica: Replica) throws -> CentralNode {
    try CentralNode(
      replica: replica, codec: ProtobufChangesetCodec(), keys: keys, now: Self.now)
  }
}
