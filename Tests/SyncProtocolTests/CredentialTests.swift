import Foundation
import SyncModel
import SyncProtocol
import Testing

@Suite("Credential")
struct CredentialTests {
  let folder: URL
  let file: CredentialFile
  let node = NodeID(high: 1, low: 2)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "quipu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = CredentialFile(besideReplica: folder.appending(path: "a.sqlite").path)
  }

  @Test("only its owner can read the file")
  func mode() throws {
    _ = try FileSigningKeys(file: file).publicKey(of: node, creating: true)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.sqlite.credential"])
  }

  @Test("a key is made once, kept, and signs the same as before")
  func keys() throws {
    let keys = FileSigningKeys(file: file)
    #expect(try keys.publicKey(of: node, creating: false) == nil)
    #expect(throws: CredentialError.missingKey(node: node.description)) {
      try keys.sign([1], as: node)
    }
    let key = try #require(try keys.publicKey(of: node, creating: true))
    let later = FileSigningKeys(file: file)
    #expect(try later.publicKey(of: node, creating: true) == key)
    let signature = try later.sign([1, 2, 3], as: node)
    #expect(
      ProtobufChangesetCodec().isValid(signature: signature, hash: [1, 2, 3], publicKey: key))
  }

  @Test("many writers lose nothing of each other")
  func writers() async throws {
    let file = file
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for number in 1...20 as ClosedRange<UInt64> {
        tasks.addTask {
          let keys = FileSigningKeys(file: file)
          _ = try keys.publicKey(of: NodeID(high: 7, low: number), creating: true)
        }
      }
      try await tasks.waitForAll()
    }
    #expect(try file.load().signingKeys.count == 20)
  }

  @Test("a damaged file is said to be damaged, and is left alone")
  func damaged() throws {
    try Data("{".utf8).write(to: URL(filePath: file.path))
    #expect(throws: CredentialError.damaged(path: file.path)) {
      try FileSigningKeys(file: file).publicKey(of: node, creating: true)
    }
    #expect(FileManager.default.contents(atPath: file.path) == Data("{".utf8))
  }

  @Test("keys in memory follow from their seed")
  func memory() throws {
    let one = try MemorySigningKeys(seed: 5).publicKey(of: node, creating: true)
    #expect(try MemorySigningKeys(seed: 5).publicKey(of: node, creating: true) == one)
    #expect(try MemorySigningKeys(seed: 6).publicKey(of: node, creating: true) != one)
  }
}
