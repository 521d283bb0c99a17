import Foundation

/// A folder of a test's own, removed with it.
///
/// In memory where the machine has a memory file system.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let path: String

  /// A new empty folder.
  public init() throws {
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.path
    path = "\(base)/quipu-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in it.
  public func file(_ name: String) -> String {
    "\(path)/\(name)"
  }
}
